"""Emergency access: a case of one's own organisation without an assignment, for two hours and never a minute more.

It goes the way of every assignment, a dated grant that the projection follows, with a right of its own beside what
somebody has been given, and an instant added at which it ends. Whoever asks the gate is first asked whether theirs
has: no read comes after, whenever the sweep does.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from audit.context import beyond
from audit.log import Subject
from cases.models import Individual
from consent.models.scopes import CaseGrant

LASTS = timedelta(hours=2)

# Begins the ground of everything read by it: the log review draws each such visit.
GROUND = "nödåtkomst"


def end_due(user=None):
    """Those whose time is up or whose person has become protected, and all when the setting is off. Of one user, which
    costs nothing while it is off, or of everybody."""
    if user and not settings.EMERGENCY_ACCESS:
        return
    with beyond("emergency"):
        _end_due(Q(user=user) if user else Q())


def _end_due(of):
    over = Q(ends_at__lte=timezone.now()) | ~Q(content_object__individual__protection=Individual.Protection.NONE)
    due = CaseGrant.objects.of_emergencies().filter(over if settings.EMERGENCY_ACCESS else Q(), of)
    if keys := list(due.values_list("pk", flat=True)):
        CaseGrant.objects.filter(pk__in=keys).end(on=timezone.localdate())


def opened(user, case):
    """Whether that is how the user came in. Costs nothing while the setting is off."""
    if not settings.EMERGENCY_ACCESS:
        return False
    return CaseGrant.objects.of_emergencies().filter(user=user, content_object=case).exists()


def find(gate, number):
    """A case of our own that cannot wait for an assignment, or a refusal in the log. Never a protected person's:
    those open by name only, and whose name it is the manager says."""
    known = gate.askable(number).filter(individual__protection=Individual.Protection.NONE)
    case = known.first()
    if case is None or not settings.EMERGENCY_ACCESS:
        gate.refuse(Subject(kind="emergency"), GROUND)
        raise ValidationError("Inget ärende med det numret kan öppnas så här.")
    return case
