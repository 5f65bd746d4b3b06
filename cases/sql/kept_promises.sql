-- A promise is not rewritten afterwards: not the rule that a clock has started by, not its ladder, not the clock's
-- start or rule; and its last day never comes earlier.

CREATE FUNCTION cases_rule_is_in_use(bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
$$ SELECT EXISTS (SELECT FROM cases_deadline WHERE rule_id = $1) $$;

CREATE FUNCTION cases_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is kept as it was promised', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION cases_keep_rungs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND cases_rule_is_in_use(OLD.rule_id)
     OR TG_OP <> 'DELETE' AND cases_rule_is_in_use(NEW.rule_id) THEN
    RAISE EXCEPTION 'the ladder of a rule in use is kept' USING ERRCODE = 'check_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER rule_in_use_is_kept BEFORE UPDATE ON cases_deadlinerule FOR EACH ROW
  WHEN ((NEW.code, NEW.municipality_id, NEW.anchor, NEW.days, NEW.counts, NEW.roll, NEW.valid_from) IS DISTINCT FROM
        (OLD.code, OLD.municipality_id, OLD.anchor, OLD.days, OLD.counts, OLD.roll, OLD.valid_from)
        AND cases_rule_is_in_use(OLD.id))
  EXECUTE FUNCTION cases_refuse_rewriting();

CREATE TRIGGER ladder_in_use_is_kept BEFORE INSERT OR UPDATE OR DELETE ON cases_deadlinerung FOR EACH ROW
  EXECUTE FUNCTION cases_keep_rungs();

CREATE TRIGGER due_never_earlier BEFORE UPDATE ON cases_deadline FOR EACH ROW
  WHEN (NEW.rule_id <> OLD.rule_id
        OR NEW.starts_on = OLD.starts_on AND (NEW.due_on < OLD.due_on OR NEW.due_on - NEW.moved_days <> OLD.due_on - OLD.moved_days))
  EXECUTE FUNCTION cases_refuse_rewriting();

CREATE TRIGGER reason_is_kept BEFORE UPDATE ON cases_deadlinehold FOR EACH ROW
  WHEN ((NEW.deadline_id, NEW.reason, NEW.text, NEW.since, NEW.set_by_id, NEW.set_at) IS DISTINCT FROM
        (OLD.deadline_id, OLD.reason, OLD.text, OLD.since, OLD.set_by_id, OLD.set_at)
        OR OLD.until < NEW.until OR (OLD.until IS NOT NULL AND NEW.until IS NULL))
  EXECUTE FUNCTION cases_refuse_rewriting();
