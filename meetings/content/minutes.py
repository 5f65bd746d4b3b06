"""The minutes as one reader may see them, the same on screen and in the PDF."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import Organisation
from audit.models import Action
from cases.models import Category
from consent.context import gate_for
from meetings.models import ConsentConfirmation, Meeting, MeetingMinutes

INDIVIDUAL = "individual"
LOGGED_AS = "minutes"


@dataclass(frozen=True)
class Commitment:
    """What one party, or the individual, does after the meeting."""

    party: str | int
    name: str
    text: str


@dataclass(frozen=True)
class Reading:
    """`at` None: nobody there has opened this version yet."""

    organisation: Organisation
    name: str
    at: datetime | None


@dataclass(frozen=True)
class MinutesText:
    """`left_out`: the kinds of data that stand in the minutes and that this reader may not know."""

    row: MeetingMinutes
    situation: str
    conclusion: str
    commitments: tuple[Commitment, ...]
    decisions: tuple[tuple[str, bool], ...]
    left_out: tuple[str, ...]

    @property
    def next_meeting_on(self):
        return self.row.next_meeting_on


@dataclass(frozen=True)
class MinutesPage:
    """`text` None: nothing to read for this reader yet. `versions`: those that may be read, newest first."""

    text: MinutesText | None
    versions: tuple[MeetingMinutes, ...]
    readings: tuple[Reading, ...]
    can_write: bool

    @property
    def handed_before(self):
        """The version that the person got last, when it is an older one than this; None without."""
        if self.text is None or self.text.row.handed_on:
            return None
        return next((row for row in self.versions if row.handed_on and row.number < self.text.row.number), None)

    @property
    def is_latest(self):
        return self.text is None or self.text.row == self.versions[0]


def may_be_minuted(gate, meeting):
    """From the talk on. After a no to consent there is nothing joint to write: the lead's own minutes only."""
    under_way = meeting.status == Meeting.Status.CONSENT_CONFIRMED or meeting.is_held
    return under_way and (gate.organisation.pk == meeting.owner_id or not _is_declined(meeting))


def minutes_page(gate, case, meeting, number=None):
    versions = tuple(_readable(gate, meeting))
    shown = next((row for row in versions if number in (None, row.number)), None)
    if number is not None and shown is None:
        raise Http404("Protokollet finns inte.")
    return MinutesPage(
        text=shown and _for_reader(gate, case, meeting, shown),
        versions=versions,
        readings=_readings(gate, case, meeting, shown) if shown and not shown.is_draft else (),
        can_write=meeting.writable and may_be_minuted(gate, meeting),
    )


def told_minutes(gate, meeting, number=None):
    """The latest version that may be read, or the one asked for."""
    rows = _readable(gate, meeting)
    return rows.first() if number is None else get_object_or_404(rows, number=number)


def minutes_in_short(gate, meeting):
    """The latest version the reader may see, for the page of the meeting; None without one."""
    return _readable(gate, meeting).first()


def decided(gate, meeting):
    """[(decision, the person stands behind it)]: the talk's, or what minutes that are told have made of them."""
    row = _readable(gate, meeting).told().first()
    rows = [(decision.text, decision.acknowledged) for decision in meeting.decisions.all()]
    return rows if row is None else _decisions(meeting, row)


def begin_minutes(gate, case, meeting):
    """(what stands in the form, the fields that it may not show): the latest version, or the first."""
    row = meeting.minutes.for_page().first()
    if row is not None:
        return words_of(gate, case, meeting, row), _hidden(gate, case)
    following = _next_meeting(gate, case, meeting)
    words = {"number": 1, "version": 0, "status": "", "next_meeting_on": following and following.day}
    return words, _hidden(gate, case)


def words_of(gate, case, meeting, row):
    """A saved version as the form's fields, without what the reader may not know."""
    text = _for_reader(gate, case, meeting, row)
    lines = {f"commitment_{line.party}": line.text for line in text.commitments}
    return lines | {
        "number": row.number,
        "version": row.version,
        "status": row.status,
        "situation": text.situation,
        "conclusion": text.conclusion,
        "next_meeting_on": row.next_meeting_on,
        "decisions": row.decisions if row.is_correction else None,
    }


def parties_of(gate, case, meeting):
    """[(key, name)] of those who may promise something: the person first, then the organisations at the meeting that
    this reader may read about."""
    called = (p.organisation for p in meeting.participants.all() if p.organisation)
    known = {o.pk: o.short_name for o in called if _may_read_line(gate, case, o.pk, o.kind)}
    return [(INDIVIDUAL, case.individual.given_name), *known.items()]


def build_minutes(document):
    """For the worker that draws the PDF: acts for the one who asked, and decides again."""
    if not document.requested_by.is_active:
        raise PermissionDenied
    gate = gate_for(document.requested_by)
    case = gate.open(document.case_id)
    meeting = get_object_or_404(gate.visible(Meeting, case).for_page(), pk=document.object_id)
    row = told_minutes(gate, meeting, document.options.get("number"))
    context = {"case": case, "meeting": meeting, "text": _for_reader(gate, case, meeting, row)}
    return "meetings/minutes_pdf.html", context | {"made_on": gate.day}


def _readable(gate, meeting):
    """Drafts are for the organisations at the meeting; after a no to consent everything is the lead's own."""
    rows = meeting.minutes.for_page()
    if gate.organisation.pk == meeting.owner_id:
        return rows
    if _is_declined(meeting):
        return rows.none()
    called = {p.organisation_id for p in meeting.participants.all()}
    return rows if gate.organisation.pk in called else rows.told()


def _is_declined(meeting):
    answer = ConsentConfirmation.Answer.DECLINED
    return ConsentConfirmation.objects.filter(meeting=meeting, answer=answer).exists()


def _hidden(gate, case):
    return () if gate.knows(case, Category.ASSESSMENT) else ("situation",)


def _may_read_line(gate, case, party, kind):
    """What the health care promises tells of somebody's health."""
    is_health = kind == Organisation.Kind.HEALTH_CARE
    return not is_health or party == gate.organisation.pk or gate.knows(case, Category.HEALTH)


def _for_reader(gate, case, meeting, row):
    kinds = {p.organisation_id: p.organisation.kind for p in meeting.participants.all() if p.organisation}
    written = [Commitment(**line) for line in row.commitments if line["text"]]
    lines = tuple(line for line in written if _may_read_line(gate, case, line.party, kinds.get(line.party)))
    hidden = _hidden(gate, case)
    left_out = [Category.ASSESSMENT] if hidden and row.situation else []
    left_out += [Category.HEALTH] if len(lines) < len(written) else []
    return MinutesText(
        row=row,
        situation="" if hidden else row.situation,
        conclusion=row.conclusion,
        commitments=lines,
        decisions=_decisions(meeting, row),
        left_out=tuple(str(category.label) for category in left_out),
    )


def _decisions(meeting, row):
    """The talk's own rows until the minutes are locked; a correction has its own."""
    if row.is_final or row.is_correction:
        return tuple((decision["text"], decision["acknowledged"]) for decision in row.decisions)
    return tuple((decision.text, decision.acknowledged) for decision in meeting.decisions.all())


def _readings(gate, case, meeting, row):
    """Who at each organisation of the meeting opened the minutes first since this version was shared: from the log."""
    seen = (
        gate.trace(case)
        .filter(action=Action.READ, object_kind=LOGGED_AS, object_id=str(meeting.pk), at__gte=row.shared_at)
        .order_by("-at")
    )
    first = {entry.organisation_id: entry for entry in seen}
    called = {p.organisation_id: p.organisation for p in meeting.participants.all() if p.organisation}
    return tuple(
        Reading(o, first[pk].actor_name if pk in first else "", first[pk].at if pk in first else None)
        for pk, o in called.items()
    )


def _next_meeting(gate, case, meeting):
    later = max(meeting.ends_at, timezone.now())
    return gate.visible(Meeting, case).ahead(later).order_by("starts_at").first()
