-- The best SQL we could write by hand, and the plain words of the rule. Each is named; see measuring/variants.py.
-- :columns is what the list shows of a case; after_on and after_id are the last row of the page before.

-- name: columns
c.id, c.number, c.next_on, c.opened_on, c.priority, c.organisation_id, c.unit_id,
i.given_name, i.family_name, i.protection, i.interpreter_language, o.short_name, u.name

-- name: joined
JOIN cases_individual i ON i.id = c.individual_id
JOIN accounts_organisation o ON o.id = c.organisation_id
JOIN accounts_unit u ON u.id = c.unit_id

-- name: allowed
(c.organisation_id = %(organisation)s
 OR EXISTS (SELECT 1 FROM cases_caseparty y
             WHERE y.case_id = c.id AND y.organisation_id = %(organisation)s AND y.own_matter
               AND y.since <= %(day)s AND (y.until IS NULL OR y.until >= %(day)s))
 OR EXISTS (SELECT 1 FROM consent_disclosure d
             WHERE d.case_id = c.id AND d.recipient_id = %(organisation)s AND d.days @> %(day)s::date))

-- name: assigned
(EXISTS (SELECT 1 FROM consent_casegrant g
          WHERE g.content_object_id = c.id AND g.user_id = %(user)s AND g.permission_id = %(view)s
            AND g.since <= %(day)s AND (g.until IS NULL OR g.until >= %(day)s))
 OR EXISTS (SELECT 1 FROM consent_caseunitgrant g
             WHERE g.content_object_id = c.id AND g.group_id = ANY(%(groups)s) AND g.permission_id = %(view)s
               AND g.since <= %(day)s AND (g.until IS NULL OR g.until >= %(day)s)))

-- name: mine
mine AS (
  SELECT g.content_object_id AS id FROM consent_casegrant g
   WHERE g.user_id = %(user)s AND g.permission_id = %(view)s
     AND g.since <= %(day)s AND (g.until IS NULL OR g.until >= %(day)s)
  UNION
  SELECT g.content_object_id FROM consent_caseunitgrant g
   WHERE g.group_id = ANY(%(groups)s) AND g.permission_id = %(view)s
     AND g.since <= %(day)s AND (g.until IS NULL OR g.until >= %(day)s))

-- name: specification
SELECT c.id, c.next_on FROM cases_case c WHERE c.closed_on IS NULL AND :assigned AND :allowed ORDER BY c.next_on, c.id

-- name: bound_b_page
SELECT :columns FROM (
  SELECT DISTINCT x.next_on, x.case_id FROM unnest(%(scopes)s::bigint[]) AS s(id) CROSS JOIN LATERAL (
    SELECT t.next_on, t.case_id FROM consent_casescope t
     WHERE t.scope_id = s.id AND NOT t.closed AND t.days @> %(day)s::date
       AND (t.next_on, t.case_id) > (%(after_on)s::date, %(after_id)s::uuid)
     ORDER BY t.next_on, t.case_id LIMIT %(size)s) x
  ORDER BY 1, 2 LIMIT %(size)s) page
JOIN cases_case c ON c.id = page.case_id
:joined
ORDER BY page.next_on, page.case_id

-- name: bound_b_count
SELECT count(DISTINCT t.case_id) FROM consent_casescope t
 WHERE t.scope_id = ANY(%(scopes)s) AND NOT t.closed AND t.days @> %(day)s::date

-- name: bound_a_union_page
WITH :mine
SELECT :columns FROM mine JOIN cases_case c ON c.id = mine.id
:joined
WHERE c.closed_on IS NULL AND :allowed AND (c.next_on, c.id) > (%(after_on)s::date, %(after_id)s::uuid)
ORDER BY c.next_on, c.id LIMIT %(size)s

-- name: bound_a_walk_page
SELECT :columns FROM (
  SELECT c.* FROM cases_case c
   WHERE c.closed_on IS NULL AND :assigned AND :allowed
     AND (c.next_on, c.id) > (%(after_on)s::date, %(after_id)s::uuid)
   ORDER BY c.next_on, c.id LIMIT %(size)s) c
:joined
ORDER BY c.next_on, c.id

-- name: bound_a_count
WITH :mine
SELECT count(*) FROM mine JOIN cases_case c ON c.id = mine.id WHERE c.closed_on IS NULL AND :allowed

-- name: no_access_control_page
SELECT :columns FROM cases_case c
:joined
WHERE c.id = ANY(%(page)s)
ORDER BY c.next_on, c.id
