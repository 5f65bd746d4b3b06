"""What is asked when somebody answers about consent, and how it was taken back."""

from django import forms
from django.core.exceptions import ValidationError

from cases.models import Category
from consent.models import Consent
from consent.rules import PURPOSE, last_day

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
METHODS = [
    (Consent.Method.PAPER, "Underskrift på papper"),
    (Consent.Method.ORAL, "Muntligt"),
]
EXTRA = (
    "Extra känsligt: fråga särskilt om varje, och välj bara om det behövs",
    [
        (Category.ECONOMY.value, "försörjning och ekonomi, till exempel skulder som planen beror på"),
        (Category.HEALTH.value, "hälsa, till exempel vad kroppen inte klarar i ett arbete"),
    ],
)
TWELVE_MONTHS = "Ett samtycke gäller högst tolv månader. Välj senast {}."


class ConsentForm(forms.Form):
    """`printing`: the form is only to be printed, so nothing about the answer is asked yet."""

    receivers = forms.MultipleChoiceField(
        label="Till vem får uppgifter lämnas?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en mottagare."},
    )
    categories = forms.MultipleChoiceField(
        label="Vilka uppgifter?",
        choices=[*((c.value, c.label) for c in Category.ordinary()), EXTRA],
        initial=[c.value for c in Category.ordinary()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Ta bort det som personen inte vill dela.",
        error_messages={"required": "Välj minst en sorts uppgifter."},
    )
    purpose = forms.CharField(label="Varför?", max_length=300, initial=PURPOSE)
    valid_from = forms.DateField(
        label="Gäller från", widget=DAY, error_messages={"invalid": "Skriv ett datum, till exempel 2026-11-11."}
    )
    valid_until = forms.DateField(
        label="Gäller till och med",
        widget=DAY,
        help_text="Högst tolv månader.",
        error_messages={"invalid": "Skriv ett datum, till exempel 2027-11-10."},
    )
    informed = forms.BooleanField(
        label="Personen har fått veta vad samtycket betyder, att ett nej går bra och att det går att ångra sig",
        required=False,
    )
    language = forms.CharField(label="Informationen gavs på", max_length=40)
    interpreter_used = forms.BooleanField(label="Med tolk", required=False)
    easy_read = forms.BooleanField(label="På lättläst svenska", required=False)
    method = forms.ChoiceField(
        label="Hur lämnades svaret?", choices=METHODS, initial=Consent.Method.PAPER, widget=forms.RadioSelect
    )
    given_on = forms.DateField(
        label="Svarsdatum", widget=DAY, error_messages={"invalid": "Skriv ett datum, till exempel 2026-11-11."}
    )
    witness = forms.CharField(
        label="Vem var med vid det muntliga svaret?", max_length=120, required=False, help_text="Namn och roll."
    )
    oral_reason = forms.CharField(label="Varför är svaret muntligt?", max_length=200, required=False)

    def __init__(self, *args, organisations, today, answer="", **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.answer = today, answer
        self.organisations = {str(o.pk): o for o in organisations}
        self.fields["receivers"].choices = [(pk, str(o)) for pk, o in self.organisations.items()]
        for name, value in (("valid_from", today), ("given_on", today), ("valid_until", last_day(today))):
            self.fields[name].initial = value

    def clean_receivers(self):
        return [self.organisations[pk] for pk in self.cleaned_data["receivers"]]

    def clean_given_on(self):
        if self.cleaned_data["given_on"] > self.today:
            raise ValidationError("Svarsdatum kan inte vara i framtiden.")
        return self.cleaned_data["given_on"]

    def clean(self):
        chosen = self.cleaned_data
        if self.answer not in Consent.Answer.values:
            raise ValidationError("Välj ja eller nej.")
        self._check_period(chosen.get("valid_from"), chosen.get("valid_until"))
        if self.answer == Consent.Answer.GIVEN and not chosen.get("informed"):
            self.add_error("informed", "Berätta vad samtycket betyder innan du registrerar ett ja.")
        if self.answer != Consent.Answer.ASKED and chosen.get("method") == Consent.Method.ORAL:
            self._require("witness", "Skriv vem som var med när svaret lämnades.")
            self._require("oral_reason", "Skriv varför svaret är muntligt.")
        return chosen

    def _check_period(self, valid_from, valid_until):
        if not valid_from or not valid_until:
            return
        if valid_until < valid_from:
            self.add_error("valid_until", "Slutdatum måste vara samma dag som startdatum eller senare.")
        elif valid_until > last_day(valid_from):
            self.add_error("valid_until", TWELVE_MONTHS.format(last_day(valid_from)))
        elif valid_until < self.today:
            self.add_error("valid_until", "Slutdatum har redan varit.")

    def _require(self, name, sentence):
        if not self.cleaned_data.get(name):
            self.add_error(name, sentence)


class WithdrawForm(forms.Form):
    how = forms.CharField(
        label="Hur kom återkallandet?",
        max_length=200,
        help_text="Till exempel: ringde i dag 10.15. Skäl behövs inte.",
        error_messages={"required": "Skriv hur återkallandet kom."},
    )
