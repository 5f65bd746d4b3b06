"""Words that one administrator writes and another approves, with blanks that a translation keeps."""

import json
from hashlib import sha256
from string import Formatter

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict


def blanks(phrase: str) -> set[str]:
    """ValueError: a brace is open, or something but a name stands in one."""
    names = set()
    for _, name, form, conversion in Formatter().parse(phrase):
        if form or conversion:
            raise ValueError(phrase)
        if name is not None:
            names.add(name)
    return names


def blanks_like(swedish):
    """Refuses a translation that leaves out what is filled in, or asks for something else."""
    wanted = blanks(swedish)
    keep = f"Behåll det som står inom klamrar, oöversatt: {_named(wanted)}." if wanted else "Skriv inga klamrar här."

    def check(phrase):
        try:
            kept = blanks(phrase)
        except ValueError:
            raise ValidationError(keep) from None
        if unknown := kept - wanted:
            raise ValidationError(f"{_named(unknown)} går inte att fylla i. {keep}")
        if kept != wanted:
            raise ValidationError(keep)

    return check


def _named(names):
    return ", ".join(f"{{{name}}}" for name in sorted(names))


class SeenField(forms.CharField):
    """Which words were on the screen; never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class ReviewedForm(forms.ModelForm):
    """A draft. `reader` is who has it on the screen: whoever wrote it last cannot approve it. `words` of the row are
    fields of the form."""

    seen = SeenField(required=False)
    approve = forms.BooleanField(
        label="Jag har läst texten och godkänner den",
        required=False,
        help_text="Sedan går den inte att ändra, bara ersätta med en ny version. Språkgranska översättningar först.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = [model_to_dict(self.instance), self.instance.words]
        self.initial["seen"] = sha256(json.dumps(now, default=str, sort_keys=True).encode()).hexdigest()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("seen", "") not in ("", self.initial["seen"]):
            self._show_both()
        elif cleaned.get("approve"):
            self.check_reading()
        return cleaned

    def _show_both(self):
        """Somebody else saved meanwhile. One's own words stay in the fields; saved again they are the newer."""
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]
        self.add_error(None, "Någon annan har sparat texten medan du skrev. Jämför med det som står nu och spara igen.")
        for name in set(self.changed_data) - {"approve"}:
            self.add_error(name, f"Nu står här: {self.initial.get(name) or 'ingenting'}")

    def check_reading(self):
        if self.has_changed() and set(self.changed_data) != {"approve"}:
            raise ValidationError("Godkänn texten som den står, eller ändra den och låt någon annan godkänna.")
        if self.instance.drafted_by_id in (None, self.reader.pk):
            raise ValidationError("Någon annan än den som skrev texten godkänner den.")


class LinesField(forms.CharField):
    """Several lines, with the same ends whatever the browser sends: an empty one begins a new paragraph."""

    def to_python(self, value):
        return "\n".join(line.rstrip() for line in super().to_python(value).splitlines())
