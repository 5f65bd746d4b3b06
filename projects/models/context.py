"""Figures about the place."""

from django.db import models

from accounts.models import Municipality


class ContextFigureQuerySet(models.QuerySet):
    def yearly_assistance(self, municipality):
        return self.filter(municipality=municipality, code=ContextFigure.Code.PAID_ASSISTANCE).order_by("period_start")


class ContextFigure(models.Model):
    """A figure about the place with period and source, such as assistance paid in a year in kronor (S136–S138)."""

    class Code(models.TextChoices):
        PAID_ASSISTANCE = "paid_assistance", "utbetalt ekonomiskt bistånd, kronor"
        PERSONS_ON_ASSISTANCE = "persons_on_assistance", "personer med bistånd"
        HOUSEHOLDS_ON_ASSISTANCE = "households_on_assistance", "hushåll med bistånd"
        INHABITANTS = "inhabitants", "invånare"
        UNEMPLOYMENT = "unemployment", "arbetslöshet, procent"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="context_figures")
    code = models.CharField(max_length=30, choices=Code)
    period_start = models.DateField("från")
    period_end = models.DateField("till")
    value = models.DecimalField("värde", max_digits=14, decimal_places=2)
    source = models.CharField("källa", max_length=160)

    objects = ContextFigureQuerySet.as_manager()

    class Meta:
        ordering = ["code", "period_start"]
        verbose_name = "bakgrundssiffra"
        verbose_name_plural = "bakgrundssiffror"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "period_start"], name="context_figure_once")
        ]

    def __str__(self):
        return f"{self.get_code_display()} {self.period_start.year}"

    @property
    def value_text(self):
        """7 400 000 or 8,2, without needless decimals."""
        written = f"{self.value:,.2f}".rstrip("0").rstrip(".")
        return written.replace(",", "\u00a0").replace(".", ",")
