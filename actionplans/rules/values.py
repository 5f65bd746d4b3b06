"""The plan as it stood, complete enough to be read when people, organisations and rows have changed names."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Party:
    """An organisation as it was called then. Templates read it like an Organisation."""

    id: int
    name: str
    short_name: str
    kind: str
    phone: str = ""


@dataclass(frozen=True)
class ConditionText:
    """`remover` None: nobody named. `met_on` None: not in place yet."""

    text: str
    remover: Party | None = None
    met_on: date | None = None
    for_assistance: bool = False
    decision_number: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class MilestoneText:
    """`organisation` None: the individual is responsible. `person` is the worker who answers for it."""

    id: int
    text: str
    starts_on: date
    due_on: date
    status: str = "not_started"
    organisation: Party | None = None
    person: str = ""
    with_individual: bool = False
    with_parties: tuple[Party, ...] = ()
    with_others: str = ""
    follow_up_how: str = ""
    follow_up_on: date | None = None
    done_on: date | None = None
    end_reason: str = ""
    condition: ConditionText | None = None

    @property
    def is_open(self) -> bool:
        return self.status in ("not_started", "ongoing")

    @property
    def is_done(self) -> bool:
        return self.status == "done"

    @property
    def by_individual(self) -> bool:
        return self.organisation is None

    @property
    def involved(self) -> tuple[Party, ...]:
        """Every organisation that has promised something here."""
        first = (self.organisation,) if self.organisation else ()
        last = (self.condition.remover,) if self.condition and self.condition.remover else ()
        return tuple(dict.fromkeys((*first, *self.with_parties, *last)))


@dataclass(frozen=True)
class PlanText:
    """`given_name` is what the plan calls the person; `lead` the organisation that answers for the whole."""

    given_name: str
    own_goal: str
    goal_type: str
    kind: str
    lead: Party
    started_on: date
    coordinator: str = ""
    competence: str = ""
    opportunities: str = ""
    obstacles: str = ""
    own_view: str = ""
    others_measures: str = ""
    milestones: tuple[MilestoneText, ...] = ()

    def as_json(self) -> dict:
        return json.loads(json.dumps(asdict(self), default=str))

    @classmethod
    def from_json(cls, kept: dict) -> "PlanText":
        milestones = tuple(_milestone(row) for row in kept["milestones"])
        return cls(
            **kept | {"lead": Party(**kept["lead"]), "started_on": _day(kept["started_on"]), "milestones": milestones}
        )

    def without_assistance_conditions(self) -> "PlanText":
        """For health care, who need not know what the board has decided (S88)."""
        hidden = (
            replace(m, condition=None) if m.condition and m.condition.for_assistance else m for m in self.milestones
        )
        return replace(self, milestones=tuple(hidden))


def _milestone(row: dict) -> MilestoneText:
    days = {name: _day(row[name]) for name in ("starts_on", "due_on", "follow_up_on", "done_on")}
    return MilestoneText(
        **row
        | days
        | {
            "organisation": _party(row["organisation"]),
            "with_parties": tuple(Party(**party) for party in row["with_parties"]),
            "condition": _condition(row["condition"]),
        }
    )


def _condition(row: dict | None) -> ConditionText | None:
    if row is None:
        return None
    days = {name: _day(row[name]) for name in ("met_on", "decided_on")}
    return ConditionText(**row | days | {"remover": _party(row["remover"])})


def _party(row: dict | None) -> Party | None:
    return None if row is None else Party(**row)


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
