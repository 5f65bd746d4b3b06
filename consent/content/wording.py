"""The words of one paper in one language, filled in."""

from dataclasses import dataclass
from datetime import date

from cases.languages import LANGUAGES, direction, language_named, named, written_day
from consent.models import ConsentText
from consent.phrases import HOUSE, SWEDISH


@dataclass(frozen=True)
class Wording:
    """`lang` is that of the words, which is Swedish when nobody has translated the paper beside its text."""

    lang: str
    words: dict[str, str]

    def say(self, key: str, **filled: str) -> str:
        return self.words[key].format(**filled)

    @property
    def direction(self) -> str:
        return direction(self.lang)

    def joined(self, names: list[str]) -> str:
        last = self.say("and")
        return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)

    def day(self, day: date) -> str:
        return written_day(day, self.lang)

    def language(self, swedish_name: str) -> str:
        code = language_named(swedish_name)
        return LANGUAGES[code].english if code and self.lang == "en" else swedish_name

    def variety(self, code: str, *, easy_read: bool) -> str:
        if self.lang == "en" and code in LANGUAGES:
            return f"easy {LANGUAGES[code].english}" if easy_read else LANGUAGES[code].english
        return f"lättläst {named(code)}" if easy_read else named(code)


SWEDISH_WORDING = Wording("sv", SWEDISH)


def wording_for(text: ConsentText | None) -> Wording:
    if text is None:
        return SWEDISH_WORDING
    words = HOUSE.get((text.language, text.easy_read)) or text.words
    return Wording(text.language, words) if words else SWEDISH_WORDING
