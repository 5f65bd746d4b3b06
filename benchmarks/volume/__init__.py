"""A large invented region, the same each time: who works where, whose cases, who may tell whom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Volume:
    cases: int = 100_000
    users: int = 2_000
    grants: int = 400_000
    organisations: int = 40
    units: int = 400
    seed: int = 2026

    @property
    def units_each(self):
        """Units per organisation."""
        return self.units // self.organisations

    @property
    def workers_each(self):
        """Workers per unit."""
        return self.users // self.units


def skewed(draw, number):
    """A place in 0..number-1; the first is drawn with probability 1/sqrt(number): 15.8 % of 40."""
    return int(number * draw.random() ** 2)
