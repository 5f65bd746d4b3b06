"""A worker that dies while it counts: one report, the right figures, one notice each."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from environs import Env

from notices.models import Kind, Notice
from reports import freezing, statistics
from reports.models import MonthlyReport
from reports.statistics import STEPS, MonthFigures, count_month, first_day, from_json, month_before
from samverkan.celery import app

WAIT = 60


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


@pytest.fixture
def report(cast):
    return MonthlyReport.objects.create(municipality=cast.case.municipality, month=month_before(first_day(cast.day)))


def assert_frozen_once(report, cast):
    report.refresh_from_db()
    assert report.is_draft
    assert from_json(MonthFigures, report.figures) == count_month(report.municipality, report.month, cast.day)
    assert MonthlyReport.objects.count() == 1
    assert Notice.objects.filter(kind=Kind.REPORT_READY).count() == 1


@pytest.mark.parametrize("step", range(len(STEPS)), ids=[name for name, _count in STEPS])
def test_killed_at_any_step_it_is_counted_again(cast, report, monkeypatch, step):
    def die(municipality, period):
        raise Killed

    deadly = tuple((name, die if place == step else count) for place, (name, count) in enumerate(STEPS))
    with monkeypatch.context() as patched:
        patched.setattr(statistics, "STEPS", deadly)
        with pytest.raises(Killed):
            freezing.freeze(report.pk)
    report.refresh_from_db()
    assert (report.is_counting, report.figures, report.step) == (True, None, STEPS[step][0])
    assert Notice.objects.filter(kind=Kind.REPORT_READY).count() == 0

    MonthlyReport.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    for report_id in freezing.open_last_month(cast.day):
        freezing.freeze(report_id)
    assert_frozen_once(report, cast)


def test_killed_while_it_keeps_the_figures_nothing_is_half_kept(cast, report, monkeypatch):
    def die(report):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(freezing, "_tell_leads", die)
        with pytest.raises(Killed), transaction.atomic():
            freezing.freeze(report.pk)
    report.refresh_from_db()
    assert report.figures is None
    freezing.freeze(report.pk)
    assert_frozen_once(report, cast)


def test_done_twice_the_first_figures_stay(cast, report):
    freezing.freeze(report.pk)
    kept = MonthlyReport.objects.get(pk=report.pk)
    freezing.freeze(report.pk)
    report.refresh_from_db()
    assert (report.figures, report.frozen_at) == (kept.figures, kept.frozen_at)
    assert_frozen_once(report, cast)


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_killed_while_it_counts_leaves_one_right_report(cast, report):
    """SIGKILL between two steps, over a real broker. A lock on the needs holds the worker at the last step."""
    app.conf.task_always_eager = False
    queue = f"prov-{uuid4().hex[:8]}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE needs_unmetneed IN ACCESS EXCLUSIVE MODE")
        first = start_worker(queue)
        try:
            send(report.pk, queue)
            wait_until(lambda: steps_in_another_transaction(report) == STEPS[-1][0], first)
        finally:
            kill(first)
    report.refresh_from_db()
    assert (report.is_counting, report.figures) == (True, None)

    MonthlyReport.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    second = start_worker(queue)
    try:
        for report_id in freezing.open_last_month(cast.day):
            send(report_id, queue)
        wait_until(lambda: MonthlyReport.objects.get(pk=report.pk).is_draft, second)
    finally:
        kill(second)
    assert_frozen_once(report, cast)


def start_worker(queue):
    """A worker of its own on a queue of its own, in this test's database."""
    parts = urlsplit(Env().str("DATABASE_URL"))
    url = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    command = [sys.executable, "-m", "celery", "-A", "samverkan", "worker", "-Q", queue, "-P", "prefork", "-c", "1"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}, start_new_session=True, **quiet)


def send(report_id, queue):
    app.send_task("reports.tasks.freeze_month", [report_id], queue=queue)


def kill(worker):
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def steps_in_another_transaction(report):
    """READ COMMITTED: what the worker has committed so far is seen from inside the lock's transaction."""
    return MonthlyReport.objects.values_list("step", flat=True).get(pk=report.pk)


def wait_until(done, worker):
    ends = time.monotonic() + WAIT
    while not done():
        assert worker.poll() is None, "Arbetaren slutade av sig själv."
        assert time.monotonic() < ends, "Arbetaren kom inte dit på en minut."
        time.sleep(0.1)
