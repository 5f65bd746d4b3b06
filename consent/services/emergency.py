"""Letting oneself in for two hours, with the manager and the log reviewer told at once."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Role, RoleAssignment, User
from audit.context import beyond
from audit.models import Action
from cases.models import Case
from consent.content.assignments import CASE_ROLES
from consent.emergency import GROUND, LASTS, find
from consent.gate import Gate
from consent.models import CaseGrant, EmergencyAccess
from notices.models import Kind, Notice

TOLD = (Role.UNIT_MANAGER, Role.LOG_REVIEWER)


@transaction.atomic
@beyond("emergency")
def open_in_emergency(gate: Gate, *, number: str, ground: str, reason: str) -> EmergencyAccess:
    """Reading only, inside one's own organisation. Ends by itself."""
    gate.require_role(*CASE_ROLES)
    case = find(gate, number)
    ends_at = timezone.now() + LASTS
    opened = EmergencyAccess.objects.create(
        case=case, organisation=gate.organisation, user=gate.user, ground=ground, reason=reason, ends_at=ends_at
    )
    until = timezone.localdate(ends_at)
    CaseGrant.objects.engage(case, gate.user, since=gate.day, until=until, reason=GROUND, ends_at=ends_at)
    gate.log(Action.EMERGENCY_OPENED, case, note="emergency", ground=f"{GROUND}: {opened.get_ground_display()}")
    _tell(gate, case, opened)
    return opened


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
