"""The forms of needs: fields and checks that no person is described."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from needs.models import UnmetNeed
from needs.rules import check_anonymous

NEW = "new"
ANONYMOUS = _("Beskriv det som saknas, inte personen. Skriv inga namn och inga personnummer.")


class NeedForm(forms.Form):
    """`waiting`: needs to join; then nothing more is asked. `names`: the person's own, which the text may not hold."""

    people = forms.IntegerField(
        label=_("Hur många känner ni till som saknar det?"),
        min_value=1,
        max_value=999,
        initial=1,
        help_text=_("Räkna in den här personen, men bara dem som inte redan är med i ett behov."),
        error_messages={
            "required": _("Skriv minst en person."),
            "min_value": _("Skriv minst en person."),
            "invalid": _("Skriv ett antal med siffror."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Vad gäller det?"),
        choices=[("", _("Välj slag")), *UnmetNeed.Kind.choices],
        error_messages={"required": _("Välj vad behovet gäller.")},
    )
    title = forms.CharField(
        label=_("Vad saknas?"),
        max_length=120,
        help_text=_("Kort, till exempel: Barnomsorg på kvällstid."),
        error_messages={"required": _("Skriv vad som saknas.")},
    )
    description = forms.CharField(
        label=_("Beskriv behovet"), widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text=ANONYMOUS
    )

    def __init__(self, *args, waiting: Iterable[UnmetNeed], names: Iterable[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.names = list(names)
        self.waiting = {str(need.pk): need for need in waiting}
        joined = [(key, f"{need.title} ({need.get_kind_display()})") for key, need in self.waiting.items()]
        if joined:
            choice = forms.ChoiceField(
                label=_("Är behovet redan lyft?"),
                choices=[(NEW, _("Nej, det är ett nytt behov")), *joined],
                initial=NEW,
                widget=forms.RadioSelect,
                error_messages={"required": _("Välj ett behov, eller att det är nytt.")},
            )
            self.fields = {"need": choice, **self.fields}
        if self.data.get("need", NEW) != NEW:
            self.fields["kind"].required = self.fields["title"].required = False

    def clean_title(self):
        check_anonymous(self.cleaned_data["title"], self.names)
        return self.cleaned_data["title"]

    def clean_description(self):
        check_anonymous(self.cleaned_data["description"], self.names)
        return self.cleaned_data["description"]

    @property
    def joined(self) -> UnmetNeed | None:
        """The waiting need this person is added to; None: a new need."""
        return self.waiting.get(self.cleaned_data.get("need", NEW))


class DecisionForm(forms.Form):
    """`top`: at the highest level, where a need can only be passed on outside the cooperation."""

    decision = forms.ChoiceField(
        label=_("Beslut"), widget=forms.RadioSelect, error_messages={"required": _("Välj vad som beslutades.")}
    )
    answer = forms.CharField(
        label=_("Svar till dem som lyfte behovet"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=ANONYMOUS,
        error_messages={"required": _("Skriv ett svar, så att de som lyfte behovet vet vad som händer.")},
    )
    decided_on = forms.DateField(
        label=_("Beslutat den"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Skriv vilken dag det beslutades."),
            "invalid": _("Skriv datumet så här: 2026-11-24."),
        },
    )

    def __init__(self, *args, top: bool, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        cast(forms.ChoiceField, self.fields["decision"]).choices = [
            (value, label.capitalize())
            for value, label in UnmetNeed.Decision.choices
            if top or value != UnmetNeed.Decision.PASSED_ON
        ]

    def clean_answer(self):
        check_anonymous(self.cleaned_data["answer"])
        return self.cleaned_data["answer"]

    def clean_decided_on(self):
        if self.cleaned_data["decided_on"] > self.today:
            raise forms.ValidationError(_("Beslutsdagen kan inte ligga i framtiden."))
        return self.cleaned_data["decided_on"]


class NeedFilter(forms.Form):
    kind = forms.ChoiceField(label=_("Slag"), choices=[("", _("Alla slag")), *UnmetNeed.Kind.choices], required=False)
    level = forms.ChoiceField(
        label=_("Nivå"), choices=[("", _("Alla nivåer")), *UnmetNeed.Level.choices], required=False
    )
