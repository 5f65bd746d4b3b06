"""Row-level security in the database, made by its owner from the catalogue after every migration."""

import re
from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from audit.purposes import PURPOSES, Purpose
from consent.catalogue import ASKED, SCHEMA, SHOWN, Rule, rules

# Whether an organisation is one of a consent's receivers. As the owner: the receivers are protected by the consent.
RECEIVES = """
CREATE OR REPLACE FUNCTION consent_receives(consent bigint, organisation bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT FROM consent_consent_receivers r
                  WHERE r.consent_id = consent AND r.organisation_id = organisation)
$$
"""
MADE = """
SELECT c.relname, obj_description(c.oid, 'pg_class'), c.relrowsecurity AND c.relforcerowsecurity
       AND (SELECT count(*) = 5 FROM pg_policy p WHERE p.polrelid = c.oid)
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY (%s)
"""
OWNER = "owner_does_its_work"
# The tables that a condition asks, whose own policies answer. A view of the owner's (`policies.seen`) is none of them.
ASKS = re.compile(r"\b(?:FROM|JOIN) (\w+)\b(?!\.)")


def protect_tables(purposes: dict[str, Purpose] = PURPOSES) -> list[str]:
    """Make the policies of every table whose rule is not what the database has, and give their names. Safe to run
    again. Only the database of the tests knows more purposes."""
    views = [_view(name, purposes) for name in SHOWN]
    wanted = {table: list(_policies(table, rule, purposes)) for table, rule in rules().items()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MADE, [list(wanted)])
        made = {table: mark for table, mark, on in cursor.fetchall() if on}
        marks = {table: _mark([*views, *statements]) for table, statements in wanted.items()}
        changed = [table for table in wanted if made.get(table) != marks[table]]
        if changed:
            _make_what_they_ask(cursor)
            for view in views:
                cursor.execute(view)
        for table in changed:
            _remake(cursor, table, wanted[table], marks[table])
    return changed


def _make_what_they_ask(cursor) -> None:
    """The right to read the views without the right to enter their schema: a policy has found them already, a
    statement cannot name them."""
    app = sql.Identifier(settings.DATABASE_APP_ROLE)
    cursor.execute(RECEIVES)
    cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    for name, rows in ASKED.items():
        cursor.execute(f"CREATE OR REPLACE VIEW {SCHEMA}.{name} AS {rows}")
        cursor.execute(sql.SQL(f"GRANT SELECT ON {SCHEMA}.{name} TO {{}}").format(app))


def _or_beyond(further: list[str], condition: str) -> str:
    """`further`: the purposes that see every row. A number that is not 0, and not OR: of that the planner expects
    nearly all rows to pass. What a rule and a query both say (`scope_id = ANY`) would otherwise count twice, and leave
    it to expect almost nothing."""
    return f"CASE WHEN {_beyond(further)} THEN 1 ELSE ({condition})::int END <> 0"


def _beyond(purposes: list[str]) -> str:
    words = ", ".join(f"'{name}'" for name in purposes)
    return f"(SELECT current_setting('app.beyond', true)) IN ({words})"


def _shut(condition: str, further: list[str], purposes: dict[str, Purpose]) -> str:
    """What hangs on a row is not seen with it by a purpose that names the row's table and not this one."""
    asked = set(ASKS.findall(condition))
    shut = [name for name, p in purposes.items() if name not in further and any(map(p.opens, asked))]
    return f"{_beyond(shut)} IS NOT TRUE AND ({condition})" if shut else condition


def _view(name: str, purposes: dict[str, Purpose]) -> sql.Composed:
    """Behind a barrier: no function of whoever asks meets a row before the condition does."""
    columns, rows, condition = SHOWN[name]
    rule = _or_beyond([word for word, purpose in purposes.items() if purpose.opens(name)], condition)
    asked = f"SELECT {columns} FROM {rows} AND {rule}".format(t="shown")  # noqa: S608 the catalogue's own words
    return sql.SQL(f"CREATE OR REPLACE VIEW {{}} WITH (security_barrier) AS {asked}").format(sql.Identifier(name))


def _policies(table: str, rule: Rule, purposes: dict[str, Purpose]) -> Iterator[sql.Composed]:
    name, app = sql.Identifier(table), sql.Identifier(settings.DATABASE_APP_ROLE)
    for command, condition in rule.on(table).items():
        clauses = {"INSERT": "WITH CHECK ({0})", "UPDATE": "USING ({0}) WITH CHECK ({0})"}.get(command, "USING ({0})")
        policy = sql.Identifier(f"application_{command.lower()}")
        further = [name for name, purpose in purposes.items() if purpose.opens(table, command)]
        may = clauses.format(_or_beyond(further, _shut(condition, further, purposes)))
        yield sql.SQL(f"CREATE POLICY {{}} ON {{}} FOR {command} TO {{}} ").format(policy, name, app) + sql.SQL(may)
    owner = sql.SQL("CREATE POLICY {} ON {} TO CURRENT_USER USING (true) WITH CHECK (true)")
    yield owner.format(sql.Identifier(OWNER), name)


def _remake(cursor, table: str, statements: list[sql.Composed], said: str) -> None:
    cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass", [table])
    for (old,) in cursor.fetchall():
        cursor.execute(sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(old), sql.Identifier(table)))
    for statement in statements:
        cursor.execute(statement)
    for switch in ("ENABLE", "FORCE"):
        cursor.execute(sql.SQL(f"ALTER TABLE {{}} {switch} ROW LEVEL SECURITY").format(sql.Identifier(table)))
    mark = sql.SQL("COMMENT ON TABLE {} IS {}").format(sql.Identifier(table), sql.Literal(said))
    cursor.execute(mark)


def _mark(statements: list[sql.Composed]) -> str:
    words = "\n".join([RECEIVES, *ASKED.values(), *(statement.as_string(None) for statement in statements)])
    return f"row security {sha256(words.encode()).hexdigest()[:16]}"
