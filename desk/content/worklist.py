"""One page of one worklist."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Role
from cases.models import Case
from consent.gate import LISTED_AT_MOST
from consent.models.predicates import Among
from desk.content.counts import count
from desk.content.links import Link, link, links, register_link
from desk.content.rows import Row, build_rows
from desk.worklists import MINE, WORKLISTS, Worklist, count_worklists

PAGE = 25


@dataclass(frozen=True)
class Chosen:
    """A filter in force; `remove_url` is the list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class WorklistPage:
    worklist: Worklist
    rows: list[Row]
    tabs: tuple[Link, ...]
    tabs_url: str
    chosen: tuple[Chosen, ...]
    sub: str
    text: str
    next_url: str | None
    first_url: str | None
    clear_url: str
    register: Link | None


def build_worklist_page(gate, code=MINE.code, *, closed=False, unit=None, after=None) -> WorklistPage:
    """`after` is the case in the last row of the page before; `unit` one of our own units."""
    worklist = WORKLISTS.get(code, MINE)
    rows = build_rows(gate, read_page(gate, worklist, closed, unit, after))
    chosen = {"lista": worklist.code, "visa": "avslutade" if closed else "", "enhet": unit.pk if unit else ""}
    more = len(rows) > PAGE
    return WorklistPage(
        worklist=worklist,
        rows=rows[:PAGE],
        tabs=build_tabs(gate, worklist.code),
        tabs_url=reverse("desk:counted_tabs", query={"lista": worklist.code}),
        chosen=build_chosen(worklist, closed, unit),
        sub=describe(gate),
        text=f"{len(rows[:PAGE])} på den här sidan" if more or after else "",
        next_url=_url(chosen, rows[PAGE - 1].case) if more else None,
        first_url=_url(chosen) if after else None,
        clear_url=_url({"lista": worklist.code}),
        register=register_link(gate),
    )


def read_page(gate, worklist, closed, unit, after):
    """One row more than a page holds. The plain list has its own fast way through the gate."""
    if worklist is MINE and not closed and unit is None:
        return gate.next_cases(after=after, size=PAGE + 1)
    rows = gate.cases().closed() if closed else gate.cases().open().filter(worklist.belongs(gate))
    if unit is not None:
        rows = rows.filter(unit=unit)
    if after is not None:
        place = Coalesce(Subquery(gate.cases().filter(pk=after).values("next_on")), date.min)
        rows = rows.filter(Q(next_on__gt=place) | Q(next_on=place, pk__gt=after))
    ids = rows.by_next_date().values_list("pk", flat=True)[: PAGE + 1]
    return Case.objects.filter(Among("pk", ids)).by_next_date()


def build_tabs(gate, code, *, counted=False):
    """`counted`: with the number of cases in each list. Sixteen rules are asked for that, so the page is sent
    first and fetches these tabs when it is there; without JavaScript they stay without figures."""
    chosen = WORKLISTS.get(code, MINE)
    shown = [w for w in WORKLISTS.values() if w.as_tab or w is chosen]
    counts = count_worklists(gate, shown) if counted else {}
    waiting = gate.has_role(Role.INTAKE, Role.UNIT_MANAGER) and link(
        "Ej fördelade", "consent:unassigned", count=count(gate).unassigned
    )
    return links(
        *(Link(w.label, _url({"lista": w.code}), current=w is chosen, count=counts.get(w.code)) for w in shown),
        waiting,
    )


def build_chosen(worklist, closed, unit):
    here = {"lista": worklist.code}
    return links(
        closed and Chosen("Avslutade", _url(here | {"enhet": unit.pk if unit else ""})),
        unit and Chosen(unit.name, _url(here | {"visa": "avslutade" if closed else ""})),
    )


def describe(gate):
    number = count(gate).cases
    if number > LISTED_AT_MOST:
        return "Fler än 1 000 som du arbetar med"
    return f"{number} som du arbetar med"


def read_after(text: str) -> UUID | None:
    """The case that an address names as the last one shown; None for anything else. The address does not tell the
    case's next day, which not everybody who sees the case may know."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _url(chosen, last: Case | None = None):
    query = {key: value for key, value in chosen.items() if value and (key, value) != ("lista", MINE.code)}
    if last is not None:
        query["efter"] = last.pk
    return reverse("desk:cases") + (f"?{urlencode(query)}" if query else "")
