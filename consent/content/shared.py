"""What a consent has already let others know: which kinds of data, to whom, when it was read, and what was sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import Organisation, User
from audit.models import Action
from cases.models import Case, Category
from cases.templatetags.wording import joined
from consent.content.withholding import start_of, withheld_throughout
from consent.content.words import words_for
from consent.gate import Gate
from consent.models import Consent, ConsentStep
from notices.models import Document, Kind, OutboxMessage

BEGINNINGS = (ConsentStep.What.GIVEN, ConsentStep.What.EXTENDED, ConsentStep.What.NARROWED)
PRINTED = dict(Document.Kind.choices) | {"case": "Utskrift"}


@dataclass(frozen=True)
class Trace:
    """One opening of the case, or with `paper` one that was printed or sent."""

    organisation: int
    at: datetime
    paper: str


@dataclass(frozen=True)
class Shared:
    """With one receiver. `known`: whether we may know when it read; `papers`: printed by it or sent to it."""

    organisation: Organisation
    categories: str
    since: datetime
    until: datetime | None
    known: bool
    first: datetime | None
    last: datetime | None
    times: int
    papers: tuple[tuple[datetime, str], ...]


def build_shared(gate: Gate, case: Case, consents: Iterable[Consent]) -> dict[int, tuple[Shared, ...]]:
    """Per consent that has held, for those whose case or whose telling it is. Four statements, however many they
    are: the log as the gate shows it, what we have sent and told by law within the hours of each consent, and what we
    withheld."""
    ours = [c for c in consents if _is_told_to_us(gate, case, c)]
    if not ours:
        return {}
    read, held = _read(gate, case), list(gate.withholdings(case))
    sent = [*_sent(gate, case), *_told_by_law(gate, case)]
    kept = {c.pk: held if c.discloser_id == gate.organisation.pk else [] for c in ours}
    return {
        c.pk: tuple(_shared(case, c, receiver, kept[c.pk], read, sent) for receiver in c.receivers.all()) for c in ours
    }


def _is_told_to_us(gate, case, consent):
    ours = case.sight.is_lead or consent.discloser_id == gate.organisation.pk
    return ours and consent.answer == Consent.Answer.GIVEN and _span(consent)[0] <= timezone.now()


def _shared(case, consent, receiver, held, read, sent):
    since, until = _span(consent)
    told = set(consent.categories) - withheld_throughout(held, receiver.pk, since, until)
    mine = [row for row in (*read, *sent) if row.organisation == receiver.pk and since <= row.at]
    mine = [row for row in mine if until is None or row.at < until]
    opened = [row.at for row in mine if not row.paper]
    return Shared(
        organisation=receiver,
        categories=joined(words_for(told)),
        since=since,
        until=until,
        known=case.sight.is_lead or case.sight.knows(Category.APPLICATION, receiver.pk),
        first=opened[0] if opened else None,
        last=opened[-1] if opened else None,
        times=len(opened),
        papers=tuple((row.at, row.paper) for row in mine if row.paper),
    )


def _span(consent):
    """From the moment it was registered, or its first day if that came later, until it ended. None: not ended."""
    began = next((step.at for step in consent.steps.all() if step.what in BEGINNINGS), consent.registered_at)
    since = max(began, start_of(consent.valid_from))
    ended = consent.withdrawn_at or consent.replaced_at
    over = start_of(consent.valid_until + timedelta(days=1))
    return since, ended or (over if over <= timezone.now() else None)


def _read(gate, case):
    """What the log says that others have opened and printed, as far as we may know what it was about."""
    rows = gate.trace(case).filter(action__in=(Action.READ, Action.PRINTED)).exclude(organisation_id=None)
    return [
        Trace(row.organisation_id, row.at, PRINTED.get(row.object_kind, "Utskrift") * (row.action == Action.PRINTED))
        for row in rows.order_by("at", "pk").only("at", "action", "organisation_id", "object_kind", "category")
        if case.sight.hears(row)
    ]


def _sent(gate, case):
    """Mails of ours to workers."""
    worker = User.objects.filter(email=OuterRef("address")).values("organisation")
    rows = OutboxMessage.objects.filter(case=case, organisation=gate.organisation).exclude(sent_at=None)
    rows = rows.annotate(to=Subquery(worker[:1])).exclude(to=None).order_by("sent_at")
    return [Trace(to, at, str(Kind(kind).label)) for to, at, kind in rows.values_list("to", "sent_at", "kind")]


def _told_by_law(gate, case):
    """Of ours: what a law let or made us tell."""
    ours = gate.tellings(case).filter(discloser=gate.organisation).select_related("statute").order_by("at")
    words = "Med stöd av lag ({}): {}"
    return [Trace(t.recipient_id, t.at, words.format(t.statute, joined([f["label"] for f in t.facts]))) for t in ours]
