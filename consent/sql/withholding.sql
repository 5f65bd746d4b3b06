-- The withhold list beats every consent and every other ground: what it withholds is no day of consent_disclosure.days,
-- which pages, lists, counts and row-level security ask. Safe to run again.

-- `agreed` is what the ground allows, `days` what is left of it. Who writes only `days` says what the ground allows.
CREATE OR REPLACE FUNCTION consent_disclosure_keep_days() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.agreed = OLD.agreed AND NEW.days <> OLD.days THEN NEW.agreed := NEW.days; END IF;
  NEW.days := NEW.agreed - coalesce((SELECT range_agg(w.days) FROM consent_withholding w
     WHERE w.case_id = NEW.case_id AND w.owner_id = NEW.discloser_id AND w.recipient_id = NEW.recipient_id
       AND w.category = NEW.category AND w.record_kind = ''), '{}');
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_days BEFORE INSERT OR UPDATE ON consent_disclosure
  FOR EACH ROW EXECUTE FUNCTION consent_disclosure_keep_days();

CREATE OR REPLACE FUNCTION consent_withholding_takes_effect() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE consent_disclosure d SET agreed = d.agreed
   WHERE d.case_id = NEW.case_id AND d.discloser_id = NEW.owner_id AND d.recipient_id = NEW.recipient_id
     AND d.category = NEW.category AND NEW.record_kind = '';
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER takes_effect AFTER INSERT OR UPDATE ON consent_withholding
  FOR EACH ROW EXECUTE FUNCTION consent_withholding_takes_effect();

CREATE OR REPLACE FUNCTION consent_withholding_lift_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE said text[] := ARRAY['days', 'ended_at', 'ended_by_id', 'end_reason'];
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NOT NEW.days <@ OLD.days
     OR to_jsonb(NEW) - said <> to_jsonb(OLD) - said THEN
    RAISE EXCEPTION 'En spärr hävs en gång och ändras aldrig' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER lift_once BEFORE UPDATE ON consent_withholding
  FOR EACH ROW EXECUTE FUNCTION consent_withholding_lift_once();
CREATE OR REPLACE TRIGGER refuse_delete BEFORE DELETE ON consent_withholding
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
