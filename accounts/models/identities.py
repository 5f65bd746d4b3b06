"""Which account at the employer's identity provider opens which account here."""

from dataclasses import asdict

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.vouching import Vouched


class Identity(models.Model):
    """Found by issuer and subject and by nothing else: an e-mail address can be given to somebody new.

    Linked by the user alone, after a log-in of their own. Nobody can link for a colleague.
    """

    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="identities")
    label = models.CharField("namn hos utfärdaren", max_length=200, blank=True)
    linked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                name="identity_opens_one_account",
                violation_error_message="Tjänstelegitimationen är redan kopplad till en annan användare.",
            ),
            models.UniqueConstraint(
                fields=["issuer", "user"],
                name="identity_one_per_issuer",
                violation_error_message="Du har redan kopplat en tjänstelegitimation. Ta bort den först.",
            ),
        ]

    def __str__(self):
        return self.label or self.issuer


class IdentityAnswerQuerySet(models.QuerySet):
    def keep(self, answer):
        """False: it has been here before, or another answer to its question has."""
        fields = {"name": answer.name, "question": answer.question, "ends_at": answer.ends_at}
        try:
            with transaction.atomic():
                return self.create(**fields, vouched=asdict(answer.vouched))
        except IntegrityError:
            return False

    def fetch(self, question):
        """What was vouched for in answer to the question, once. Only that it has been here remains."""
        row = self.select_for_update(no_key=True).filter(question=question, vouched__isnull=False).first()
        if row is None:
            return None
        vouched, row.vouched = row.vouched, None
        row.save(update_fields=["vouched"])
        return Vouched(**vouched)

    def over(self):
        return self.filter(ends_at__lt=timezone.now())


class IdentityAnswer(models.Model):
    """An answer that another site's form brought here, until it can no longer be used: whoever brings it again is
    refused. `vouched` waits for the browser that asked and is gone when it has been fetched."""

    name = models.CharField(max_length=64, unique=True)
    question = models.CharField(max_length=200, unique=True)
    vouched = models.JSONField(null=True)
    ends_at = models.DateTimeField()

    objects = IdentityAnswerQuerySet.as_manager()

    def __str__(self):
        return self.question
