"""Needs nobody can meet today, described without persons, and their way to the right decision level (S70, S169)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Municipality, Organisation, User
from cases.models import CaseRecord, Category


class NeedQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(decided_on=None)

    def overdue(self, day):
        return self.unanswered().filter(answer_due_on__lt=day)

    def answered(self):
        return self.exclude(decided_on=None)

    def within(self, municipalities):
        return self.filter(municipality__in=municipalities)

    def for_page(self):
        """Unanswered first, the longest waiting on top; then the latest answers."""
        return self.select_related("raised_by_organisation", "municipality").order_by(
            F("decided_on").desc(nulls_first=True), "answer_due_on", "pk"
        )


class UnmetNeed(models.Model):
    """De-identified: what is missing and for how many. Nothing here points at a person; NeedOccurrence does."""

    class Kind(models.TextChoices):
        DAILY_ACTIVITY = "daily_activity", "daglig sysselsättning"
        PLACEMENT = "placement_place", "praktikplats"
        LANGUAGE = "language", "språkstöd"
        HOUSING = "housing", "bostad"
        CHILDCARE = "childcare", "barnomsorg"
        HEALTH_CARE = "health_care", "vård och behandling"
        EDUCATION = "education", "utbildning"
        REGULATION = "regulation", "regler som krockar"
        OTHER = "other", "annat"

    class Level(models.TextChoices):
        UNIT = "unit", "enheten"
        CASEWORKER_GROUP = "caseworker_group", "lilla LSG"
        STEERING_GROUP = "steering_group", "LSG/styrgruppen"
        ASSOCIATION = "association", "samordningsförbundet"

    class Decision(models.TextChoices):
        GRANTED = "granted", "ordnas"
        PARTLY = "partly", "ordnas delvis"
        DECLINED = "declined", "ordnas inte"
        PASSED_ON = "passed_on", "lyfts vidare"

    kind = models.CharField("slag", max_length=20, choices=Kind)
    title = models.CharField("vad som saknas", max_length=120)
    description = models.TextField("beskriv behovet utan namn", blank=True)
    people = models.PositiveSmallIntegerField("antal personer", default=1)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    raised_by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    level = models.CharField("nivå", max_length=20, choices=Level, default=Level.UNIT)
    sent_on = models.DateField("lyft", default=timezone.localdate)
    answer_due_on = models.DateField("svar senast")
    decision = models.CharField("beslut", max_length=10, choices=Decision, blank=True)
    decided_on = models.DateField("beslutat", null=True, blank=True)
    answer = models.TextField("svar", blank=True)
    fed_back_on = models.DateField("återkopplat", null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "behov"
        verbose_name_plural = "behov"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_due_on__gte=F("sent_on")),
                name="need_answer_due_after_sent",
                violation_error_message="Svarsdatumet kan inte ligga före dagen då behovet lyftes.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | ~Q(decision=""),
                name="decided_need_has_a_decision",
                violation_error_message="Välj vad som beslutades.",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="need_concerns_someone",
                violation_error_message="Skriv minst en person.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_answered(self):
        return self.decided_on is not None

    def raisers(self):
        """Everybody who raised it, sent it upwards or noticed it for one more person."""
        mine = Q(pk=self.raised_by_id) | Q(pk__in=self.raises.values("sent_by"))
        return list(User.objects.filter(mine | Q(pk__in=self.occurrences.values("noticed_by")), is_active=True))


class NeedRaise(models.Model):
    """Each step a need took upwards."""

    need = models.ForeignKey(UnmetNeed, models.CASCADE, related_name="raises")
    level = models.CharField(max_length=20, choices=UnmetNeed.Level)
    sent_on = models.DateField(default=timezone.localdate)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_on", "pk"]

    def __str__(self):
        return self.get_level_display()


class NeedOccurrence(CaseRecord):
    """This person has this need. Protected, unlike the need itself."""

    category = Category.PLAN
    joint = True

    need = models.ForeignKey(UnmetNeed, models.PROTECT, related_name="occurrences")
    noticed_on = models.DateField("uppmärksammat", default=timezone.localdate)
    noticed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "need"],
                name="need_once_per_case",
                violation_error_message="Behovet är redan antecknat för det här ärendet.",
            )
        ]

    def __str__(self):
        return f"{self.need}"
