-- Each row of the log is sealed as its transaction ends: a number without gaps, and a hash over the hash before it and
-- the row. Fields that are NULL are left out, so that a column added later changes no old hash.
CREATE FUNCTION audit_hash(previous bytea, sequence bigint, entry jsonb) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT sha256(previous || convert_to(sequence::text || ' ' || jsonb_strip_nulls(entry)::text, 'UTF8'))
$$;

-- The lock is taken here and nowhere earlier, so that it is held only while the transaction ends. Whoever holds it waits
-- for nobody: the checks of foreign keys that may follow need only what FOR NO KEY UPDATE leaves free (docs/adr/0008).
-- The time zone belongs to the text of `at`, so it is fixed.
CREATE FUNCTION audit_seal_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  last audit_seal;
BEGIN
  PERFORM pg_advisory_xact_lock(20261121);
  SELECT * INTO last FROM audit_seal ORDER BY sequence DESC LIMIT 1;
  INSERT INTO audit_seal (sequence, entry_id, hash)
  SELECT n, NEW.id, audit_hash(coalesce(last.hash, ''), n, to_jsonb(NEW)) FROM (SELECT coalesce(last.sequence, 0) + 1) AS next (n);
  RETURN NULL;
END $$;

-- Nobody may hang it on a table of their own and seal rows that are not there.
REVOKE EXECUTE ON FUNCTION audit_seal_entry() FROM PUBLIC;

CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit_seal_entry();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

-- Rows from before there were seals, in the order in which they were written.
DO $$
DECLARE
  entry audit_entry;
  previous bytea := '';
  sequence bigint := 0;
BEGIN
  SET LOCAL timezone = 'UTC';
  FOR entry IN SELECT * FROM audit_entry ORDER BY id LOOP
    sequence := sequence + 1;
    previous := audit_hash(previous, sequence, to_jsonb(entry));
    INSERT INTO audit_seal (sequence, entry_id, hash) VALUES (sequence, entry.id, previous);
  END LOOP;
END $$;
