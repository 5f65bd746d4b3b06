"""Notes and the kartläggning."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField, refuse_future
from cases.models import Category

ALONE = _("Bara vi")
SHARED = [Category.NOTE, Category.WORK, Category.ECONOMY, Category.HEALTH]
SCALE_HELP = _("1 = långt ifrån, 10 = precis där personen vill vara. Hoppa över om det inte passar.")
FUTURE = _("Datumet ligger i framtiden. I dag är det %(today)s.")


class NoteForm(forms.Form):
    """`is_final` comes from the button. A draft is never shared."""

    happened_on = DayField(label=_("Datum"), empty=_("Skriv vilken dag det gäller, till exempel 2026-11-11."))
    heading = forms.CharField(label=_("Rubrik"), max_length=120, error_messages={"required": _("Skriv en rubrik.")})
    text = forms.CharField(
        label=_("Anteckning"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Skriv det som behövs, sakligt och så att personen kan läsa det."),
        error_messages={"required": _("Skriv anteckningen.")},
    )
    different_view = forms.CharField(
        label=_("Personen ser det annorlunda"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Personens egna ord, om ni inte är överens."),
    )
    shared_as = forms.ChoiceField(
        label=_("Vem ska kunna läsa?"),
        choices=[("", ALONE), *((c.value, _("Parter med samtycke för: %s") % c.label) for c in SHARED)],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["happened_on"].initial = today

    @property
    def is_final(self):
        return "final" in self.data

    @property
    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def clean(self):
        facts = super().clean()
        refuse_future(self, "happened_on", FUTURE)
        if facts.get("shared_as") and not self.is_final:
            sentence = _("Ett utkast delas inte. Lås anteckningen, eller välj att bara ni läser.")
            self.add_error("shared_as", ValidationError(sentence, code="draft"))
        return facts


class AssessmentForm(forms.Form):
    """The person's own words first, then the template's questions, each with an answer and perhaps a figure."""

    made_on = DayField(label=_("Gjord"), empty=_("Skriv vilken dag ni gjorde kartläggningen."))
    own_words = forms.CharField(
        label=_("Med egna ord: hur vill du ha det?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Skriv det personen säger, inte en tolkning."),
    )

    def __init__(self, *args, today, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.questions = today, questions
        self.fields["made_on"].initial = today
        for question in questions:
            self.fields[f"text_{question['code']}"] = forms.CharField(
                label=f"{question['area']}: {question['text']}",
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                help_text=question.get("help", ""),
            )
            self.fields[f"scale_{question['code']}"] = forms.IntegerField(
                label=_("%s, på en skala 1–10") % question["area"],
                required=False,
                min_value=1,
                max_value=10,
                help_text=SCALE_HELP if question is questions[0] else "",
                widget=forms.NumberInput(attrs={"class": "input-beside"}),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), _("Svara med ett helt tal från 1 till 10.")
                ),
            )

    @property
    def answers(self):
        """(code, text, scale, is about health) of the questions that were answered."""
        facts = self.cleaned_data
        rows = [
            (q["code"], facts[f"text_{q['code']}"], facts[f"scale_{q['code']}"], is_restricted(q))
            for q in self.questions
        ]
        return [row for row in rows if row[1] or row[2]]

    def clean(self):
        facts = super().clean()
        refuse_future(self, "made_on", FUTURE)
        if not self.errors and not facts["own_words"] and not self.answers:
            sentence = _("Skriv personens egna ord, eller svara på minst en fråga.")
            self.add_error("own_words", ValidationError(sentence, code="empty"))
        return facts


def is_restricted(question):
    """Health answers need a consent that covers health."""
    return question.get("restricted", question["code"] == "health")
