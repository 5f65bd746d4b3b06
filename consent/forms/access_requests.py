"""A question about access, and its answer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from consent.models import AccessRequest


class AskAccessForm(forms.Form):
    number = forms.RegexField(
        r"^\d{4}-\d{1,7}$",
        label=_("Ärendenummer"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Skriv ärendenumret."),
            "invalid": _("Skriv ärendenumret så här: 2026-0412."),
        },
    )
    reason = forms.CharField(
        label=_("Varför behöver du ärendet?"),
        min_length=20,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Minst 20 tecken. Skriv vad du ska göra, inget om personen."),
        error_messages={
            "required": _("Skriv varför du behöver ärendet."),
            "min_length": _("Skriv minst 20 tecken, så att chefen kan ta ställning."),
        },
    )


class AnswerAccessForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Ditt svar"),
        choices=AccessRequest.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ja eller nej.")},
    )
    until = DayField(
        label=_("Till och med"), required=False, help_text=_("Vid ja. Kollegan ser ärendet från i dag till den dagen.")
    )
    reason = forms.CharField(
        label=_("Varför inte?"), max_length=150, required=False, help_text=_("Vid nej. Kollegan läser det du skriver.")
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        facts = super().clean()
        until = facts.get("until")
        if self.says_yes and not until and "until" not in self.errors:
            self.add_error("until", ValidationError(_("Skriv till vilken dag kollegan får se ärendet."), code="empty"))
        elif self.says_yes and until and until < self.today:
            self.add_error("until", ValidationError(_("Dagen har redan varit."), code="past"))
        elif facts.get("answer") == AccessRequest.Answer.NO and not facts.get("reason"):
            self.add_error("reason", ValidationError(_("Skriv varför kollegan inte får åtkomst."), code="empty"))
        return facts

    @property
    def says_yes(self):
        return self.cleaned_data.get("answer") == AccessRequest.Answer.YES
