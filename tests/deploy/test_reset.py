"""./run reset takes what runs have left, and nothing else."""

import io

import pytest

from deploy import reset
from deploy.keys import of_folder
from deploy.lock import Lock


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setattr(reset, "VAR", tmp_path)
    monkeypatch.setattr(reset.sys, "argv", ["reset", "--yes"])
    return tmp_path


def test_only_known_names_are_removed(var):
    of_folder(var)
    (var / "log").mkdir()
    (var / "my-own-notes.txt").write_text("keep")
    reset.main()
    assert [path.name for path in var.iterdir()] == ["my-own-notes.txt"]


def test_nobody_to_ask_means_no(var, monkeypatch):
    of_folder(var)
    monkeypatch.setattr(reset.sys, "argv", ["reset"])
    monkeypatch.setattr(reset.sys, "stdin", io.StringIO("j\n"))
    with pytest.raises(SystemExit, match="--yes"):
        reset.main()
    assert (var / "secrets.env").exists()


def test_a_running_samverkan_is_left_alone(var, monkeypatch):
    monkeypatch.setattr(reset, "running", lambda folder: {"pid": 4711})
    with Lock(var), pytest.raises(SystemExit, match=r"körs \(process 4711\)"):
        reset.main()
