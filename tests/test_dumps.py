"""What lies on a disk or in a queue: no identity number in clear in a dump of the database, and in Valkey nothing of
anybody. Each search is shown to find what is planted."""

import re
import subprocess
import time
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
import redis
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from actionplans.tasks import render_plan
from cases.models import Individual, Note
from deploy import valkey
from deploy.ports import any_free
from deploy.postgres import Postgres
from notices.models import Document
from samverkan.celery import app
from tests.canaries import PLANTED, plant
from tests.cases.test_registration import DETAILS_PAGE, FREE, begin, details
from tests.casting import NUMBERS
from tests.scene import furnish
from tests.test_canaries import CONTACT, NAMES, _book

pytestmark = pytest.mark.django_db(transaction=True)

TASKS = [entry["task"] for entry in app.conf.beat_schedule.values()]


def in_clear(number):
    """The ways in which twelve digits may be written, in text and as bytes in hexadecimal or base64."""
    short = number[2:]
    written = [number, short, f"{number[:8]}-{number[8:]}", f"{short[:6]}-{short[6:]}"]
    coded = [word.encode().hex() for word in (number, short)] + [b64encode(number.encode()).decode().rstrip("=")]
    return [*written, *coded]


@pytest.fixture
def lived(cast, client):
    """A registration, one that was left in the middle, a search, a meeting with its calls, a paper."""
    Individual.objects.update(**CONTACT, **NAMES, channel="email")
    client.force_login(cast.ingrid)
    begin(client)
    client.post(DETAILS_PAGE, details(cast))
    begin(client, number=NUMBERS[3])
    client.force_login(cast.anna)
    client.post(reverse("desk:search"), {"q": NUMBERS[0]})
    client.post(reverse("desk:search"), {"q": NUMBERS[4]})
    _book(cast, days=4, kind="first", place="Kanarieplatsen")
    with transaction.atomic():
        cast.scene = furnish(cast)
        plant(cast)
    client.post(reverse("actionplans:print_plan", args=[cast.case.pk]), {})
    return cast


# --- the database -------------------------------------------------------------------------------------------------
def dump():
    """As the owner, whom a policy lets through; production dumps as samverkan_backup."""
    params = connection.get_connection_params()
    program = Postgres(Path("/nowhere")).program("pg_dump")
    argv = [program, "--enable-row-security", "--data-only", "--username=samverkan_owner", "--no-password"]
    where = {"--host": params.get("host"), "--port": params.get("port"), "--dbname": params["dbname"]}
    argv += [f"{name}={value}" for name, value in where.items() if value]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout


def test_a_dump_of_the_database_holds_no_number_in_clear(lived):
    text = dump()
    assert NAMES["family_name"] in text, "Dumpen ska vara hel."
    held = [number for number in (*NUMBERS, FREE) if any(word in text for word in in_clear(number))]
    assert held == []
    Note.objects.create(
        case=lived.case, owner=lived.ifo, written_by=lived.anna, heading="Kontroll", text=f"Nummer {FREE}"
    )
    assert FREE in dump(), "Annars prövar testet ingenting."


# --- the queue and the cache --------------------------------------------------------------------------------------
@pytest.fixture
def store(settings, tmp_path):
    """A Valkey of the test's own, as broker and cache; nobody works, so that everything stays in the queue."""
    port = any_free()
    argv = [valkey.program(), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path)]
    argv += ["--save", "", "--rdbcompression", "no"]
    server = subprocess.Popen(argv, stdout=subprocess.DEVNULL)
    connected = redis.Redis(port=port)
    for _ in range(200):
        try:
            connected.ping()
            break
        except redis.ConnectionError:
            time.sleep(0.02)
    settings.CACHES = {
        "default": {"BACKEND": "samverkan.cache.ForgivingRedisCache", "LOCATION": f"redis://127.0.0.1:{port}/1"}
    }
    before = app.conf.broker_url, app.conf.task_always_eager
    app.conf.update(broker_url=f"redis://127.0.0.1:{port}/0", task_always_eager=False)
    app._pool = app.amqp._producer_pool = None
    yield connected, tmp_path
    app.conf.update(broker_url=before[0], task_always_eager=before[1])
    app._pool = app.amqp._producer_pool = None
    server.kill()
    server.wait()


def everything_in(store):
    """The dump file, and each message in the queue as the worker reads it."""
    connected, folder = store
    connected.save()
    text = (folder / "dump.rdb").read_bytes().decode(errors="replace")
    read = "\n".join(_strings(connected))
    bodies = re.findall(r'"body": "([A-Za-z0-9+/=]+)"', read)
    return text + read + "".join(b64decode(body).decode(errors="replace") for body in bodies)


def _strings(connected):
    for key in connected.scan_iter():
        kind = connected.type(key)
        values = {
            b"list": lambda k: connected.lrange(k, 0, -1),
            b"hash": lambda k: [part for pair in connected.hgetall(k).items() for part in pair],
            b"zset": lambda k: connected.zrange(k, 0, -1),
            b"set": connected.smembers,
            b"string": lambda k: [connected.get(k)],
        }[kind](key)
        yield from (value.decode(errors="replace") for value in (key, *values))


def test_valkey_holds_nothing_of_anybody(store, lived):
    for task in TASKS:
        app.send_task(task)
    for document in Document.objects.all():
        render_plan.delay(document.pk)
    held = everything_in(store)
    assert "actionplans.tasks.render_plan" in held
    words = [*NAMES.values(), *CONTACT.values(), lived.case.number, "Amina", "Farah", "Kanarie"]
    found = [word for number in (*NUMBERS, FREE) for word in in_clear(number) if word in held]
    assert [*found, *(word for word in words if word in held), *PLANTED.findall(held)] == []
    cache.set("kontroll", f"Nummer {FREE}")
    app.send_task("notices.tasks.send_due", args=[NAMES["family_name"]])
    planted = everything_in(store)
    assert NAMES["family_name"] in planted
    assert FREE in planted or b64encode(FREE.encode()).decode() in planted
