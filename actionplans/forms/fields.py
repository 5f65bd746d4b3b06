"""Fields and wording that the forms of the plan share."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

DAY_MESSAGE = _("Skriv datumet så här: 2026-11-24.")


class DayField(forms.DateField):
    def __init__(self, *, missing=None, **kwargs):
        messages = {"invalid": DAY_MESSAGE} | ({"required": missing} if missing else {})
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=messages, **kwargs
        )


def choice(things: Iterable, *, label, empty):
    by_key = {str(thing.pk): thing for thing in things}
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *((key, str(thing)) for key, thing in by_key.items())],
        coerce=by_key.get,
        empty_value=None,
        required=False,
    )


def as_text(form, values=None) -> str:
    """Label and value of each field, a line each: what somebody typed, or with `values` what is saved."""
    lines = []
    for field in form:
        value = field.value() if values is None else values.get(field.name)
        if not field.is_hidden and value not in (None, "", [], False):
            lines.append(f"{field.label}: {_shown(field.field, value)}")
    return "\n".join(lines)


def _shown(field, value) -> str:
    if value is True or value == "on":
        return "ja"
    names = _flat(getattr(field, "choices", ()))
    if isinstance(value, list | tuple):
        return ", ".join(names.get(str(v), str(v)) for v in value)
    return names.get(str(value), str(value))


def _flat(choices) -> dict[str, str]:
    names: dict[str, str] = {}
    for value, label in choices:
        names |= _flat(label) if isinstance(label, list | tuple) else {str(value): str(label)}
    return names
