"""The database says no where the code forgets to ask: every table, every command, every person of the cast."""

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from audit.context import acting_for, beyond
from audit.purposes import IN_A_TEST, PURPOSES
from cases.models import Case, CaseRecord, Category, Individual, Note
from consent.catalogue import ASKED, PROTECTED, SCHEMA, SHOWN, UNPROTECTED, Rule, rules
from consent.context import acting_as
from consent.gate import Gate
from consent.hearers import kept_from_any
from consent.models import Disclosure, Withholding, predicates
from consent.policies import protect_tables
from tests.casting import give_consent, individual, open_case
from tests.scene import furnish

pytestmark = pytest.mark.django_db

PEOPLE = ["anna", "bo", "cilla", "ingrid", "karin", "petra", "sten", "lova", "adam"]
# Suppressed figures and the paper they were printed on.
HANGS_AND_IS_OPEN = {"reports_monthlyreport"}

TABLES = """
SELECT c.relname FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
HANGING = """
SELECT DISTINCT k.conrelid::regclass::text, k.confrelid::regclass::text FROM pg_constraint k WHERE k.contype = 'f'
"""
SWITCHES = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner)
  FROM pg_class c WHERE c.relname = ANY (%s) AND c.relnamespace = 'public'::regnamespace
"""
POLICIES = """
SELECT polrelid::regclass::text, polcmd::text, polqual IS NOT NULL, polwithcheck IS NOT NULL, polpermissive
  FROM pg_policy WHERE %s = ANY (SELECT rolname FROM pg_roles WHERE oid = ANY (polroles))
"""
VIEWS = """
SELECT c.relname FROM pg_class c WHERE c.relkind IN ('v', 'm') AND c.relnamespace = 'public'::regnamespace
   AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)
"""
COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0
"""
BEHIND = """
SELECT c.relname, c.relkind::text, pg_get_userbyid(c.relowner), has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE')
  FROM pg_class c WHERE c.relnamespace = %s::regnamespace
"""


def ask(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall()


def refused():
    return pytest.raises(ProgrammingError, match="row-level security")


def counted(tables=None):
    """{table: rows} as whoever asks sees them."""
    names = sorted(tables or rules())
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)
    return dict(ask(counts))


# --- the catalogue ------------------------------------------------------------------------------------------------
def test_every_table_has_a_rule_or_a_reason():
    tables = {name for (name,) in ask(TABLES)}
    assert tables - set(rules()) - set(UNPROTECTED) == set(), "Skriv dem i consent/catalogue.py."
    assert set(UNPROTECTED) - tables == set()
    assert set(PROTECTED) - set(rules()) == set(), "Ingen modell har den tabellen."
    assert set(rules()) & set(UNPROTECTED) == set()


def test_what_hangs_on_a_protected_row_is_protected_too():
    hanging = {child for child, parent in ask(HANGING) if parent in rules()}
    assert hanging & set(UNPROTECTED) == HANGS_AND_IS_OPEN


def test_security_is_on_and_forced_and_covers_every_command():
    tables = sorted(rules())
    assert {row[:3] for row in ask(SWITCHES, tables)} == {(name, True, True) for name in tables}
    assert settings.DATABASE_APP_ROLE not in {owner for *_, owner in ask(SWITCHES, tables)}
    made = {name: {} for name in tables}
    for table, command, using, check, permissive in ask(POLICIES, settings.DATABASE_APP_ROLE):
        assert permissive
        made[table][command] = (using, check)
    every = {"r": (True, False), "a": (False, True), "w": (True, True), "d": (True, False)}
    assert made == dict.fromkeys(tables, every)


def test_the_application_is_not_above_it():
    [(role, is_super, bypasses)] = ask(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert (role, is_super, bypasses) == (settings.DATABASE_APP_ROLE, False, False)
    assert (
        ask("SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = current_user") == []
    )
    assert ask(VIEWS) == [(name,) for name in SHOWN]
    assert ask("SELECT 1 WHERE has_schema_privilege(current_user, 'audit_months', 'USAGE')") == []


def test_what_the_policies_ask_is_reached_by_no_statement_of_the_application(cast):
    assert {row[0]: row[1:] for row in ask(BEHIND, SCHEMA)} == dict.fromkeys(ASKED, ("v", "samverkan_owner", False))
    assert ask("SELECT 1 WHERE has_schema_privilege(current_user, %s, 'USAGE')", SCHEMA) == []
    for view in ASKED:
        with pytest.raises(ProgrammingError, match="permission denied for schema"), transaction.atomic():
            ask(f"SELECT * FROM {SCHEMA}.{view}")


@pytest.mark.parametrize("view", SHOWN)
def test_a_view_that_statements_may_name_is_read_only_and_holds_the_columns_of_its_rule(view):
    columns, *_ = SHOWN[view]
    assert [column for (column,) in ask(COLUMNS, view)] == columns.split(", ")
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE")
    [held] = ask(f"SELECT {', '.join(['has_table_privilege(%s, %s)'] * 4)}", *(x for r in rights for x in (view, r)))
    assert held == (True, False, False, False)
    assert ask("SELECT 1 FROM pg_class WHERE oid = %s::regclass AND 'security_barrier=true' = ANY (reloptions)", view)
    with acting_for({}):
        assert ask(f"SELECT * FROM {view}") == []


def test_made_again_nothing_is_changed_and_a_changed_rule_is_made_anew(monkeypatch):
    """The marks are read by anybody; only the owner could make the policies."""
    assert protect_tables(PURPOSES | IN_A_TEST) == []
    monkeypatch.setitem(PROTECTED, "projects_projectcase", Rule("false"))
    with pytest.raises(ProgrammingError), transaction.atomic():
        protect_tables(PURPOSES | IN_A_TEST)


# --- who sees what ------------------------------------------------------------------------------------------------
def test_without_a_context_every_protected_table_is_empty(cast):
    furnish(cast)
    full = {table for table, rows in counted().items() if rows}
    assert len(full) > 30
    with acting_for({}):
        assert {table for table, rows in counted().items() if rows} == set()


def test_who_must_not_know_of_the_case_sees_no_row_of_it(cast):
    furnish(cast)
    with acting_as(Gate(cast.cilla)):
        assert {table for table, rows in counted().items() if rows} == set()


@pytest.mark.parametrize("person", PEOPLE)
def test_the_database_shows_exactly_what_the_gate_does(cast, person):
    furnish(cast)
    open_case(cast.cilla, individual(cast.ame, "Cillas", "Person", "T7777777"))
    gate = Gate(getattr(cast, person))
    records = [model for model in apps.get_models() if issubclass(model, CaseRecord)]
    shown = {model: set(gate.across(model).values_list("pk", flat=True)) for model in records}
    shown[Case] = set(gate.cases().values_list("pk", flat=True))
    shown[Individual] = set(gate.cases().values_list("individual", flat=True))
    with acting_as(gate):
        assert {model: set(model.objects.values_list("pk", flat=True)) for model in shown} == shown


def test_what_is_told_is_seen_until_the_day_it_ends(cast):
    furnish(cast)
    gate = Gate(cast.bo)
    with acting_as(gate):
        assert Case.objects.exists()
    Disclosure.objects.all().end(on=gate.day)
    with acting_as(gate):
        assert not Case.objects.exists()


def test_nobody_writes_in_a_case_that_is_not_open_to_them(cast):
    words = {"heading": "Samtal", "text": "Skrivet bakom ryggen."}
    for owner in (cast.ame, cast.ifo):
        with acting_as(Gate(cast.cilla)), refused(), transaction.atomic():
            Note.objects.create(case=cast.case, owner=owner, written_by=cast.cilla, **words)
    with acting_as(Gate(cast.cilla)):
        assert Case.objects.filter(pk=cast.case.pk).update(number="2026-9999") == 0
        assert Disclosure.objects.all().delete()[0] == 0
    assert Disclosure.objects.exists()


def test_a_row_of_ones_own_cannot_be_made_anothers(cast):
    note = Note.objects.create(case=cast.case, owner=cast.af, written_by=cast.bo, heading="Samtal", text="Eget.")
    with acting_as(Gate(cast.bo)), refused(), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(owner=cast.ifo)


# --- what is withheld ---------------------------------------------------------------------------------------------
@pytest.fixture
def kept(cast):
    """A note that IFO tells AF and AME of, but for this one: AF may not know it, or why."""
    give_consent(cast.case, cast.anna, [cast.ame])
    said = {"case": cast.case, "owner": cast.ifo}
    note = Note.objects.create(heading="Barnen", text="x", written_by=cast.anna, shared_as=Category.NOTE, **said)
    row = {"category": Category.NOTE, "record_kind": "note", "record_id": note.pk}
    held = {"reason": "Bo är personens bror", "since": cast.day, "until": None, "by": cast.anna, "recipient": cast.af}
    Withholding.of(**said, **row, **held).save()
    return note


LISTS = ("consent_withholding", "consent_withholdingevent")
KEPT_ROWS = "SELECT record_kind, record_id FROM consent_keptrow"


def reasons():
    return {words for table in LISTS for row in ask(f"SELECT {table}::text FROM {table}") for words in row}


def test_whom_a_row_is_kept_from_finds_which_and_never_why(cast, kept):
    with acting_as(Gate(cast.bo)):
        assert reasons() == set()
        assert ask(KEPT_ROWS) == [("note", kept.pk)]
        assert not Note.objects.filter(pk=kept.pk).exists()
        gate = Gate(cast.bo)
        assert not gate.visible(Note, gate.open(cast.case.pk)).exists()
        assert not gate.across(Note).exists()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ask("DELETE FROM consent_keptrow RETURNING 1")
    for nobody in (cast.cilla, cast.karin, cast.lova):
        with acting_as(Gate(nobody)):
            assert reasons() == set()
            assert ask(KEPT_ROWS) == []


def test_its_owner_reads_why(cast, kept):
    with acting_as(Gate(cast.anna)):
        assert len(reasons()) == 2
        assert all("Bo är personens bror" in row for row in reasons())


@pytest.mark.django_db(transaction=True)
def test_the_control_with_the_security_off_the_reason_is_read(cast, kept):
    with _owner() as owner:
        try:
            owner.execute("ALTER TABLE consent_withholding DISABLE ROW LEVEL SECURITY")
            with acting_as(Gate(cast.bo)):
                assert "Bo är personens bror" in "".join(reasons())
        finally:
            owner.execute("ALTER TABLE consent_withholding ENABLE ROW LEVEL SECURITY")
    with acting_as(Gate(cast.bo)):
        assert reasons() == set()


def test_a_third_organisation_that_shows_the_row_is_told_whom_it_is_kept_from(cast, kept):
    with acting_as(Gate(cast.anna)):
        assert kept_from_any(Note, cast.case.pk, [cast.af.pk], cast.day) == {kept.pk}
    with acting_as(Gate(cast.cilla)):
        assert ask(KEPT_ROWS) == []
        assert kept_from_any(Note, cast.case.pk, [cast.af.pk], cast.day) == {kept.pk}
        assert kept_from_any(Note, cast.case.pk, [cast.ame.pk], cast.day) == set()


# --- when the code forgets ----------------------------------------------------------------------------------------
@pytest.fixture
def forgetful(monkeypatch):
    """Every question of the gate answers yes."""
    answers = {predicates.Assigned: "true", predicates.Told: "true", predicates.Receives: "true"}
    for predicate, said in (answers | {predicates.Withheld: "false"}).items():
        monkeypatch.setattr(predicate, "as_sql", lambda self, *_, said=said, **extra: (said, ()))
    monkeypatch.setattr(Gate, "next_cases", lambda self, **page: Case.objects.order_by("next_on", "pk"))


def _lists(client, worker, case):
    client.force_login(worker)
    return str(case.pk) in client.get(reverse("desk:cases")).content.decode()


def _owner():
    parts = connection.get_connection_params()
    params = {name: parts[name] for name in ("dbname", "host", "port") if name in parts}
    return psycopg.connect(**params, user="samverkan_owner", autocommit=True)


@pytest.mark.django_db(transaction=True)
def test_a_forgetful_gate_shows_nothing_until_the_security_is_off(client, cast, forgetful):
    assert not _lists(client, cast.cilla, cast.case)
    tables = ["cases_case", "cases_individual"]
    with _owner() as owner:
        try:
            for table in tables:
                owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            assert _lists(client, cast.cilla, cast.case), "Annars prövar testet ingenting."
        finally:
            for table in tables:
                owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    assert not _lists(client, cast.cilla, cast.case)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_one_request_is_left_for_the_next_on_the_same_connection(client, cast):
    with acting_for({}):
        for worker in (cast.anna, cast.cilla, cast.bo, cast.cilla):
            assert _lists(client, worker, cast.case) is (worker != cast.cilla)
            assert ask("SELECT current_setting('app.user', true), current_setting('app.scopes', true)") == [("", "")]
            assert not Case.objects.exists()


# --- further than the person who asks -------------------------------------------------------------------------------
def test_a_purpose_that_is_not_written_opens_nothing(cast):
    with acting_for({}):
        with pytest.raises(ValueError, match="none of the purposes"), beyond("curiosity"):
            pass
        with acting_for({"beyond": "curiosity"}):
            assert not Case.objects.exists()


def test_what_was_told_before_is_back_whatever_happens_inside(cast):
    with acting_as(Gate(cast.cilla)):
        with pytest.raises(RuntimeError), beyond("sweep"):
            raise RuntimeError
        assert not Case.objects.exists()
        with pytest.raises(ProgrammingError), transaction.atomic(), beyond("sweep"):
            ask("SELECT nothing FROM nowhere")
        assert not Case.objects.exists()
        with acting_as(Gate(cast.anna)), beyond("sweep"), acting_as(Gate(cast.cilla)):
            assert not Case.objects.exists()
        assert not Case.objects.exists()
    assert Case.objects.exists()
