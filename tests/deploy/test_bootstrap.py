"""From a bare Python to the project's own environment, and what is said when it does not work."""

import errno
import os
import subprocess
import sys

import pytest

from deploy import apt, bootstrap, failures
from deploy.places import ROOT

AS_OLD = """
import runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
sys.version = "3.9.2 (default)"
sys.argv = ["run"]
runpy.run_path("run", run_name="__main__")
"""


def old_python(path):
    return subprocess.run(
        [sys.executable, "-c", AS_OLD], cwd=ROOT, env=os.environ | {"PATH": str(path)}, capture_output=True, text=True
    )


def test_an_old_python_is_told_what_to_install(tmp_path):
    done = old_python(tmp_path)
    assert done.returncode == 1
    assert "Python 3.11 eller senare, men det här är Python 3.9.2" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_old_python_hands_over_to_a_newer_one(tmp_path):
    newer = tmp_path / "python3.12"
    newer.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "started $1"\n')
    newer.chmod(0o755)
    assert old_python(tmp_path).stdout.endswith("/run\n")


def test_the_start_file_is_readable_for_an_old_python():
    """No assignment expressions, match statements or new annotations: they are syntax errors before the sentence."""
    compile((ROOT / "run").read_text(), "run", "exec", dont_inherit=True)
    source = (ROOT / "run").read_text()
    assert ":=" not in source
    assert "match " not in source


@pytest.fixture
def empty_venv(tmp_path, monkeypatch):
    python = tmp_path / "python"
    python.touch()
    monkeypatch.setattr(bootstrap, "PYTHON", python)
    monkeypatch.setattr(bootstrap, "SYNCED", tmp_path / "synced.txt")
    monkeypatch.setattr(bootstrap, "LOCK", tmp_path / "lock.txt")
    (tmp_path / "lock.txt").write_text("django==5.2.19\n")
    return tmp_path


def test_the_stamp_follows_the_content_of_the_lock(empty_venv):
    assert not bootstrap.synced()
    (empty_venv / "synced.txt").write_text(bootstrap.content(empty_venv / "lock.txt"))
    assert bootstrap.synced()
    (empty_venv / "lock.txt").write_text("django==5.2.20\n")
    assert not bootstrap.synced()


def test_an_interrupted_sync_leaves_no_stamp(empty_venv, monkeypatch):
    (empty_venv / "synced.txt").write_text("of an older lock")
    monkeypatch.setattr(bootstrap, "uv", lambda: "/bin/false")
    with pytest.raises(SystemExit):
        bootstrap.sync()
    assert not (empty_venv / "synced.txt").exists()


def test_only_the_pinned_minor_version_of_uv_is_used(tmp_path):
    uv = tmp_path / "uv"
    for version, fits in ((bootstrap.wanted_uv(), True), ("0.4.30", False), ("1.0.0", False)):
        uv.write_text(f"#!/bin/sh\necho uv {version}\n")
        uv.chmod(0o755)
        assert bootstrap.fits(str(uv)) is fits
    assert not bootstrap.fits(str(tmp_path / "missing"))


@pytest.fixture
def without_ensurepip(monkeypatch, tmp_path):
    """Debian without python3-venv: venv works only when no pip is wanted in it."""
    real = bootstrap.make_venv
    monkeypatch.setattr(bootstrap, "UV_HOME", tmp_path / "uv")
    monkeypatch.setattr(bootstrap, "make_venv", lambda *options: bool(options) and real(*options))
    monkeypatch.setattr(apt, "install", lambda *packages: False)


@pytest.mark.usefixtures("without_ensurepip")
def test_a_machine_without_ensurepip_uses_its_pip_from_outside(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "has_pip", lambda: True)
    assert bootstrap.installer()[-2:] == ["--python", str(tmp_path / "uv" / "bin" / "python")]
    assert (tmp_path / "uv" / "bin" / "python").exists()


@pytest.mark.usefixtures("without_ensurepip")
def test_a_machine_with_neither_venv_nor_pip_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(bootstrap, "has_pip", lambda: False)
    with pytest.raises(SystemExit, match="apt-get install --no-install-recommends python3-venv"):
        bootstrap.installer()


def test_no_network_is_one_sentence():
    pip = "WARNING: Retrying (Retry(total=0)) after NewConnectionError: Temporary failure in name resolution"
    uv = "error: Request failed after 3 retries\n  Caused by: dns error: failed to lookup address information"
    for output in (pip, uv):
        assert failures.explained(output, "Att installera biblioteken") == failures.NO_NETWORK


def test_a_full_disk_is_one_sentence_wherever_it_is_found(tmp_path):
    assert failures.explained("error: No space left on device (os error 28)", "Att skapa .venv") == failures.DISK_FULL
    assert failures.sentence(OSError(errno.ENOSPC, "No space left", "x")) == failures.DISK_FULL
    with pytest.raises(SystemExit, match="MB ledigt"):
        failures.require_space(tmp_path / "not" / "yet", 10**9)


def test_a_folder_of_another_user_is_one_sentence():
    with pytest.raises(SystemExit, match="/srv/x går inte att använda"), failures.in_plain_words():
        raise PermissionError(errno.EACCES, "Permission denied", "/srv/x")


def test_a_bug_is_not_dressed_up_as_something_else():
    with pytest.raises(FileNotFoundError), failures.in_plain_words():
        raise FileNotFoundError(errno.ENOENT, "No such file", "x")


def test_an_unknown_command_shows_the_known_ones():
    with pytest.raises(SystemExit, match="Okänt kommando: strat"):
        bootstrap.main(["strat"])
