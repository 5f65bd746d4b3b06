"""What may be written while everybody in the room looks at it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Organisation, User
from actionplans.content import current_plan, milestone_of, sees_conditions
from actionplans.models import ActionPlan, Milestone
from meetings.content.screen import screen
from meetings.content.talk import consent_answer
from meetings.models import ConsentConfirmation


@dataclass(frozen=True)
class Room:
    """`milestone` None: a new one. Only people and organisations that are there are offered, and those that the delmål
    already names. `condition` False: it is not asked about; a condition for assistance is the board's own matter."""

    plan: ActionPlan
    milestone: Milestone | None
    workers: tuple[User, ...]
    organisations: tuple[Organisation, ...]
    condition: bool


def pen_of_the_room(gate, case, meeting, milestone_id=None) -> Room:
    """404 for a delmål that is not on the screen; PermissionDenied while the plan is not."""
    page, plan = screen(gate, case, meeting), current_plan(gate, case)
    if not page.shows_plan or not gate.may_write(plan):
        raise PermissionDenied("Planen visas inte för alla i rummet. Skriv i den efteråt.")
    if milestone_id is None:
        return _room(gate, meeting, plan, None, (), ())
    if milestone_id not in {step.card.id for step in page.steps}:
        raise Http404("Delmålet finns inte.")
    milestone = milestone_of(gate, case, milestone_id)
    named = (milestone.responsible_user,) if milestone.responsible_user else ()
    return _room(gate, meeting, plan, milestone, named, milestone.with_organisations.all())


def talks_openly(meeting):
    """The person has been asked, and did not say no."""
    answer = consent_answer(meeting)
    return answer is not None and answer.answer != ConsentConfirmation.Answer.DECLINED


def _room(gate, meeting, plan, milestone, workers, organisations):
    here = [p for p in meeting.participants.all() if p.attended is not False]
    sees, _writes = sees_conditions(gate, milestone)
    is_boards = getattr(getattr(milestone, "condition", None), "for_assistance", False)
    return Room(
        plan=plan,
        milestone=milestone,
        workers=tuple(dict.fromkeys([*(p.user for p in here if p.user), *workers])),
        organisations=tuple(dict.fromkeys([*(p.organisation for p in here if p.organisation), *organisations])),
        condition=sees and not is_boards,
    )
