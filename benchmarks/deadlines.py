"""./run bench deadlines: a million open clocks, each due a reminder, swept by the ladder and by the bare statement.

Everything happens in one transaction of the owner that is rolled back, so the database is left as it was; the
cost of the commit itself is in neither figure. A second run at once tells what an ordinary minute costs.
"""

import argparse
import sys
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Municipality, Organisation, Role, RoleAssignment, Unit, User
from benchmarks.measuring.roles import as_owner
from benchmarks.measuring.verdict import Bound, bounds_table, keep, table
from benchmarks.volume.loading import load, reserve, triggers_off
from cases.models import Application, Case, Deadline, DeadlineRule, Individual
from consent.models import CaseGrant
from meetings.ladder import climb
from notices.models import Notice

SEED, ORGANISATIONS, WORKERS_EACH, LOADED_AT_ONCE = 2026, 40, 50, 10_000
MEBIBYTE = 1024
OURS, BARE, REPEAT = "stegen, första körningen", "satsen för hand", "stegen, en gång till"
CASE = "id number individual application organisation unit municipality priority priority_computed"
TABLES = {
    Individual: "id organisation given_name family_name identity_kind identity_sealed identity_index",
    Application: "id organisation received_on registered_by",
    Case: f"{CASE} next_on opened_on",
    Deadline: "case owner rule starts_on due_on",
    CaseGrant: "content_object user permission since is_responsible",
}

# The rule in the fewest words that tell the same people: no lock, no look for what is told already.
BY_HAND = """
INSERT INTO notices_notice (kind, object_key, period, recipient_id, case_id, text, due_on)
SELECT 'first_meeting', 'deadline:' || d.id, r.day::text, u.id, d.case_id,
       'Dag ' || r.day || '. Sista dag ' || d.due_on || '.', d.starts_on + r.day
  FROM cases_deadline d
  JOIN cases_deadlinerule rule ON rule.id = d.rule_id AND rule.code = 'first_meeting'
  JOIN cases_deadlinerung r ON r.rule_id = d.rule_id AND r.role = 'case_worker' AND d.starts_on + r.day <= %(today)s
  JOIN cases_case c ON c.id = d.case_id AND c.closed_on IS NULL
  JOIN consent_casegrant g ON g.content_object_id = c.id AND g.is_responsible AND g.since <= %(today)s
   AND (g.until IS NULL OR g.until >= %(today)s)
  JOIN accounts_user u ON u.id = g.user_id AND u.organisation_id = c.organisation_id AND u.is_active
 WHERE d.met_on IS NULL AND d.closed_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM cases_deadlinehold h WHERE h.deadline_id = d.id AND h.since <= %(today)s
                      AND (h.until IS NULL OR h.until >= %(today)s) AND h.since <= d.due_on)
   AND NOT EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.case_id = c.id AND m.kind = 'first'
                      AND m.status IN ('planned', 'prepared', 'consent_confirmed'))
ON CONFLICT DO NOTHING
"""


class Undo(Exception):
    """Leaves the database as it was."""


def build_town():
    """Organisations with their workers; triggers run, since they make the scopes."""
    place = Municipality.objects.create(code="9990", name="Mätkommunen")
    organisations = Organisation.objects.bulk_create(
        Organisation(kind="social_services", name=f"Svepnämnd {n}", short_name=f"S{n}", municipality=place)
        for n in range(ORGANISATIONS)
    )
    towns = [_workplace(organisation, number) for number, organisation in enumerate(organisations)]
    since = timezone.localdate() - timedelta(days=400)
    coordinators = [RoleAssignment(user=town[2][0], role=Role.COORDINATOR, since=since) for town in towns]
    lead = RoleAssignment(user=towns[0][2][1], role=Role.PROJECT_LEAD, municipality=place, since=since)
    RoleAssignment.objects.bulk_create([*coordinators, lead])
    return place, towns


def _workplace(organisation, number):
    unit = Unit.objects.create(organisation=organisation, name="Enheten")
    users = User.objects.bulk_create(
        User(
            email=f"svep.{number}.{n}@example.org",
            password="!",
            given_name="Svea",
            family_name=f"Nummer {n}",
            organisation=organisation,
            unit=unit,
        )
        for n in range(WORKERS_EACH)
    )
    return organisation, unit, users


def fill(cases):
    """COPY, with the triggers of the loaded tables off: history and projection are not what is measured."""
    place, towns = build_town()
    draw, today = Random(SEED), timezone.localdate()
    numbers = reserve(Application, cases)
    rule = DeadlineRule.objects.get(code=DeadlineRule.Code.FIRST_MEETING, municipality=None).pk
    view = Permission.objects.get(codename="view_case", content_type__app_label="cases").pk
    with triggers_off(list(TABLES)):
        for start in range(0, cases, LOADED_AT_ONCE):
            rows = {model: [] for model in TABLES}
            for n in range(start, min(start + LOADED_AT_ONCE, cases)):
                _one_case(rows, n, numbers[n], place, towns, rule, view, draw, today)
            for model, names in TABLES.items():
                load(model, names.split(), rows[model])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.cursor() as cursor:
        for model in (*TABLES, User):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _one_case(rows, n, application, place, towns, rule, view, draw, today):
    """Opened five to eight days ago: exactly one rung is due."""
    organisation, unit, users = towns[n % len(towns)]
    person, case = (UUID(int=draw.getrandbits(128), version=4) for _ in range(2))
    worker, opened = draw.choice(users).pk, today - timedelta(days=5 + n % 4)
    due, index = opened + timedelta(days=14), sha256(str(n).encode()).digest()
    rows[Individual].append((person, organisation.pk, "Test", f"Person {n}", "local_temporary", index, index))
    rows[Application].append((application, organisation.pk, opened, worker))
    rows[Case].append((case, f"S-{n:07d}", person, application, organisation.pk, unit.pk, place.pk, 1, 1, due, opened))
    rows[Deadline].append((case, organisation.pk, rule, opened, due))
    rows[CaseGrant].append((case, worker, view, opened, True))


# --- measuring --------------------------------------------------------------------------------------------------
def by_hand():
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"today": timezone.localdate()})
        return cursor.rowcount


def timed(act):
    start = perf_counter()
    return act(), perf_counter() - start


def measure(cases, rounds):
    """{variant: seconds per round}, and the peak of Python's memory above its base in MiB."""
    seconds, peaks = {OURS: [], BARE: [], REPEAT: []}, []
    for number in range(rounds):
        for variant in (OURS, BARE) if number % 2 else (BARE, OURS):
            _empty(Notice)
            base = _memory_base()
            made, took = timed(climb if variant is OURS else by_hand)
            if made != cases:
                raise SystemExit(f"{variant}: {made} påminnelser, men det finns {cases} ärenden.")
            seconds[variant].append(took)
            if variant is OURS:
                again, took = timed(climb)
                peaks.append(_memory_peak() - base)
                seconds[REPEAT].append(took)
                if again:
                    raise SystemExit(f"Andra körningen sa till {again} gånger.")
    return seconds, max(peaks) / MEBIBYTE


def _empty(model):
    """A new file each time: what an earlier round left behind would slow the next."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {model._meta.db_table}")


def _memory_base():
    """KiB of this process now; the kernel's high-water mark starts again from here."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _memory_peak():
    return _status("VmHWM")


def _status(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def bounds(seconds, peak):
    middle = {variant: median(each) for variant, each in seconds.items()}
    yield Bound("första körningen / satsen för hand", "stegen", middle[OURS] / middle[BARE], 1.2, 1.5)
    yield Bound("en gång till / första körningen", "stegen", middle[REPEAT] / middle[OURS], 0.1, 0.25)
    yield Bound("Pythons minne över basen, MiB", "stegen", peak, 10, 50)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    found = {}
    with as_owner():
        if Case.objects.exists():
            raise SystemExit("Databasen har redan ärenden. Mät i en egen, tom databas.")
        try:
            with transaction.atomic():
                _none, found["loaded_seconds"] = timed(lambda: fill(asked.cases))
                found["seconds"], found["peak"] = measure(asked.cases, asked.rounds)
                raise Undo
        except Undo:
            pass
    return report(asked, **found)


def report(asked, loaded_seconds, seconds, peak):
    judged = list(bounds(seconds, peak))
    print(f"{asked.cases} öppna ärenden, alla ska få en påminnelse. Laddade på {loaded_seconds:.1f} s.\n")
    rows = [[name, f"{median(each):.2f}", f"{min(each):.2f}–{max(each):.2f}"] for name, each in seconds.items()]
    print(table([f"sekunder, {asked.rounds} omgångar", "median", "spridning"], rows) + "\n")
    print(bounds_table(judged) + "\n")
    facts = {"cases": asked.cases, "rounds": asked.rounds, "seconds": seconds, "peak_mebibytes": peak}
    print(f"Sparat i {keep('deadlines', facts, judged)}.")
    return 1 if any(bound.value > bound.fail for bound in judged) else 0


if __name__ == "__main__":
    sys.exit(main())
