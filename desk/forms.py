"""What can be chosen or searched for on the gathering pages."""

from urllib.parse import urlencode

from django import forms

from audit.models import Action
from consent.models import LogFinding


class CaseFilter(forms.Form):
    """Process data only (SoLPuF 15 §)."""

    lista = forms.CharField(widget=forms.HiddenInput, required=False)
    visa = forms.ChoiceField(label="Visa", choices=[("", "Pågående"), ("avslutade", "Avslutade")], required=False)
    enhet = forms.TypedChoiceField(label="Enhet", coerce=int, empty_value=None, required=False)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        self.fields["enhet"].choices = [("", "Alla enheter"), *((pk, unit.name) for pk, unit in self.units.items())]

    @property
    def unit(self):
        return self.units.get(self.cleaned_data.get("enhet"))

    @property
    def closed(self):
        return self.cleaned_data.get("visa") == "avslutade"


class FirstMeetingFilter(forms.Form):
    """Which tab, whose clocks and which page of them; what is not there means the first."""

    visa = forms.CharField(required=False)
    vems = forms.CharField(required=False)
    page = forms.CharField(required=False)


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Namn, personnummer eller ärendenummer",
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Skriv ett namn, ett personnummer eller ett ärendenummer."},
    )


class LogFilter(forms.Form):
    fran = forms.DateField(
        label="Från och med", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    till = forms.DateField(
        label="Till och med", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    vad = forms.ChoiceField(label="Vad", required=False, choices=[("", "Allt"), *Action.choices])
    fore = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def query(self):
        """The chosen filters as the start of an address, without the place in the list."""
        chosen = {name: self.data[name] for name in ("fran", "till", "vad") if self.cleaned_data.get(name)}
        return urlencode(chosen)


class FindingForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Vad är din bedömning?",
        choices=LogFinding.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en bedömning."},
    )
    note = forms.CharField(
        label="Vad kom fram?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Skriv vem du har frågat och vad svaret var, inget om personen i ärendet. "
        "Behövs inte när läsningen hör till arbetet.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") not in (None, LogFinding.Verdict.FINE) and not cleaned.get("note"):
            self.add_error("note", "Skriv vad som kom fram.")
        return cleaned
