"""The log in plain Swedish: who read one case, and what my organisation's people did."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from audit.models import Action, Entry
from cases.templatetags.wording import clock, swedish_day
from consent.context import gate_for
from consent.sight import PROTECTED

PAGE = 50
UNTOLD = "läste eller ändrade något i ärendet"
THINGS = {
    "case": "ärendet",
    "note": "anteckningar",
    "meeting": "möte",
    "actionplan": "handlingsplanen",
    "planversion": "handlingsplanen",
    "milestone": "delmål",
    "assessment": "kartläggningen",
    "deadline": "tidsgränsen",
    "consent": "samtycket",
    "caseexit": "avslutet",
    "referral": "remiss",
    "targetgroupmembership": "målgrupper",
    "needoccurrence": "behov",
    "role": "roll",
    "document": "dokument",
    "monthly_report": "månadsrapporten",
    "access_request": "fråga om åtkomst",
    "access_no": "nej till åtkomst",
    "readers": "listan över vem som har läst",
    "plan": "handlingsplanen",
    "letter": "ett brev",
    "calendar": "en kalenderfil",
    "minutes": "protokollet",
    "consent_form": "samtyckesblanketten",
    "consent_receipt": "kvittot på samtycke",
}
WITHOUT_OBJECT = {
    Action.LOGGED_IN,
    Action.LOGGED_OUT,
    Action.LOGIN_FAILED,
    Action.REVEALED,
    Action.LOG_READ,
    Action.LOG_REVIEWED,
    Action.LOG_WEEDED,
    Action.SEARCHED,
    Action.ROLE_CHANGED,
    Action.CONSENT_GIVEN,
    Action.CONSENT_DECLINED,
    Action.CONSENT_WITHDRAWN,
    Action.CONSENT_NARROWED,
    Action.CONSENT_CONFIRMED,
    Action.WITHHELD,
    Action.RELEASED,
    Action.TOLD_BY_LAW,
    Action.EMERGENCY_OPENED,
    Action.LISTED,
    Action.REPORT_FROZEN,
    Action.REPORT_ISSUED,
}


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    organisation: str
    what: str
    why: str
    number: str


@dataclass(frozen=True)
class Visit:
    """What one person did on one day, the latest first."""

    who: str
    organisation: str
    day: date
    lines: list[Line]


@dataclass(frozen=True)
class Deed:
    """The same thing done `times` times by one person on one day: first and last clock time, in Swedish time."""

    who: str
    organisation: str
    day: date
    what: str
    why: str
    first: datetime
    last: datetime
    times: int

    @property
    def clocks(self):
        return "–".join(dict.fromkeys((clock(self.first), clock(self.last))))


@dataclass(frozen=True)
class LogPage:
    lines: list[Line]
    older: int | None


def build_readers(gate, case):
    """The entries about the case, newest first, not read yet: the page takes its slice."""
    return gate.trace(case)


def tell(case, entries) -> list[Line]:
    """In words; of what we are not told about only who and when."""
    return [line(entry) if case.sight.hears(entry) else _veiled(entry) for entry in entries]


def by_day(lines: list[Line]) -> list[Visit]:
    """One visit per person and day, in the order in which each was last seen: short on a telephone."""
    visits: dict[tuple[str, str, date], Visit] = {}
    for each in lines:
        key = (each.who, each.organisation, swedish_day(each.at))
        visits.setdefault(key, Visit(*key, lines=[])).lines.append(each)
    return list(visits.values())


def summed(lines: list[Line]) -> list[Deed]:
    """For the paper: what was done over and over on one day is said once, where it was last done."""
    deeds: dict[tuple[str, str, date, str, str], list[Line]] = {}
    for each in lines:
        key = (each.who, each.organisation, swedish_day(each.at), each.what, each.why)
        deeds.setdefault(key, []).append(each)
    return [Deed(*key, first=same[-1].at, last=same[0].at, times=len(same)) for key, same in deeds.items()]


def build_readers_paper(document):
    """For the worker that draws the PDF: acts for the one who asked, and decides again."""
    asker = document.requested_by
    gate = gate_for(asker)
    case = gate.open(document.case_id)
    deeds = summed(tell(case, build_readers(gate, case)))
    made = {"by": asker.full_name, "organisation": asker.organisation, "at": timezone.now()}
    return "desk/readers_pdf.html", {"case": case, "deeds": deeds, **made}


def build_log(gate, *, since=None, until=None, action="", before=None) -> LogPage:
    """My own organisation's people, never myself: nobody reviews their own reads."""
    rows = Entry.objects.filter(organisation_id=gate.organisation.pk).exclude(actor_id=gate.user.pk)
    chosen = {"at__date__gte": since, "at__date__lte": until, "action": action, "pk__lt": before}
    rows = rows.filter(**{lookup: value for lookup, value in chosen.items() if value})
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return LogPage([line(entry) for entry in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else None)


def line(entry) -> Line:
    return Line(
        at=entry.at,
        who=entry.actor_name or "okänd",
        organisation=", ".join(filter(None, [entry.organisation_name, entry.unit_name])),
        what=_what(entry),
        why=_why(entry.ground),
        number=entry.case_number,
    )


def _veiled(entry):
    return replace(line(entry), what=UNTOLD, why="")


def _what(entry):
    """ "läste ärendet", "ändrade handlingsplanen", "visade personnumret"."""
    verb = entry.get_action_display()
    return (
        verb if entry.action in WITHOUT_OBJECT else f"{verb} {THINGS.get(entry.object_kind.split('-')[0], '')}".strip()
    )


def _why(ground):
    """The ground as the log writes it, in words for the person it is about."""
    basis, _, rest = ground.partition(", ")
    if basis != "tilldelning":
        return ground.capitalize()
    right = rest.removesuffix(f", {PROTECTED}")
    words = {
        "egen organisation": "Arbetar med ärendet i organisationen som leder det",
        "eget ärende": "Arbetar med ärendet, organisationen har ett eget ärende med personen",
    }.get(right, f"Arbetar med ärendet och får uppgifter genom {right}")
    return words if right == rest else f"{words}. Granskas alltid: {PROTECTED}"
