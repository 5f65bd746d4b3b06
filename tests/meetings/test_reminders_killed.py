"""Real workers are killed, two beats tick, the queue is emptied: everybody is reminded, and only once.

The honest limit: a worker killed between the mail server's yes and its own commit leaves the row waiting, and it goes
once more with the same Message-ID. Such a message was accepted and not committed at the moment of a kill: that is the
marked window, at most one message for each kill.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest
import redis
from django.conf import settings
from django.db import connection, transaction

from deploy.valkey import Valkey
from notices.models import Kind, OutboxMessage
from tests import casting
from tests.meetings.smtp_sink import Sink
from tests.meetings.test_ladder_killed import _test_database_url
from tests.meetings.test_reminders import invite

REMINDERS, WORKERS, BEATS, KILLS, FLUSHES = 1000, 4, 2, 20, 2
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def valkey(tmp_path):
    """A queue of this test's own: it is emptied for good."""
    server = Valkey(tmp_path, "losen").start()
    yield server
    server.stop()


@pytest.fixture
def sink():
    with Sink(pause=0.1) as server:
        yield server
        server.shutdown()


@pytest.fixture
def run(valkey, sink, tmp_path):
    """Starts a program of the house on the test's database, queue and mail server; ends what is left of them."""
    running = []
    environment = os.environ | {
        "DATABASE_URL": _test_database_url(),
        "REDIS_URL": valkey.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "QUIET_UNTIL": "00:00",
        "QUIET_FROM": "23:59:59.999999",
        "DEMO": "true",
    }

    def start(*command):
        program = [sys.executable, "-m", "celery", "-A", "tests.meetings.fast_beat", *command]
        running.append(subprocess.Popen(program, cwd=settings.BASE_DIR, env=environment, **QUIET))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def worker(run):
    return run("worker", "-P", "solo", "-Q", "standard,utskick", "--without-mingle", "--without-gossip")


def rows():
    return OutboxMessage.objects.filter(kind=Kind.REMINDER)


def in_window(sink):
    """Accepted, and not committed as sent."""
    sent = {message.message_id for message in rows().exclude(sent_at=None)}
    return {message_id for message_id, _ in sink.accepted} - sent


def test_everybody_is_reminded_once_whatever_is_killed(transactional_db, valkey, sink, run, tmp_path, capsys):
    chance = random.Random(20261122)
    with transaction.atomic():
        invite(casting.assemble(), REMINDERS)
    workers = [worker(run) for _ in range(WORKERS)]
    for number in range(BEATS):
        run("beat", "--schedule", str(tmp_path / f"beat{number}"), "--pidfile", "")
    began, windows, done = time.monotonic(), [], 0
    while done < KILLS:
        time.sleep(chance.uniform(0.5, 2.5))
        if sink.accepted or done:
            windows.append(kill_one(workers, chance, sink, run))
            done += 1
            if done in (KILLS // 3, 2 * KILLS // 3):
                redis.Redis.from_url(valkey.url).flushall()
    wait_until_all_are_sent()
    report(capsys, sink, windows, time.monotonic() - began)
    times = Counter(message_id for message_id, _ in sink.accepted)
    doubles = {message_id for message_id, number in times.items() if number > 1}
    assert rows().count() == REMINDERS
    assert set(times) == {message.message_id for message in rows()}
    assert doubles <= set().union(*windows), "En dubblett utanför fönstret."
    assert sum(times.values()) - REMINDERS <= KILLS


def kill_one(workers, chance, sink, run):
    """What was in the window when it died; what others have under way is there too and must still come out once."""
    place = chance.randrange(WORKERS)
    workers[place].kill()
    workers[place].wait()
    window = in_window(sink)
    workers[place] = worker(run)
    return window


def wait_until_all_are_sent(seconds=600):
    until = time.monotonic() + seconds
    while rows().exclude(sent_at=None).count() < REMINDERS:
        assert time.monotonic() < until, f"{rows().exclude(sent_at=None).count()} av {REMINDERS}"
        time.sleep(1)
        connection.close()


def report(capsys, sink, windows, seconds):
    times = Counter(message_id for message_id, _ in sink.accepted)
    doubles = sum(number - 1 for number in times.values())
    with capsys.disabled():
        print(
            f"\n{len(times)} påminnelser till {REMINDERS} personer, {len(sink.accepted)} mottagna, {doubles} dubbletter "
            f"i fönstret, {len(windows)} dödade arbetare, {FLUSHES} tömda köer, {BEATS} pulser, {seconds:.0f} s"
        )
