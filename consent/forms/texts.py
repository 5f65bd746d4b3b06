"""A consent text as administrators write it: a draft, translated as a whole, and read by another before it holds."""

from django import forms
from django.core.exceptions import ValidationError

from cases.languages import LANGUAGES
from consent.forms.reviewing import LinesField, ReviewedForm, blanks_like
from consent.models import ConsentText
from consent.phrases import HOUSE, SWEDISH

WORDING = ["version", "language", "easy_read", "title", "body", "valid_from"]
OTHER_WORDS = (
    "För språk som systemet inte självt kan. Lämnas de tomma står översättningen i en i övrigt svensk blankett. "
    "Det som står inom klamrar fylls i och översätts inte."
)


def _phrase_field(swedish):
    return forms.CharField(label=swedish, max_length=400, required=False, validators=[blanks_like(swedish)])


PHRASES = {f"phrase_{key}": _phrase_field(swedish) for key, swedish in SWEDISH.items()}


class ConsentTextForm(ReviewedForm):
    language = forms.ChoiceField(
        label="Språk", choices=[(code, f"{name.swedish} ({code})") for code, name in LANGUAGES.items()]
    )
    body = LinesField(label="Text", help_text="En tom rad börjar ett nytt stycke.", widget=forms.Textarea)

    class Meta:
        model = ConsentText
        fields = WORDING
        help_texts = {
            "version": "En översättning har samma version som den svenska text den översätter.",
            "valid_from": "Tidigast från den dag då texten godkänns.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {f"phrase_{key}": phrase for key, phrase in self.instance.words.items()}

    def clean(self):
        cleaned = super().clean()
        self._check_phrases(cleaned)
        return cleaned

    @property
    def words(self):
        return {name.removeprefix("phrase_"): self.cleaned_data[name] for name in PHRASES if self.cleaned_data[name]}

    def _check_phrases(self, cleaned):
        empty = [name for name in PHRASES if name in cleaned and not cleaned[name]]
        if 0 < len(empty) < len(PHRASES):
            for name in empty:
                self.add_error(name, "Översätt alla orden, eller lämna alla tomma.")
        elif not empty and (cleaned.get("language"), cleaned.get("easy_read")) in HOUSE:
            raise ValidationError("På det språket har systemet redan blankettens andra ord. Lämna dem tomma.")


ConsentTextForm.declared_fields |= PHRASES
