"""Whom the person lets in beside the cooperation, and for what."""

from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError

from consent.forms.consents import TWELVE_MONTHS, AnswerForm
from consent.models import Extra
from consent.rules import last_day

PERMISSIONS = [
    (Extra.Permission.INSIGHT.value, "Insyn: får läsa det som du väljer här under"),
    (Extra.Permission.CONTACT.value, "Kontakt: får veta hur personen nås och kontakta personen, men inte läsa mer"),
]


class ExtraForm(AnswerForm):
    """The answer of `AnswerForm`, to one person instead of organisations."""

    specialist = forms.TypedChoiceField(
        label="Vem?", coerce=int, error_messages={"required": "Välj vem som ska hjälpa till."}
    )
    permissions = forms.MultipleChoiceField(
        label="Vad säger personen ja till?",
        choices=PERMISSIONS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Två skilda tillstånd. Vart och ett kan tas tillbaka för sig.",
        error_messages={"required": "Välj insyn, kontakt eller båda."},
    )

    def __init__(self, *args, specialists, **kwargs):
        super().__init__(*args, organisations=[], **kwargs)
        del self.fields["receivers"]
        self.fields["categories"].required = False
        self.fields["categories"].initial = []
        self.fields["categories"].label = "Insyn i vilka uppgifter?"
        self.fields["categories"].help_text = "Välj bara det som behövs."
        groups = groupby(specialists, key=lambda user: user.organisation)
        self.fields["specialist"].choices = [
            ("", "Välj person"),
            *((str(organisation), [(user.pk, user.full_name) for user in users]) for organisation, users in groups),
        ]

    def clean(self):
        chosen = self.cleaned_data
        insight = Extra.Permission.INSIGHT in chosen.get("permissions", ())
        if insight and not chosen.get("categories") and "categories" not in self.errors:
            self.add_error("categories", ValidationError("Välj vad som får läsas.", code="empty"))
        self._check_until(chosen.get("valid_until"))
        self.check_yes()
        self.check_oral()
        return chosen

    def _check_until(self, until):
        if until and until < self.today:
            self.add_error("valid_until", "Slutdatum har redan varit.")
        elif until and until > last_day(self.today):
            self.add_error("valid_until", TWELVE_MONTHS.format(last_day(self.today)))


class DeclineMoreForm(forms.Form):
    how = forms.CharField(
        label="Hur sade personen det?",
        max_length=200,
        help_text="Till exempel: vid mötet i dag. Skäl behövs inte.",
        error_messages={"required": "Skriv hur personen sade det."},
    )
