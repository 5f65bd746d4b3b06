"""Words to the person that one writes and another approves; the words they are told before the question."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.languages import direction, language_named, named


def read_by_another(name):
    return models.CheckConstraint(
        condition=Q(approver=None) | ~Q(approver=F("drafted_by")),
        name=name,
        violation_error_message="Någon annan än den som skrev texten godkänner den.",
    )


class ReviewedText(models.Model):
    """A draft until somebody else has approved it, never changed after that: the database refuses."""

    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="skriven av"
    )
    approved_by = models.CharField("godkänd av", max_length=120, blank=True, editable=False)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    approved_at = models.DateTimeField("godkänd", null=True, editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Protect(
                name="approved_text_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__approved_at__isnull=False),
            )
        ]

    @property
    def direction(self):
        """ "ltr" or "rtl", of the text's own language."""
        return direction(self.language)

    def approve(self, user):
        self.approver, self.approved_by, self.approved_at = user, user.full_name, timezone.now()


class ConsentTextQuerySet(models.QuerySet):
    def in_force(self, day):
        """Swedish first. A translation says what the Swedish text of the same version says: when a new Swedish one
        begins, translations of the old are no longer shown."""
        approved = self.filter(approved_at__isnull=False, valid_from__lte=day)
        swedish = approved.filter(language="sv", easy_read=False).order_by("-version").values("version")[:1]
        rows = approved.filter(version=swedish)
        return rows.order_by(models.Case(models.When(language="sv", then=0), default=1), "easy_read", "language")


class ConsentText(ReviewedText):
    """One wording in one language (S51). `words`: the other words of the paper, empty when the house has them
    itself."""

    version = models.PositiveSmallIntegerField("version")
    language = models.CharField("språk", max_length=20, default="sv")
    easy_read = models.BooleanField("lättläst", default=False)
    title = models.CharField("rubrik", max_length=120)
    body = models.TextField("text")
    words = models.JSONField("papperets andra ord", default=dict, blank=True)
    valid_from = models.DateField("gäller från")

    objects = ConsentTextQuerySet.as_manager()

    class Meta(ReviewedText.Meta):
        ordering = ["language", "easy_read", "-version"]
        verbose_name = "samtyckestext"
        verbose_name_plural = "samtyckestexter"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language", "easy_read"],
                name="consent_text_version",
                violation_error_message="Den versionen finns redan på det språket. Skriv nästa version.",
            ),
            read_by_another("consent_text_read_by_another"),
        ]

    def __str__(self):
        return f"{self.title} ({self.variety}, version {self.version})"

    @property
    def variety(self):
        """ "svenska", "lättläst svenska", "arabiska"."""
        return f"lättläst {named(self.language)}" if self.easy_read else named(self.language)

    def approve(self, user):
        super().approve(user)
        self.valid_from = max(self.valid_from, timezone.localdate())


def closest(texts, language, easy_read):
    """Of the texts in force the one for somebody who speaks this ("somaliska"): in that language, or else Swedish."""
    code = language_named(language)
    wanted = [(code, easy_read), (code, False), ("sv", easy_read), ("sv", False)]
    found = {(text.language, text.easy_read): text for text in texts}
    return next((found[key] for key in wanted if key in found), None)
