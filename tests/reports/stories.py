"""Small towns full of cases, from a seed: the same facts as plain values for the oracle and as rows for the code.

Each story happens to COPIES persons, so that every count is 0 or at least k and nothing is hidden.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from accounts.models import Municipality
from actionplans.models import ActionPlan, Agreement, Milestone, PlanVersion
from cases.identity import parse
from cases.models import (
    Application,
    Case,
    CaseExit,
    CaseParty,
    Deadline,
    DeadlineHold,
    DeadlineRule,
    ExitReason,
    Individual,
)
from meetings.models import Meeting, PersonFeedback
from tests.casting import _kind

COPIES = 5
FIRST, LAST = date(2025, 4, 1), date(2026, 6, 20)
MAY, AFTER = date(2026, 5, 1), LAST  # a month that is over, and a day when it is counted


@dataclass
class Story:
    sex: str
    opened_on: date
    closed_on: date | None = None
    reason: str = ""
    reopened_on: date | None = None
    met_on: date | None = None
    clock_closed_on: date | None = None
    hold: tuple | None = None
    meetings: list = field(default_factory=list)
    versions: list = field(default_factory=list)
    has_party: bool = False
    plan_ended_on: date | None = None
    milestones: list = field(default_factory=list)

    @property
    def due_on(self):
        return self.opened_on + timedelta(days=14)


def invent(seed, count=18):
    random = Random(seed)
    return [_story(random) for _n in range(count)]


def _story(random):
    def days(low, high):
        return timedelta(days=random.randint(low, high))

    opened = FIRST + days(0, (LAST - FIRST).days)
    story = Story(random.choice(["woman", "man", "woman", "man", "unknown"]), opened, has_party=random.random() < 0.7)
    story.met_on = opened + days(0, 40) if random.random() < 0.7 else None
    if random.random() < 0.4:
        story.closed_on = opened + days(3, 90)
        story.reason = random.choice(ExitReason.values)
        story.reopened_on = story.closed_on + days(1, 40) if random.random() < 0.2 else None
        if story.met_on is None or story.met_on > story.closed_on:
            story.met_on, story.clock_closed_on = None, story.closed_on
    if random.random() < 0.4:
        since = opened + days(0, 30)
        story.hold = (since, random.choice([None, since + days(0, 20)]))
    for _n in range(random.randint(0, 3)):
        held = random.random() < 0.7
        story.meetings.append(
            (
                opened + days(0, 60),
                random.choice(Meeting.Kind.values),
                random.choice(Meeting.Form.values),
                held,
                "held" if held else random.choice(["absent", "absent_acceptable", "absent_logistics"]),
                random.choice([None, 1, 2, 3]) if held else None,
            )
        )
    if random.random() < 0.7:
        made = opened + days(0, 30)
        yes = [made + days(0, 20) if random.random() < 0.8 else None for _who in range(3)]
        story.versions.append((made, *yes))
        story.plan_ended_on = made + days(5, 60) if random.random() < 0.2 else None
        for _n in range(random.randint(0, 3)):
            starts = opened + days(0, 45)
            due = starts + days(0, 40)
            status = random.choice(["not_started", "ongoing", "done", "done", "ended"])
            story.milestones.append((starts, due, status, starts + days(0, 60) if status == "done" else None))
    return story


def tell(stories, cast):
    """Writes the rows, COPIES of each story, in Lysekil: a municipality without other cases."""
    town = Municipality.objects.get(code="1484")
    rule = DeadlineRule.objects.get(code=DeadlineRule.Code.FIRST_MEETING, municipality=None)
    for number, story in enumerate(story for story in stories for _copy in range(COPIES)):
        _case(story, cast, town, rule, number)
    return town


def _case(story, cast, town, rule, number):
    person = Individual(organisation=cast.ifo, given_name="Prov", family_name=f"P{number}", sex=story.sex)
    identity = f"T{700000 + number:07d}"
    person.identity = parse(identity, today=timezone.localdate(), kind=_kind(identity))
    person.save()
    application = Application.objects.create(
        organisation=cast.ifo, received_on=story.opened_on, registered_by=cast.anna
    )
    case = Case.objects.create(
        number=f"2026-{number + 1:04d}",
        individual=person,
        application=application,
        organisation=cast.ifo,
        unit=cast.anna.unit,
        municipality=town,
        next_on=story.due_on,
        opened_on=story.opened_on,
        closed_on=None if story.reopened_on else story.closed_on,
    )
    if story.has_party:
        CaseParty.objects.create(case=case, organisation=cast.af, since=story.opened_on)
    _clock(story, case, cast, rule)
    _exit(story, case, cast)
    _meetings(story, case, cast)
    _plan(story, case, cast)


def _clock(story, case, cast, rule):
    clock = Deadline.objects.create(
        case=case,
        owner=cast.ifo,
        rule=rule,
        starts_on=story.opened_on,
        due_on=story.due_on,
        met_on=story.met_on,
        closed_on=story.clock_closed_on,
    )
    if story.hold:
        since, until = story.hold
        DeadlineHold.objects.create(
            deadline=clock, reason="ill", text="Sjuk", since=since, until=until, set_by=cast.anna
        )


def _exit(story, case, cast):
    if story.closed_on:
        CaseExit.objects.create(
            case=case,
            owner=cast.ifo,
            reason=story.reason,
            closed_on=story.closed_on,
            closed_by=cast.anna,
            reopened_on=story.reopened_on,
        )


def _meetings(story, case, cast):
    for day, kind, form, held, outcome, answer in story.meetings:
        starts = timezone.make_aware(datetime.combine(day, time(23, 15)))
        meeting = Meeting.objects.create(
            case=case,
            owner=cast.ifo,
            kind=kind,
            form=form,
            status="held" if held else "not_held",
            outcome=outcome,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=75),
            booked_by=cast.anna,
            calendar_uid=uuid.uuid4(),
        )
        if answer:
            PersonFeedback.objects.create(meeting=meeting, listened_to=answer)


def _plan(story, case, cast):
    """AF is asked about the version when it has a part in it; the school's part is over and asks nobody."""
    part = {"id": cast.af.pk, "name": "Arbetsförmedlingen", "short_name": "AF"}
    over = {"status": "done", "organisation": {"id": 999_999, "name": "Skolan", "short_name": "Skolan"}}
    open_one = {"status": "ongoing", "id": 1, "organisation": None, "with_parties": [part], "condition": None}
    snapshot = {"lead": {"id": cast.ifo.pk}, "milestones": [over, *([open_one] if story.has_party else [])]}
    for made, *yes in story.versions:
        plan = ActionPlan.objects.create(
            case=case,
            owner=cast.ifo,
            individual=case.individual,
            own_goal="Ett mål",
            started_on=made,
            ended_on=story.plan_ended_on,
        )
        version = PlanVersion.objects.create(plan=plan, number=1, made_on=made, made_by=cast.anna, snapshot=snapshot)
        for who, day in zip((None, cast.ifo, cast.af), yes, strict=True):
            if day and (who is not cast.af or story.has_party):
                Agreement.objects.create(version=version, organisation=who, agreed_on=day, registered_by=cast.anna)
        for starts, due, status, done in story.milestones:
            Milestone.objects.create(
                case=case,
                owner=cast.ifo,
                plan=plan,
                text="Ett delmål",
                responsible_organisation=cast.af,
                starts_on=starts,
                due_on=due,
                status=status,
                done_on=done,
                end_reason="other" if status == "ended" else "",
            )
