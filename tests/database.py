"""The databases of the tests: one is migrated, each worker has a copy of it, and the cast stands in every copy."""

import fcntl
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.db import connection
from environs import Env

from audit.purposes import IN_A_TEST, PURPOSES
from audit.rights import grant_rights
from consent.policies import protect_tables
from samverkan.reference import load_reference_rows
from tests import casting

UNTRUNCATED = ["audit_entry", "audit_seal"]
AS_A_TEST = " -c app.beyond=test"
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}


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


def make(kept=False):
    """As the owner: a database with everything but rows. What an earlier run left is kept without its rows, or not."""
    become_owner()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=kept)
    protect_tables(PURPOSES | IN_A_TEST)
    grant_rights()
    if kept:
        empty()


def copy(worker, shared, kept=False):
    """The worker's own copy of the database that the first of them makes. Both stay until the next run, which may not
    wait for the last thread of a live server."""
    with _alone(shared / "database.lock"):
        made = shared / "database.made"
        if made.exists():
            become_owner()
            connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
        else:
            make(kept)
            made.touch()
        connection.creation.clone_test_db(worker, verbosity=0)
    connection.settings_dict.update(connection.creation.get_test_db_clone_settings(worker))


@contextmanager
def _alone(path):
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def destroy(kept=False):
    become_owner()
    connection.creation.destroy_test_db(verbosity=0, keepdb=kept)


def empty():
    """As the owner, for the application may not truncate its log."""
    become_owner()
    with connection.cursor() as cursor:
        for table in UNTRUNCATED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER refuse_truncate")
        tables = [t for t in connection.introspection.table_names(cursor) if t not in KEPT_TABLES]
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))} RESTART IDENTITY")
        for table in UNTRUNCATED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER refuse_truncate")


def set_the_stage():
    """The rows that every installation starts with, and the cast."""
    become_application()
    load_reference_rows()
    casting.take_the_stage()
