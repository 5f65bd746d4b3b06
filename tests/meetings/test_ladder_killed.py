"""A real worker is killed in the middle of the sweep; afterwards nothing is missing and nothing is told twice."""

import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from cases.models import Deadline
from consent.models import CaseGrant
from notices.models import Notice
from samverkan.celery import app
from samverkan.reference import load_reference_rows
from tests import casting

CASES, RUNGS_DUE = 30, 2


@pytest.fixture
def queue():
    """A queue of this test's own in the real broker."""
    app.conf.task_always_eager = False
    name = f"prov-{uuid.uuid4().hex[:8]}"
    yield name
    with app.connection_for_write() as broker:
        broker.default_channel.queue_purge(name)
    app.conf.task_always_eager = True


@pytest.fixture
def due(transactional_db):
    load_reference_rows()
    with transaction.atomic():
        cast = casting.assemble()
        casting.many_cases(cast.anna, CASES - 1)
    started = timezone.localdate() - timedelta(days=12)
    Deadline.objects.update(starts_on=started, due_on=started + timedelta(days=14))
    CaseGrant.objects.update(since=started)


@pytest.fixture
def workers(queue):
    """Starts real worker processes on the test's database; kills what is left of them."""
    running = []

    def start():
        environment = os.environ | {"DATABASE_URL": _test_database_url()}
        command = [sys.executable, "-m", "celery", "-A", "samverkan", "worker", "-Q", queue, "-c", "1", "-P", "solo"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **quiet))
        return running[-1]

    yield start
    for worker in running:
        worker.kill()
        worker.wait()


def _test_database_url():
    base = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    return f"{base}/{connection.settings_dict['NAME']}"


def _beat(queue):
    app.send_task("meetings.tasks.climb_ladder", queue=queue)


def _beat_twice(queue):
    _beat(queue)
    _beat(queue)


def _wait_until(true, seconds=40, pause=0.1):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "Det hände inte i tid."
        time.sleep(pause)


def _sweeping():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND query LIKE '%WITH new AS%' AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] == 1


def test_a_worker_killed_in_the_middle_leaves_nothing_missing_and_nothing_double(due, queue, workers):
    settings_of_test = connection.get_connection_params()
    wanted = {key: settings_of_test[key] for key in ("host", "port", "user", "dbname") if settings_of_test.get(key)}
    with psycopg.connect(**wanted) as holder:
        holder.execute("LOCK TABLE notices_notice IN SHARE ROW EXCLUSIVE MODE")
        worker = workers()
        _beat(queue)
        _wait_until(_sweeping)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert Notice.objects.count() == 0
    workers()
    _wait_until(lambda: _beat_twice(queue) or Notice.objects.exists(), pause=2)
    assert Notice.objects.count() == CASES * RUNGS_DUE
    rows = set(Notice.objects.values_list("recipient", "object_key", "period"))
    assert len(rows) == CASES * RUNGS_DUE
