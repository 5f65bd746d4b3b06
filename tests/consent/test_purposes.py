"""Each purpose opens the tables that it names and no others, in the database itself."""

import re

import pytest
from django.db import ProgrammingError, connection, transaction

from audit.context import acting_for, beyond
from audit.purposes import IN_A_TEST, PURPOSES
from cases.models import Case, Deadline, Note
from consent.catalogue import SHOWN, rules
from notices.models import Notice
from tests.scene import furnish

pytestmark = pytest.mark.django_db

NARROW = {name: purpose for name, purpose in PURPOSES.items() if not purpose.everything}
COMMANDS = {"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}
POLICIES = """
SELECT polrelid::regclass::text, polcmd::text, coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  FROM pg_policy WHERE polname LIKE 'application_%%'
"""
FURTHER = re.compile(
    r"^\(\s*CASE\s+WHEN \(\( SELECT current_setting\('app\.beyond'::text, true\) AS current_setting\) = (.*?)\) THEN 1",
    re.S,
)


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def seen():
    tables = [*rules(), *SHOWN]
    rows = ask(" UNION ALL ".join(f"SELECT '{table}', EXISTS (SELECT FROM {table})" for table in tables))
    return {table for table, some in rows if some}


def test_the_policies_let_in_whom_the_list_says():
    held = {(table, COMMANDS[command]): FURTHER.match(said)[1] for table, command, said in ask(POLICIES)}
    every = PURPOSES | IN_A_TEST
    assert {where: set(re.findall(r"'(\w+)'::text", said)) for where, said in held.items()} == {
        (table, command): {name for name, purpose in every.items() if purpose.opens(table, command)}
        for table in rules()
        for command in COMMANDS.values()
    }


def test_what_a_purpose_names_is_protected_and_named_once():
    for name, purpose in NARROW.items():
        named = [*purpose.reads, *purpose.writes]
        assert set(named) <= {*rules(), *SHOWN}, name
        assert len(named) == len(set(named)) > 0, name


def test_outside_its_list_a_purpose_sees_nothing(cast):
    furnish(cast)
    filled = seen()
    assert len(filled) > 30
    with acting_for({}):
        for name, purpose in NARROW.items():
            with beyond(name):
                assert seen() == filled.intersection(purpose.reads, filled) | filled.intersection(purpose.writes), name
        assert seen() == set()


def test_what_it_only_reads_it_does_not_write(cast):
    words = {"heading": "x", "text": "x"}
    with acting_for({}), beyond("sweep"):
        assert Case.objects.filter(pk=cast.case.pk).update(number="2026-9999") == 0
        assert Deadline.objects.all().delete()[0] == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Note.objects.create(case=cast.case, owner=cast.ifo, written_by=cast.anna, **words)
        assert Notice.objects.create(kind="signal", recipient=cast.anna, object_key="x", due_on=cast.day).pk
    assert Deadline.objects.exists()
