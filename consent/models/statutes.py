"""Grounds in law for telling without consent, each with exactly the facts it names, and what was told by them."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organisation
from cases.models import Case


class StatuteQuerySet(models.QuerySet):
    def open_to(self, organisation):
        """Those by which an organisation of that kind may or must tell."""
        return self.filter(is_active=True, discloser_kind=organisation.kind).order_by("name")


class Statute(models.Model):
    """Who tells whom by which law, and exactly what: `facts` is a list of `code`, `label` and `kind`
    (day, words, flag or choice, the last with `choices`). Reference data; a changed law is another row."""

    code = models.SlugField("kod", max_length=40, unique=True)
    name = models.CharField("lagrum", max_length=150)
    about = models.CharField("vad lagen säger", max_length=300)
    discloser_kind = models.CharField("vem lämnar", max_length=30, choices=Organisation.Kind)
    recipient_kind = models.CharField("till vem", max_length=30, choices=Organisation.Kind)
    facts = models.JSONField("uppgifter")
    is_active = models.BooleanField("används", default=True)

    objects = StatuteQuerySet.as_manager()

    class Meta:
        verbose_name = "laglig grund"
        verbose_name_plural = "lagliga grunder"

    def __str__(self):
        return self.name


class TellingQuerySet(models.QuerySet):
    def for_page(self):
        return self.select_related("statute", "discloser", "recipient", "by").order_by("-told_on", "-pk")


class Telling(models.Model):
    """One act of telling by a law: `facts` is a list of label and value, as they were said. Only added to."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tellings")
    statute = models.ForeignKey(Statute, models.PROTECT, related_name="+")
    discloser = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    facts = models.JSONField()
    on_request = models.BooleanField("de frågade", default=False)
    told_on = models.DateField("lämnades", default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = "uppgift lämnad med stöd av lag"
        verbose_name_plural = "uppgifter lämnade med stöd av lag"
        indexes = [models.Index(fields=["case", "-told_on"], name="telling_case")]
        constraints = [models.CheckConstraint(condition=~models.Q(discloser=F("recipient")), name="told_to_another")]

    def __str__(self):
        return f"{self.discloser_id} → {self.recipient_id}"
