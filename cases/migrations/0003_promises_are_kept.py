"""A rule in use, a clock's start and a written reason are kept as they were; a last day never comes earlier."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "kept_promises.sql").read_text()
UNDO = """
DROP TRIGGER reason_is_kept ON cases_deadlinehold;
DROP TRIGGER due_never_earlier ON cases_deadline;
DROP TRIGGER ladder_in_use_is_kept ON cases_deadlinerung;
DROP TRIGGER rule_in_use_is_kept ON cases_deadlinerule;
DROP FUNCTION cases_keep_rungs();
DROP FUNCTION cases_refuse_rewriting();
DROP FUNCTION cases_rule_is_in_use(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_clocks_rest_and_name_their_meeting")]

    operations = [migrations.RunSQL(SQL, UNDO)]
