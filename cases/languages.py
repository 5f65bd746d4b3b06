"""Languages of texts for the person: what they are called in Swedish and English, and by themselves, and how they
write a day."""

from datetime import date
from typing import NamedTuple

from django.utils import translation
from django.utils.formats import date_format


class Language(NamedTuple):
    swedish: str
    english: str
    own: str


LANGUAGES = {
    "sv": Language("svenska", "Swedish", "Svenska"),
    "en": Language("engelska", "English", "English"),
    "ar": Language("arabiska", "Arabic", "العربية"),
    "prs": Language("dari", "Dari", "دری"),
    "fi": Language("finska", "Finnish", "Suomi"),
    "fr": Language("franska", "French", "Français"),
    "ckb": Language("sorani", "Sorani Kurdish", "کوردی"),
    "kmr": Language("kurmanji", "Kurmanji Kurdish", "Kurmancî"),
    "fit": Language("meänkieli", "Meänkieli", "Meänkieli"),
    "se": Language("nordsamiska", "Northern Sámi", "Davvisámegiella"),
    "ps": Language("pashto", "Pashto", "پښتو"),
    "fa": Language("persiska", "Persian", "فارسی"),
    "pl": Language("polska", "Polish", "Polski"),
    "rom": Language("romska", "Romani", "Romani čhib"),
    "ru": Language("ryska", "Russian", "Русский"),
    "so": Language("somaliska", "Somali", "Soomaali"),
    "es": Language("spanska", "Spanish", "Español"),
    "th": Language("thailändska", "Thai", "ไทย"),
    "ti": Language("tigrinja", "Tigrinya", "ትግርኛ"),
    "tr": Language("turkiska", "Turkish", "Türkçe"),
    "uk": Language("ukrainska", "Ukrainian", "Українська"),
}
OTHER_NAMES = {"farsi": "fa", "tigrinska": "ti", "kurdiska": "kmr", "samiska": "se"}

# A date and a weekday with its date, as CLDR has them. The names are Django's own: of other languages it knows none,
# and of Sorani only the months of another calendar.
WRITTEN = {
    "sv": ("j F Y", "l j F Y"),
    "en": ("j F Y", "l j F Y"),
    "ar": ("j F Y", "l، j F Y"),
    "es": (r"j \d\e F \d\e Y", r"l, j \d\e F \d\e Y"),
    "fa": ("j F Y", "l j F Y"),
    "fi": ("j. E Y", "l j. E Y"),
    "fr": ("j F Y", "l j F Y"),
    "pl": ("j E Y", "l, j E Y"),
    "ru": ("j E Y", "l, j E Y"),
    "th": ("j F Y", "l j F Y"),
    "tr": ("j F Y", "j F Y l"),
    "uk": ("j E Y", "l, j E Y"),
}
CAPITAL_WEEKDAYS = {"en", "tr"}
RIGHT_TO_LEFT = {"ar", "ckb", "fa", "prs", "ps"}
CODES = {language.swedish: code for code, language in LANGUAGES.items()} | OTHER_NAMES


def language_named(swedish_name: str) -> str:
    """The code of what is written about a person ("Somaliska"); empty when it is no language of ours."""
    return CODES.get(swedish_name.strip().lower(), "")


def named(code: str) -> str:
    return LANGUAGES[code].swedish if code in LANGUAGES else code


def direction(code: str) -> str:
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def apart(value: str) -> str:
    """Kept whole in words that may run the other way: Unicode's first strong isolate and its end."""
    return f"\u2068{value}\u2069"


def written_day(day: date, code: str, *, with_weekday: bool = False) -> str:
    """ "22 november 2026", or 2026-11-22 in languages whose months we do not know."""
    if code not in WRITTEN:
        return f"{day:%Y-%m-%d}"
    with translation.override(code):
        written = date_format(day, WRITTEN[code][with_weekday])
    return written if code in CAPITAL_WEEKDAYS else written.lower()
