"""The application cannot change a byte of the log, and whoever can is found out."""

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit import anchors, chain, months, tasks
from audit.log import Actor, Subject, record
from audit.models import Action, Entry, Seal
from tests.database import become_application, become_owner

ROWS = 60
CHANGES = 200
DIGEST = """
SELECT md5(string_agg(e::text, '|' ORDER BY e.id)) || md5(string_agg(s::text, '|' ORDER BY s.sequence))
  FROM audit_entry e JOIN audit_seal s ON s.entry_id = e.id WHERE s.sequence <= %s
"""


BLANK = [
    "actor_name",
    "organisation_name",
    "unit_name",
    "factor",
    "case_number",
    "object_kind",
    "object_id",
    "category",
]
BLANK += ["ground", "request_id"]


def insert(**more):
    """A whole row, written past the program."""
    values = {"action": "'read'"} | dict.fromkeys(BLANK, "''") | more
    return f"INSERT INTO audit_entry ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def write_rows(number=ROWS):
    for n in range(number):
        record(
            Action.READ, actor=Actor(id=n % 7, name=f"Läsare {n % 7}"), subject=Subject(case_number=f"F-2026-{n:04}")
        )


def seal():
    """As at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def run(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall() if cursor.description else []


def fault(known=()):
    return chain.first_fault(known, kept_since=months.kept_since(timezone.now()))


@pytest.fixture
def written(db):
    write_rows()
    seal()
    return Seal.objects.count()


def test_each_row_gets_the_next_seal(written):
    assert list(Seal.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, written + 1))
    assert set(Seal.objects.values_list("entry_id", flat=True)) == set(Entry.objects.values_list("pk", flat=True))
    assert fault([chain.head()]) is None


def test_a_log_without_rows_is_whole(db):
    assert chain.head() is None
    assert fault() is None


def test_the_number_and_the_time_are_the_databases(written):
    for forged in ({"id": "1"}, {"at": "'2001-01-01'"}):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            run(insert(**forged))
    run(insert())


ATTACKS = """
UPDATE audit_entry SET actor_name = 'X'
UPDATE audit_entry SET at = at - interval '1 day' WHERE id % 2 = 0
UPDATE ONLY audit_entry SET action = 'read'
UPDATE audit_seal SET hash = ''
UPDATE audit_seal SET sequence = sequence + 1000
DELETE FROM audit_entry
DELETE FROM audit_entry WHERE actor_id = 1
DELETE FROM audit_seal
DELETE FROM audit_seal WHERE sequence > 50
TRUNCATE audit_entry
TRUNCATE audit_seal
TRUNCATE audit_entry, audit_seal RESTART IDENTITY CASCADE
DROP TABLE audit_entry
DROP TABLE audit_seal CASCADE
DROP TABLE {month}
DROP SCHEMA audit_months CASCADE
UPDATE {month} SET actor_name = 'X'
DELETE FROM {month}
TRUNCATE {month}
INSERT INTO {month} (id, at, action) VALUES (1, now(), 'read')
ALTER TABLE audit_entry DETACH PARTITION {month}
ALTER TABLE audit_entry DISABLE TRIGGER ALL
ALTER TABLE audit_entry DISABLE TRIGGER seal
ALTER TABLE audit_seal DISABLE TRIGGER USER
ALTER TABLE audit_entry ALTER COLUMN actor_name TYPE varchar(1) USING 'X'
ALTER TABLE audit_entry DROP COLUMN actor_name
ALTER TABLE audit_entry OWNER TO CURRENT_USER
ALTER TABLE audit_entry RENAME TO gone
ALTER TABLE audit_seal SET SCHEMA pg_temp
DROP TRIGGER refuse_change ON audit_entry
DROP TRIGGER seal ON audit_entry
DROP FUNCTION audit_refuse_change() CASCADE
DROP FUNCTION audit_seal_entry() CASCADE
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE OR REPLACE FUNCTION audit_hash(previous bytea, sequence bigint, entry jsonb) RETURNS bytea LANGUAGE sql AS 'SELECT previous'
CREATE TRIGGER mine BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
CREATE RULE mine AS ON INSERT TO audit_entry DO INSTEAD NOTHING
CREATE POLICY mine ON audit_entry USING (false)
SET session_replication_role = replica; DELETE FROM audit_entry
SET LOCAL session_replication_role = replica; UPDATE audit_entry SET actor_name = 'X'
SELECT set_config('session_replication_role', 'replica', true); DELETE FROM audit_entry
SELECT set_config('pgtrigger.ignore', 'audit_entry:refuse_change', true); DELETE FROM audit_entry
SET ROLE samverkan_owner; DELETE FROM audit_entry
SET SESSION AUTHORIZATION samverkan_owner; DELETE FROM audit_entry
GRANT UPDATE, DELETE ON audit_entry TO CURRENT_USER; DELETE FROM audit_entry
INSERT INTO audit_entry (id, at, action) SELECT id, at, 'read' FROM audit_entry ON CONFLICT (id, at) DO UPDATE SET action = 'changed'
INSERT INTO audit_seal SELECT sequence, entry_id, '' FROM audit_seal ON CONFLICT (sequence) DO UPDATE SET hash = ''
INSERT INTO audit_seal (sequence, entry_id, hash) SELECT max(sequence) + 1, 1, '' FROM audit_seal
MERGE INTO audit_entry e USING audit_seal s ON s.entry_id = e.id WHEN MATCHED THEN DELETE
MERGE INTO audit_entry e USING audit_seal s ON s.entry_id = e.id WHEN MATCHED THEN UPDATE SET actor_name = 'X'
WITH gone AS (DELETE FROM audit_entry RETURNING *) SELECT count(*) FROM gone
CREATE TEMP TABLE audit_seal (sequence bigint, entry_id bigint, hash bytea); {row}; SET CONSTRAINTS ALL IMMEDIATE; DROP TABLE pg_temp.audit_seal
CREATE TEMP TABLE mine (id bigint); CREATE TRIGGER seal AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION audit_seal_entry(); INSERT INTO mine VALUES (1)
SELECT audit_make_months('2001-01-01', now())
SELECT setval('audit_entry_number', 1); {row}
COPY audit_entry FROM PROGRAM 'echo'
SELECT * FROM audit_entry FOR UPDATE
""".strip().splitlines()


def test_the_application_changes_no_byte_of_the_log(written):
    """Not only that each attempt is refused: what answers "done" must have done nothing."""
    (month,) = (name for name in months.existing() if name == timezone.now().astimezone(UTC).strftime("entry_%Y_%m"))
    before = run(DIGEST, written)
    assert len(ATTACKS) >= 40
    for attack in ATTACKS:
        point = transaction.savepoint()
        try:
            run(attack.format(month=f"audit_months.{month}", row=insert()))
            seal()
        except DatabaseError:
            transaction.savepoint_rollback(point)
        assert run(DIGEST, written) == before, attack
        assert fault() is None, attack


# --- what the owner of the database can do --------------------------------------------------------------------
REHASH = """
DO $$ DECLARE e record; previous bytea := ''; n bigint := 0; BEGIN
  SET LOCAL timezone = 'UTC';
  FOR e IN SELECT s.sequence AS old, a AS entry FROM audit_seal s JOIN audit_entry a ON a.id = s.entry_id ORDER BY s.sequence LOOP
    n := n + 1;
    previous := audit_hash(previous, n, to_jsonb(e.entry));
    UPDATE audit_seal SET sequence = n, hash = previous WHERE sequence = e.old;
  END LOOP; END $$
"""
ONE = "(SELECT id FROM audit_entry ORDER BY id OFFSET {a} LIMIT 1)"
OWNERS_CHANGES = [
    "UPDATE audit_entry SET {column} = 'X' WHERE id = " + ONE,
    "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = " + ONE,
    "UPDATE audit_entry SET actor_id = NULL WHERE id = " + ONE,
    "DELETE FROM audit_entry WHERE id = " + ONE,
    "DELETE FROM audit_seal WHERE sequence = {a} + 1",
    "DELETE FROM audit_seal WHERE entry_id = " + ONE + "; DELETE FROM audit_entry WHERE id = " + ONE,
    "UPDATE audit_seal SET hash = sha256(hash) WHERE sequence = {a} + 1",
    "UPDATE audit_seal SET sequence = sequence + 1000 WHERE sequence > {a}",
    "UPDATE audit_seal SET entry_id = entry_id + 1 WHERE sequence = {a} + 1",
    insert(actor_name="'Påhittad'"),
    "INSERT INTO audit_seal SELECT max(sequence) + 1, max(entry_id), sha256('') FROM audit_seal",
    "UPDATE audit_entry x SET actor_name = y.actor_name, case_number = y.case_number FROM audit_entry y"
    " WHERE x.id = " + ONE + " AND y.id = (SELECT max(id) FROM audit_entry)",
    "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE sequence > {a});"
    " DELETE FROM audit_seal WHERE sequence > {a}",
    "DELETE FROM audit_entry; DELETE FROM audit_seal",
    "UPDATE audit_entry SET {column} = 'X' WHERE id = " + ONE + ";" + REHASH,
    "DELETE FROM audit_seal WHERE sequence = {a} + 1; DELETE FROM audit_entry WHERE id = " + ONE + ";" + REHASH,
]
TEXTS = ["actor_name", "case_number", "action", "ground", "organisation_name", "object_kind", "request_id"]


@pytest.fixture
def owner(transactional_db):
    """The owner, with the triggers off, one round from a change that nobody would see."""
    write_rows()
    become_owner()
    for table in ("audit_entry", "audit_seal"):
        run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    become_owner()
    for table in ("audit_entry", "audit_seal"):
        run(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    become_application()


def test_whatever_the_owner_changes_is_found(owner):
    chance, head = random.Random(2026), chain.head()
    assert fault([head]) is None
    kinds = OWNERS_CHANGES * (CHANGES // len(OWNERS_CHANGES) + 1)
    for kind in kinds[:CHANGES]:
        change = kind.replace("{a}", str(chance.randrange(ROWS - 2))).replace("{column}", chance.choice(TEXTS))
        with transaction.atomic():
            run(change)
            assert fault([head]) is not None, change
            transaction.set_rollback(True)
    assert fault([head]) is None


def test_the_first_bad_row_is_named(owner):
    third = Seal.objects.get(sequence=3).entry_id
    run("UPDATE audit_entry SET actor_name = 'X' WHERE id >= %s", third)
    found = fault()
    assert (found.sequence, found.entry_id, found.what) == (3, third, chain.CHANGED)


def test_without_its_anchor_a_cut_tail_would_not_be_seen(owner):
    """The control: it is the anchor that finds it."""
    head = chain.head()
    run("DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE sequence > 50)")
    run("DELETE FROM audit_seal WHERE sequence > 50")
    assert fault() is None
    assert fault([head]).what == chain.CUT


def test_the_hash_can_be_computed_by_anybody(written):
    """As docs/operations.md describes it, without PostgreSQL: what is evidence must not need our own program."""
    row = run("SELECT to_jsonb(e) FROM audit_entry e JOIN audit_seal s ON s.entry_id = e.id WHERE s.sequence = 1")[0][0]
    row = json.loads(row) if isinstance(row, str) else row
    kept = {key: row[key] for key in sorted(row, key=lambda key: (len(key), key)) if row[key] is not None}
    text = "1 " + json.dumps(kept, ensure_ascii=False)
    assert hashlib.sha256(text.encode()).digest() == bytes(Seal.objects.get(sequence=1).hash)


# --- anchors and the command ----------------------------------------------------------------------------------
def test_the_head_is_anchored_and_the_command_compares(written, settings, tmp_path, capsys):
    settings.LOG_ANCHORS = tmp_path / "outside" / "anchors.jsonl"
    tasks.anchor_head()
    write_rows(1)
    seal()
    tasks.anchor_head()
    assert [anchor.sequence for anchor in anchors.read(settings.LOG_ANCHORS)] == [written, written + 1]
    call_command("verify_log", anchors=settings.LOG_ANCHORS)
    assert f"{written + 1} rader, 2 ankare" in capsys.readouterr().out


def test_the_command_tells_what_is_wrong_and_with_which_code(written, tmp_path):
    path = tmp_path / "anchors.jsonl"
    anchors.write(path, chain.Head(written + 5, "00", timezone.now()))
    with pytest.raises(CommandError, match="avklippt") as told:
        call_command("verify_log", anchors=path)
    assert told.value.returncode == 1
    path.write_text("inte json\n")
    with pytest.raises(CommandError, match="Ankarna") as told:
        call_command("verify_log", anchors=path)
    assert told.value.returncode == 2


# --- months ---------------------------------------------------------------------------------------------------
def test_the_months_of_a_year_ahead_are_there(db):
    assert len(months.existing()) >= 13
    assert tasks.make_months() == 0


def test_only_months_older_than_the_law_asks_for_are_dropped(db, settings):
    settings.LOG_KEPT_YEARS = 1
    now = datetime(2032, 3, 15, tzinfo=UTC)
    assert months.kept_since(now) == datetime(2027, 3, 1, tzinfo=UTC)
    assert "entry_2027_01" in months.too_old(now)
    assert "entry_2027_02" not in months.too_old(now)


def test_what_is_left_can_be_verified_when_a_month_is_dropped(owner, settings, tmp_path, capsys):
    old = datetime(2020, 5, 10, tzinfo=UTC)
    run("SELECT audit_make_months('2020-05-01', '2020-05-31')")
    run("UPDATE audit_entry SET at = %s WHERE id IN (SELECT entry_id FROM audit_seal WHERE sequence <= 20)", old)
    run(REHASH)
    settings.LOG_ANCHORS = tmp_path / "anchors.jsonl"
    known = [chain.Head(20, Seal.objects.get(sequence=20).hash.hex(), old + timedelta(hours=1)), chain.head()]
    for anchor in known:
        anchors.write(settings.LOG_ANCHORS, anchor)
    assert fault(known) is None
    call_command("drop_old_months", do=True)
    assert "entry_2020_05" in capsys.readouterr().out
    assert Entry.objects.filter(action=Action.LOG_WEEDED).count() == 1
    Entry.objects.filter(action=Action.LOG_WEEDED)._raw_delete("default")
    assert Entry.objects.count() == ROWS - 20
    assert fault(known) is None
    assert fault(known[1:]).what == chain.REMOVED
