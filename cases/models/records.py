"""What every protected row has in common."""

from django.db import models

from accounts.models import Organisation


class CaseRecord(models.Model):
    """A row about one person: it hangs on a case and is owned by the organisation that discloses it.

    `category` is what a consent must cover for another organisation to see the row. A model whose rows differ
    sets it to None and has a column `shared_as` instead (empty means: never outside the owner). `joint` rows
    belong to the cooperation: whoever is told the category may also write them.
    """

    category: str | None = None
    joint = False

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="%(class)ss", verbose_name="ärende")
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="ansvarig organisation", editable=False
    )
    created_at = models.DateTimeField("skapad", auto_now_add=True)

    class Meta:
        abstract = True
