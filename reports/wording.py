"""Swedish numbers, shares and months in running text, tables and charts."""

from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
SHORT_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
NO_BREAK = "\u00a0"
MINUS = "\u2212"


def number(value, decimals=None):
    """1 234,5 with a no-break space and a real minus. Without decimals: as many as the value has, at most one.

    Halves go away from zero, as in Swedish statistics, never to even.
    """
    exact = Decimal(str(value))
    places = decimals if decimals is not None else int(exact.quantize(Decimal("0.1"), ROUND_HALF_UP) % 1 != 0)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole = f"{abs(rounded):,.{places}f}".replace(",", NO_BREAK).replace(".", ",")
    return (MINUS if rounded < 0 else "") + whole


def percent(value, decimals=0):
    """84 %"""
    return f"{number(value, decimals)}{NO_BREAK}%"


def signed(value):
    """+9, −6 and ±0, for changes since last month."""
    if not value:
        return "±0"
    return number(value) if value < 0 else f"+{number(value)}"


def days(count):
    return f"{number(count)}{NO_BREAK}{'dag' if count == 1 else 'dagar'}"


def month_name(day, *, capital=False):
    """november 2026"""
    name = f"{MONTHS[day.month - 1]} {day.year}"
    return name.capitalize() if capital else name


def short_month(day):
    """nov"""
    return SHORT_MONTHS[day.month - 1]


def long_date(day):
    """2 december 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def joined(parts):
    """a, b och c"""
    *first, last = parts
    return f"{', '.join(first)} och {last}" if first else last
