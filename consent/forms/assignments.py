"""Who works on a case: a colleague, somebody at another organisation, or the first one to handle it."""

from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField

OWN_MATTER_HELP = _(
    "Kryssa bara om organisationen redan handlägger personen i ett eget ärende och känner till samverkan. Då ser den"
    " ärendets nummer, personens namn och det den själv skriver, men inget av det ni har skrivit."
)


class DatedForm(forms.Form):
    """From, until and why."""

    worker = forms.TypedChoiceField(
        label=_("Handläggare"), coerce=int, error_messages={"required": _("Välj en handläggare.")}
    )
    since = DayField(label=_("Från och med"), empty=_("Skriv från vilken dag, till exempel 2026-11-11."))
    until = DayField(label=_("Till och med"), required=False, help_text=_("Lämna tomt om det gäller tills vidare."))
    reason = forms.CharField(
        label=_("Anledning"),
        max_length=200,
        help_text=_("Till exempel handläggarbyte, föräldraledighet eller semester."),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["since"].initial = today
        self.fields["reason"].error_messages["required"] = _("Skriv varför.")

    def clean(self):
        facts = super().clean()
        since, until = facts.get("since"), facts.get("until")
        if since and since < self.today:
            self.add_error("since", ValidationError(_("Tilldelningen kan börja tidigast i dag."), code="past"))
        elif since and until and until < since:
            self.add_error("until", ValidationError(_("Slutdagen kan inte ligga före startdagen."), code="order"))
        return facts


class ColleagueForm(DatedForm):
    is_responsible = forms.BooleanField(
        label=_("Är ansvarig för ärendet hos oss"),
        required=False,
        help_text=_("Bara en är ansvarig i taget. Den som är ansvarig nu fortsätter som medhandläggare."),
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", _("Välj handläggare")), *((c.pk, _with_load(c)) for c in colleagues)]


class InviteForm(DatedForm):
    own_matter = forms.BooleanField(
        label=_("Organisationen har redan ett eget ärende med personen"), required=False, help_text=OWN_MATTER_HELP
    )

    def __init__(self, *args, invitable, **kwargs):
        super().__init__(*args, **kwargs)
        groups = groupby(invitable, key=lambda worker: worker.organisation)
        self.fields["worker"].choices = [
            ("", _("Välj handläggare")),
            *((organisation.name, [(w.pk, _with_unit(w)) for w in workers]) for organisation, workers in groups),
        ]


class FirstWorkerForm(forms.Form):
    """The one who takes over a case that nobody is responsible for."""

    worker = forms.TypedChoiceField(
        label=_("Ansvarig handläggare"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem som ska ha ärendet.")},
    )
    reason = forms.CharField(label=_("Hälsning eller anledning"), max_length=200, required=False)

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [(c.pk, _with_load(c)) for c in colleagues]


def _with_unit(worker):
    return f"{worker.full_name}, {worker.unit.name}" if worker.unit else worker.full_name


def _with_load(worker):
    return _("%(name)s · ansvarig för %(load)d öppna") % {"name": _with_unit(worker), "load": worker.load}
