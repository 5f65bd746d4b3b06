"""The house rules of every test: one cast, the application's database role, no network, no surprises."""

import gc
import os
import socket

import pytest
from django.core.cache import caches
from django.db import connection, reset_queries
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext, override_settings

from consent.models import CaseScope
from samverkan.celery import app as celery_app
from tests import casting, database

COMMITTING = {"transactional_db", "live_server"}
DEEP = bool(os.environ.get("SAMVERKAN_DEEP"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Full volume is asked for with ./run test --deep; otherwise it is as if it were not there."""
    left_out = [] if DEEP else [item for item in items if item.get_closest_marker("deep")]
    items[:] = sorted((item for item in items if item not in left_out), key=_turn)
    config.hook.pytest_deselected(items=left_out)


def _turn(item):
    """First those without a database, while another worker migrates it. Then those that commit: they take longest, and
    what is left for the end should be short."""
    marker = item.get_closest_marker("django_db")
    if COMMITTING.intersection(item.fixturenames) or (marker and marker.kwargs.get("transaction")):
        return 1
    return 2 if marker or "db" in item.fixturenames else 0


def pytest_collection_finish():
    """What has been imported is there to the end: no need to look through it for garbage."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def fast_passwords():
    """Also for what is set up once for a whole module."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
    fast_passwords,
    worker_id,
    tmp_path_factory,
):
    """The owner makes and migrates the test database; afterwards everything runs as the application."""
    kept = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        if worker_id == "master":
            database.make(kept)
        else:
            database.copy(worker_id, tmp_path_factory.getbasetemp().parent, kept)
        database.set_the_stage()
    yield
    if worker_id == "master":
        with django_db_blocker.unblock():
            database.destroy(django_db_keepdb)


def _set_the_stage_anew(self):
    """After a test that commits."""
    database.empty()
    database.set_the_stage()


TransactionTestCase._fixture_teardown = _set_the_stage_anew


@pytest.fixture(autouse=True)
def settings_of_a_test(settings):
    """Mail in memory, tasks in line, cache in memory: real ones are asked for by name. The cache is empty, for the
    cast has the same keys in every test. A static file is looked for when it is asked for; otherwise each client lists
    them all before its first page."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["default"].clear()
    celery_app.conf.task_always_eager = celery_app.conf.task_eager_propagates = True
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def closed_network(monkeypatch):
    """Only this machine answers."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"Ett test försökte nå {address[0]}.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def reference(db):
    """The rows that every installation starts with. They were made with the test database and are there after
    every test; asking for them by name says that a test needs them."""


@pytest.fixture
def cast(reference):
    """Anna owns the case, Bo works beside her with consent, Cilla must not know it exists, Petra leads the
    project, Sten sits in the steering group. They stand in the test database as the reference rows do: see
    tests/casting.py."""
    yield casting.assemble()
    assert CaseScope.objects.difference() == []


@pytest.fixture
def costs():
    """How many queries an act costs."""

    def count(act):
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count
