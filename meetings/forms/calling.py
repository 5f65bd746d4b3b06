"""A calling text as administrators write it: first which, then its parts, translated as a whole."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html

from cases.languages import LANGUAGES
from consent.forms.reviewing import LinesField, ReviewedForm, blanks_like
from meetings.models import CallingText
from meetings.phrases import MODELS
from meetings.tongues import OF_THE_HOUSE

LANGUAGE_CHOICES = [(code, f"{name.swedish} ({code})") for code, name in LANGUAGES.items() if code not in OF_THE_HOUSE]
PART = "part_"
NAMES = {"subject": "Rubrik", "body": "Brev och e-post", "sms": "Sms"}
LONGEST = {"subject": 150, "body": 4000}
LONGEST_LINE = 400


class CallingStartForm(forms.ModelForm):
    language = forms.ChoiceField(label="Språk", choices=LANGUAGE_CHOICES)
    words: dict[str, str] = {}

    class Meta:
        model = CallingText
        fields = ["language", "kind"]
        help_texts = {"kind": "Du skriver översättningen på nästa sida. Det som saknas sägs på lättläst svenska."}


class CallingTextForm(ReviewedForm):
    class Meta:
        model = CallingText
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {PART + part: phrase for part, phrase in self.instance.words.items()}

    @property
    def words(self):
        return {part: self.cleaned_data[PART + part] for part in MODELS[self.instance.kind]}


def form_for(text):
    """With the parts of its kind."""
    parts = {PART + part: _field(part, swedish, text) for part, swedish in MODELS[text.kind].items()}
    return type("CallingTextForm", (CallingTextForm,), {**parts, "approve": CallingTextForm.base_fields["approve"]})


def _field(part, swedish, text):
    """One line each, but for the letter. What has a name of its own has the Swedish under it."""
    kind, widget = (LinesField, forms.Textarea) if part == "body" else (forms.CharField, forms.TextInput)
    checks = [blanks_like(swedish), link_stands_alone if part == "body" else one_line]
    under = format_html("På svenska:<br>{}", linebreaksbr(swedish, autoescape=True)) if part in NAMES else ""
    attributes = {"lang": text.language, "dir": text.direction, "class": "vLargeTextField"}
    return kind(
        label=NAMES.get(part, swedish),
        help_text=under,
        max_length=LONGEST.get(part, LONGEST_LINE),
        validators=checks,
        widget=widget(attrs=attributes | ({"rows": 16} if part == "body" else {})),
    )


def link_stands_alone(body):
    """On a line of its own it runs its own way, whichever way the text runs."""
    if "{link}" in body and "{link}" not in body.splitlines():
        raise ValidationError("Låt {link} stå ensamt på sin rad.")


def one_line(phrase):
    if len(phrase.splitlines()) > 1:
        raise ValidationError("Skriv det här på en rad.")
