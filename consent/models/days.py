"""Sets of days with gaps, as PostgreSQL keeps them."""

from django.db import models
from psycopg.types.multirange import Multirange
from psycopg.types.range import Range


class DateMultirangeField(models.Field):
    """PostgreSQL's datemultirange: a set of days with gaps. Written as such a set, or as one range of days or its
    text; Python reads psycopg's Multirange."""

    def db_type(self, connection):
        return "datemultirange"

    def db_parameters(self, connection):
        return {"type": "datemultirange", "check": None}

    def get_prep_value(self, value):
        if isinstance(value, Range):
            value = Multirange([] if value.isempty else [value])
        if isinstance(value, Multirange):
            return f"{{{','.join(map(_text, value))}}}"
        if isinstance(value, str) and not value.startswith("{"):
            return "{}" if value == "empty" else f"{{{value}}}"
        return value


def _text(days):
    return f"{days.bounds[0]}{days.lower or ''},{days.upper or ''}{days.bounds[1]}"


@DateMultirangeField.register_lookup
class ContainsDay(models.Lookup):
    """`days__contains=day`."""

    lookup_name = "contains"

    def get_prep_lookup(self):
        return self.rhs

    def as_sql(self, compiler, connection):
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} @> {rhs}::date", [*lhs_params, *rhs_params]
