"""What everybody said after the meetings, gathered so that nobody is recognised: the team's and the steering group's.

Never in a case, never by meeting, person or organisation. Free text is shown only among others'.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, Q

from audit.context import beyond
from meetings.models import Feedback, Meeting, PersonFeedback, ProcessFeedback
from reports.statistics import definitions
from reports.statistics.fidelity import Said, held_between, said_by_professionals
from reports.statistics.months import first_day, month_before
from reports.suppression import K, Share, share

MONTHS, YEAR = 3, 12
OBSERVED = {"method": "Följdes metoden?", "attitude": "Möttes personen med respekt?"}
ASKED = {"listened_to": "Blev du lyssnad på?", "know_next": "Vet du vad som händer nu?"}
YES = 3


@dataclass(frozen=True)
class LookingBack:
    """Lines are None where fewer than k have written one."""

    since: date
    until: date
    said: tuple[Said, ...]
    observed: tuple[Said, ...]
    voices: tuple[tuple[str, Share], ...]
    next_time: tuple[str, ...] | None
    learnt: tuple[str, ...] | None
    hosts: tuple[tuple[str, int], ...] | None
    definition: str


@beyond("figures")
def count_looking_back(municipality, day):
    since, until = month_before(first_day(day), MONTHS), first_day(day) - timedelta(days=1)
    held = held_between(municipality, since, until)
    return LookingBack(
        since=since,
        until=until,
        said=said_by_professionals(held),
        observed=_observed(held),
        voices=_voices(held),
        next_time=_lines(Feedback.objects.filter(meeting__in=held), "next_time", by="given_by"),
        learnt=_lines(ProcessFeedback.objects.filter(meeting__in=held), "line", by="meeting"),
        hosts=_hosts(held_between(municipality, month_before(first_day(day), YEAR), until)),
        definition=definitions.LOOKING_BACK,
    )


def _observed(held):
    """Observers are few: what is protected are the meetings they looked at."""
    means = {name: Avg(name) for name in OBSERVED}
    counted = ProcessFeedback.objects.filter(meeting__in=held).aggregate(n=Count("meeting", distinct=True), **means)
    return tuple(Said(title, counted[name] if counted["n"] >= K else None) for name, title in OBSERVED.items())


def _voices(held):
    """The share that said yes; of people, so small parts are hidden too."""
    asked = {f"{name}_all": Count(name) for name in ASKED} | {
        f"{name}_yes": Count("pk", filter=Q(**{name: YES})) for name in ASKED
    }
    counted = PersonFeedback.objects.filter(meeting__in=held).aggregate(**asked)
    return tuple(
        (title, share(counted[f"{name}_yes"], counted[f"{name}_all"], protect_parts=True))
        for name, title in ASKED.items()
    )


def _hosts(held):
    """At whose place the meetings were, over a year: they should take turns (S193). About the authorities, so shown in
    full; None for fewer than k meetings."""
    counted = Counter(_host(form, host) for form, host in held.values_list("form", "room__organisation__short_name"))
    return tuple(counted.most_common()) if counted.total() >= K else None


def _host(form, organisation):
    if form in (Meeting.Form.VIDEO, Meeting.Form.PHONE):
        return "På distans"
    return organisation or "Annan plats"


def _lines(rows, name, *, by):
    written = list(rows.exclude(**{name: ""}).values_list(name, by))
    if len({who for _text, who in written}) < K:
        return None
    return tuple(sorted({text for text, _who in written}, key=str.casefold))
