"""Keep a bookable week, a day that differs, and absences: one's own, or as the manager of the unit."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404

from accounts.models import Role, User
from audit.models import Action
from consent.content.assignments import CASE_ROLES
from consent.gate import Gate
from meetings.content.hours import managed, seen_of
from meetings.models import Absence, Availability, OtherHours
from meetings.slots import worker_times


@transaction.atomic
def keep_week(gate: Gate, *, valid_from: date, spans: list[tuple[int, time, time]], seen: str) -> None:
    """The week from that day on; what held before it stays as it was. `seen`: the rows that were shown."""
    gate.require_role(*CASE_ROLES)
    mine = Availability.objects.filter(user=gate.user).not_over(gate.day)
    if seen_of(mine.select_for_update(no_key=True)) != seen:
        raise ValidationError("Tiderna ändrades i ett annat fönster. Läs in sidan igen och skriv dem på nytt.")
    mine.filter(valid_from__gte=valid_from).delete()
    mine.filter(valid_from__lt=valid_from).not_over(valid_from).update(valid_until=valid_from - timedelta(days=1))
    Availability.objects.bulk_create(
        Availability(user=gate.user, weekday=weekday, starts=starts, ends=ends, valid_from=valid_from)
        for weekday, starts, ends in spans
    )


@transaction.atomic
def set_other_hours(gate: Gate, *, day: date, starts: time | None, ends: time | None) -> None:
    """In place of the usual hours that day; written again it replaces what it said before."""
    gate.require_role(*CASE_ROLES)
    OtherHours.objects.update_or_create(user=gate.user, day=day, defaults={"starts": starts, "ends": ends})


@transaction.atomic
def drop_other_hours(gate: Gate, *, other_id: int) -> None:
    gate.require_role(*CASE_ROLES)
    if not OtherHours.objects.filter(user=gate.user, pk=other_id).delete()[0]:
        raise Http404("Sidan finns inte.")


@transaction.atomic
def note_absence(
    gate: Gate, *, worker: User, starts_at: datetime, ends_at: datetime, substitute: User | None = None
) -> int:
    """Gives how many meetings are booked in that time. A colleague's absence is the manager's to note, and logged."""
    gate.require_role(*CASE_ROLES)
    _require_mine_or_managed(gate, worker)
    absence = Absence(user=worker, starts_at=starts_at, ends_at=ends_at, substitute=substitute)
    absence.full_clean()
    absence.save()
    return len(worker_times([worker.pk], (starts_at, ends_at)))


@transaction.atomic
def drop_absence(gate: Gate, *, absence_id: int) -> None:
    gate.require_role(*CASE_ROLES)
    absence = Absence.objects.select_related("user").filter(pk=absence_id).first()
    mine = absence is not None and absence.user == gate.user
    if absence is None or not (mine or managed(gate).filter(pk=absence.user_id).exists()):
        raise Http404("Sidan finns inte.")
    _require_mine_or_managed(gate, absence.user)
    absence.delete()


def _require_mine_or_managed(gate, worker):
    if worker == gate.user:
        return
    gate.require_role(Role.UNIT_MANAGER)
    if not managed(gate).filter(pk=worker.pk).exists():
        raise PermissionDenied("Personen arbetar inte på din enhet.")
    gate.log(Action.CHANGED, note="absence")
