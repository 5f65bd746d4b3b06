"""Fields of what a project leader writes down."""

from django import forms

from projects.models import ContextFigure


class SwotForm(forms.Form):
    """The question of gender equality is mandatory (S159)."""

    made_on = forms.DateField(label="Datum", widget=forms.DateInput(attrs={"type": "date"}))
    strengths = forms.CharField(label="Styrkor", widget=forms.Textarea(attrs={"rows": 4}))
    weaknesses = forms.CharField(label="Svagheter", widget=forms.Textarea(attrs={"rows": 4}))
    opportunities = forms.CharField(label="Möjligheter", widget=forms.Textarea(attrs={"rows": 4}))
    threats = forms.CharField(label="Hot", widget=forms.Textarea(attrs={"rows": 4}))
    gender_equality = forms.CharField(
        label="Jämställdhet",
        help_text="Vad visar analysen för kvinnor och män? Skriv också om den visar att det är lika.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv vad analysen visar ur jämställdhetsperspektiv."},
    )


class SpacedDecimalField(forms.DecimalField):
    """A number as Swedes write it: spaces between thousands, a comma before decimals."""

    widget = forms.TextInput

    def to_python(self, value):
        return super().to_python("".join(value.split()).replace(",", ".") if value else value)


class ContextFigureForm(forms.Form):
    """A figure about the place, with its period and its source."""

    municipality = forms.ChoiceField(label="Kommun")
    code = forms.ChoiceField(label="Vad siffran gäller", choices=ContextFigure.Code)
    period_start = forms.DateField(label="Från", widget=forms.DateInput(attrs={"type": "date"}))
    period_end = forms.DateField(label="Till och med", widget=forms.DateInput(attrs={"type": "date"}))
    value = SpacedDecimalField(
        label="Värde", help_text="Till exempel 12 300 000 eller 8,2.", min_value=0, max_digits=14, decimal_places=2
    )
    source = forms.CharField(label="Källa", help_text="Varifrån siffran kommer.", max_length=160)

    def __init__(self, *args, municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = municipalities

    def clean(self):
        start, end = self.cleaned_data.get("period_start"), self.cleaned_data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "Perioden kan inte sluta innan den börjar.")
        return self.cleaned_data
