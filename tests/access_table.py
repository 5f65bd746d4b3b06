"""tests/access.txt as a table, and the answer that it and the oracle together give in any world."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests import oracle
from tests.test_architecture import _own_routes

TABLE = Path(__file__).with_name("access.txt")
COLUMNS = ["anna", "bo", "withdrawn", "cilla", "ingrid", "karin", "petra", "sten", "lova", "adam", "nobody"]
METHODS = ["GET", "POST"]
ROUTES = {path: pattern for path, pattern in _own_routes() if not path.startswith("administration/")}

# Doors that stay open to somebody who has shown one factor of two; everywhere else they are sent to show the other.
TO_ONE_FACTOR = {
    "konto/andra-steget/": "anna",
    "halsa/live": "nobody",
    "halsa/redo": "nobody",
    "tillganglighet/": "nobody",
}


# Whose workers the meeting of tests/scene.py has called.
CALLED = ("ifo", "af")


@dataclass(frozen=True)
class Need:
    what: str
    otherwise: str


def _lines():
    return [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]


HANDS = {words[1] for words in _lines() if words[0] == "hands"}
NEEDS = {
    words[1]: [Need(*one) for one in zip(words[2].split(","), words[3].split(","), strict=True)]
    for words in _lines()
    if words[0] == "needs"
}
EXPECTED = {
    (words[0].replace("(start)", ""), words[1]): dict(zip(COLUMNS, words[2:], strict=True))
    for words in _lines()
    if words[0] not in ("needs", "hands")
}


def address_of(path, scene, ids=()):
    """The route with its parameters filled in from the scene, or from `ids`."""
    document = scene.documents["case" if "case_id" in path else "own"]
    values = scene.ids | {"document_id": document.pk} | dict(ids)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), path)


@cache
def needs_of(path):
    return NEEDS[max(fitting, key=len)] if (fitting := [start for start in NEEDS if path.startswith(start)]) else []


@dataclass(frozen=True)
class World:
    law: oracle.Law
    case: oracle.Case
    answer: str | None

    def expected(self, path, method, name, person):
        """`person` None: nobody has logged in, or with one factor only."""
        codes, needs = EXPECTED[path, method], needs_of(path)
        if person is None:
            column = "nobody" if name == "nobody" else TO_ONE_FACTOR.get(path)
            return codes[column] if column else "302"
        if "<uuid:case_id>" in path:
            if not self.law.may_open(person, self.case):
                return "404"
            usual = codes["anna" if person.organisation == self.case.lead else "bo"]
        else:
            usual = codes["anna"] if needs else codes.get(name, codes["cilla"])
        lacking = [need.otherwise for need in needs if not self._has(need.what, person)]
        if path in HANDS and self.law.in_emergency(person, self.case):
            lacking.append("403")
        return lacking[0] if lacking and usual not in ("405", "404") else usual

    def _has(self, what, person):
        lead = person.organisation == self.case.lead
        if what == "nothing":
            return True
        if what == "answered":
            return self.answer != "asked"
        if what == "asker":
            return person.name == "anna"
        if what == "called":
            return person.organisation in CALLED
        if what == "lead":
            return lead and self.law.may_open(person, self.case)
        if what == "consent":
            return any(self.law.may_see_consent(person, self.case, consent) for consent in self.case.consents)
        told = {
            category for teller, category in self.law.told(person.organisation, self.case) if teller == self.case.lead
        }
        return lead or (bool(told) if what == "anything" else what in told)
