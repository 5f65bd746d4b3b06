"""Fields that several forms share."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REAL_DATE = _("Skriv ett datum som finns, till exempel 2026-11-11.")


class DayField(forms.DateField):
    """A native date input, with the sentence to show when it is left empty."""

    def __init__(self, *, empty=None, **kwargs):
        messages = {"invalid": REAL_DATE} | ({"required": empty} if empty else {})
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=messages, **kwargs)


def refuse_future(form, name, sentence):
    """The day in the field lies after `form.today`."""
    day = form.cleaned_data.get(name)
    if day and day > form.today:
        form.add_error(name, ValidationError(sentence, code="future", params={"today": form.today}))
