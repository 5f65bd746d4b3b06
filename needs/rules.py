"""A described need must not point at a person: what to refuse in the text, and which level comes next."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ANSWER_WITHIN = timedelta(days=30)
LEVELS = ("unit", "caseworker_group", "steering_group", "association")
NUMBER = re.compile(r"(?<!\d)(?:\d\d)?\d{2}[01]\d[0-9]\d[-+ \u2010-\u2015]?(?:\d{4}|[•*xX]{4})(?!\d)")
WORD = re.compile(r"\w+")


def answer_due_on(sent_on: date) -> date:
    return sent_on + ANSWER_WITHIN


def next_level(level: str) -> str | None:
    """None at the top."""
    place = LEVELS.index(level) + 1
    return LEVELS[place] if place < len(LEVELS) else None


def check_anonymous(text: str, names: Iterable[str] = ()) -> None:
    """Refuse what looks like an identity number (or a phone number of that length) and the person's own names."""
    if NUMBER.search(text):
        raise ValidationError(_("Ta bort numret: det ser ut som ett personnummer. Skriv det utan person."))
    words = {word.casefold() for word in WORD.findall(text)}
    for name in names:
        parts = [part.casefold() for part in WORD.findall(name)]
        if any(part in words or f"{part}s" in words for part in parts if len(part) > 1):
            raise ValidationError(_("Ta bort namnet %s. Skriv det utan person.") % name)
