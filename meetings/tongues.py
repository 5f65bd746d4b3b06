"""In which words somebody is called: a folder of texts per tongue, reviewed and kept with the code."""

from django.template.loader import render_to_string
from django.utils import translation

from cases.models import SupportNeed

SWEDISH, EASY, ENGLISH = "sv", "lattlast", "en"
PAGES = {
    SWEDISH: "meetings/calling/sv/answer.html",
    EASY: "meetings/calling/lattlast/answer.html",
    ENGLISH: "meetings/calling/en/answer.html",
}
CHOICES = {
    SWEDISH: "meetings/calling/sv/choose.html",
    EASY: "meetings/calling/lattlast/choose.html",
    ENGLISH: "meetings/calling/en/choose.html",
}
NAMES = {"svenska": SWEDISH, "engelska": ENGLISH}


def tongue_of(person):
    """The person's own when we have it, otherwise easy Swedish: their interpreter or somebody near can read it."""
    if SupportNeed.EASY_READ in person.support_needs:
        return EASY
    return NAMES.get(person.language.lower(), EASY)


def lang_of(tongue):
    """As browsers and calendars of dates know it."""
    return ENGLISH if tongue == ENGLISH else SWEDISH


def say(tongue, text, words):
    with translation.override(lang_of(tongue)):
        return render_to_string(f"meetings/calling/{tongue}/{text}.txt", words).strip()
