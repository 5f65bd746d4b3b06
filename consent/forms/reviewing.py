"""Words that one administrator writes and another approves, with blanks that a translation keeps."""

from string import Formatter

from django import forms
from django.core.exceptions import ValidationError


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


class ReviewedForm(forms.ModelForm):
    """A draft. `reader` is who has it on the screen: whoever wrote it last cannot approve it."""

    approve = forms.BooleanField(
        label="Jag har läst texten och godkänner den",
        required=False,
        help_text="Sedan går den inte att ändra, bara ersätta med en ny version. Språkgranska översättningar först.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("approve"):
            self.check_reading()
        return cleaned

    def check_reading(self):
        if self.has_changed() and set(self.changed_data) != {"approve"}:
            raise ValidationError("Godkänn texten som den står, eller ändra den och låt någon annan godkänna.")
        if self.instance.drafted_by_id in (None, self.reader.pk):
            raise ValidationError("Någon annan än den som skrev texten godkänner den.")


class LinesField(forms.CharField):
    """Several lines, with the same ends whatever the browser sends: an empty one begins a new paragraph."""

    def to_python(self, value):
        return "\n".join(line.rstrip() for line in super().to_python(value).splitlines())
