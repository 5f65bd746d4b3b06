"""What each worklist means. Process data only: dates, states and whose turn it is (SoLPuF 15 §)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actionplans.models import ActionPlan, Milestone
from cases.models import Case, Category, Deadline, DeadlineHold, Referral
from consent.gate import LISTED_AT_MOST, Gate
from consent.models import Consent, concerning
from consent.models.predicates import Told
from meetings.models import Meeting
from notices.models import Notice

SOON = timedelta(days=7)
LONG = timedelta(days=60)


@dataclass(frozen=True)
class Worklist:
    code: str
    label: str
    belongs: Callable[[Gate], Q]
    empty: str
    as_tab: bool = True


def of_case(rows: QuerySet) -> Exists:
    return Exists(rows.filter(case=OuterRef("pk")))


def first_deadlines(gate):
    return gate.across(Deadline).first_meeting()


def holds_now(gate):
    """Holds that make a clock rest today."""
    return DeadlineHold.objects.resting(gate.day, deadline=OuterRef("pk"))


def resting(gate):
    return Q(of_case(first_deadlines(gate).unanswered().filter(Exists(holds_now(gate)))))


def late(gate):
    """The promised day has passed, of the next step, the first meeting or a delmål, and the clock does not rest."""
    passed = Q(of_case(first_deadlines(gate).overdue(gate.day))) | Q(of_case(gate.across(Milestone).overdue(gate.day)))
    return ((Q(next_on__lt=gate.day) & next_known(gate)) | passed) & ~resting(gate)


def next_known(gate):
    """The day of the next step belongs to the lead, and to those it tells about the application. Others see the
    case in its place by that day, but neither the day nor that it has passed."""
    told = Told("pk", "organisation", Category.APPLICATION, gate.organisation, gate.day)
    return Q(organisation=gate.organisation) | Q(told)


def to_do(gate):
    """My own turn: a bevakning is due, a meeting lacks its outcome, a delmål of mine is due within a week, or a
    first meeting with less than a week left is not booked."""
    week = gate.day + SOON
    notices = Notice.objects.due(gate.day).filter(recipient=gate.user)
    meetings = gate.across(Meeting).without_outcome(timezone.now()).filter(participants__user=gate.user)
    milestones = gate.across(Milestone).open().filter(responsible_user=gate.user, due_on__lte=week)
    running = first_deadlines(gate).unanswered().filter(due_on__lte=week)
    return (
        Q(of_case(notices))
        | Q(of_case(meetings))
        | Q(of_case(milestones))
        | (Q(of_case(running)) & ~first_meeting_booked(gate) & ~resting(gate))
    )


def first_meeting_booked(gate):
    return Q(of_case(gate.across(Meeting).booked().first_meetings()))


def waiting_for_others(gate):
    """Somebody else's turn: a referral or a consent form without answer, or an overdue delmål that is not ours."""
    referrals = gate.across(Referral).filter(status=Referral.Status.WAITING, owner=gate.organisation)
    forms = Consent.objects.filter(answer=Consent.Answer.ASKED, discloser=gate.organisation, replaced_by=None)
    theirs = gate.across(Milestone).overdue(gate.day).exclude(responsible_organisation=gate.organisation)
    return Q(of_case(referrals)) | Q(of_case(forms)) | Q(of_case(theirs))


def before_first_meeting(gate):
    return Q(of_case(first_deadlines(gate).unanswered()))


def with_plan(gate):
    return Q(of_case(gate.across(ActionPlan).filter(ended_on=None)))


def long_without_meeting(gate):
    """The first meeting is behind, and for 60 days nothing was held and nothing is booked."""
    recent = gate.across(Meeting).filter(
        Q(status__in=Meeting.BOOKED) | Q(status__in=Meeting.HELD, starts_at__date__gt=gate.day - LONG)
    )
    return Q(of_case(first_deadlines(gate).filter(met_on__lte=gate.day - LONG))) & ~Q(of_case(recent))


def consent_ends_soon(gate):
    return Q(of_case(Consent.objects.expiring(gate.day).filter(concerning(gate.organisation))))


MINE = Worklist(
    "mina",
    "Mina",
    lambda gate: Q(),
    "Här står de ärenden som du är tilldelad. Registrera en ansökan, eller be den som fördelar ärenden om ett.",
)
WORKLISTS = {
    worklist.code: worklist
    for worklist in (
        MINE,
        Worklist("forsenade", "Försenade", late, "Inget löfte har passerat sitt datum."),
        Worklist("att-gora", "Att göra", to_do, "Inget väntar på dig just nu."),
        Worklist("vantar", "Väntar på annan", waiting_for_others, "Ingen annan är skyldig dig ett svar."),
        Worklist("vilande", "Vilande", resting, "Ingen klocka står still."),
        Worklist(
            "fore-forsta-motet", "Väntar på första möte", before_first_meeting, "Alla har haft sitt första möte.", False
        ),
        Worklist("med-plan", "Aktiv handlingsplan", with_plan, "Ingen har en plan som pågår.", False),
        Worklist(
            "utan-mote",
            "Utan möte på 60 dagar",
            long_without_meeting,
            "Alla har haft möte de senaste 60 dagarna.",
            False,
        ),
        Worklist(
            "samtycke-gar-ut", "Samtycke går ut inom 30 dagar", consent_ends_soon, "Inget samtycke går ut snart.", False
        ),
    )
}


def count_worklists(gate, worklists) -> dict[str, int | None]:
    """How many open cases each list holds, in one query. None for all when there are too many to count."""
    ids = list(gate.cases().open().values_list("pk", flat=True)[: LISTED_AT_MOST + 1])
    if len(ids) > LISTED_AT_MOST:
        return dict.fromkeys((w.code for w in worklists), None)
    counts = {w.code.replace("-", "_"): Count("pk", filter=w.belongs(gate)) for w in worklists}
    found = Case.objects.filter(pk__in=ids).aggregate(**counts)
    return {w.code: found[w.code.replace("-", "_")] for w in worklists}
