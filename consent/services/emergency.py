"""Letting oneself in for two hours, with the manager and the log reviewer told at once and a review that waits."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, RoleAssignment, User
from audit.context import beyond
from audit.log import Subject
from audit.models import Action
from cases.models import Case
from consent import log_review
from consent.content.assignments import CASE_ROLES
from consent.emergency import GROUND, LASTS, find
from consent.gate import Gate
from consent.models import CaseGrant, EmergencyAccess
from notices.models import Kind, Notice

TOO_MANY = (
    "Nödåtkomst går att använda högst %(limit)d gånger i månaden, och det har du gjort. "
    "Ring chefen, som kan tilldela dig ärendet."
)
TOLD = (Role.UNIT_MANAGER, Role.LOG_REVIEWER)


@transaction.atomic
@beyond("emergency")
def open_in_emergency(gate: Gate, *, number: str, ground: str, reason: str) -> EmergencyAccess:
    """Reading only, inside one's own organisation. Ends by itself."""
    gate.require_role(*CASE_ROLES)
    _refuse_too_many(gate)
    case = find(gate, number)
    ends_at = timezone.now() + LASTS
    opened = EmergencyAccess.objects.create(
        case=case, organisation=gate.organisation, user=gate.user, ground=ground, reason=reason, ends_at=ends_at
    )
    until = timezone.localdate(ends_at)
    CaseGrant.objects.let_in(case, gate.user, since=gate.day, until=until, reason=GROUND, ends_at=ends_at)
    gate.log(Action.EMERGENCY_OPENED, case, note="emergency", ground=f"{GROUND}: {opened.get_ground_display()}")
    log_review.await_review(opened, gate.day)
    _tell(gate, case, opened)
    return opened


def _refuse_too_many(gate: Gate) -> None:
    """Whoever needs it often needs an assignment. Two at once wait for each other."""
    list(User.objects.select_for_update(no_key=True).filter(pk=gate.user.pk).values("pk"))
    if EmergencyAccess.objects.in_month(gate.day).filter(user=gate.user).count() >= settings.EMERGENCIES_A_MONTH:
        gate.refuse(Subject(kind="emergency"), "för många nödåtkomster")
        raise ValidationError(TOO_MANY % {"limit": settings.EMERGENCIES_A_MONTH})


def _tell(gate: Gate, case: Case, opened: EmergencyAccess) -> None:
    """The number and who, nothing about the person; never whoever let themselves in."""
    roles = RoleAssignment.objects.in_force(gate.day).filter(role__in=TOLD)
    held = User.objects.filter(roles__in=roles, organisation=gate.organisation, is_active=True)
    Notice.objects.tell(
        Kind.EMERGENCY,
        held.exclude(pk=gate.user.pk).distinct(),
        object_key=f"emergency:{opened.pk}",
        text=f"{gate.user.full_name[:100]} öppnade ärende {case.number}",
        due_on=gate.day,
    )
