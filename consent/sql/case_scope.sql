-- The projection of who sees which case on which days, and the triggers that keep it.
-- Source of truth: consent_casegrant, consent_caseunitgrant (guardian), cases_caseparty, consent_disclosure.

CREATE FUNCTION consent_casescope_desired(ids uuid[])
RETURNS TABLE (case_id uuid, scope_id bigint, next_on date, closed boolean, days datemultirange)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH assigned AS (
    SELECT g.content_object_id AS case_id, s.id AS scope_id, u.organisation_id,
           range_agg(daterange(g.since, g.until, '[]')) AS days
      FROM consent_casegrant g
      JOIN auth_permission p ON p.id = g.permission_id AND p.codename = 'view_case'
      JOIN accounts_user u ON u.id = g.user_id
      JOIN consent_accessscope s ON s.user_id = u.id
     WHERE g.content_object_id = ANY (ids)
     GROUP BY 1, 2, 3
    UNION ALL
    SELECT g.content_object_id, s.id, w.organisation_id, range_agg(daterange(g.since, g.until, '[]'))
      FROM consent_caseunitgrant g
      JOIN auth_permission p ON p.id = g.permission_id AND p.codename = 'view_case'
      JOIN accounts_unit w ON w.group_id = g.group_id
      JOIN consent_accessscope s ON s.unit_id = w.id
     WHERE g.content_object_id = ANY (ids)
     GROUP BY 1, 2, 3
  ), allowed AS (
    SELECT c.id AS case_id, c.organisation_id, '{(,)}'::datemultirange AS days
      FROM cases_case c WHERE c.id = ANY (ids)
    UNION ALL
    SELECT y.case_id, y.organisation_id, range_agg(daterange(y.since, y.until, '[]'))
      FROM cases_caseparty y WHERE y.case_id = ANY (ids) AND y.own_matter GROUP BY 1, 2
    UNION ALL
    SELECT d.case_id, d.recipient_id, range_agg(d.days)
      FROM consent_disclosure d WHERE d.case_id = ANY (ids) GROUP BY 1, 2
  ), met AS (
    SELECT a.case_id, a.scope_id, range_agg(a.days * w.days) AS days
      FROM assigned a JOIN allowed w ON w.case_id = a.case_id AND w.organisation_id = a.organisation_id
     GROUP BY 1, 2
  )
  SELECT m.case_id, m.scope_id, c.next_on, c.closed_on IS NOT NULL, m.days
    FROM met m JOIN cases_case c ON c.id = m.case_id
   WHERE NOT isempty(m.days)
$$;

-- Locks the cases first: without it a grant and a withdrawal in two transactions can leave a row that opens
-- a case after its consent ended.
CREATE FUNCTION consent_casescope_refresh(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(cardinality(ids), 0) = 0 THEN RETURN; END IF;
  PERFORM 1 FROM cases_case WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
  DELETE FROM consent_casescope t
   WHERE t.case_id = ANY (ids)
     AND NOT EXISTS (SELECT 1 FROM consent_casescope_desired(ids) d
                      WHERE d.case_id = t.case_id AND d.scope_id = t.scope_id);
  INSERT INTO consent_casescope AS t (case_id, scope_id, next_on, closed, days)
  SELECT d.case_id, d.scope_id, d.next_on, d.closed, d.days FROM consent_casescope_desired(ids) d
      ON CONFLICT (case_id, scope_id) DO UPDATE
     SET next_on = excluded.next_on, closed = excluded.closed, days = excluded.days
   WHERE (t.next_on, t.closed, t.days) IS DISTINCT FROM (excluded.next_on, excluded.closed, excluded.days);
END $$;

-- Rows that differ between the projection and its definition; 0 rows means they agree.
CREATE FUNCTION consent_casescope_difference()
RETURNS TABLE (case_id uuid, scope_id bigint, problem text)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH desired AS (SELECT * FROM consent_casescope_desired((SELECT array_agg(id) FROM cases_case)))
  (SELECT d.case_id, d.scope_id, 'missing or stale'::text FROM
     (SELECT * FROM desired EXCEPT SELECT t.case_id, t.scope_id, t.next_on, t.closed, t.days FROM consent_casescope t) d)
  UNION ALL
  (SELECT t.case_id, t.scope_id, 'not allowed'::text FROM consent_casescope t
    WHERE NOT EXISTS (SELECT 1 FROM desired d WHERE d.case_id = t.case_id AND d.scope_id = t.scope_id))
$$;

-- Statement-level triggers: one refresh for a bulk change.
CREATE FUNCTION consent_casescope_on_grant() RETURNS trigger
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

CREATE FUNCTION consent_casescope_on_case_row() RETURNS trigger
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

CREATE FUNCTION consent_casescope_on_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ids uuid[];
BEGIN
  SELECT array_agg(n.id) INTO ids FROM new_rows n JOIN old_rows o ON o.id = n.id
   WHERE (n.next_on, n.closed_on, n.organisation_id) IS DISTINCT FROM (o.next_on, o.closed_on, o.organisation_id);
  PERFORM consent_casescope_refresh(ids);
  RETURN NULL;
END $$;

CREATE FUNCTION consent_casescope_on_worker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO consent_accessscope (user_id) VALUES (NEW.id);
  ELSIF NEW.organisation_id <> OLD.organisation_id THEN
    PERFORM consent_casescope_refresh((SELECT array_agg(content_object_id) FROM consent_casegrant WHERE user_id = NEW.id));
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION consent_casescope_on_unit() RETURNS trigger
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
      EXECUTE format('CREATE TRIGGER casescope_%s AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %I()',
                     lower(ev), ev, t, refs, fn);
    END LOOP;
  END LOOP;
END $$;

CREATE TRIGGER casescope_update AFTER UPDATE ON cases_case
  REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION consent_casescope_on_case();
CREATE TRIGGER casescope_worker AFTER INSERT OR UPDATE OF organisation_id ON accounts_user
  FOR EACH ROW EXECUTE FUNCTION consent_casescope_on_worker();
CREATE TRIGGER casescope_unit AFTER INSERT OR UPDATE OF organisation_id ON accounts_unit
  FOR EACH ROW EXECUTE FUNCTION consent_casescope_on_unit();
