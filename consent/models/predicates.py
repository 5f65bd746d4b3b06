"""The two questions of every protected query, as small SQL: who is assigned, and who is told.

Not Django's Exists: each builds a whole query object, and a page of the worklist asks these thirty times.
"""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, DateField, F, Func, Value


class Predicate(Func):
    """`{}` in the template is each argument in turn; an argument that is no value is a field of the asked row."""

    output_field = BooleanField()

    def as_sql(self, compiler, connection, **extra):
        parts, params = [], []
        for expression in self.source_expressions:
            part, more = compiler.compile(expression)
            parts.append(part)
            params += more
        return self.template.format(*parts), params


class Assigned(Predicate):
    """One of the scopes sees the case on the day."""

    template = (
        "EXISTS (SELECT 1 FROM consent_casescope seen"
        " WHERE seen.case_id = {} AND seen.scope_id = ANY ({}) AND seen.days @> {})"
    )

    def __init__(self, case, scopes, day):
        super().__init__(F(case), Value(list(scopes), ArrayField(BigIntegerField())), _day(day))


class Told(Predicate):
    """On the day the row's owner may tell the recipient this category of the case. `category` may be an F()."""

    template = (
        "EXISTS (SELECT 1 FROM consent_disclosure told WHERE told.case_id = {} AND told.discloser_id = {}"
        " AND told.category = {} AND told.recipient_id = {} AND told.days @> {})"
    )

    def __init__(self, case, owner, category, recipient, day):
        category = category if isinstance(category, F) else Value(str(category))
        super().__init__(F(case), F(owner), category, Value(recipient.pk), _day(day))


def _day(day):
    return Func(Value(day), template="(%(expressions)s)::date", output_field=DateField())
