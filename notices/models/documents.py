"""PDFs that somebody asked for."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from cases.models import Case


class DocumentQuerySet(models.QuerySet):
    def ask(self, *, kind, title, requested_by, case=None, object_id=None, options=None):
        return self.create(
            kind=kind, title=title, requested_by=requested_by, case=case, object_id=object_id, options=options or {}
        )

    def about(self, case):
        """Without the bytes: those of this case, or those of no case."""
        return self.filter(case=case).defer("content")

    def waiting(self):
        return self.filter(state=Document.State.WAITING)

    def forgotten(self, now):
        """Still not made: the wake-up was lost (a minute ago), or the worker died (two)."""
        return self.filter(
            Q(state=Document.State.WAITING, touched_at__lt=now - timedelta(minutes=1))
            | Q(state=Document.State.WORKING, touched_at__lt=now - timedelta(minutes=2))
        )

    def claim(self, document_id):
        """The waiting document, now ours to make, or None. One that felled its worker too often fails."""
        claimed = self.waiting().filter(pk=document_id)
        if not claimed.update(state=Document.State.WORKING, attempts=F("attempts") + 1, touched_at=timezone.now()):
            return None
        document = self.get(pk=document_id)
        if document.attempts <= Document.MAX_ATTEMPTS:
            return document
        document.fail("Dokumentet gick inte att skapa. Kontakta supporten.")
        return None

    def take_up(self, now):
        """Put the forgotten ones in the queue again; (id, kind) of each. A second beat finds them touched."""
        forgotten = list(self.forgotten(now).select_for_update(of=("self",), no_key=True, skip_locked=True))
        self.filter(pk__in=[d.pk for d in forgotten]).update(state=Document.State.WAITING, touched_at=now)
        return [(d.pk, d.kind) for d in forgotten]

    def withdraw(self, now):
        """What the document shows may no longer be shown: it can neither be made nor fetched any more."""
        return self.exclude(state=Document.State.FAILED).update(
            state=Document.State.FAILED, failure=Document.CLOSED, content=None, touched_at=now
        )


class Document(models.Model):
    """A PDF somebody asked for. It is made by a worker on behalf of `requested_by`, who must still be allowed
    when it is made and again when it is fetched. `options` holds layout choices only, and `print_url`, the
    page that shows the same thing where no PDF can be drawn."""

    class Kind(models.TextChoices):
        CONSENT_FORM = "consent_form", "Samtyckesblankett"
        CONSENT_RECEIPT = "consent_receipt", "Kvitto på samtycke"
        PLAN = "plan", "Handlingsplan"
        MINUTES = "minutes", "Protokoll"
        READERS = "readers", "Vem har läst"
        MONTHLY_REPORT = "monthly_report", "Månadsrapport"
        LETTER = "letter", "Brev"
        VOICE_SLIP = "voice_slip", "Två frågor"

    MAX_ATTEMPTS = 3
    NO_ENGINE = "PDF kan inte skapas här: programbiblioteket Pango saknas."
    CLOSED = "Det som dokumentet visar är inte längre öppet för dig."

    class State(models.TextChoices):
        WAITING = "waiting", "i kö"
        WORKING = "working", "skapas"
        READY = "ready", "klar"
        FAILED = "failed", "gick inte att skapa"

    kind = models.CharField("slag", max_length=20, choices=Kind)
    title = models.CharField("namn", max_length=160)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    object_id = models.BigIntegerField(null=True, blank=True)
    options = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents")
    requested_at = models.DateTimeField(db_default=Now(), editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField("läge", max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        indexes = [
            models.Index(
                fields=["touched_at"], name="document_unfinished", condition=Q(state__in=["waiting", "working"])
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        if self.case_id is None:
            return reverse("notices:document", args=[self.pk])
        return reverse("notices:case_document", args=[self.case_id, self.pk])

    @property
    def file_url(self):
        if self.case_id is None:
            return reverse("notices:download", args=[self.pk])
        return reverse("notices:case_download", args=[self.case_id, self.pk])

    @property
    def is_under_way(self):
        return self.state in (self.State.WAITING, self.State.WORKING)

    @property
    def is_ready(self):
        return self.state == self.State.READY

    @property
    def is_stale(self):
        """Made on another day: what was open then need not be open now, so a case's document is made again."""
        return (
            self.is_ready and self.case_id is not None and timezone.localdate(self.touched_at) != timezone.localdate()
        )

    @property
    def file_name(self):
        """Says what kind of paper it is and never whose."""
        return f"{slugify(self.get_kind_display())}-{self.pk}.pdf"

    def keep(self, content, pages):
        self._finish(state=self.State.READY, content=content, pages=pages, failure="")

    def fail(self, failure):
        self._finish(state=self.State.FAILED, failure=failure)

    def _finish(self, **fields):
        """Only while it is being made: one that was closed or given up on meanwhile stays as it is."""
        working = Document.objects.filter(pk=self.pk, state=self.State.WORKING)
        return working.update(touched_at=timezone.now(), **fields)
