"""Final minutes are what people were given: their words never change, a correction is another row."""

from django.db import migrations

SQL = """
CREATE FUNCTION meetings_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Final minutes never change.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE ON meetings_meetingminutes FOR EACH ROW
  WHEN (OLD.status = 'final' AND
        (NEW.status, NEW.number, NEW.situation, NEW.conclusion, NEW.commitments, NEW.decisions, NEW.next_meeting_on)
        IS DISTINCT FROM
        (OLD.status, OLD.number, OLD.situation, OLD.conclusion, OLD.commitments, OLD.decisions, OLD.next_meeting_on))
  EXECUTE FUNCTION meetings_refuse_change()
"""
UNDO = "DROP TRIGGER refuse_change ON meetings_meetingminutes; DROP FUNCTION meetings_refuse_change()"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_minutes_are_shared_and_corrected")]

    operations = [migrations.RunSQL(SQL, UNDO)]
