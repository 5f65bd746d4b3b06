"""Our wrapper around the embedded PostgreSQL."""

import os
import shutil
import signal
import stat

import pytest

from deploy import postgres
from deploy.postgres import SETTINGS, THROWAWAY, Postgres, own_folder, places_of, reachable_by_all


@pytest.fixture
def server(tmp_path):
    made = Postgres(tmp_path / "var", **THROWAWAY)
    yield made
    made.stop()
    shutil.rmtree(made.home, ignore_errors=True)


def test_half_made_data_is_remade_and_a_killed_server_keeps_what_was_committed(server):
    """One test for the whole life, since making a database takes a second."""
    half = server.data.with_suffix(".half")
    server.settings = SETTINGS
    server.home.mkdir(parents=True, exist_ok=True)
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    server.start()
    assert not half.exists()
    assert server.ask("SELECT current_user || ' ' || current_setting('server_encoding')") == "samverkan_owner UTF8"
    assert server.ask("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'samverkan_app'") == "f"
    assert server.ask("SELECT lower('ÅÄÖ')") == "åäö"
    assert server.ask("SHOW listen_addresses") == ""
    server.ask("CREATE TABLE kept AS SELECT 1 AS one")

    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    server.start()
    assert server.ask("SELECT one FROM kept") == "1"
    server.stop()
    assert server.process.returncode == 0
    assert not server.socket.exists()


def test_nobody_else_may_enter_data_or_socket(server):
    server.start()
    for folder in (server.data, server.socket):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_socket_path_fits_however_deep_the_project_lies(tmp_path):
    deep = tmp_path.joinpath(*["a-rather-long-folder-name"] * 20)
    _, socket = places_of(deep)
    assert len(str(socket / ".s.PGSQL.5432")) < 107


def test_each_user_has_a_place_of_their_own(tmp_path, monkeypatch):
    mine = places_of(tmp_path)
    monkeypatch.setattr(postgres.os, "geteuid", lambda: 12345)
    assert places_of(tmp_path)[1] != mine[1]


def test_a_folder_that_another_made_first_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "trap").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SystemExit, match="tillhör någon annan"):
        own_folder(tmp_path / "trap", 0o700)


def test_modes_of_other_folders_are_left_alone(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "programs").mkdir(mode=0o755)
    assert not reachable_by_all(closed / "programs")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="root has a server account, others are their own")
def test_programs_are_copied_when_the_server_account_cannot_reach_them(server, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(server.package, closed / server.package.name, symlinks=True)
    libs = server.package.with_name(server.package.name + ".libs")
    shutil.copytree(libs, closed / libs.name, symlinks=True)
    server.package = closed / server.package.name
    server.start()
    assert server.program("postgres").startswith(str(server.home))
    assert server.ask("SELECT 1") == "1"
