"""How long a consent may last, and which words it uses: no rows, only values."""

from datetime import date, timedelta

PURPOSE = "Samverka kring vägen till egen försörjning"


def last_day(valid_from: date) -> date:
    """Twelve months minus a day: from 1 March to the last day of February, from 29 February likewise."""
    try:
        year_later = valid_from.replace(year=valid_from.year + 1)
    except ValueError:
        year_later = date(valid_from.year + 1, 3, 1)
    return year_later - timedelta(days=1)
