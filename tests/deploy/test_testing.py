"""The last line of ./run test counts everything, and nothing is skipped in silence."""

import pytest

from deploy import chromium, testing
from deploy.devstack import QUEUES, commands
from deploy.leftovers import marked
from deploy.testing import Report

JUNIT = '<testsuites><testsuite tests="10" failures="{}" errors="0" skipped="1"/></testsuites>'


@pytest.fixture
def report(tmp_path):
    made = Report()
    made.junit = tmp_path / "junit.xml"
    return made


def last_line(capsys):
    return capsys.readouterr().out.splitlines()[-1]


def test_all_green(report, capsys):
    report.steps = {"format": (True, 0.1), "pytest": (True, 9.0)}
    report.junit.write_text(JUNIT.format(0))
    report.count(report.junit)
    assert report.close() == 0
    assert last_line(capsys) == "10 passed, 0 failed, 1 skipped"


def test_failed_tests_and_failed_steps_are_added(report, capsys):
    report.steps = {"format": (False, 0.1), "typer": (True, 3.0), "pytest": (False, 9.0)}
    report.junit.write_text(JUNIT.format(2))
    report.count(report.junit)
    assert report.close() == 1
    assert last_line(capsys) == "8 passed, 3 failed, 1 skipped"


def test_a_pytest_that_never_counted_is_a_failure(report, capsys):
    report.steps = {"pytest": (False, 0.5)}
    report.count(report.junit)
    assert report.close() == 1
    assert last_line(capsys) == "0 passed, 1 failed"


def test_a_green_run_with_a_broken_pytest_is_a_failure(report, capsys):
    """Such as a coverage mark that was missed: all tests pass, the exit code is not 0."""
    report.steps = {"pytest": (False, 9.0)}
    report.junit.write_text(JUNIT.format(0))
    report.count(report.junit)
    assert report.close() == 1
    assert last_line(capsys) == "9 passed, 1 failed, 1 skipped"


def test_a_missing_browser_fails_in_ci_and_is_loud_elsewhere(report, monkeypatch, capsys):
    monkeypatch.setattr(chromium, "ensure", lambda: None)
    testing.find_browser(report, {}, must=True)
    assert report.close() == 1
    elsewhere = Report()
    testing.find_browser(elsewhere, {}, must=False)
    assert elsewhere.close() == 0
    assert "!! WEBBLÄSARPROVEN ÄR ÖVERHOPPADE" in capsys.readouterr().out


def test_each_program_can_be_found_again_after_a_kill(tmp_path):
    """leftovers.py knows a process by the pid file that its command line names."""
    programs = commands(tmp_path, 8000)
    assert set(programs) == {"web", "worker", "beat"}
    for name, argv in programs.items():
        assert any(
            part in (f"--pid={tmp_path}/pids/{name}.pid", f"--pidfile={tmp_path}/pids/{name}.pid") for part in argv
        )
    assert QUEUES in programs["worker"]
    assert marked([f"{tmp_path}/pids/"]) == []
