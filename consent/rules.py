"""How long a consent may last, what it covers, and which words it uses: no rows, only values."""

from dataclasses import dataclass
from datetime import date, timedelta

PURPOSE = "Samverka kring vägen till egen försörjning"


def last_day(valid_from: date) -> date:
    """Twelve months minus a day: from 1 March to the last day of February, from 29 February likewise."""
    try:
        year_later = valid_from.replace(year=valid_from.year + 1)
    except ValueError:
        year_later = date(valid_from.year + 1, 3, 1)
    return year_later - timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """How far an answer reaches: to which organisations (their ids), about what, and to which last day."""

    receivers: frozenset[int]
    categories: frozenset[str]
    until: date

    @property
    def pairs(self) -> frozenset[tuple[int, str]]:
        return frozenset((receiver, category) for receiver in self.receivers for category in self.categories)

    def exceeds(self, other: "Terms") -> bool:
        """Whether something here is not in the other. Of a change: wanted exceeds held when the person must say yes
        to more, held exceeds wanted when something is taken back; both may be so."""
        return bool(self.pairs - other.pairs) or self.until > other.until
