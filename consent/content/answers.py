"""The consent page: every answer with what it covers and its history."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from accounts.models import Organisation
from cases.models import Case
from cases.templatetags.wording import joined, near_date, swedish_day
from consent.content.asking import ways
from consent.content.shared import Shared, build_shared
from consent.content.telling import statutes_for
from consent.content.wording import SWEDISH_WORDING, Wording
from consent.content.words import words_for
from consent.gate import Gate
from consent.models import Consent, ConsentProof, Statute, Telling


@dataclass(frozen=True)
class Step:
    word: str
    at: datetime
    by: str
    note: str


@dataclass(frozen=True)
class Answer:
    """One consent as the list shows it."""

    id: int
    tone: str
    state: str
    discloser: Organisation
    receivers: tuple[Organisation, ...]
    facts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    reference: str
    is_asked: bool
    is_no: bool
    answerable: bool
    withdrawable: bool
    changeable: bool
    shared: tuple[Shared, ...]
    proofs: tuple[ConsentProof, ...]
    scannable: bool


@dataclass(frozen=True)
class ConsentPage:
    now: tuple[Answer, ...]
    waiting: tuple[Answer, ...]
    before: tuple[Answer, ...]
    tellings: tuple[Telling, ...]
    statutes: tuple[Statute, ...]
    writable: bool
    leads: bool
    told_by_us: bool
    withheld: int
    ways: dict[str, str]


def build_page(gate: Gate, case: Case) -> ConsentPage:
    """Our own first, and what was said of a single specialist after the rest."""
    ours = gate.organisation.pk
    proofs = Prefetch("proofs", ConsentProof.objects.without_content())
    kept = gate.consents(case).for_page().prefetch_related(proofs)
    rows = sorted(kept, key=lambda c: (c.discloser_id != ours, hasattr(c, "extra")))
    shared = build_shared(gate, case, rows)
    answers = {c.pk: _answer(gate, case, c, shared.get(c.pk, ())) for c in rows}
    standing = [c for c in rows if c.is_in_force(gate.day)]
    waiting = [c for c in rows if c.answer == Consent.Answer.ASKED]
    before = [c for c in rows if c not in standing and c not in waiting]
    return ConsentPage(
        now=tuple(answers[c.pk] for c in standing),
        waiting=tuple(answers[c.pk] for c in waiting),
        before=tuple(answers[c.pk] for c in before),
        tellings=tuple(gate.tellings(case).for_page()),
        statutes=tuple(statutes_for(gate)),
        writable=gate.may_write(case),
        leads=gate.may_lead(case),
        told_by_us=any(c.discloser_id == ours for c in standing),
        withheld=gate.withholdings(case).standing(gate.day).count(),
        ways=ways(),
    )


def _answer(gate, case, consent, shared):
    tone, state = standing_of(consent, gate.day)
    mine = gate.may_write(case) and consent.discloser_id == gate.organisation.pk
    keepers = (consent.discloser_id, case.organisation_id)
    return Answer(
        id=consent.pk,
        tone=tone,
        state=state,
        discloser=consent.discloser,
        receivers=tuple(consent.receivers.all()),
        facts=(*_reach(consent), *facts_for(consent, SWEDISH_WORDING)),
        steps=tuple(Step(s.get_what_display().capitalize(), s.at, s.by.full_name, s.note) for s in consent.steps.all()),
        reference=consent.reference,
        is_asked=consent.answer == Consent.Answer.ASKED,
        is_no=consent.answer == Consent.Answer.DECLINED,
        answerable=mine,
        withdrawable=is_withdrawable(consent, gate.day),
        changeable=mine and is_changeable(gate, consent),
        shared=shared,
        proofs=tuple(consent.proofs.all()) if gate.organisation.pk in keepers else (),
        scannable=mine and consent.method == Consent.Method.PAPER and consent.answer != Consent.Answer.ASKED,
    )


def standing_of(consent: Consent, day: date) -> tuple[str, str]:
    """(tone, words) for the tag."""
    if consent.answer == Consent.Answer.ASKED:
        return "neutral", "väntar på svar"
    if consent.answer == Consent.Answer.DECLINED:
        return "neutral", "nej"
    if consent.withdrawn_at:
        return "bad", "återkallat"
    if consent.replaced_at:
        return "neutral", f"ersatt {near_date(consent.replaced_at)}"
    if consent.valid_from > day:
        return "neutral", f"gäller från {near_date(consent.valid_from)}"
    if consent.valid_until < day:
        return "neutral", "har gått ut"
    return ("warn", "går snart ut") if consent.ends_soon(day) else ("ok", "gäller")


def is_withdrawable(consent: Consent, day: date) -> bool:
    ended = consent.withdrawn_at or consent.replaced_at
    return consent.answer == Consent.Answer.GIVEN and ended is None and consent.valid_until >= day


def is_changeable(gate: Gate, consent: Consent) -> bool:
    """Ours and in force. What was said about one specialist is taken back and asked anew instead."""
    ours = consent.discloser_id == gate.organisation.pk and not hasattr(consent, "extra")
    return ours and consent.is_in_force(gate.day)


def facts_for(consent: Consent, wording: Wording) -> tuple[tuple[str, str], ...]:
    """How the answer came, in the words of the paper or the page."""
    if consent.answer == Consent.Answer.ASKED:
        return ()
    rows = [(wording.say("answered"), f"{consent.given_on}, {wording.say(consent.method)}")]
    if consent.witness:
        rows.append((wording.say("witness"), consent.witness))
    if consent.oral_reason:
        rows.append((wording.say("oral_reason"), consent.oral_reason))
    rows.append((wording.say("information"), _information(consent, wording)))
    if consent.replaced_at:
        rows.append((wording.say("replaced_on"), wording.say("replaced_by", day=str(swedish_day(consent.replaced_at)))))
    if consent.withdrawn_at:
        rows.append((wording.say("withdrawn_on"), _how_withdrawn(consent)))
    return tuple(rows)


def _how_withdrawn(consent):
    return f"{consent.withdrawn_how} ({consent.withdrawn_by.full_name})"


def _information(consent, wording):
    told = wording.say("informed", language=wording.language(consent.language))
    parts = [told if consent.informed else wording.say("uninformed")]
    parts += [wording.say("interpreter")] * consent.interpreter_used + [wording.say("easy_read")] * consent.easy_read
    return ", ".join(parts)


def _reach(consent):
    rows = [
        ("Uppgifter", joined(words_for(consent.categories))),
        ("Varför", consent.purpose),
        ("Gäller", f"{consent.valid_from} till och med {consent.valid_until}"),
    ]
    if hasattr(consent, "extra"):
        rows.insert(0, ("Extra kompetens", str(consent.extra)))
    if consent.text:
        rows.append(("Text", f"{consent.text.variety}, version {consent.text.version}"))
    return tuple(rows)
