"""What happens while the talk goes on: each open delmål is gone through in it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from actionplans.models import Milestone
from actionplans.services import review_milestone
from consent.gate import Gate
from meetings import content
from meetings.models import Meeting, MilestoneReview

WAY = MilestoneReview.Way
CLOSING = {WAY.REACHED: Milestone.Status.DONE, WAY.ENDED: Milestone.Status.ENDED}


@transaction.atomic
def review_in_talk(
    gate: Gate,
    *,
    meeting: Meeting,
    milestone: Milestone,
    version: int,
    way: str,
    happened: str,
    end_reason: str = "",
) -> MilestoneReview:
    """Written again it replaces what was said. EditedMeanwhile when the delmål was saved after `version`."""
    gate.require_write(meeting)
    if not content.consent_answer(meeting):
        raise ValidationError("Samtalet har inte börjat. Skriv först svaret om samtycke.")
    open_status = milestone.status if milestone.is_open else Milestone.Status.ONGOING
    status = CLOSING.get(WAY(way), open_status)
    review_milestone(gate, milestone, status=status, on=gate.day, end_reason=end_reason, version=version)
    words = {"way": way, "happened": happened, "reviewed_by": gate.user}
    review, _ = MilestoneReview.objects.update_or_create(meeting=meeting, milestone=milestone, defaults=words)
    return review
