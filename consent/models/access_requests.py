"""A colleague's question to the manager: may I work on this case?"""

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Organisation, Unit
from cases.models import Case

ASK = """
INSERT INTO consent_accessrequest (case_id, organisation_id, unit_id, asker_id, reason, answer, answer_reason)
SELECT c.id, %(organisation)s, CASE WHEN c.organisation_id = %(organisation)s THEN c.unit_id ELSE %(unit)s END,
       %(asker)s, %(reason)s, '', ''
  FROM cases_case c WHERE c.id = ANY (%(cases)s)
ON CONFLICT DO NOTHING
"""


class AccessRequestQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answered_at=None, asker__is_active=True)

    def ask(self, asker, cases, *, reason):
        """To the asker's own organisation: the unit that leads, or the asker's own. What is asked already stays as it
        was. The same statement for no case as for one, so that its time tells nothing."""
        asked = {"organisation": asker.organisation_id, "unit": asker.unit_id, "asker": asker.pk, "reason": reason}
        with connection.cursor() as cursor:
            cursor.execute(ASK, asked | {"cases": [case.pk for case in cases]})

    def for_page(self):
        """Process data only: who the case is about stays closed."""
        return self.select_related("asker__unit", "case__municipality")


class AccessRequest(models.Model):
    """Asked once and answered once: a trigger refuses every other change."""

    class Answer(models.TextChoices):
        YES = "yes", "Ja"
        NO = "no", "Nej"

    case = models.ForeignKey(Case, models.PROTECT, related_name="access_requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("varför", max_length=500)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    answer = models.CharField("svar", max_length=3, choices=Answer, blank=True)
    until = models.DateField("till och med", null=True, blank=True)
    answer_reason = models.CharField("anledning", max_length=150, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga om åtkomst"
        verbose_name_plural = "frågor om åtkomst"
        indexes = [
            models.Index(fields=["organisation"], name="access_request_open", condition=Q(answered_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "case"], condition=Q(answered_at=None), name="one_open_access_request"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None, until=None, answer_reason="")
                | Q(answer="yes", answered_by__isnull=False, answered_at__isnull=False, until__isnull=False)
                | Q(answer="no", answered_by__isnull=False, answered_at__isnull=False, until=None)
                & ~Q(answer_reason=""),
                name="access_answer_is_whole",
                violation_error_message="Skriv till vilken dag, eller varför inte.",
            ),
            models.CheckConstraint(condition=~Q(answered_by=F("asker")), name="access_answered_by_another"),
        ]

    def __str__(self):
        return f"{self.asker_id} frågar om {self.case_id}"
