"""Swedish identity numbers: what people type, what we store, what we show."""

import re
import string
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

OLDEST_AGE = 120
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad"
EDGES = string.whitespace + "\u00a0\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
PLAIN_SIGNS = str.maketrans(dict.fromkeys(DASHES, "-") | {"\uff0b": "+"})
WRITTEN_FORM = re.compile(r"(?P<century>\d\d)?(?P<short_date>\d{6})(?P<sign>[-+]?)(?P<ending>\d{4})")
TEMPORARY_FORM = re.compile(r"[0-9A-Z](?:[0-9A-Z-]{1,18})[0-9A-Z]")

MESSAGES = {
    "empty": _("Skriv personnumret, till exempel 19920311-2391."),
    "blank_inside": _("Ta bort mellanrummet inne i numret."),
    "foreign_digits": _("Skriv numret med siffrorna 0–9."),
    "letters": _("Numret får bara ha siffror. Har personen ett nummer med bokstäver, välj tillfälligt nummer."),
    "strange_characters": _("Numret får bara ha siffror och ett bindestreck eller plustecken."),
    "misplaced_sign": _("Bindestrecket eller plustecknet ska stå före de fyra sista siffrorna."),
    "wrong_length": _("Numret ska ha 10 eller 12 siffror. Du skrev %(count)d."),
    "impossible_date": _("Datumet %(written)s finns inte. Kontrollera år, månad och dag."),
    "future_date": _("Födelsedatumet %(written)s ligger i framtiden. Skriv året med fyra siffror."),
    "too_old": _("Födelseåret %(year)d ger en ålder över 120 år. Kontrollera året."),
    "plus_sign": _("Plustecken används först det år personen fyller 100 år. Skriv bindestreck i stället."),
    "wrong_serial": _("De tre siffrorna efter datumet kan inte vara 000."),
    "wrong_check_digit": _("Den sista siffran stämmer inte med de andra. Kontrollera numret."),
    "is_coordination_number": _("Det här är ett samordningsnummer: dagen är 60 högre än födelsedagen."),
    "is_personal_number": _("Det här är ett personnummer. I ett samordningsnummer är dagen 60 högre än födelsedagen."),
    "temporary_form": _("Ett tillfälligt nummer har 3–20 tecken: siffror, bokstäver A–Z och bindestreck inuti."),
}


class IdentityKind(StrEnum):
    PERSONAL_NUMBER = "personal_number"
    COORDINATION_NUMBER = "coordination_number"
    LOCAL_TEMPORARY = "local_temporary"

    @property
    def label(self):
        return LABELS[self]


LABELS = {
    IdentityKind.PERSONAL_NUMBER: _("Personnummer"),
    IdentityKind.COORDINATION_NUMBER: _("Samordningsnummer"),
    IdentityKind.LOCAL_TEMPORARY: _("Tillfälligt nummer"),
}
KIND_CHOICES = [(kind.value, label) for kind, label in LABELS.items()]


@dataclass(frozen=True)
class IdentityNumber:
    """Twelve digits, or the issuer's own characters for a temporary number."""

    kind: IdentityKind
    digits: str

    def __str__(self):
        return self.masked

    def __repr__(self):
        return f"IdentityNumber({self.kind}, {self.masked})"

    @property
    def birth_date(self):
        """None for a temporary number, and for a coordination number of somebody whose birthday is not known.

        Skatteverket then writes month or day as 0, or a day the month does not have.
        """
        is_temporary = self.kind == IdentityKind.LOCAL_TEMPORARY
        return None if is_temporary else _existing_date(*_date_parts(self.digits))

    @property
    def masked(self):
        if self.kind == IdentityKind.LOCAL_TEMPORARY:
            return self.digits[:2] + "•" * len(self.digits[2:])
        return f"{self.digits[:8]}-••••"

    @property
    def pretty(self):
        if self.kind == IdentityKind.LOCAL_TEMPORARY:
            return self.digits
        return f"{self.digits[:8]}-{self.digits[8:]}"


def parse(text, *, today, kind=None):
    """The number somebody typed. Without a kind: personal or coordination number, told apart by the day.

    Raises ValidationError with one of the codes in MESSAGES. A short form without plus is somebody
    who does not turn 100 this year (FOL 18 §), so 121212-1212 is born 2012.
    """
    written = (text or "").translate(PLAIN_SIGNS).strip(EDGES)
    if kind == IdentityKind.LOCAL_TEMPORARY:
        return _temporary(written)
    parts = _read_form(written)
    digits = _long_form(parts, today)
    _refuse_bad_date(digits, today)
    if parts["sign"] == "+" and today.year - int(digits[:4]) < 100:
        raise _refusal("plus_sign")
    if digits[8:11] == "000":
        raise _refusal("wrong_serial")
    if not has_right_check_digit(digits):
        raise _refusal("wrong_check_digit")
    return _of_asked_kind(digits, kind)


def has_right_check_digit(digits):
    """The last of the ten digits makes the sum with weights 2, 1, 2, 1 … a multiple of ten."""
    products = [int(digit) * weight for digit, weight in zip(digits[-10:], (2, 1) * 5, strict=True)]
    return sum(product // 10 + product % 10 for product in products) % 10 == 0


def age_on(birth_date, day):
    """Whole years; somebody born on 29 February turns a year older on 1 March in common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _refusal(code, **params):
    return ValidationError(MESSAGES[code], code=code, params=params)


def _temporary(written):
    number = written.upper()
    if not number:
        raise _refusal("empty")
    if not TEMPORARY_FORM.fullmatch(number):
        raise _refusal("temporary_form")
    return IdentityNumber(IdentityKind.LOCAL_TEMPORARY, number)


def _read_form(written):
    """The named parts of a written number; says what is wrong with it otherwise."""
    if not written:
        raise _refusal("empty")
    for code, is_wrong in _CHARACTER_CHECKS:
        if any(is_wrong(character) for character in written):
            raise _refusal(code)
    count = sum(character.isdigit() for character in written)
    if count not in (10, 12):
        raise _refusal("wrong_length", count=count)
    if match := WRITTEN_FORM.fullmatch(written):
        return match.groupdict()
    raise _refusal("misplaced_sign")


_CHARACTER_CHECKS = [
    ("blank_inside", str.isspace),
    ("foreign_digits", lambda character: character.isnumeric() and not character.isascii()),
    ("letters", str.isalpha),
    ("strange_characters", lambda character: character not in "0123456789-+"),
]


def _long_form(parts, today):
    century, short_date = parts["century"], parts["short_date"]
    if not century:
        newest = today.year - 100 if parts["sign"] == "+" else today.year
        century = str((newest - (newest - int(short_date[:2])) % 100) // 100)
    return century + short_date + parts["ending"]


def _is_coordination(digits):
    return int(digits[6:8]) >= 60


def _date_parts(digits):
    """Year, month and day of birth; a coordination number writes day + 60."""
    return int(digits[:4]), int(digits[4:6]), int(digits[6:8]) - 60 * _is_coordination(digits)


def _refuse_bad_date(digits, today):
    year, month, day = _date_parts(digits)
    written = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    born_on = _existing_date(year, month, day)
    uncertain = _is_coordination(digits) and year and month <= 12 and day <= 31
    if not (born_on or uncertain):
        raise _refusal("impossible_date", written=written)
    first_possible = born_on or date(year, month or 1, 1)
    if first_possible > today:
        raise _refusal("future_date", written=first_possible.isoformat())
    if age_on(first_possible, today) > OLDEST_AGE:
        raise _refusal("too_old", year=year)


def _existing_date(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_asked_kind(digits, kind):
    found = IdentityKind.COORDINATION_NUMBER if _is_coordination(digits) else IdentityKind.PERSONAL_NUMBER
    if kind and kind != found:
        raise _refusal(f"is_{found.value}")
    return IdentityNumber(found, digits)
