"""The sheet of the preparation, and what was said afterwards."""

from dataclasses import dataclass

from accounts.models import Organisation
from cases.models import Category, SupportNeed
from meetings.models import Feedback, Participant, PersonFeedback, Preparation

SHEET = ["since_plan", "situation", "difficulties", "possibilities", "goals", "own_questions", "not_raised"]
SHEET_ALL = [*SHEET, "access_arranged"]


@dataclass(frozen=True)
class Sheet:
    """`untold`: organisations that are called but that no consent in force covers; then the sheet stays closed."""

    participants: list[Participant]
    initial: dict[str, object]
    untold: list[Organisation]
    needs: list[str]


def sheet(gate, case, meeting):
    participants = list(meeting.participants.select_related("organisation", "user", "responsibility").order_by("pk"))
    written = Preparation.objects.filter(meeting=meeting).first()
    initial = {name: getattr(written, name) for name in SHEET_ALL} if written else {}
    answers = {f"answers_{p.pk}": p.responsibility.text for p in participants if hasattr(p, "responsibility")}
    roles = {"leader": meeting.leader_id, "timekeeper": meeting.timekeeper_id, "aim": meeting.aim}
    return Sheet(
        participants=participants,
        initial=initial | answers | roles | {"version": written.version if written else 0},
        untold=_untold(gate, case, participants),
        needs=[str(SupportNeed(need).label) for need in _support_needs(gate, case)],
    )


def _support_needs(gate, case):
    return case.individual.support_needs if gate.knows(case, Category.CONTACT) else []


def _untold(gate, case, participants):
    """Asked for the lead, who called them: a partner who may not be told cannot open the meeting at all."""
    if not case.sight.is_lead:
        return []
    known = {grant.user.organisation_id for grant in gate.workers(case)}
    others = {p.organisation_id: p.organisation for p in participants if p.organisation}
    return [organisation for pk, organisation in others.items() if pk not in known]


def sheet_text(written):
    """The saved sheet as words, for the page that shows two texts side by side."""
    meeting = written.meeting
    named = [
        (Preparation._meta.get_field(name).verbose_name.capitalize(), getattr(written, name)) for name in SHEET_ALL
    ]
    return "\n".join(f"{label}: {text}" for label, text in [("Ska uppnås", meeting.aim), *named] if text)


def own_feedback(gate, meeting):
    """What one's own organisation said; nobody sees another's."""
    written = Feedback.objects.filter(meeting=meeting, organisation=gate.organisation)
    return written.values("cooperation", "reached", "next_time").first() or {}


def person_feedback(meeting):
    return PersonFeedback.objects.filter(meeting=meeting).values("listened_to", "know_next", "line").first() or {}
