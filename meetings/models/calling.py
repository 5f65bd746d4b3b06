"""The words that call a person in a language that the house does not have itself."""

from django.db import models
from django.db.models import Max

from cases.languages import named
from consent.models.texts import ReviewedText, read_by_another


class CallingTextQuerySet(models.QuerySet):
    def in_force(self, kind):
        """{language: text}: the newest that is approved."""
        return {text.language: text for text in self.filter(kind=kind, approved_at__isnull=False).order_by("version")}


class CallingText(ReviewedText):
    """One kind of call, or the page behind its link, in one language. `words` has the parts that meetings/phrases.py
    names for the kind. What has been sent keeps its own words."""

    class Kind(models.TextChoices):
        """Those of the outbox, and what only is said to somebody who was asked which times suit."""

        BOOKED = "meeting_booked", "kallelse"
        CHANGED = "meeting_changed", "möte ändrat"
        REMINDER = "reminder", "påminnelse"
        CANCELLED = "meeting_cancelled", "möte inställt"
        PROPOSED = "meeting_proposed", "fråga vilka tider som passar"
        PROPOSAL_ENDED = "proposal_ended", "frågan om tider gäller inte längre"
        ANSWER_PAGE = "answer_page", "sidan där personen svarar"
        CHOOSE_PAGE = "choose_page", "sidan där personen väljer tider"

    kind = models.CharField("slag", max_length=20, choices=Kind)
    language = models.CharField("språk", max_length=10)
    version = models.PositiveSmallIntegerField("version", editable=False)
    words = models.JSONField("ord", default=dict, editable=False)

    objects = CallingTextQuerySet.as_manager()

    class Meta(ReviewedText.Meta):
        ordering = ["language", "kind", "-version"]
        verbose_name = "kallelsetext"
        verbose_name_plural = "kallelsetexter"
        constraints = [
            models.UniqueConstraint(
                fields=["language", "kind", "version"],
                name="calling_text_version",
                violation_error_message="Någon annan började på samma version just nu. Försök igen.",
            ),
            read_by_another("calling_text_read_by_another"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({named(self.language)}, version {self.version})"

    def number(self):
        """The next version of this kind in this language."""
        earlier = CallingText.objects.filter(kind=self.kind, language=self.language)
        self.version = (earlier.aggregate(last=Max("version"))["last"] or 0) + 1
