"""Languages of texts for the person: what they are called in Swedish and English, and by themselves."""

from typing import NamedTuple


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
RIGHT_TO_LEFT = {"ar", "ckb", "fa", "prs", "ps"}
CODES = {language.swedish: code for code, language in LANGUAGES.items()} | OTHER_NAMES


def language_named(swedish_name: str) -> str:
    """The code of what is written about a person ("Somaliska"); empty when it is no language of ours."""
    return CODES.get(swedish_name.strip().lower(), "")


def named(code: str) -> str:
    return LANGUAGES[code].swedish if code in LANGUAGES else code


def direction(code: str) -> str:
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
