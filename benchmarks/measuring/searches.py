"""The search for names and numbers, under row-level security and without it."""

from benchmarks.measuring.clock import interleaved
from benchmarks.measuring.locks import FULL, OPEN
from benchmarks.measuring.roles import Sessions, become
from cases.models import Case
from consent.context import request_of
from desk.content.search import find_cases

FEW, MANY, NOBODY, NUMBER, IDENTITY = "för- och efternamn", "vanligt efternamn", "namn som ingen har", "nummer", "pnr"


class Search:
    """Somebody's search, as the application or as the owner, whom a policy lets through."""

    def __init__(self, sessions, gate, words, variant):
        self.sessions, self.gate, self.words, self.variant = sessions, gate, words, variant

    def prepare(self):
        self.sessions.become("DATABASE_URL" if self.variant == FULL else "DATABASE_OWNER_URL")
        self()

    def __call__(self):
        with request_of(self.gate):
            return [case.pk for case in find_cases(self.gate, self.words).cases]


def words_of(reader):
    """What each search is for: the person of the reader's first case."""
    case = Case.objects.select_related("individual").get(pk=reader.specified[0][0])
    person = case.individual
    return {
        FEW: f"{person.given_name} {person.family_name}",
        MANY: person.family_name,
        NOBODY: "Xyz",
        NUMBER: case.number,
        IDENTITY: str(person.identity.digits),
    }


def measure_searches(words, rounds, clock):
    """{(reader, search, variant): Times} for [(reader, words_of)]. Both variants must find the same; the identity
    number finds nobody for those who are not told how to reach the person."""
    sessions, acts = Sessions(), {}
    try:
        for reader, wanted in words:
            for name, typed in wanted.items():
                both = {variant: Search(sessions, reader.gate, typed, variant) for variant in (FULL, OPEN)}
                acts |= {(reader.letter, name, variant): act for variant, act in both.items()}
                _require_same(reader, name, [_found(act) for act in both.values()])
        return interleaved(acts, rounds, clock=clock)
    finally:
        sessions.close()
        become("DATABASE_URL")


def _found(act):
    act.prepare()
    return act()


def _require_same(reader, name, found):
    if found[0] != found[1] or (name == NUMBER and not found[0]):
        raise RuntimeError(f"{reader.letter} {name}: {found}")
