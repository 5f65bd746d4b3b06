"""Why a promise could not be kept, and how a closed case begins again. It is closed with its meetings (meetings)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.context import beyond
from cases.clocks import promised_clocks, write_clocks
from cases.models import AfterFollowUp, Case, CaseExit, Deadline, DeadlineHold, PesRegistration

CLOSED_WITH_CASE = "ärendet avslutades"


@transaction.atomic
def explain_delay(gate, *, deadline, reason, text, until=None):
    """From today, never backwards: on or before the last day the clock rests and its last day moves by as many days;
    after it the delay is only explained."""
    gate.require_write(deadline)
    clock = _locked(deadline)
    hold = DeadlineHold(deadline=clock, reason=reason, text=text, since=gate.day, until=until, set_by=gate.user)
    hold.full_clean()
    hold.save()
    _rest(clock)
    return hold


@transaction.atomic
def end_hold(gate, *, hold):
    """The clock goes on tomorrow: today is the last day it rested. An end that was set earlier stays."""
    gate.require_write(hold.deadline)
    clock = _locked(hold.deadline)
    running = clock.holds.filter(Q(until=None) | Q(until__gt=gate.day), pk=hold.pk)
    if not running.update(until=gate.day):
        raise ValidationError(_("Klockan går redan. Läs in sidan igen."), code="ended")
    _rest(clock)


def _locked(deadline):
    return Deadline.objects.select_related("rule").select_for_update(of=("self",), no_key=True).get(pk=deadline.pk)


def _rest(clock):
    """The case's next day follows the clock it was taken from."""
    before = clock.due_on
    clock.rest()
    Case.objects.filter(pk=clock.case_id, next_on=before).update(next_on=clock.due_on)


def reopen_case(gate, *, case, received_on=None, pes_registered_on=None):
    """The exit stays with the day it was taken back. Without a day the close was a mistake: the clocks that went with
    it run on, unmoved. With one the person has come back: they stay closed and new ones start."""
    gate.require_lead(case, open_only=False)
    try:
        with transaction.atomic():
            _reopen(gate, case, received_on, pes_registered_on)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "one_open_case_per_individual":
            raise
        raise ValidationError(_("Personen har redan ett annat öppet ärende hos er."), code="open") from error


@beyond("side_effect")
def _reopen(gate, case, received_on, pes_registered_on):
    locked = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if locked.is_open:
        raise ValidationError(_("Ärendet är redan öppet."), code="open")
    stopped = Deadline.objects.filter(case=case, closed_reason=CLOSED_WITH_CASE, closed_on=locked.closed_on)
    if received_on or pes_registered_on:
        clocks = promised_clocks(received_on, pes_registered_on, case.municipality_id)
        write_clocks(case, clocks)
        _register_at_pes(case, pes_registered_on)
        locked.next_on = clocks[0].due_on if clocks else gate.day
    else:
        stopped.update(closed_on=None, closed_reason="")
    locked.closed_on = None
    locked.version += 1
    locked.save()
    CaseExit.objects.filter(case=case, reopened_on=None).update(reopened_on=gate.day)
    AfterFollowUp.objects.filter(case=case, done_on=None).delete()


def _register_at_pes(case, since):
    """Somebody who was still registered stays so."""
    registered = PesRegistration.objects.filter(case=case, owner=case.organisation)
    if since and not registered.filter(Q(until=None) | Q(until__gt=since)).exists():
        PesRegistration.objects.create(case=case, owner=case.organisation, since=since)
