-- The projection of who sees which case on which days: what it should be, how it is brought there, how it is checked.
-- Safe to run again. The triggers that call it are in case_scope_triggers.sql.
-- Source of truth: consent_casegrant, consent_caseunitgrant (guardian), cases_caseparty, consent_disclosure, and
-- cases_individual.protection: a protected person's case opens for those it is granted to by name, never for a unit.

-- No SET here: PostgreSQL then unfolds it into the statements below, which set the search path themselves.
CREATE OR REPLACE FUNCTION consent_casescope_desired(ids uuid[])
RETURNS TABLE (case_id uuid, scope_id bigint, next_on date, closed boolean, days datemultirange)
LANGUAGE sql STABLE AS $$
  WITH assigned AS (
    SELECT g.content_object_id AS case_id, s.id AS scope_id, u.organisation_id,
           range_agg(daterange(g.since, g.until, '[]')) AS days
      FROM consent_casegrant g
      JOIN auth_permission p ON p.id = g.permission_id AND p.codename IN ('view_case', 'read_case_in_emergency')
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
      JOIN cases_case k ON k.id = g.content_object_id
      JOIN cases_individual i ON i.id = k.individual_id AND i.protection = 'none'
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
-- a case after its consent ended. The second statement sees what was committed while the first waited.
-- Its plan is kept by the session: to plan the definition anew would take three times as long as the grant itself.
CREATE OR REPLACE FUNCTION consent_casescope_refresh(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF coalesce(cardinality(ids), 0) = 0 THEN RETURN; END IF;
  PERFORM 1 FROM cases_case WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
  WITH desired AS MATERIALIZED (
    SELECT * FROM consent_casescope_desired(ids)
  ), gone AS (
    DELETE FROM consent_casescope t
     WHERE t.case_id = ANY (ids)
       AND NOT EXISTS (SELECT 1 FROM desired d WHERE d.case_id = t.case_id AND d.scope_id = t.scope_id)
  )
  INSERT INTO consent_casescope AS t (case_id, scope_id, next_on, closed, days)
  SELECT d.case_id, d.scope_id, d.next_on, d.closed, d.days FROM desired d
      ON CONFLICT (case_id, scope_id) DO UPDATE
     SET next_on = excluded.next_on, closed = excluded.closed, days = excluded.days
   WHERE (t.next_on, t.closed, t.days) IS DISTINCT FROM (excluded.next_on, excluded.closed, excluded.days);
END $$;

-- Rows that differ between the projection and its definition; 0 rows means they agree. A thousand cases at a time,
-- so that the plan and the memory are the same for any number of cases.
CREATE OR REPLACE FUNCTION consent_casescope_difference()
RETURNS TABLE (case_id uuid, scope_id bigint, problem text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE chunk uuid[];
BEGIN
  FOR chunk IN SELECT array_agg(q.id) FROM (SELECT c.id, row_number() OVER (ORDER BY c.id) / 1000 AS part FROM cases_case c) q
               GROUP BY q.part LOOP
    RETURN QUERY
      SELECT coalesce(d.case_id, t.case_id), coalesce(d.scope_id, t.scope_id),
             CASE WHEN d.case_id IS NULL THEN 'not allowed' ELSE 'missing or stale' END
        FROM consent_casescope_desired(chunk) d
        FULL JOIN (SELECT * FROM consent_casescope s WHERE s.case_id = ANY (chunk)) t
          ON t.case_id = d.case_id AND t.scope_id = d.scope_id
       WHERE (t.next_on, t.closed, t.days) IS DISTINCT FROM (d.next_on, d.closed, d.days);
  END LOOP;
END $$;
