"""The sheet of the preparation."""

from dataclasses import dataclass

from accounts.models import Organisation
from actionplans.content import Card, milestone_cards
from cases.models import Category, SupportNeed
from meetings.models import Participant, Preparation

SHEET = ["own_questions", "since_plan", "situation", "difficulties", "possibilities", "goals", "not_raised"]
SHEET_ALL = [*SHEET, "access_arranged"]


@dataclass(frozen=True)
class Sheet:
    """`untold`: organisations that are called but that no consent in force covers; then the sheet stays closed."""

    participants: list[Participant]
    initial: dict[str, object]
    untold: list[Organisation]
    needs: list[str]
    steps: list[Card]

    @property
    def must_arrange(self):
        """Somebody's hearing, language or way in depends on it (S175)."""
        return bool(self.needs)


def sheet(gate, case, meeting):
    participants = list(meeting.participants.select_related("organisation", "user", "responsibility").order_by("pk"))
    written = Preparation.objects.filter(meeting=meeting).first()
    initial = {name: getattr(written, name) for name in SHEET_ALL} if written else {}
    answers = {f"answers_{p.pk}": p.responsibility.text for p in participants if hasattr(p, "responsibility")}
    roles = {"leader": meeting.leader_id, "timekeeper": meeting.timekeeper_id, "aim": meeting.aim}
    return Sheet(
        participants=participants,
        initial=initial | answers | roles | {"version": written.version if written else 0},
        untold=untold(gate, case, participants),
        needs=_to_arrange(gate, case, meeting),
        steps=[card for card in milestone_cards(gate, case) if card.text.is_open],
    )


def _to_arrange(gate, case, meeting):
    interpreter = [f"Tolk: {meeting.interpreter}"] if meeting.interpreter else []
    return interpreter + [str(SupportNeed(need).label) for need in _support_needs(gate, case)]


def _support_needs(gate, case):
    return case.individual.support_needs if gate.knows(case, Category.CONTACT) else []


def untold(gate, case, participants):
    """Asked for the lead, who called them: a partner who may not be told cannot open the meeting at all."""
    if not gate.may_lead(case, open_only=False):
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
