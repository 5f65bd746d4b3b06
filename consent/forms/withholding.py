"""What is withheld, from whom, why and how long."""

from django import forms
from django.core.exceptions import ValidationError

from cases.forms.fields import DayField


class WithholdForm(forms.Form):
    recipients = forms.MultipleChoiceField(
        label="Från vem?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en organisation."},
    )
    kinds = forms.MultipleChoiceField(
        label="Allt som rör",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Spärren gäller också det som skrivs senare.",
    )
    rows = forms.MultipleChoiceField(
        label="Bara en enskild uppgift",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Välj här när resten av samma slag får delas.",
    )
    reason = forms.CharField(
        label="Varför?",
        max_length=300,
        help_text="Läses bara av er. Till exempel: personen har bett om det.",
        error_messages={"required": "Skriv varför uppgiften spärras."},
    )
    since = DayField(label="Från och med", empty="Skriv från vilken dag, till exempel 2026-11-11.")
    until = DayField(label="Till och med", required=False, help_text="Lämna tomt om spärren gäller tills vidare.")

    def __init__(self, *args, today, organisations, pieces, **kwargs):
        super().__init__(*args, **kwargs)
        kinds, rows = pieces
        self.today = today
        self.organisations = {str(o.pk): o for o in organisations}
        self.pieces = {piece.code: piece for piece in (*kinds, *rows)}
        self.fields["recipients"].choices = [(pk, str(o)) for pk, o in self.organisations.items()]
        self.fields["kinds"].choices = [(piece.code, piece.label) for piece in kinds]
        self.fields["rows"].choices = [(piece.code, piece.label) for piece in rows]
        self.fields["since"].initial = today
        if not rows:
            del self.fields["rows"]

    def clean(self):
        facts = super().clean()
        since, until = facts.get("since"), facts.get("until")
        if not self.chosen:
            self.add_error("kinds", ValidationError("Välj vad som ska spärras.", code="empty"))
        if since and since < self.today:
            self.add_error("since", ValidationError("Spärren kan börja tidigast i dag.", code="past"))
        elif since and until and until < since:
            self.add_error("until", ValidationError("Slutdagen kan inte ligga före startdagen.", code="order"))
        return facts

    @property
    def chosen(self):
        return [*self.cleaned_data.get("kinds", []), *self.cleaned_data.get("rows", [])]

    @property
    def facts(self):
        """As the use case takes them."""
        said = self.cleaned_data
        return {
            "recipients": [self.organisations[pk] for pk in said["recipients"]],
            "pieces": [self.pieces[code] for code in self.chosen],
            "reason": said["reason"],
            "since": said["since"],
            "until": said["until"],
        }


class LiftForm(forms.Form):
    reason = forms.CharField(
        label="Varför hävs spärren?",
        max_length=300,
        error_messages={"required": "Skriv varför spärren hävs."},
    )
