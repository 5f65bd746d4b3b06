"""One page of one worklist."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.models import Role
from cases.models import Case
from consent.gate import LISTED_AT_MOST
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
    chosen: tuple[Chosen, ...]
    sub: str
    text: str
    next_url: str | None
    first_url: str | None
    clear_url: str
    register: Link | None


def build_worklist_page(gate, code=MINE.code, *, closed=False, unit=None, after=None) -> WorklistPage:
    """`after` is the (next_on, id) of the last row of the page before; `unit` one of our own units."""
    worklist = WORKLISTS.get(code, MINE)
    cases = list(read_page(gate, worklist, closed, unit, after))
    chosen = {"lista": worklist.code, "visa": "avslutade" if closed else "", "enhet": unit.pk if unit else ""}
    more = len(cases) > PAGE
    return WorklistPage(
        worklist=worklist,
        rows=build_rows(gate, cases[:PAGE]),
        tabs=build_tabs(gate, worklist),
        chosen=build_chosen(worklist, closed, unit),
        sub=describe(gate),
        text=f"{len(cases[:PAGE])} på den här sidan" if more or after else "",
        next_url=_url(chosen, cases[PAGE - 1]) if more else None,
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
        rows = rows.filter(Q(next_on__gt=after[0]) | Q(next_on=after[0], pk__gt=after[1]))
    return rows.for_list().by_next_date()[: PAGE + 1]


def build_tabs(gate, chosen):
    shown = [w for w in WORKLISTS.values() if w.as_tab or w is chosen]
    counts = count_worklists(gate, shown)
    waiting = gate.has_role(Role.INTAKE, Role.UNIT_MANAGER) and link(
        "Ej fördelade", "consent:unassigned", count=gate.unassigned().count()
    )
    return links(
        *(Link(w.label, _url({"lista": w.code}), current=w is chosen, count=counts[w.code]) for w in shown), waiting
    )


def build_chosen(worklist, closed, unit):
    here = {"lista": worklist.code}
    return links(
        closed and Chosen("Avslutade", _url(here | {"enhet": unit.pk if unit else ""})),
        unit and Chosen(unit.name, _url(here | {"visa": "avslutade" if closed else ""})),
    )


def describe(gate):
    number = gate.count_cases()
    if number > LISTED_AT_MOST:
        return "Fler än 1 000 som du arbetar med"
    return f"{number} som du arbetar med"


def read_after(text: str) -> tuple[date, UUID] | None:
    """The place in the list from an address such as 2026-11-24_<id>; None for anything else."""
    day, _, case_id = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(case_id)
    except ValueError:
        return None


def _url(chosen, last: Case | None = None):
    query = {key: value for key, value in chosen.items() if value and (key, value) != ("lista", MINE.code)}
    if last is not None:
        query["efter"] = f"{last.next_on}_{last.pk}"
    return reverse("desk:cases") + (f"?{urlencode(query)}" if query else "")
