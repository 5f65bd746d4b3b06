"""Fields of the month."""

from datetime import date

from django import forms

from reports.wording import month_name

MONTHS_BACK = 12


class MonthForm(forms.Form):
    """Which month to count; `months` are first days."""

    month = forms.ChoiceField(label="Månad")

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(f"{month:%Y-%m-%d}", month_name(month)) for month in months]

    def clean_month(self):
        return date.fromisoformat(self.cleaned_data["month"])


class CommentForm(forms.Form):
    comment = forms.CharField(
        label="Din kommentar",
        help_text="Vad har påverkat månaden? Skriv inget om enskilda personer.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
        required=False,
    )
    asks = forms.CharField(
        label="Beslut som styrgruppen ombeds ta",
        help_text="Ett beslut per rad. Rapporten visar dem på första sidan.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    edits = forms.IntegerField(widget=forms.HiddenInput)


class ConfirmForm(forms.Form):
    """What was shown when the button was pressed."""

    edits = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label="Varför ska rapporten rättas?",
        help_text="Står i den nya versionen, till exempel: Två möten i oktober var registrerade på fel dag.",
        max_length=200,
    )
