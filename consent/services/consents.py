"""The person's answer: asked for, given, declined, confirmed, changed, taken back."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from audit.context import beyond
from audit.models import Action
from cases.models import Case, CaseParty, Category
from consent import closing, tasks
from consent.gate import Gate
from consent.models import CaseGrant, Consent, ConsentProof, ConsentStep, Disclosure
from consent.rules import Terms
from consent.scans import Scan
from notices.models import Document, Kind, Notice
from notices.wake import wake

ACTIONS = {
    Consent.Answer.ASKED: Action.CHANGED,
    Consent.Answer.GIVEN: Action.CONSENT_GIVEN,
    Consent.Answer.DECLINED: Action.CONSENT_DECLINED,
}
SAID = (
    "text",
    "purpose",
    "method",
    "given_on",
    "informed",
    "language",
    "interpreter_used",
    "easy_read",
    "witness",
    "oral_reason",
)


@transaction.atomic
def register_answer(
    gate: Gate,
    *,
    case: Case,
    answer: str,
    receivers: list[Organisation],
    asked: Consent | None = None,
    scan: Scan | None = None,
    **fields: Any,
) -> Consent:
    """The answer to our own organisation's question. `asked` is the printed form that it answers, if any.

    A yes lets tell, and makes the receivers parties; a no is a row too and the case goes on.
    """
    gate.require_write(case, action=ACTIONS[Consent.Answer(answer)])
    consent = _take_up(gate, asked) if asked else Consent(case=case, discloser=gate.organisation)
    for name, value in fields.items():
        setattr(consent, name, value)
    consent.answer = answer
    consent.registered_by = gate.user
    consent.full_clean(exclude=["receivers"])
    consent.save()
    consent.receivers.set(receivers)
    ConsentStep.objects.create(consent=consent, what=ConsentStep.What(answer), by=gate.user)
    if answer == Consent.Answer.GIVEN:
        _make_parties(consent, receivers)
        Disclosure.objects.let_tell(consent, receivers)
    if scan and answer != Consent.Answer.ASKED and consent.method == Consent.Method.PAPER:
        kept = {"kind": ConsentProof.Kind.SCAN, "at": timezone.now(), "by": gate.user}
        ConsentProof.of(consent, **kept, **scan._asdict()).save()
    return consent


def _take_up(gate, asked):
    """The printed form, locked: it is answered once."""
    waiting = gate.organisation.consents.filter(answer=Consent.Answer.ASKED).select_for_update(
        of=("self",), no_key=True
    )
    consent = waiting.filter(pk=asked.pk, case=asked.case).first()
    if consent is None:
        raise ValidationError("Svaret på blanketten är redan registrerat.")
    return consent


def _make_parties(consent, receivers):
    partners = [r for r in receivers if r.pk != consent.case.organisation_id]
    rows = [CaseParty(case=consent.case, organisation=r, since=consent.valid_from) for r in partners]
    CaseParty.objects.bulk_create(rows, ignore_conflicts=True)
    ended = CaseParty.objects.filter(case=consent.case, organisation__in=partners, until__lt=consent.valid_until)
    ended.update(until=None, own_matter=False)


@transaction.atomic
def withdraw(gate: Gate, *, consent: Consent, how: str) -> None:
    """Closes at once: pages, lists, waiting messages and documents. What has already been told stays told."""
    gate.require_withdraw(consent)
    with beyond("withdrawal"):
        _withdraw(gate, consent, how, timezone.now())


def _withdraw(gate, consent, how, now):
    standing = Consent.objects.given().filter(pk=consent.pk, withdrawn_at=None, replaced_at=None)
    if not standing.update(withdrawn_at=now, withdrawn_by=gate.user, withdrawn_how=how):
        raise ValidationError("Samtycket är redan återkallat eller ersatt av ett annat.")
    Disclosure.objects.filter(consent=consent).end(on=gate.day)
    ConsentStep.objects.create(consent=consent, what=ConsentStep.What.WITHDRAWN, by=gate.user, note=how)
    receivers = list(consent.receivers.all())
    closing.stop_reminders(consent, now)
    closing.stop_messages(consent.case, receivers, now)
    closing.stop_what_is_under_way(consent.case, receivers, gate.day, now)
    _tell_that_it_ended(gate, consent, receivers)


@transaction.atomic
def change(
    gate: Gate,
    *,
    consent: Consent,
    receivers: list[Organisation],
    categories: list[str],
    valid_until: date,
    how: str = "",
    **answer: Any,
) -> Consent:
    """What is taken back closes at once; for more the person has answered anew (`answer`). Either way another row
    takes over from today, and what was agreed to before stays as it was said."""
    if answer.get("given_on", consent.given_on) < consent.given_on:
        raise ValidationError({"given_on": f"Personen svarade senast {consent.given_on}. Det nya svaret är yngre."})
    held, wanted = consent.terms, Terms(frozenset(r.pk for r in receivers), frozenset(categories), valid_until)
    more, less = wanted.exceeds(held), held.exceeds(wanted)
    gate.require_withdraw(consent, action=Action.CONSENT_NARROWED if less else Action.CHANGED)
    if more:
        gate.require_write(consent.case, action=Action.CONSENT_GIVEN)
    with beyond("withdrawal"):
        return _change(gate, consent, held, wanted, receivers, how, answer if more else {}, timezone.now())


def _change(gate, consent, held, wanted, receivers, how, answer, now):
    if not gate.organisation.consents.in_force(gate.day).filter(pk=consent.pk).update(replaced_at=now):
        raise ValidationError("Samtycket gäller inte längre så som det stod här. Öppna sidan igen.")
    changed = _in_its_place(gate, consent, wanted, answer)
    changed.receivers.set(receivers)
    step = ConsentStep.What.EXTENDED if wanted.exceeds(held) else ConsentStep.What.NARROWED
    ConsentStep.objects.create(consent=changed, what=step, by=gate.user, note=how)
    _make_parties(changed, receivers)
    Disclosure.objects.filter(consent=consent).hand_over(changed, wanted.pairs, on=gate.day)
    closing.stop_reminders(consent, now)
    _close_what_was_taken_back(gate, consent, held.pairs - wanted.pairs, now)
    return changed


def _in_its_place(gate, consent, terms, answer):
    """As it was said before, unless the person has answered anew."""
    said = {name: getattr(consent, name) for name in SAID} | answer
    changed = Consent(
        case=consent.case,
        discloser=consent.discloser,
        replaces=consent,
        categories=[c for c in Category.values if c in terms.categories],
        valid_from=gate.day,
        valid_until=terms.until,
        answer=Consent.Answer.GIVEN,
        registered_by=gate.user,
        **said,
    )
    changed.full_clean(exclude=["receivers"])
    changed.save()
    return changed


def _close_what_was_taken_back(gate, consent, pairs, now):
    """For those only who are told less: calls to meetings, if that was taken back, their papers, and a notice."""
    less = [r for r in consent.receivers.all() if any(r.pk == receiver for receiver, _ in pairs)]
    closing.stop_messages(consent.case, [r for r in less if (r.pk, Category.MEETING) in pairs], now)
    closing.stop_what_is_under_way(consent.case, less, gate.day, now)
    if less:
        _tell_that_it_ended(gate, consent, less)


def _tell_that_it_ended(gate, consent, receivers):
    """Neutral, and without a link for those who may no longer open the case. Only those who could see the consent."""
    told = {r.pk for r in receivers}
    knew = {*told, consent.discloser_id, consent.case.organisation_id}
    grants = CaseGrant.objects.in_force(gate.day).filter(content_object=consent.case, user__organisation__in=knew)
    workers = [grant.user for grant in grants.exclude(user=gate.user).select_related("user")]
    for ours in (True, False):
        Notice.objects.tell(
            Kind.CONSENT_ENDED,
            [w for w in workers if (w.organisation_id not in told) is ours],
            object_key=f"consent:{consent.pk}",
            case=consent.case if ours else None,
            text=f"Ärende {consent.case.number}",
            due_on=gate.day,
        )


@transaction.atomic
def confirm_at_meeting(gate: Gate, *, case: Case, note: str = "") -> list[Consent]:
    """The person says once more, at the start of the talk, that what they agreed to still holds (S47)."""
    gate.require_write(case, action=Action.CONSENT_CONFIRMED)
    standing = [consent for consent in gate.consents(case) if consent.is_in_force(gate.day)]
    if not standing:
        raise ValidationError("Det finns inget samtycke som gäller i dag.")
    ConsentStep.objects.bulk_create(
        ConsentStep(consent=consent, what=ConsentStep.What.CONFIRMED, by=gate.user, note=note) for consent in standing
    )
    return standing


@transaction.atomic
def ask_for_paper(gate: Gate, *, consent: Consent, print_url: str) -> Document:
    """A PDF of the form to sign, or of the receipt when the answer is registered. Fetching it is logged as printing."""
    gate.require_open(consent.case, action=None)
    asked = consent.answer == Consent.Answer.ASKED
    kind = Document.Kind.CONSENT_FORM if asked else Document.Kind.CONSENT_RECEIPT
    document = Document.objects.ask(
        kind=kind,
        title=kind.label,
        requested_by=gate.user,
        case=consent.case,
        object_id=consent.pk,
        options={"print_url": print_url},
    )
    wake(tasks.render_consent_form if asked else tasks.render_consent_receipt, document.pk)
    return document
