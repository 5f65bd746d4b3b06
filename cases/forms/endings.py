"""Explain a delay, close a case."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField, refuse_future
from cases.models import DeadlineHold, ExitReason

LONGEST_REST = timedelta(days=183)


class HoldForm(forms.Form):
    deadline = forms.TypedChoiceField(
        label=_("Vilken klocka gäller det?"), coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Välj vilken klocka det gäller.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Orsak"), choices=[("", _("Välj orsak")), *DeadlineHold.Reason.choices],
        error_messages={"required": _("Välj orsaken.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Förklaring"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kort och sakligt. Skriv inget om hälsa."),
        error_messages={"required": _("Förklara med några ord vad som hände.")},
    )
    until = DayField(
        label=_("Klockan vilar till och med"),
        required=False,
        help_text=_("Sista dagen flyttas fram lika många dagar. Lämna tomt om du inte vet, eller om den har passerat."),
    )

    def __init__(self, *args, today, deadlines, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["deadline"].choices = [
            (d.pk, _("%(what)s, senast %(day)s") % {"what": d.rule.get_code_display(), "day": d.due_on})
            for d in deadlines
        ]
        if len(deadlines) == 1:
            self.fields["deadline"].initial = deadlines[0].pk

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < self.today:
            raise ValidationError(_("Dagen har redan passerat."), code="past")
        if until and until > self.today + LONGEST_REST:
            raise ValidationError(_("Klockan kan vila högst ett halvår i taget."), code="far")
        return until


class CloseForm(forms.Form):
    """`confirmed` is sent by the second page, which says what follows."""

    reason = forms.ChoiceField(
        label=_("Avslutas till"), choices=[("", _("Välj")), *ExitReason.choices],
        error_messages={"required": _("Välj vart personen går vidare.")},
    )  # fmt: skip
    closed_on = DayField(label=_("Avslutas den"), empty=_("Skriv vilken dag ärendet avslutas."))
    text = forms.CharField(label=_("Kommentar"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, today, opened_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.opened_on = today, opened_on
        self.fields["closed_on"].initial = today

    def clean(self):
        facts = super().clean()
        refuse_future(self, "closed_on", _("Ärendet kan inte avslutas i framtiden. I dag är det %(today)s."))
        closed_on = facts.get("closed_on")
        if closed_on and closed_on < self.opened_on:
            sentence = _("Ärendet kan inte avslutas innan det öppnades (%(day)s).")
            self.add_error("closed_on", ValidationError(sentence, code="early", params={"day": self.opened_on}))
        return facts

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in ("reason", "closed_on", "text")}


class ReopenForm(forms.Form):
    """Both empty: the close was a mistake, and the clocks go on where they stood."""

    received_on = DayField(
        label=_("Ny ansökan kom in"), required=False, help_text=_("Lämna tomt om ärendet avslutades av misstag.")
    )
    pes_registered_on = DayField(label=_("Anmäld på AF igen"), required=False)

    def __init__(self, *args, today, closed_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.closed_on = today, closed_on

    def clean(self):
        facts = super().clean()
        for name in ("received_on", "pes_registered_on"):
            refuse_future(self, name, _("Dagen kan inte ligga i framtiden. I dag är det %(today)s."))
            day = facts.get(name)
            if day and self.closed_on and day < self.closed_on:
                sentence = _("Dagen ligger före avslutet (%(day)s). Lämna tomt om ärendet avslutades av misstag.")
                self.add_error(name, ValidationError(sentence, code="early", params={"day": self.closed_on}))
        return facts
