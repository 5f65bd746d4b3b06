"""A month's figures as tables of words, alike on screen and on paper."""

from dataclasses import dataclass

from reports.charts import Chart
from reports.pictures import outcome_chart
from reports.statistics import definitions
from reports.suppression import CellState
from reports.wording import days, month_name, number

WITHHELD = "Visas inte: i någon av raderna finns färre än fem."


@dataclass(frozen=True)
class Sheet:
    """Rows begin with their label. A sheet without rows has a note that says why."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    definition: str = ""
    foot: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    sheets: tuple[Sheet, ...]
    chart: Chart | None = None


def sections(figures):
    """Everything after the first page, in the order a steering group asks."""
    return (
        Section("Första mötet", first_meeting(figures)),
        Section("Ärenden", (of_split(figures.flow), _series(figures))),
        Section("Möten", tuple(map(of_split, filter(None, _meetings(figures))))),
        Section(
            "Planer och åtaganden",
            (of_split(figures.plans_agreed), of_split(figures.milestones_reached), _promises(figures)),
        ),
        Section("Resultat", (of_split(figures.outcomes),), outcome_chart(figures.outcomes)),
        Section("Behov utan svar", (_needs(figures.needs),)),
    )


def _meetings(figures):
    """Reports frozen before it was written who asked say nothing of it."""
    return figures.meetings, figures.meeting_forms, figures.no_shows, figures.called_off, figures.voice


def of_split(split):
    table = split.table
    headings = (split.heading or "Antal", *table.columns)
    cells = [cell for _label, row in table.rows for cell in row]
    if all(cell.state == CellState.HIDDEN for cell in cells):
        return Sheet(split.title, headings, (), split.definition, note=WITHHELD)
    rows = tuple((label, *(cell.text for cell in row)) for label, row in table.rows)
    shows_total = split.shows_total and len(rows) > 1
    foot = ("Alla", *(cell.text for cell in table.total)) if shows_total else ()
    return Sheet(split.title, headings, rows, split.definition, foot)


def of_medians(medians):
    row = ("Median", *(value.text for value in medians.values))
    return Sheet(medians.title, ("Dagar", *medians.names), (row,), medians.definition)


def first_meeting(figures):
    """Numerator and denominator by sex, the late ones and why, the excluded and why, and how long people wait."""
    return (
        of_split(figures.first_meetings),
        of_split(figures.first_meetings_year),
        _late(figures.late),
        of_split(figures.excluded),
        of_split(figures.delays),
        of_medians(figures.to_first_meeting),
        of_medians(figures.to_first_activity),
    )


def _late(late):
    headings = ("Försenade", "Förklarade", "Oförklarade", "Alla")
    if late is None:
        return Sheet(
            "Försenade första möten", headings, (), definitions.LATE, note="Färre än fem ärenden att räkna på."
        )
    counted = (
        ("Hölls efter sista dagen", late.met_late_explained, late.met_late_unexplained),
        ("Inte hållet när månaden slutade", late.missed_explained, late.missed_unexplained),
    )
    rows = tuple((label, number(why), number(why_not), number(why + why_not)) for label, why, why_not in counted)
    if late.outage:
        rows += (("varav på grund av driftstopp", number(late.outage), "–", number(late.outage)),)
    foot = ("Alla", number(late.explained), number(late.unexplained), number(late.total))
    return Sheet("Försenade första möten", headings, rows, definitions.LATE, foot)


def _series(figures):
    rows = tuple(
        (
            month_name(point.month),
            point.in_time.text,
            point.in_time.basis or "–",
            point.opened.text,
            point.closed.text,
            point.open_at_end.text,
        )
        for point in figures.series
    )
    headings = ("Månad", "Möte i tid", "Underlag", "Nya", "Avslutade", "Pågående")
    return Sheet("Tolv månader", headings, rows, definitions.FLOW)


def _promises(figures):
    rows = tuple((each.short_name, each.share.text, each.share.basis or "–") for each in figures.promises)
    note = "" if rows else "Inget delmål som en myndighet ansvarar för har haft sin dag än."
    headings = ("Myndighet", "Klart i tid", "Underlag")
    return Sheet("Så höll vi våra löften", headings, rows, figures.promises_definition, note=note)


def _needs(needs):
    rows = tuple(
        (
            need.title,
            need.level,
            need.people.text,
            f"{need.sent_on:%Y-%m-%d}",
            f"{need.answer_due_on:%Y-%m-%d}",
            days(need.waited),
        )
        for need in needs.waiting
    )
    headings = ("Behov", "Nivå", "Personer", "Lyft", "Svar senast", "Väntat")
    moved = f"Under månaden lyftes {number(needs.raised)} och besvarades {number(needs.answered)}."
    note = moved if rows else f"Inget behov väntade på svar när månaden slutade. {moved}"
    return Sheet("Väntar på svar", headings, rows, needs.definition, note=note)


def staff_sheet(staff):
    """About those who worked, not about those they met."""
    rows = tuple((each.short_name, number(each.workers), number(each.meetings)) for each in staff)
    note = "" if rows else "Inget hållet möte."
    headings = ("Organisation", "Handläggare", "Möten")
    return Sheet("Handläggare per organisation", headings, rows, definitions.COHORT_STAFF, note=note)
