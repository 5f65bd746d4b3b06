"""COPY into the real tables: Django's own defaults, explicit numbers, no triggers while it lasts."""

from contextlib import contextmanager

from django.db import connection
from django.db.models import NOT_PROVIDED
from django.utils import timezone

REFRESHED_AT_ONCE = 2_000


def reserve(model, number):
    """So many new primary keys, taken from the table's own sequence."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table, column])
        first = cursor.fetchone()[0]
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, column, first + number])
    return range(first, first + number)


def load(model, names, rows):
    """COPY `rows`, tuples in the order of `names`; every other column gets what Django would have given it."""
    fields = [model._meta.get_field(name) for name in names]
    others = [f for f in model._meta.concrete_fields if f not in fields and _needs_value(f)]
    columns = ", ".join(connection.ops.quote_name(f.column) for f in (*fields, *others))
    now = timezone.now()
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row((*row, *(_default(f, now) for f in others)))


def _needs_value(field):
    return not (field.primary_key or field.generated or field.db_default is not NOT_PROVIDED)


def _default(field, now):
    return now if getattr(field, "auto_now_add", False) else field.get_default()


@contextmanager
def triggers_off(models):
    """History and projection stand still, and row-level security lets COPY in; the database still checks every foreign
    key and constraint."""
    _all(models, "DISABLE TRIGGER USER", "NO FORCE ROW LEVEL SECURITY")
    try:
        yield
    finally:
        _all(models, "ENABLE TRIGGER USER", "FORCE ROW LEVEL SECURITY")


def _all(models, *acts):
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} {', '.join(acts)}")


def refresh(case_ids):
    """What the triggers would have kept, computed set by set."""
    with connection.cursor() as cursor:
        for start in range(0, len(case_ids), REFRESHED_AT_ONCE):
            cursor.execute(
                "SELECT consent_casescope_refresh(%s::uuid[])", [case_ids[start : start + REFRESHED_AT_ONCE]]
            )


def settle():
    """Statistics and the visibility map, which index-only scans need."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
