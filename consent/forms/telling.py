"""Exactly the facts that the law names, and nothing else."""

from django import forms
from django.core.exceptions import ValidationError

from cases.forms.fields import DayField, refuse_future

FIELDS = {
    "day": lambda fact: DayField(label=fact["label"], required=False),
    "words": lambda fact: forms.CharField(label=fact["label"], required=False, max_length=80),
    "flag": lambda fact: forms.BooleanField(label=fact["label"], required=False),
    "choice": lambda fact: forms.ChoiceField(
        label=fact["label"], required=False, choices=[("", "Lämnas inte"), *((c, c) for c in fact["choices"])]
    ),
}


class TellForm(forms.Form):
    recipient = forms.ChoiceField(label="Till vem?", error_messages={"required": "Välj vem uppgifterna lämnas till."})
    on_request = forms.BooleanField(label="De har frågat efter uppgifterna", required=False)
    told_on = DayField(label="Lämnas den", empty="Skriv vilken dag, till exempel 2026-11-11.")

    def __init__(self, *args, today, statute, recipients, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.organisations = {str(o.pk): o for o in recipients}
        self.fields["recipient"].choices = [(pk, str(o)) for pk, o in self.organisations.items()]
        self.fields["told_on"].initial = today
        self.labels = {fact["code"]: fact["label"] for fact in statute.facts}
        for fact in statute.facts:
            self.fields[fact["code"]] = FIELDS[fact["kind"]](fact)

    def clean(self):
        refuse_future(self, "told_on", "Dagen har inte varit än.")
        if not self.errors and not self.told:
            raise ValidationError("Fyll i minst en uppgift.")
        return self.cleaned_data

    @property
    def told(self):
        """The facts that are filled in, in words, in the order of the law."""
        said = [(label, self.cleaned_data.get(code)) for code, label in self.labels.items()]
        return [{"label": label, "value": "ja" if value is True else str(value)} for label, value in said if value]

    @property
    def recipient_organisation(self):
        return self.organisations[self.cleaned_data["recipient"]]

    @property
    def fact_rows(self):
        """In the order of the law; of days that follow each other two in a row."""
        rows = []
        for field in (self[code] for code in self.labels):
            is_day = isinstance(field.field, DayField)
            if is_day and rows and len(rows[-1]) == 1 and isinstance(rows[-1][0].field, DayField):
                rows[-1].append(field)
            else:
                rows.append([field])
        return rows
