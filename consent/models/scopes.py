"""Assignments (guardian's direct-FK rows, the source of truth) and the projection every list and page asks."""

from datetime import timedelta
from uuid import UUID

import pghistory
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from guardian.managers import GroupObjectPermissionManager, UserObjectPermissionManager
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from guardian.shortcuts import assign_perm

from accounts.models import Unit
from cases.models import Case
from consent.models.days import DateMultirangeField


class GrantDates(models.Model):
    """From, until (both included, None: until further notice) and why."""

    since = models.DateField("från och med", default=timezone.localdate)
    until = models.DateField("till och med", null=True, blank=True)
    reason = models.CharField("anledning", max_length=200, blank=True)

    class Meta:
        abstract = True


class GrantQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def engage(self, case, holder, *, since, until=None, reason="", right="cases.view_case", **more):
        """Grant through guardian to a user, or a unit's group; an ended grant is taken up with the new dates."""
        grant = assign_perm(right, holder, case)
        self.model.objects.filter(pk=grant.pk).update(since=since, until=until, reason=reason, **more)
        grant.refresh_from_db()
        return grant

    def end(self, *, on, **more):
        """Ends on the day before `on`, so that access is gone at once; a grant that began today is deleted."""
        self.filter(since__gte=on).delete()
        return self.update(until=on - timedelta(days=1), **more)


# One statement, so that the projection is refreshed once. Who already works on the case keeps what they have and is
# responsible at once; otherwise the giver stays responsible until the day. What was opened in an emergency gives way.
HAND_OVER = """
WITH moved AS MATERIALIZED (
  SELECT g.*, coalesce(t.since <= %(today)s AND coalesce(t.until, 'infinity') >= %(today)s, false) AS works_already
    FROM consent_casegrant g
    LEFT JOIN consent_casegrant t ON t.user_id = %(to)s AND t.permission_id = g.permission_id
     AND t.content_object_id = g.content_object_id
   WHERE g.id = ANY (%(grants)s) AND g.ends_at IS NULL
), gone AS (
  DELETE FROM consent_casegrant g USING moved m WHERE g.id = m.id AND m.since >= %(day)s
), given_way AS (
  DELETE FROM consent_casegrant g USING moved m
   WHERE g.user_id = %(to)s AND g.content_object_id = m.content_object_id AND g.ends_at IS NOT NULL
), ended AS (
  UPDATE consent_casegrant g SET until = %(day)s::date - 1,
         is_responsible = g.is_responsible AND %(day)s::date > %(today)s::date AND NOT m.works_already
    FROM moved m WHERE g.id = m.id AND m.since < %(day)s
)
INSERT INTO consent_casegrant AS t
       (user_id, permission_id, content_object_id, since, until, reason, is_responsible)
SELECT %(to)s, permission_id, content_object_id, greatest(since, %(day)s::date), until, %(reason)s, is_responsible
  FROM moved
ON CONFLICT (user_id, permission_id, content_object_id) DO UPDATE SET
       since = CASE WHEN t.until < %(today)s THEN excluded.since
                    ELSE least(t.since, excluded.since) END,
       until = CASE WHEN t.until < %(today)s THEN excluded.until
                    WHEN t.until IS NULL OR excluded.until IS NULL THEN NULL
                    ELSE greatest(t.until, excluded.until) END,
       is_responsible = excluded.is_responsible
                        OR t.is_responsible AND coalesce(t.until, 'infinity') >= %(today)s,
       reason = excluded.reason
"""


class CaseGrantQuerySet(GrantQuerySet):
    def hand_over(self, to, *, day, today, reason):
        """From that day the grants are another's, each until its own last day."""
        grants = list(self.values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(HAND_OVER, {"grants": grants, "to": to.pk, "day": day, "today": today, "reason": reason})

    def engage(self, case, holder, *, is_responsible=False, **dates):
        """What they have let themselves in to gives way."""
        self.of_emergencies().filter(content_object=case, user=holder).end(on=timezone.localdate())
        return super().engage(case, holder, is_responsible=is_responsible, **dates)

    def let_in(self, case, holder, **dates):
        """By an emergency: beside what they have been given, which begins on its day all the same."""
        return super().engage(case, holder, right="cases.read_case_in_emergency", **dates)

    def end(self, *, on):
        return super().end(on=on, is_responsible=False, ends_at=None)

    def for_page(self):
        who = self.select_related("user__organisation", "user__unit")
        return who.order_by("-is_responsible", "user__organisation__name", "user__family_name")

    def of_emergencies(self):
        return self.exclude(ends_at=None)


@pghistory.track()
class CaseGrant(UserObjectPermissionBase, GrantDates):
    """This person works on this case. `is_responsible`: the one their organisation turns to. `ends_at`: let in by an
    emergency, with a right of its own, until that instant and not to the end of the day (consent/emergency.py)."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="grants")
    permission = models.ForeignKey(Permission, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="case_grants")
    is_responsible = models.BooleanField("ansvarig", default=False)
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserObjectPermissionManager.from_queryset(CaseGrantQuerySet)()  # type: ignore[misc]

    class Meta(UserObjectPermissionBase.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="grant_dates_in_order",
                violation_error_message="Tilldelningen kan inte sluta innan den börjar.",
            )
        ]
        indexes = [models.Index(fields=["ends_at"], name="grant_of_emergency", condition=~Q(ends_at=None))]

    def __str__(self):
        return f"{self.user_id} arbetar med {self.content_object_id}"


class CaseUnitGrant(GroupObjectPermissionBase, GrantDates):
    """This unit works on this case; only holders of the unit-wide role see it through the unit."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="unit_grants")
    permission = models.ForeignKey(Permission, models.CASCADE, db_index=False)

    objects = GroupObjectPermissionManager.from_queryset(GrantQuerySet)()  # type: ignore[misc]

    class Meta(GroupObjectPermissionBase.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="unit_grant_dates_in_order")
        ]

    def __str__(self):
        return f"{self.group_id} arbetar med {self.content_object_id}"


class AccessScope(models.Model):
    """A user or a unit, as one kind of id. Rows are made by triggers on users and units."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="scope")
    unit = models.OneToOneField(Unit, models.CASCADE, null=True, related_name="scope")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, unit=None) | Q(user=None, unit__isnull=False),
                name="scope_is_user_or_unit",
            )
        ]

    def __str__(self):
        return f"användare {self.user_id}" if self.user_id else f"enhet {self.unit_id}"


# By hand, because the planner should see one small statement however many scopes there are, and the row comparison
# starts the index scan at the right place.
PAGE = """
WITH last AS MATERIALIZED (
  SELECT coalesce(max(t.next_on), '-infinity') AS next_on FROM consent_casescope t
   WHERE t.case_id = %(after)s::uuid AND t.scope_id = ANY (%(scopes)s) AND t.days @> %(day)s::date
)
SELECT DISTINCT x.next_on, x.case_id FROM unnest(%(scopes)s::bigint[]) AS s(id) CROSS JOIN LATERAL (
  SELECT t.next_on, t.case_id FROM consent_casescope t
   WHERE t.scope_id = s.id AND NOT t.closed AND t.days @> %(day)s::date
     AND (t.next_on, t.case_id) > ((SELECT next_on FROM last), %(after)s::uuid)
   ORDER BY t.next_on, t.case_id LIMIT %(size)s) x
 ORDER BY 1, 2 LIMIT %(size)s
"""

# Each scope's arm is read no further than the count goes, however many cases it has.
COUNTED = """
(SELECT count(*) FROM (
  SELECT DISTINCT x.case_id FROM unnest(%s::bigint[]) AS s(id) CROSS JOIN LATERAL (
    SELECT t.case_id FROM consent_casescope t
     WHERE t.scope_id = s.id AND NOT t.closed AND t.days @> %s::date LIMIT %s) x
   LIMIT %s) counted)
"""


class CaseScopeQuerySet(models.QuerySet):
    def visible(self, scopes, day):
        return self.filter(scope__in=scopes, days__contains=day)

    def shown_to(self, worker, case, day):
        """Whether somebody else sees the case through an assignment of their own."""
        return self.filter(case=case, scope__user=worker, days__contains=day).exists()

    def page(self, scopes, day, *, after=None, size=25):
        """Ids of the open cases that follow the case `after`, each scope's arm read from its own index
        (docs/consent.md). From the start when `after` is None or not seen."""
        with connection.cursor() as cursor:
            asked = {"scopes": scopes, "day": day, "after": after or UUID(int=0), "size": size}
            cursor.execute(PAGE, asked)
            return [case_id for _, case_id in cursor.fetchall()]

    def counted(self, scopes, day, at_most):
        """The number of open cases, as an expression."""
        return RawSQL(COUNTED, [scopes, day, at_most, at_most], models.IntegerField())  # noqa: S611

    def difference(self):
        """(case, scope, problem) for each row where the projection and its definition disagree. Reads everything,
        so it may take longer than a page has."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '10min'")
            cursor.execute("SELECT * FROM consent_casescope_difference()")
            return cursor.fetchall()


class CaseScope(models.Model):
    """Who sees which case on which days: one row per case and scope, kept by triggers and never written here.

    Derived from grants ∩ (own organisation ∪ own matter ∪ disclosures). See docs/consent.md and migration 0002.
    """

    pk = models.CompositePrimaryKey("case_id", "scope_id")
    case = models.ForeignKey(Case, models.CASCADE, related_name="scopes", db_index=False)
    scope = models.ForeignKey(AccessScope, models.CASCADE, related_name="+", db_index=False)
    next_on = models.DateField()
    closed = models.BooleanField(default=False)
    days = DateMultirangeField()

    objects = CaseScopeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scope", "next_on", "case"], include=["days"], name="scope_next"),
            models.Index(
                fields=["scope", "next_on", "case"],
                include=["days"],
                name="scope_next_open",
                condition=Q(closed=False),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} för {self.scope_id}"
