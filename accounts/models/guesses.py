"""Wrong answers at the door, counted in the database so that an emptied Redis forgives nobody."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

FROM_ONE_ADDRESS = (5, timedelta(minutes=15))
FROM_ANYWHERE = (20, timedelta(days=1))


class GuessQuerySet(models.QuerySet):
    def allow(self, account, address):
        """Counts one try before it is tested, so that simultaneous ones cannot slip past. The tries over the limit:
        0 means go on, 1 that this very try closed the door."""
        return max(self._count(account, address, *FROM_ONE_ADDRESS), self._count(account, "", *FROM_ANYWHERE))

    def forgive(self, account, address):
        """The try was right. Only that one is taken back: somebody else may be guessing between."""
        self.filter(account=account, address__in=[address, ""], number__gt=0).update(number=F("number") - 1)

    def release(self, account):
        return self.filter(account=account).delete()

    def over(self):
        return self.filter(since__lt=timezone.now() - FROM_ANYWHERE[1])

    def _count(self, account, address, limit, window):
        now = timezone.now()
        self.bulk_create([self.model(account=account, address=address, since=now)], ignore_conflicts=True)
        row = self.select_for_update(no_key=True).get(account=account, address=address)
        if row.since <= now - window:
            row.since, row.number = now, 0
        row.number = min(row.number + 1, 1000)
        row.save()
        return max(row.number - limit, 0)


class Guess(models.Model):
    """Tries on one account from one address since an instant; `address` empty means from anywhere.

    Both are keyed hashes (accounts/guessing.py): what was typed may be a password, and an address is a person's.
    Never by address alone: a whole municipality sits behind one.
    """

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField()
    number = models.PositiveSmallIntegerField(default=0)

    objects = GuessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "address"], name="guess_one_row_per_pair"),
            models.CheckConstraint(condition=~Q(account=""), name="guess_names_an_account"),
        ]

    def __str__(self):
        return f"{self.number} försök sedan {self.since:%Y-%m-%d %H:%M}"
