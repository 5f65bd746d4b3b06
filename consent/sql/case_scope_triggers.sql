-- What must refresh the projection (case_scope.sql): grants, parties, disclosures, the case, the person's protection,
-- the worker, the unit. Statement-level triggers: one refresh for a bulk change. Safe to run again.
CREATE OR REPLACE FUNCTION consent_casescope_on_grant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN SELECT array_agg(DISTINCT content_object_id) INTO ids FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN SELECT array_agg(DISTINCT content_object_id) INTO ids FROM old_rows;
  ELSE SELECT array_agg(DISTINCT x) INTO ids FROM
    (SELECT content_object_id AS x FROM new_rows UNION SELECT content_object_id FROM old_rows) q;
  END IF;
  PERFORM consent_casescope_refresh(ids);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION consent_casescope_on_case_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN SELECT array_agg(DISTINCT case_id) INTO ids FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN SELECT array_agg(DISTINCT case_id) INTO ids FROM old_rows;
  ELSE SELECT array_agg(DISTINCT x) INTO ids FROM
    (SELECT case_id AS x FROM new_rows UNION SELECT case_id FROM old_rows) q;
  END IF;
  PERFORM consent_casescope_refresh(ids);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION consent_casescope_on_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ids uuid[];
BEGIN
  SELECT array_agg(n.id) INTO ids FROM new_rows n JOIN old_rows o ON o.id = n.id
   WHERE (n.next_on, n.closed_on, n.organisation_id, n.individual_id)
         IS DISTINCT FROM (o.next_on, o.closed_on, o.organisation_id, o.individual_id);
  PERFORM consent_casescope_refresh(ids);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION consent_casescope_on_individual() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ids uuid[];
BEGIN
  SELECT array_agg(c.id) INTO ids FROM new_rows n JOIN old_rows o ON o.id = n.id JOIN cases_case c ON c.individual_id = n.id
   WHERE n.protection <> o.protection;
  PERFORM consent_casescope_refresh(ids);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION consent_casescope_on_worker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO consent_accessscope (user_id) VALUES (NEW.id);
  ELSIF NEW.organisation_id <> OLD.organisation_id THEN
    PERFORM consent_casescope_refresh((SELECT array_agg(content_object_id) FROM consent_casegrant WHERE user_id = NEW.id));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION consent_casescope_on_unit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO consent_accessscope (unit_id) VALUES (NEW.id);
  ELSIF NEW.organisation_id <> OLD.organisation_id THEN
    PERFORM consent_casescope_refresh((SELECT array_agg(content_object_id) FROM consent_caseunitgrant WHERE group_id = NEW.group_id));
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE t text; fn text; ev text; refs text;
BEGIN
  FOR t, fn IN VALUES ('consent_casegrant', 'consent_casescope_on_grant'),
                      ('consent_caseunitgrant', 'consent_casescope_on_grant'),
                      ('consent_disclosure', 'consent_casescope_on_case_row'),
                      ('cases_caseparty', 'consent_casescope_on_case_row') LOOP
    FOREACH ev IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
      refs := CASE ev WHEN 'INSERT' THEN 'NEW TABLE AS new_rows' WHEN 'DELETE' THEN 'OLD TABLE AS old_rows'
                      ELSE 'NEW TABLE AS new_rows OLD TABLE AS old_rows' END;
      EXECUTE format('CREATE OR REPLACE TRIGGER casescope_%s AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %I()',
                     lower(ev), ev, t, refs, fn);
    END LOOP;
  END LOOP;
END $$;

CREATE OR REPLACE TRIGGER casescope_update AFTER UPDATE ON cases_case
  REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION consent_casescope_on_case();
CREATE OR REPLACE TRIGGER casescope_protection AFTER UPDATE ON cases_individual
  REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION consent_casescope_on_individual();
CREATE OR REPLACE TRIGGER casescope_worker AFTER INSERT OR UPDATE OF organisation_id ON accounts_user
  FOR EACH ROW EXECUTE FUNCTION consent_casescope_on_worker();
CREATE OR REPLACE TRIGGER casescope_unit AFTER INSERT OR UPDATE OF organisation_id ON accounts_unit
  FOR EACH ROW EXECUTE FUNCTION consent_casescope_on_unit();
