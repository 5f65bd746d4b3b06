-- The log as one table per month of the database's clock (UTC), in a schema that only the owner may enter: a whole month
-- can be dropped when its time has come, and no role of the application reaches a month but through the log itself.
CREATE SCHEMA audit_months;

ALTER TABLE audit_entry RENAME TO audit_entry_whole;
ALTER TABLE audit_entry_whole ALTER id DROP IDENTITY;
CREATE SEQUENCE audit_entry_number AS bigint;
CREATE TABLE audit_entry (LIKE audit_entry_whole INCLUDING DEFAULTS) PARTITION BY RANGE (at);
ALTER SEQUENCE audit_entry_number OWNED BY audit_entry.id;
ALTER TABLE audit_entry ALTER id SET DEFAULT nextval('audit_entry_number');

-- Months from `first` and to the one of `last`; those that exist are left alone. Attached rather than made as parts,
-- so that readers and writers of the log need not wait.
CREATE FUNCTION audit_make_months(first timestamptz, last timestamptz) RETURNS integer LANGUAGE plpgsql
SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  made integer := 0;
  month timestamptz := date_trunc('month', first);
  name text;
BEGIN
  WHILE month <= last LOOP
    name := to_char(month, '"entry_"YYYY_MM');
    IF to_regclass('audit_months.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE audit_months.%I (LIKE audit_entry INCLUDING DEFAULTS)', name);
      EXECUTE format('ALTER TABLE audit_entry ATTACH PARTITION audit_months.%I FOR VALUES FROM (%L) TO (%L)',
                     name, month, month + interval '1 month');
      made := made + 1;
    END IF;
    month := month + interval '1 month';
  END LOOP;
  RETURN made;
END $$;
REVOKE EXECUTE ON FUNCTION audit_make_months(timestamptz, timestamptz) FROM PUBLIC;

-- What the application may ask for: this month and the year that follows.
CREATE FUNCTION audit_make_next_months() RETURNS integer LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT audit_make_months(clock_timestamp(), clock_timestamp() + interval '1 year')
$$;

SELECT audit_make_months(coalesce(min(at), now()), now() + interval '1 year') FROM audit_entry_whole;
INSERT INTO audit_entry SELECT * FROM audit_entry_whole;
SELECT setval('audit_entry_number', max(id)) FROM audit_entry;
DROP TABLE audit_entry_whole;

ALTER TABLE audit_entry ADD PRIMARY KEY (id, at);
CREATE INDEX entry_case ON audit_entry (case_id, at DESC);
CREATE INDEX entry_organisation ON audit_entry (organisation_id, at DESC);
CREATE INDEX entry_actor ON audit_entry (actor_id, at DESC);
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
