"""A warm start skips the migrations only when nothing can have changed."""

import json
import os
from types import SimpleNamespace

import pytest

from deploy import prepare
from deploy.failures import DISK_FULL


@pytest.fixture
def project(tmp_path):
    for name in ("cases/__init__.py", "cases/migrations/0001_initial.py", "tests/__init__.py", "deploy/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "lock.txt").write_text("django==5.2.19\n")
    return tmp_path


def fingerprint(project):
    return prepare.code(project, project / "lock.txt")


@pytest.mark.parametrize("changed", ["cases/migrations/0002_more.py", "cases/reference.csv", "lock.txt"])
def test_the_fingerprint_follows_what_can_change_the_database(project, changed):
    before = fingerprint(project)
    (project / changed).write_text("new")
    assert fingerprint(project) != before


@pytest.mark.parametrize("changed", ["tests/test_x.py", "deploy/x.py", "cases/style.css"])
def test_other_files_do_not_cost_a_slow_start(project, changed):
    before = fingerprint(project)
    (project / changed).write_text("new")
    assert fingerprint(project) == before


@pytest.fixture
def database(tmp_path):
    made = SimpleNamespace(data=tmp_path, ask=lambda sql: "40 40")
    prepare.stamp(made).write_text(json.dumps({"code": prepare.code(), "migrations": "40 40"}))
    return made


def test_a_prepared_database_is_left_alone(database):
    assert prepare.up_to_date(database)


def test_the_database_is_asked_whatever_the_stamp_says(database):
    database.ask = lambda sql: "39 39"
    assert not prepare.up_to_date(database)


def test_a_stamp_that_was_cut_off_counts_as_none(database):
    prepare.stamp(database).write_text('{"code": "')
    assert not prepare.up_to_date(database)


def test_a_database_of_somebody_else_is_always_prepared():
    assert not prepare.up_to_date(None)


def test_a_command_by_hand_makes_the_next_start_look_again(database):
    prepare.forget(database)
    assert not prepare.up_to_date(database)


def test_a_failed_migration_is_its_last_line_and_where_to_read_the_rest(tmp_path):
    said = prepare.failed("prepare_database", "Traceback …\n  File …\nIntegrityError: null values\n", tmp_path / "log")
    assert said.startswith("manage.py prepare_database misslyckades: IntegrityError: null values\n")
    assert str(tmp_path / "log") in said
    assert "Traceback" not in said
    assert prepare.failed("demo", "psycopg.errors.DiskFull: No space left on device", tmp_path) == DISK_FULL


def test_the_first_start_with_a_database_of_somebody_else_makes_its_own_log(tmp_path):
    services = SimpleNamespace(env=os.environ | {"PYTHONPATH": ""})
    log = tmp_path / "new" / "log" / "prepare.log"
    prepare.command(services, log, "version")
    assert log.read_text().startswith("$ manage.py version\n5.")
