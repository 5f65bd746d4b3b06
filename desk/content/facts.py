"""The rows of one case that its frame, its overview and its history look at."""

from datetime import date
from functools import cached_property

from django.db.models import F

from actionplans.models import ActionPlan, PlanVersion
from cases.models import Assessment, CaseExit, Category, Deadline, Note
from consent.models import Consent
from meetings.models import Meeting


class Facts:
    """One case from where one gate stands; each kind of row is read once, when somebody asks."""

    def __init__(self, gate, case):
        self.gate, self.case, self.day = gate, case, gate.day

    def knows(self, category):
        return self.gate.knows(self.case, category)

    def why(self, hold) -> str:
        """Why a clock rests. It may be illness: whoever is not told about health reads only that there is a reason."""
        return hold.get_reason_display() if self.knows(Category.HEALTH) else "förklarad försening"

    @cached_property
    def consents(self) -> list[Consent]:
        return list(self.gate.consents(self.case).with_parties())

    @cached_property
    def deadline(self) -> Deadline | None:
        """The newest that still applies, else the newest."""
        rows = self.gate.visible(Deadline, self.case).first_meeting().select_related("rule").prefetch_related("holds")
        return rows.order_by(F("closed_on").asc(nulls_first=True), "-starts_on", "due_on").first()

    @cached_property
    def meetings(self) -> list[Meeting]:
        return list(self.gate.visible(Meeting, self.case).order_by("starts_at", "pk"))

    @cached_property
    def assessments(self) -> list[Assessment]:
        return list(self.gate.visible(Assessment, self.case).select_related("made_by__organisation"))

    @property
    def assessed_on(self) -> date | None:
        return min((row.completed_on for row in self.assessments if row.completed_on), default=None)

    @cached_property
    def notes(self) -> list[Note]:
        return list(self.gate.visible(Note, self.case).select_related("owner", "written_by"))

    @cached_property
    def plan(self) -> ActionPlan | None:
        return self.gate.visible(ActionPlan, self.case).order_by("-started_on", "-pk").first()

    @cached_property
    def plan_versions(self) -> list[PlanVersion]:
        """Of the plan in hand, the newest first."""
        if self.plan is None:
            return []
        return list(PlanVersion.objects.filter(plan=self.plan).defer("snapshot").order_by("-number"))

    @property
    def plan_version(self) -> PlanVersion | None:
        return self.plan_versions[0] if self.plan_versions else None

    @cached_property
    def exit(self) -> CaseExit | None:
        """None while the case is open."""
        return None if self.case.is_open else self.gate.visible(CaseExit, self.case).filter(reopened_on=None).first()

    @cached_property
    def first_meeting(self) -> Meeting | None:
        """The held one, else the one on its way; after a return only what came since."""
        since = self.deadline.starts_on if self.deadline and not self.deadline.met_on else date.min
        first = [m for m in self.meetings if m.kind == Meeting.Kind.FIRST and m.day >= since]
        return next((m for m in first if m.is_held), None) or next((m for m in first if m.is_booked), None)


def look_at(gate, case) -> Facts:
    """The same facts for the frame and for the page inside it: kept on the opened case, which lives for one request."""
    facts = getattr(case, "facts", None)
    if facts is None:
        facts = case.facts = Facts(gate, case)
    return facts
