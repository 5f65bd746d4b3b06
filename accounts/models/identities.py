"""Which account at the employer's identity provider opens which account here."""

from django.conf import settings
from django.db import models
from django.utils import timezone


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
