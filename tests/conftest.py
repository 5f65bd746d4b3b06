"""The house rules of every test: one cast, the application's database role, no network, no surprises."""

import os
import socket
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connection, reset_queries, transaction
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext, override_settings
from environs import Env

from audit.purposes import IN_A_TEST, PURPOSES
from audit.rights import grant_rights
from consent.models import CaseScope
from consent.policies import protect_tables
from samverkan.celery import app as celery_app
from samverkan.reference import load_reference_rows
from tests import casting

UNTRUNCATED = ["audit_entry", "audit_seal"]
AS_A_TEST = " -c app.beyond=test"
DEEP = bool(os.environ.get("SAMVERKAN_DEEP"))
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}


def pytest_collection_modifyitems(config, items):
    """Full volume is asked for with ./run test --deep; otherwise it is as if it were not there."""
    left_out = [] if DEEP else [item for item in items if item.get_closest_marker("deep")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _become(role_url):
    """Point the one connection at another database role; the test database stays the same."""
    parts = urlsplit(role_url)
    connection.close()
    connection.settings_dict["USER"] = unquote(parts.username or "")
    connection.settings_dict["PASSWORD"] = unquote(parts.password or "")


def become_owner():
    _become(Env().str("DATABASE_OWNER_URL"))


def become_application():
    """With the purpose of a test for the whole session: what sets the stage and looks behind it sees every row, while
    a request, or an act inside `acting_as(gate)`, sees what its person does."""
    _become(Env().str("DATABASE_URL"))
    options = connection.settings_dict["OPTIONS"]
    options["options"] = f"{options['options'].removesuffix(AS_A_TEST)}{AS_A_TEST}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The owner makes and migrates the test database; afterwards everything runs as the application."""
    become_owner()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        grant_rights()
        protect_tables(PURPOSES | IN_A_TEST)
        load_reference_rows()
        become_application()
    yield
    with django_db_blocker.unblock():
        become_owner()


def _empty_as_owner(self):
    """After a test that commits: the application may not truncate its log, so the owner empties the tables."""
    become_owner()
    with connection.cursor() as cursor:
        for table in UNTRUNCATED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER refuse_truncate")
        tables = [t for t in connection.introspection.table_names(cursor) if t not in KEPT_TABLES]
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))} RESTART IDENTITY")
        for table in UNTRUNCATED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER refuse_truncate")
    load_reference_rows()
    become_application()


TransactionTestCase._fixture_teardown = _empty_as_owner


@pytest.fixture(scope="session", autouse=True)
def fast_passwords():
    """Also for what is set up once for a whole module."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def settings_of_a_test(settings):
    """Mail in memory, tasks in line, cache in memory: real ones are asked for by name. A static file is looked for
    when it is asked for; otherwise each client lists them all before its first page."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
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
    project, Sten sits in the steering group. See tests/casting.py."""
    with transaction.atomic():
        assembled = casting.assemble()
    yield assembled
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
