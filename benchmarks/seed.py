"""./run bench seed: fill the database with the invented region that the measurements ask."""

import argparse
import sys
import time
from dataclasses import fields
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.context import beyond
from benchmarks.measuring.roles import as_owner
from benchmarks.volume import Volume
from benchmarks.volume.lives import OPENED_WITHIN, Lives, Numbers, Rows
from benchmarks.volume.loading import load, refresh, reserve, settle, triggers_off
from benchmarks.volume.town import add_far_users, add_wide_users, build
from cases.models import (
    Application,
    Case,
    CaseParty,
    CaseSeries,
    Deadline,
    DeadlineRule,
    Household,
    Individual,
)
from consent.models import CaseGrant, CaseUnitGrant, Consent, Disclosure
from meetings.models import Meeting, Participant

LOADED_AT_ONCE = 10_000
BROAD = "bred.m@example.org"
PERSON = "id organisation household given_name family_name identity_kind identity_sealed identity_index"
CASE = "id number individual application organisation unit municipality priority priority_computed next_on"
TABLES = {
    "household": (Household, "id"),
    "individual": (Individual, f"{PERSON} birth_date sex interpreter_language"),
    "application": (Application, "id organisation household received_on registered_by"),
    "case": (Case, f"{CASE} opened_on closed_on"),
    "deadline": (Deadline, "case owner rule starts_on due_on met_on"),
    "grant": (CaseGrant, "content_object user permission since until is_responsible"),
    "unit_grant": (CaseUnitGrant, "content_object group permission since"),
    "party": (CaseParty, "case organisation own_matter since"),
    "consent": (
        Consent,
        "id case discloser categories answer given_on valid_from valid_until registered_by withdrawn_at withdrawn_by",
    ),
    "receiver": (Consent.receivers.through, "consent organisation"),
    "disclosure": (Disclosure, "case discloser recipient category days consent"),
    "meeting": (Meeting, "id case owner starts_at ends_at during calendar_uid booked_by"),
    "participant": (Participant, "meeting role user organisation during"),
}


def fill(volume, say=print):
    """Everything, as the owner. Returns seconds per part."""
    took = Stopwatch(say)
    with triggers_off([model for model, _ in TABLES.values()]), transaction.atomic():
        town = build(volume)
        took("organisationer, enheter och handläggare")
        ids = _load_cases(volume, town)
        add_wide_users(town)
        _load_far(ids)
    took(f"{len(ids)} ärenden med COPY")
    refresh(ids)
    took("projektionen")
    settle()
    took("VACUUM ANALYZE")
    return took.parts


def _load_cases(volume, town):
    lives = Lives(
        volume,
        town,
        timezone.localdate(),
        Permission.objects.get(codename="view_case", content_type__app_label="cases").pk,
        DeadlineRule.objects.get(code=DeadlineRule.Code.FIRST_MEETING, municipality=None).pk,
        Numbers(*(reserve(model, 2 * volume.cases).start for model in (Household, Application, Consent, Meeting))),
    )
    ids = []
    for start in range(0, volume.cases, LOADED_AT_ONCE):
        rows = Rows()
        ids += [lives.live(n, rows) for n in range(start, min(start + LOADED_AT_ONCE, volume.cases))]
        for name, (model, names) in TABLES.items():
            load(model, names.split(), rows.of[name])
    CaseSeries.objects.bulk_create(
        CaseSeries(municipality_id=code, year=year, last=last) for (code, year), last in lives.series.items()
    )
    return ids


def _load_far(ids):
    """The two who work with a twentieth of all cases and with all, on a matter of their organisation's own."""
    organisation, groups = add_far_users()
    opened = timezone.localdate() - timedelta(days=OPENED_WITHIN)
    view = Permission.objects.get(codename="view_case", content_type__app_label="cases").pk
    model, names = TABLES["party"]
    load(model, names.split(), [(case, organisation, True, opened) for case in ids])
    model, names = TABLES["unit_grant"]
    for every, group in groups.items():
        load(model, names.split(), [(case, group, view, opened) for case in ids[::every]])


class Stopwatch:
    """Says how long each part took."""

    def __init__(self, say):
        self.say, self.parts, self.since = say, {}, time.perf_counter()

    def __call__(self, part):
        now = time.perf_counter()
        self.parts[part] = round(now - self.since, 1)
        self.say(f"  {self.parts[part]:6.1f} s  {part}", flush=True)
        self.since = now


def is_filled():
    return User.objects.filter(email=BROAD).exists()


def volume_arguments(parser):
    for each in fields(Volume):
        parser.add_argument(f"--{each.name}", type=int, default=each.default)


def asked_volume(arguments):
    return Volume(**{each.name: getattr(arguments, each.name) for each in fields(Volume)})


@beyond("demo")
def ensure(volume):
    """Fill an empty database; one that is filled for the same number of cases today is used again."""
    if is_filled() and Case.objects.count() == volume.cases and _is_fresh():
        return {}
    with as_owner():
        if is_filled():
            sys.exit("Databasen har mätdata av annan storlek eller från en annan dag. Börja om med en tom databas.")
        return fill(volume)


def _is_fresh():
    """Days are counted from the day of loading; after a week the shares no longer hold."""
    newest = Case.objects.order_by("-opened_on").values_list("opened_on", flat=True).first()
    return newest is not None and newest > timezone.localdate() - timedelta(days=7)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    volume_arguments(parser)
    ensure(asked_volume(parser.parse_args()))
    with beyond("demo"):
        print(f"{Case.objects.count()} ärenden, {CaseGrant.objects.count()} tilldelningar")
    return 0


if __name__ == "__main__":
    sys.exit(main())
