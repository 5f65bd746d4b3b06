"""The reviewer's finding about one visit."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Role, RoleAssignment, User
from audit.models import Action
from consent.gate import Gate
from consent.models import LogFinding, LogVisit
from notices.models import Kind, Notice


@transaction.atomic
def conclude(gate: Gate, *, visit: LogVisit, verdict: str, note: str) -> LogFinding:
    """Once, and never about oneself. What could not be explained is told to the organisation's managers."""
    gate.require_role(Role.LOG_REVIEWER)
    if visit.actor_id == gate.user.pk or visit.review.organisation_id != gate.organisation.pk:
        raise PermissionDenied("Läsningen granskas av någon annan.")
    finding = LogFinding(visit=visit, verdict=verdict, note=note, by=gate.user)
    finding.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            finding.save()
    except IntegrityError as error:
        raise ValidationError("Någon annan har redan granskat läsningen.") from error
    gate.log(Action.LOG_REVIEWED, note=f"log_visit-{visit.pk}", ground="roll, loggranskare")
    if verdict == LogFinding.Verdict.UNEXPLAINED:
        _tell_managers(gate, visit)
    return finding


def _tell_managers(gate, visit):
    held = RoleAssignment.objects.in_force(gate.day).filter(role=Role.UNIT_MANAGER)
    managers = User.objects.filter(organisation=gate.organisation, is_active=True, pk__in=held.values("user"))
    words = f"{visit.actor_name[:100]}: en läsning {visit.day:%Y-%m-%d} har ingen förklaring"
    told = managers.exclude(pk=visit.actor_id)
    Notice.objects.tell(Kind.LOG_REVIEW, told, object_key=f"log_visit:{visit.pk}", text=words, due_on=gate.day)
