"""In which words somebody is called: a folder of texts kept with the code, or a text that was written in and approved
in another language."""

from dataclasses import dataclass
from string import Formatter

from django.template.loader import render_to_string
from django.utils import timezone, translation

from cases.languages import apart, direction, language_named, written_day
from cases.models import SupportNeed
from meetings.models import CallingText
from meetings.phrases import MODELS

KIND = CallingText.Kind
PAGES = {
    "sv": {
        KIND.ANSWER_PAGE: "meetings/calling/sv/answer.html",
        KIND.CHOOSE_PAGE: "meetings/calling/sv/choose.html",
    },
    "lattlast": {
        KIND.ANSWER_PAGE: "meetings/calling/lattlast/answer.html",
        KIND.CHOOSE_PAGE: "meetings/calling/lattlast/choose.html",
    },
    "en": {
        KIND.ANSWER_PAGE: "meetings/calling/en/answer.html",
        KIND.CHOOSE_PAGE: "meetings/calling/en/choose.html",
    },
}
WRITTEN_PAGES = {
    KIND.ANSWER_PAGE: "meetings/written/answer.html",
    KIND.CHOOSE_PAGE: "meetings/written/choose.html",
}
PARTS = {"individual": "body"}


@dataclass(frozen=True)
class House:
    """A folder of texts, reviewed with the code. `lang` as browsers and calendars of dates know it."""

    folder: str
    lang: str
    direction: str = "ltr"

    def say(self, text, words):
        with translation.override(self.lang):
            return render_to_string(f"meetings/calling/{self.folder}/{text}.txt", words).strip()

    def page(self, kind):
        return PAGES[self.folder][kind]


SWEDISH, EASY, ENGLISH = House("sv", "sv"), House("lattlast", "sv"), House("en", "en")
OF_THE_HOUSE = {"sv": SWEDISH, "en": ENGLISH}


@dataclass(frozen=True)
class Written:
    """One approved text. Of an outbox text its name says which part: "proposal/individual" is the body."""

    text: CallingText

    @property
    def lang(self):
        return self.text.language

    @property
    def direction(self):
        return direction(self.lang)

    def say(self, part, words):
        part = part.rpartition("/")[2]
        return self._where(words) if part == "where" else self._fill(PARTS.get(part, part), words).strip()

    def page(self, kind):
        return WRITTEN_PAGES[kind]

    def _fill(self, part, words):
        phrase = self.text.words[part]
        names = [name for _, name, _, _ in Formatter().parse(phrase) if name]
        return phrase.format(**{name: self._blank(name, words) for name in names})

    def _blank(self, name, words):
        """The link stays bare: programs make it something to press."""
        match name:
            case "link":
                return words["link"]
            case "where":
                return self._where(words)
            case "times":
                return "\n".join(
                    self._fill("time", {"starts_at": at, "ends_at": until}) for at, until in words["times"]
                )
            case "day":
                day = timezone.localdate(words["starts_at"])
                return self._apart(written_day(day, self.lang, with_weekday=True))
            case "start" | "end":
                return self._apart(f"{timezone.localtime(words[f'{name}s_at']):%H:%M}")
        return self._apart(words[name])

    def _where(self, words):
        if words["by_phone"]:
            return self._fill("by_phone", words)
        return self._fill("place" if words["place"] or "no_place" not in self.text.words else "no_place", words)

    def _apart(self, value):
        return apart(value) if self.direction == "rtl" else value


def tongue_of(person, kind, written=CallingText.objects.in_force):
    """The person's own when we have it, otherwise easy Swedish: their interpreter or somebody near can read it.

    `written` gives {language: text} of a kind; whoever calls many at once remembers it between them. A translation from
    before its model got another part is not said.
    """
    code = language_named(person.language)
    if not code or code in OF_THE_HOUSE:
        return EASY if SupportNeed.EASY_READ in person.support_needs else OF_THE_HOUSE.get(code, EASY)
    text = written(kind).get(code)
    return Written(text) if text and text.words.keys() >= MODELS[kind].keys() else EASY
