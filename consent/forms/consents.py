"""What is asked when somebody answers about consent, and how it was taken back."""

from django import forms
from django.core.exceptions import ValidationError

from cases.models import Category
from consent.forms.signing import ScanField
from consent.models import Consent
from consent.rules import PURPOSE, Terms, last_day

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
ANSWERED = {
    "language": "Skriv vilket språk informationen gavs på.",
    "method": "Välj hur svaret lämnades.",
    "given_on": "Skriv vilken dag svaret lämnades.",
}
TWELVE_MONTHS = "Ett samtycke gäller högst tolv månader. Välj senast {}."


class AnswerForm(forms.Form):
    """What was told, how far the answer reaches, and how it was given. `texts`: the one for this person first."""

    text = forms.ChoiceField(
        label="Vilken text visar du?",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
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
    valid_until = forms.DateField(
        label="Gäller till och med",
        widget=DAY,
        help_text="Högst tolv månader. Gäller det bara ett möte: välj mötets dag.",
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

    def __init__(self, *args, organisations, texts, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = {str(text.pk): text for text in texts}
        self.fields["text"].choices = [(pk, text.variety.capitalize()) for pk, text in self.texts.items()]
        self.fields["text"].initial = next(iter(self.texts), None)
        self.today = today
        self.organisations = {str(o.pk): o for o in organisations}
        self.fields["receivers"].choices = [(pk, str(o)) for pk, o in self.organisations.items()]

    def telling(self):
        """Each text beside its radio button."""
        return zip(self["text"].subwidgets, self.texts.values(), strict=True)

    def clean_text(self):
        return self.texts.get(self.cleaned_data["text"]) or next(iter(self.texts.values()), None)

    def clean_receivers(self):
        return [self.organisations[pk] for pk in self.cleaned_data["receivers"]]

    def clean_given_on(self):
        if self.cleaned_data["given_on"] and self.cleaned_data["given_on"] > self.today:
            raise ValidationError("Svarsdatum kan inte vara i framtiden.")
        return self.cleaned_data["given_on"]

    def check_yes(self):
        if not self.cleaned_data.get("informed"):
            self.add_error("informed", "Berätta vad samtycket betyder innan du registrerar ett ja.")

    def check_oral(self):
        if self.cleaned_data.get("method") == Consent.Method.ORAL:
            self.require("witness", "Skriv vem som var med när svaret lämnades.")
            self.require("oral_reason", "Skriv varför svaret är muntligt.")

    def require(self, name, sentence):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)


class ConsentForm(AnswerForm):
    """`answer`: which button was pressed, yes or no or one of the `ways` in which the person answers themselves.
    A question that is yet to be answered asks nothing about the answer."""

    purpose = forms.CharField(label="Varför?", max_length=300, initial=PURPOSE)
    valid_from = forms.DateField(
        label="Gäller från", widget=DAY, error_messages={"invalid": "Skriv ett datum, till exempel 2026-11-11."}
    )

    scan = ScanField(label="Den undertecknade blanketten, om du har läst in den", required=False)

    def __init__(self, *args, today, answer="", ways=(), **kwargs):
        super().__init__(*args, today=today, **kwargs)
        self.answer, self.ways = answer, ways
        for name, value in (("valid_from", today), ("given_on", today), ("valid_until", last_day(today))):
            self.fields[name].initial = value

    def clean(self):
        chosen = self.cleaned_data
        if self.answer not in (*Consent.Answer.values, *self.ways):
            raise ValidationError("Välj ja eller nej.")
        if self.answer in self.ways:
            chosen["method"] = self.answer
        self._check_period(chosen.get("valid_from"), chosen.get("valid_until"))
        if self.answer == Consent.Answer.GIVEN:
            self.check_yes()
        if self.registered != Consent.Answer.ASKED:
            self.check_oral()
        return chosen

    @property
    def registered(self):
        """What is stored now: the person has yet to answer what they will sign themselves."""
        return Consent.Answer.ASKED if self.answer in self.ways else self.answer

    def _check_period(self, valid_from, valid_until):
        if not valid_from or not valid_until:
            return
        if valid_until < valid_from:
            self.add_error("valid_until", "Slutdatum måste vara samma dag som startdatum eller senare.")
        elif valid_until > last_day(valid_from):
            self.add_error("valid_until", TWELVE_MONTHS.format(last_day(valid_from)))
        elif valid_until < self.today:
            self.add_error("valid_until", "Slutdatum har redan varit.")


class ChangeForm(AnswerForm):
    """First what shall hold instead of `held`; when that is `confirmed`, how the person said it.

    `wanted` is None until there is a change to confirm."""

    how = forms.CharField(
        label="Hur sade personen det?",
        max_length=200,
        required=False,
        help_text="Till exempel: ringde i dag 10.15. Skäl behövs inte.",
    )

    def __init__(self, *args, held, confirmed, **kwargs):
        super().__init__(*args, **kwargs)
        self.held, self.confirmed, self.wanted = held, confirmed, None
        for name in ("language", "method", "given_on"):
            self.fields[name].required = False

    def clean(self):
        chosen = self.cleaned_data
        if "receivers" in chosen and "categories" in chosen and chosen.get("valid_until"):
            receivers = frozenset(r.pk for r in chosen["receivers"])
            self._find_change(Terms(receivers, frozenset(chosen["categories"]), chosen["valid_until"]))
        if self.wanted:
            self._ask_how(self.wanted.exceeds(self.held))
        return chosen

    def _find_change(self, wanted):
        if wanted == self.held:
            self.add_error(None, "Ändra något av det som samtycket gäller.")
        elif wanted.until < self.today:
            self.add_error("valid_until", "Slutdatum har redan varit. Ska det sluta gälla i dag: återkalla samtycket.")
        elif wanted.until > max(last_day(self.today), self.held.until):
            self.add_error("valid_until", TWELVE_MONTHS.format(last_day(self.today)))
        else:
            self.wanted = wanted

    def _ask_how(self, more):
        """More takes a whole new answer."""
        needed = ANSWERED if more else {"how": "Skriv hur personen sade det."}
        for name, sentence in needed.items():
            self.fields[name].required = True
            if self.confirmed:
                self.require(name, sentence)
        if more and self.confirmed:
            self.check_yes()
            self.check_oral()


class WithdrawForm(forms.Form):
    how = forms.CharField(
        label="Hur kom återkallandet?",
        max_length=200,
        help_text="Till exempel: ringde i dag 10.15. Skäl behövs inte.",
        error_messages={"required": "Skriv hur återkallandet kom."},
    )
