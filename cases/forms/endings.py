"""Explain a delay, close a case."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField, refuse_future
from cases.models import DeadlineHold, ExitReason


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
        help_text=_("Bara om sista dagen inte har passerat. Lämna tomt om du inte vet."),
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
