"""What was asked and promised in a case on a day of its own, as it is shown, and who may answer."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Organisation
from cases.clocks import Restart, clocks_of_registration, own_before_common
from cases.models import AfterFollowUp, Category, DeadlineRule, PesRegistration, Referral
from cases.rules import LOOK_BACK_FROM, due_on, next_working_day_on_or_after


@dataclass(frozen=True)
class ShownReferral:
    referral: Referral
    is_late: bool
    may_answer: bool


@dataclass(frozen=True)
class ShownFollowUp:
    """`may_record`: its day is near enough, and it is ours to do."""

    row: AfterFollowUp
    is_late: bool
    may_record: bool


@dataclass(frozen=True)
class Promises:
    referrals: list[ShownReferral]
    registrations: list[PesRegistration]
    follow_ups: list[ShownFollowUp]
    may_refer: bool
    may_register: bool


def build_promises(gate, case) -> Promises:
    referrals = gate.visible(Referral, case).select_related("receiver", "owner", "sent_by", "recorded_by")
    registrations = list(gate.visible(PesRegistration, case).select_related("owner"))
    follow_ups = gate.visible(AfterFollowUp, case).select_related("done_by").order_by("due_on", "pk")
    running = any(row.until is None and row.owner_id == gate.organisation.pk for row in registrations)
    may_lead = not case.is_open and gate.may_lead(case, open_only=False)
    return Promises(
        referrals=[_referral(gate, case, row) for row in referrals],
        registrations=registrations,
        follow_ups=[_follow_up(gate, row, may_lead) for row in follow_ups],
        may_refer=gate.may_write(case, Category.WORK),
        may_register=gate.may_lead(case) and not running,
    )


def _referral(gate, case, row):
    row.case = case
    waits = row.status == Referral.Status.WAITING
    return ShownReferral(row, waits and row.answer_due_on < gate.day, waits and may_answer(gate, row))


def _follow_up(gate, row, may_lead):
    undone = row.done_on is None
    near = row.due_on - LOOK_BACK_FROM <= gate.day
    return ShownFollowUp(row, undone and row.due_on < gate.day, undone and near and may_lead)


def may_answer(gate, referral):
    """Of a row that the gate has shown: whoever asked writes down the answer that came, the receiver answers here."""
    if referral.status != Referral.Status.WAITING or not referral.case.is_open:
        return False
    return gate.may_write(referral) or is_asked(gate, referral)


def is_asked(gate, referral):
    return referral.receiver_id == gate.organisation.pk and gate.may_write(referral.case)


def organisations_around(gate, case) -> list[Organisation]:
    """Others that serve the case's municipality, lead it, or are its parties as far as we know. An association sees no
    person (OSL has no rule)."""
    near = (
        Q(serves=case.municipality) | Q(pk__in=gate.parties(case).values("organisation")) | Q(pk=case.organisation_id)
    )
    rows = Organisation.objects.filter(near, is_active=True).exclude(pk=gate.organisation.pk)
    return list(rows.exclude(kind=Organisation.Kind.COORDINATION_ASSOCIATION).distinct().order_by("name"))


def answer_wanted_on(gate, case) -> date:
    """The last day that the rule in force gives the receiver, on a working day."""
    rules = DeadlineRule.objects.in_force(gate.day, case.municipality_id)
    rule = next(iter(own_before_common(rules.filter(code=DeadlineRule.Code.REFERRAL_ANSWER))), None)
    last = due_on(gate.day, days=rule.days, counts=rule.counts, roll=rule.roll) if rule else gate.day
    return next_working_day_on_or_after(last)


def foresee_registration(gate, case, since) -> Restart:
    """What registering at AF would start; nothing is written."""
    ours = PesRegistration.objects.filter(case=case, owner=gate.organisation)
    return clocks_of_registration(case, since, gate.day, is_return=ours.filter(until__lte=since).exists())
