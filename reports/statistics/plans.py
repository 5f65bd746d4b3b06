"""Plans that everybody has said yes to."""

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, Exists, F, Func, JSONField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from actionplans.models import Agreement, PlanVersion
from reports.statistics import definitions
from reports.statistics.flow import open_on
from reports.statistics.publishing import by_sex, each_alone, split
from reports.suppression import CellState, share, suppress_count


class AskedParties(Func):
    """Ids of the organisations with a part in what is still to do: in a snapshot they have a short name."""

    template = (
        'jsonb_path_query_array(%(expressions)s, \'$.milestones[*] ? (@.status == "not_started" ||'
        ' @.status == "ongoing").** ? (@.short_name <> "").id\')'
    )
    output_field = JSONField()


def agreed_versions(municipality):
    """Versions that the person, the lead and every party with a part in them have said yes to.

    `agreed_on`: the last yes; a yes carried over from the version before counts from the day this one was made.
    """
    yes = Agreement.objects.filter(version=OuterRef("pk")).order_by().values("version")
    return (
        PlanVersion.objects.filter(plan__case__municipality=municipality)
        .filter(Exists(yes.filter(organisation=None)), Exists(yes.filter(organisation=OuterRef("plan__owner"))))
        .annotate(
            said_yes=Subquery(yes.annotate(ids=JSONBAgg("organisation_id")).values("ids")),
            asked=AskedParties(F("snapshot")),
            agreed_on=Greatest(Subquery(yes.annotate(day=Max("agreed_on")).values("day")), "made_on"),
        )
        .filter(said_yes__contains=F("asked"))
    )


def count_plans(municipality, period):
    """Agreed in the month by sex, and open cases whose running plan has an agreed version, of all open."""
    agreed = agreed_versions(municipality)
    in_month = agreed.filter(agreed_on__range=period.days).order_by().values_list("plan__individual__sex")
    published = each_alone(by_sex([("Överenskomna planversioner", dict(in_month.annotate(n=Count("pk"))))]))
    running = agreed.filter(
        Q(plan__ended_on=None) | Q(plan__ended_on__gt=period.counted_to), agreed_on__lte=period.counted_to
    )
    counted = open_on(municipality, period.counted_to).aggregate(
        every=Count("pk"), planned=Count("pk", filter=Exists(running.filter(plan__case=OuterRef("pk"))))
    )
    planned = suppress_count(counted["planned"])
    return {
        "plans_agreed": split(
            "plans_agreed", "Överenskomna planer", "Planer", published, definitions.AGREED, shows_total=False
        ),
        "open_with_plan": planned,
        "share_with_plan": share(counted["planned"], counted["every"], protect_parts=planned.state == CellState.FEW),
    }
