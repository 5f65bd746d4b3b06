"""The month in words, written from its figures."""

from reports.suppression import CellState
from reports.wording import NO_BREAK, number, percent, short_month, signed

WORDS = (
    *("inga", "ett", "två", "tre", "fyra", "fem", "sex"),
    *("sju", "åtta", "nio", "tio", "elva", "tolv"),
)
MOST_WORTH_A_RECORD = 3


def in_words(count):
    """Up to twelve as a word, then figures."""
    return WORDS[count] if count < len(WORDS) else number(count)


def summary(figures):
    """Three plain sentences: the promise, the flow, what waits for an answer."""
    return " ".join([_promise(figures), _flow(figures), _needs(figures.needs)])


def _promise(figures):
    share = figures.in_time
    if share.percent is None:
        many = "Färre än fem ärenden" if share.state == CellState.FEW else "Inget ärende"
        return f"{many} nådde sin fjortonde dag."
    earlier = earlier_shares(figures)
    return f"{_comparison(share.percent, earlier)} fick sitt första möte i tid: {share.basis}{_record(share, earlier)}."


def earlier_shares(figures):
    """(month, percent) of the months before that have a share, newest first."""
    return [(p.month, p.in_time.percent) for p in reversed(figures.series[:-1]) if p.in_time.percent is not None]


def _comparison(share, earlier):
    if not earlier or round(share) == round(earlier[0][1]):
        return "Lika stor andel som förra månaden" if earlier else "Så många"
    return "En större andel" if share > earlier[0][1] else "En mindre andel"


def _record(share, earlier):
    values = [value for _month, value in earlier]
    if len(values) < MOST_WORTH_A_RECORD:
        return ""
    if share.percent > max(values):
        return ", det högsta på tolv månader"
    return ", det lägsta på tolv månader" if share.percent < min(values) else ""


def _flow(figures):
    opened, closed, still_open = (cells[-1] for _label, cells in figures.flow.table.rows)
    if opened.value is None or closed.value is None:
        return f"{still_open.text.capitalize()} ärenden pågick när månaden slutade."
    return f"{in_words(opened.value).capitalize()} nya ärenden kom in och {in_words(closed.value)} avslutades."


def _needs(needs):
    count = len(needs.waiting)
    if not count:
        return "Inget behov väntar på svar."
    waits = f"{in_words(count).capitalize()} behov väntar på svar"
    late = sum(need.is_late for need in needs.waiting)
    return f"{waits}, {in_words(late)} av dem längre än avtalat." if late and count > 1 else f"{waits}."


def lateness(figures):
    """How many came late and how many of them have a written reason."""
    late = figures.late
    if late is None or not late.total:
        return ""
    first = f"{in_words(late.total).capitalize()} första {'möte' if late.total == 1 else 'möten'} kom senare eller"
    return f"{first} hade inte hållits när månaden slutade; {in_words(late.explained)} har en antecknad orsak."


def change(figures):
    """'▲ 3 sedan okt', in percentage points; empty without anything to compare with."""
    earlier = earlier_shares(figures)
    if figures.in_time.percent is None or not earlier:
        return ""
    month, before = earlier[0]
    points = round(figures.in_time.percent) - round(before)
    arrow = {True: "▲", False: "▼"}[points > 0] + NO_BREAK if points else ""
    return f"{arrow}{signed(points) if not points else number(abs(points))} sedan {short_month(month)}"


def cards(figures):
    """The four figures of the month: (label, value, note)."""
    return (
        ("Första möte inom 14 dagar", figures.in_time.text, _noted(figures.in_time.basis, _last_time(figures))),
        ("Pågående ärenden", figures.open_cases.text, _by_sex(figures.flow.table, 2)),
        ("Dagar till första möte, median", _median(figures.to_first_meeting.total), _median_by_sex(figures)),
        ("Överenskomna planer", figures.open_with_plan.text, _of_cases(figures.share_with_plan)),
    )


def _noted(*notes):
    return " · ".join(note for note in notes if note)


def _last_time(figures):
    earlier = earlier_shares(figures)
    return f"{short_month(earlier[0][0])} {percent(earlier[0][1])}" if earlier else ""


def _by_sex(table, place):
    """'60 kvinnor · 58 män'; nothing when any of them is hidden."""
    _label, cells = table.rows[place]
    parts = list(zip(table.columns[:-1], cells[:-1], strict=True))
    if any(cell.value is None for _name, cell in parts):
        return ""
    return _noted(*(f"{cell.text} {name.lower()}" for name, cell in parts))


def _median_by_sex(figures):
    pairs = zip(figures.to_first_meeting.names[:-1], figures.to_first_meeting.values[:-1], strict=True)
    return _noted(*(f"{name.lower()} {number(value.days)}" for name, value in pairs if value.days is not None))


def _median(median):
    return median.text if median.days is None else number(median.days)


def _of_cases(share):
    return f"{share.text} av ärendena" if share.percent is not None else ""


def flow_note(figures):
    """'+9 nya · −6 avslutade', or nothing when a small number hides both."""
    opened, closed, _open = (cells[-1] for _label, cells in figures.flow.table.rows)
    if opened.value is None or closed.value is None:
        return ""
    return f"+{number(opened.value)} nya · {signed(-closed.value) if closed.value else '0'} avslutade"
