"""Who hands over to whom, from when and why."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField

CHOOSE = ("", _("Välj handläggare"))


class HandOverForm(forms.Form):
    giver = forms.TypedChoiceField(
        label=_("Från"), coerce=int, error_messages={"required": _("Välj vems ärenden som lämnas över.")}
    )
    worker = forms.TypedChoiceField(
        label=_("Till"), coerce=int, error_messages={"required": _("Välj vem som tar över.")}
    )
    since = DayField(label=_("Från och med"), empty=_("Skriv från vilken dag, till exempel 2026-11-11."))
    reason = forms.CharField(
        label=_("Anledning"),
        max_length=200,
        help_text=_("Till exempel ny tjänst, föräldraledighet eller pension."),
        error_messages={"required": _("Skriv varför.")},
    )

    def __init__(self, *args, today, givers, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.people = {user.pk: user for user in (*givers, *colleagues)}
        self.fields["since"].initial = today
        self.fields["giver"].choices = [CHOOSE, *((user.pk, _named(user)) for user in givers)]
        self.fields["worker"].choices = [CHOOSE, *((user.pk, _named(user)) for user in colleagues)]
        if len(givers) == 1:
            self.fields["giver"].initial = givers[0].pk

    def clean(self):
        facts = super().clean()
        if facts.get("since") and facts["since"] < self.today:
            self.add_error("since", ValidationError(_("Överlämningen kan ske tidigast i dag."), code="past"))
        if facts.get("giver") and facts["giver"] == facts.get("worker"):
            self.add_error("worker", ValidationError(_("Välj någon annan än den som lämnar över."), code="same"))
        return facts

    @property
    def giver_user(self):
        return self.people[self.cleaned_data["giver"]]

    @property
    def receiver_user(self):
        return self.people[self.cleaned_data["worker"]]


def _named(user):
    words = [user.full_name, user.unit.name if user.unit else "", "" if user.is_active else _("har slutat")]
    return ", ".join(str(word) for word in words if word)
