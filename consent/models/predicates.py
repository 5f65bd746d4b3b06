"""The questions of every protected query, as small SQL: which rows, who is assigned, who is told, what is withheld,
who receives, who may no longer be written to.

Not Django's Exists: each builds a whole query object, and a page of the worklist asks these thirty times.
"""

from django.db.models import BooleanField, F, Func


class Predicate(Func):
    """`{}` in the template is each field of the asked row in turn, `%s` each constant. Constants are no expressions
    of their own: Django copies every node of a statement several times."""

    output_field = BooleanField()

    def __init__(self, *fields, constants):
        super().__init__(*fields)
        self.constants = tuple(constants)

    def as_sql(self, compiler, connection, **extra):
        columns = [compiler.compile(field)[0] for field in self.source_expressions]
        return self.template.format(*columns, "%s"), self.constants


class Among(Predicate):
    """One of these keys, in the same words however many they are."""

    template = "({} = ANY (%s))"

    def __init__(self, field, keys):
        super().__init__(F(field), constants=[list(keys)])


class Assigned(Predicate):
    """One of the scopes sees the case on the day. `by_row`: asked of each row that the rest of the statement leaves,
    where PostgreSQL would rather begin with all that the scopes see.

    `<> 0`, because under row-level security PostgreSQL may not use what it knows of `days`: it takes it for granted
    that one row in two hundred is of today, and of a number that nearly all are. It read all of a reader's cases for
    one page."""

    template = (
        "EXISTS (SELECT 1 FROM consent_casescope seen"
        " WHERE seen.case_id = {} AND seen.scope_id = ANY (%s::bigint[])"
        " AND (seen.days @> %s::date)::int <> 0)"
    )

    def __init__(self, case, scopes, day, *, by_row=False):
        super().__init__(F(case), constants=[list(scopes), day])
        if by_row:
            self.template = f"{self.template[:-1]} OFFSET 0)"


class Told(Predicate):
    """On the day the row's owner may tell the recipient this category of the case. `category` may be an F()."""

    template = (
        "EXISTS (SELECT 1 FROM consent_disclosure told WHERE told.case_id = {} AND told.discloser_id = {}"
        " AND told.category = {} AND told.recipient_id = %s AND told.days @> %s::date)"
    )

    def __init__(self, case, owner, category, recipient, day):
        by_row = isinstance(category, F)
        asked = [category] if by_row else []
        constants = [recipient.pk, day] if by_row else [str(category), recipient.pk, day]
        super().__init__(F(case), F(owner), *asked, constants=constants)


class Withheld(Predicate):
    """The row itself, of that model, is on its owner's withhold list against the recipient on the day."""

    template = (
        "EXISTS (SELECT 1 FROM consent_keptrow held WHERE held.record_id = {} AND held.case_id = {}"
        " AND held.record_kind = %s AND held.recipient_id = %s AND held.days @> %s::date)"
    )

    def __init__(self, model, recipient_id, day):
        super().__init__(F("pk"), F("case"), constants=[model._meta.model_name, recipient_id, day])


class Receives(Predicate):
    """The organisation is one of the consent's receivers."""

    template = (
        "EXISTS (SELECT 1 FROM consent_consent_receivers receiver"
        " WHERE receiver.consent_id = {} AND receiver.organisation_id = %s)"
    )

    def __init__(self, consent, organisation):
        super().__init__(F(consent), constants=[organisation.pk])


class Unheard(Predicate):
    """The message (notices.OutboxMessage) is about a case and for somebody with a log-in who may not open what it is
    about on the day: `Gate.across`, asked for many readers at once. The reader is named, or known by the address:
    also who was called as somebody from outside is asked for, but for the person themselves."""

    template = (
        "{0} IS NOT NULL AND EXISTS (SELECT 1 FROM accounts_user reader"
        " WHERE (reader.id = {1} OR {1} IS NULL AND reader.email = lower({2}) AND NOT EXISTS ("
        "SELECT 1 FROM cases_case c JOIN cases_individual person ON person.id = c.individual_id"
        " WHERE c.id = {0} AND lower(person.email) = lower({2})))"
        " AND NOT (reader.is_active AND EXISTS ("
        "SELECT 1 FROM consent_casescope seen JOIN consent_accessscope s ON s.id = seen.scope_id"
        " WHERE seen.case_id = {0} AND seen.days @> {7}::date AND (s.user_id = reader.id OR s.unit_id IN ("
        "SELECT held.unit_id FROM accounts_roleassignment held JOIN accounts_unit w ON w.id = held.unit_id"
        " WHERE held.user_id = reader.id AND held.role = 'unit_worker' AND w.organisation_id = reader.organisation_id"
        " AND daterange(held.since, held.until, '[]') @> {7}::date)))"
        " AND ({4} = '' OR {3} = reader.organisation_id OR EXISTS ("
        "SELECT 1 FROM consent_disclosure told WHERE told.case_id = {0} AND told.discloser_id = {3}"
        " AND told.category = {4} AND told.recipient_id = reader.organisation_id AND told.days @> {7}::date)"
        " AND NOT EXISTS (SELECT 1 FROM consent_keptrow held WHERE held.record_id = {6} AND held.case_id = {0}"
        " AND held.record_kind = {5} AND held.recipient_id = reader.organisation_id AND held.days @> {7}::date))))"
    )

    def __init__(self, day):
        asked = ("case", "reader", "address", "organisation", "category", "record_kind", "record_id")
        super().__init__(*map(F, asked), constants=[day] * 4)
