"""Needs that nobody can meet today: raised, answered, waiting."""

from django.db.models import Q

from needs.models import UnmetNeed
from reports.statistics import definitions
from reports.statistics.figures import NeedLine, Needs
from reports.suppression import suppress_count


def count_needs(municipality, period):
    needs = UnmetNeed.objects.filter(municipality=municipality)
    waiting = needs.filter(
        Q(decided_on=None) | Q(decided_on__gt=period.counted_to), sent_on__lte=period.counted_to
    ).order_by("sent_on", "pk")
    return {
        "needs": Needs(
            raised=needs.filter(sent_on__range=period.days).count(),
            answered=needs.filter(decided_on__range=period.days).count(),
            waiting=tuple(_line(need, period.counted_to) for need in waiting),
            definition=definitions.NEEDS,
        )
    }


def _line(need, day):
    return NeedLine(
        title=need.title,
        kind=need.get_kind_display(),
        level=need.get_level_display(),
        people=suppress_count(need.people),
        sent_on=need.sent_on,
        answer_due_on=need.answer_due_on,
        waited=(day - need.sent_on).days,
        is_late=need.answer_due_on < day,
    )
