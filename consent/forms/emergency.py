"""Which case, on what ground, and why."""

from django import forms

from consent.forms.access_requests import AskAccessForm
from consent.models import EmergencyAccess


class EmergencyForm(AskAccessForm):
    """Number and reason as when the manager is asked."""

    ground = forms.ChoiceField(
        label="Vad är det som inte kan vänta?",
        choices=EmergencyAccess.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad som inte kan vänta."},
    )
    field_order = ["number", "ground", "reason"]
