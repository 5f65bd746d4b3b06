"""Where a person can be reached: what people type, what we store (E.164, five digits with a blank), what we show."""

import re
from dataclasses import dataclass, fields

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "phone": _("Skriv telefonnumret med riktnummer, till exempel 070-174 06 05."),
    "postcode": _("Ett postnummer har fem siffror, till exempel 642 37."),
}


@dataclass(frozen=True)
class Contact:
    """Where one person can be reached, and how they want to be."""

    channel: str = "letter"
    phone: str = ""
    email: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""

    @property
    def address_line(self):
        return ", ".join(filter(None, [self.street, f"{self.postcode} {self.city}".strip()]))


CONTACT = [field.name for field in fields(Contact)]
NOWHERE = Contact()


def stored_phone(text):
    """+46701740605 for what somebody typed; empty stays empty. Raises ValidationError."""
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, "SE")
    except phonenumbers.NumberParseException:
        raise ValidationError(MESSAGES["phone"], code="phone") from None
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(MESSAGES["phone"], code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(stored):
    """070-174 06 05 at home, +47 … abroad; a text that is no number is shown as it is."""
    try:
        number = phonenumbers.parse(stored, "SE")
    except phonenumbers.NumberParseException:
        return stored
    at_home = number.country_code == 46
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def stored_postcode(text):
    digits = "".join(text.split())
    if not digits:
        return ""
    if not re.fullmatch(r"[1-9][0-9]{4}", digits):
        raise ValidationError(MESSAGES["postcode"], code="postcode")
    return f"{digits[:3]} {digits[3:]}"
