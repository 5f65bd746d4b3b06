"""Registered at AF, de-registered, and back again: what it starts in an open case (S56, S84)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from cases.clocks import write_clocks
from cases.content import foresee_registration
from cases.models import Case, Deadline, PesRegistration

STARTED_EARLIER = "började tidigare, med anmälan på AF"


@transaction.atomic
def register_at_pes(gate, *, case, since, **facts):
    """One registration at a time. The clocks it starts move the case's next day earlier, never later."""
    gate.require_lead(case)
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if PesRegistration.objects.filter(case=case, owner=gate.organisation, until__gt=since).exists():
        raise ValidationError({"since": _("Personen var redan inskriven den dagen.")})
    restart = foresee_registration(gate, case, since)
    registration = PesRegistration(case=case, owner=gate.organisation, since=since, **facts)
    registration.full_clean()
    registration.save()
    _restart(gate, case, restart)


def _restart(gate, case, restart):
    replaced = Deadline.objects.filter(pk__in=[deadline.pk for deadline in restart.replaced])
    replaced.update(closed_on=gate.day, closed_reason=STARTED_EARLIER)
    write_clocks(case, restart.starts)
    for clock in restart.starts:
        Case.objects.filter(pk=case.pk).update(next_on=Least(F("next_on"), clock.due_on))


@transaction.atomic
def end_registration(gate, *, registration, until, latest_activity_report_on=None):
    """De-registered at AF. The clocks go on: the promise was made to the person."""
    gate.require_write(registration)
    registration.until = until
    registration.latest_activity_report_on = latest_activity_report_on or registration.latest_activity_report_on
    registration.full_clean()
    running = PesRegistration.objects.filter(pk=registration.pk, until=None)
    if not running.update(until=until, latest_activity_report_on=registration.latest_activity_report_on):
        raise ValidationError(_("Inskrivningen är redan avslutad. Läs in sidan igen."), code="ended")
