"""./run bench access: who may see which cases, asked of 100,000 of them, against the best that could be had.

Every variant must return the cases that the plain words of the rule give (floor.sql, specification), else it fails.
"""

import argparse
import sys

from django.urls import reverse

from audit.context import beyond
from benchmarks import seed
from benchmarks.measuring import upkeep, variants, web
from benchmarks.measuring.clock import CLOCKS, interleaved, on_the_wall
from benchmarks.measuring.locks import BARE, FULL, OPEN, measure_locks
from benchmarks.measuring.readers import choose
from benchmarks.measuring.searches import measure_searches, words_of
from benchmarks.measuring.statements import caught
from benchmarks.measuring.verdict import Bound, bounds_table, keep, table
from consent.gate import LISTED_AT_MOST

BEST_OF = 3
PAGE_ROUNDS = 4  # requests for each round of statements: whole pages are noisier and have a p95
EMPTY, STILL, LIST = "tom sida, inloggad", "samma rader i minnet", "desk:cases"
BARE_CASE, CASE = "measured_case", "desk:case"


class Unequal(Exception):
    """A variant showed other cases than the rule gives."""


# --- what is measured -------------------------------------------------------------------------------------------
def places(readers):
    """(reader, page) of each list that is measured."""
    return [(reader, page) for reader in readers for page in (1, reader.deep_page) if page]


def check_ids(readers):
    """Send every statement once and compare. Returns how many answers were equal."""
    answers = 0
    for reader, page in places(readers):
        for name, send in variants.pages(reader, page).items():
            _same(f"{reader.letter} sida {page}, {name}", [row[0] for row in send()], reader.expected(page))
            answers += 1
    for reader in readers:
        everything = [row[0] for row in reader.specified]
        _same(f"{reader.letter}, gate.cases", sorted(c.pk for c in reader.gate.cases().open()), sorted(everything))
        for name, send in variants.counts(reader).items():
            wanted = min(len(everything), LISTED_AT_MOST + 1) if name == variants.CAPPED else len(everything)
            _same(f"{reader.letter}, {name}", send()[0][0], wanted)
            answers += 1
    return answers


def _same(where, found, wanted):
    if found != wanted:
        raise Unequal(f"{where}: {found!s:.300} i stället för {wanted!s:.300}")


def measure_statements(readers, rounds, clock):
    """{(reader, what, variant): Times} of bare SQL: pages, counts and one filtered list."""
    acts = {}
    for reader, page in places(readers):
        what = "p1" if page == 1 else "p40"
        acts |= {(reader.letter, what, name): send for name, send in variants.pages(reader, page).items()}
    for reader in readers:
        acts |= {(reader.letter, "antal", name): send for name, send in variants.counts(reader).items()}
        acts |= {(reader.letter, "filter", name): send for name, send in variants.filtered(reader).items()}
    return interleaved(acts, rounds, clock=clock, best_of=BEST_OF)


def measure_pages(readers, rounds, clock=on_the_wall):
    """({(reader, what, view): Times} of whole pages, {page: queries})."""
    acts, queries = {}, {}
    with web.opened() as application:
        for reader in readers:
            browser = web.Browser(application, reader.user)
            for page in (p for r, p in places(readers) if r is reader):
                address = web.list_address(reader.after(page))
                wanted = reader.expected(page)
                _same(f"{reader.letter} {address}", web.listed_ids(browser.ask(address))[: len(wanted)], wanted)
                where = reader.letter, "p1" if page == 1 else "p40"
                still = web.freeze(browser, address, "-".join(where))
                for name, wanted in ((LIST, address), (STILL, still), (EMPTY, reverse("measured_empty"))):
                    acts[(*where, name)] = _asking(browser, wanted)
                    queries[(*where, name)] = len(caught(acts[(*where, name)]))
            for name in (BARE_CASE, CASE):
                address = reverse(name, args=[reader.specified[0][0]])
                queries[reader.letter, "ärende", name] = len(caught(_asking(browser, address)))
        return interleaved(acts, rounds * PAGE_ROUNDS, clock=clock), queries


def measure_protection(readers, rounds, clock=on_the_wall):
    """{(reader, page, variant): Times}: the list, the door of a case and its first page, each lock taken away in
    turn."""
    with web.opened() as application:
        return {
            (reader.letter, *key): times
            for reader in readers
            for key, times in _protection_of(reader, application, rounds, clock).items()
        }


def _protection_of(reader, application, rounds, clock):
    opened = reader.specified[0][0]
    pages = {LIST: reverse(LIST), **{name: reverse(name, args=[opened]) for name in (BARE_CASE, CASE)}}
    return measure_locks(web.Browser(application, reader.user), pages, rounds * PAGE_ROUNDS, clock)


def _asking(browser, address):
    return lambda: browser.ask(address)


# --- what it must be ---------------------------------------------------------------------------------------------
def statement_bounds(times):
    for (letter, what, name), taken in times.items():
        at = f"{letter} {what}"

        def ratio(against, taken=taken, letter=letter, what=what):
            return taken.p50 / times[letter, what, against].p50

        if name == variants.W2:
            yield Bound("standardlistan, SQL / gräns B", at, ratio(variants.BOUND_B), 1.5, 2)
            yield Bound("standardlistan, SQL / samma rader utan behörighet", at, ratio(variants.NO_ACCESS), 2, 3)
        elif name == variants.CAPPED:
            yield Bound("antal till 1 000 / gräns B", at, ratio(variants.B_COUNT), 1.5, 2)
        elif (what, name) == ("filter", variants.W1):
            yield Bound("filtrerad lista / guardian", at, ratio(variants.GUARDIAN), 1.4, 1.6)


def page_bounds(times, queries):
    for (letter, what, name), taken in times.items():
        if name != LIST:
            continue
        at = f"{letter} {what}"
        yield Bound("hel listsida p50 / bara ritad", at, taken.p50 / times[letter, what, STILL].p50, 2.5, 3)
        yield Bound("hel listsida p95 / tom sida p50", at, taken.p95 / times[letter, what, EMPTY].p50, 10, 13)
    for (letter, what, name), number in queries.items():
        if name == LIST:
            yield Bound("frågor till databasen, lista", f"{letter} {what}", number, 9, 9)
        elif name == BARE_CASE:  # docs/adr/0007
            yield Bound("frågor till databasen, öppna ett ärende", letter, number, 7, 8)
        elif name == CASE:
            yield Bound("frågor till databasen, ärendets första sida", letter, number, 25, 25)


def protection_bounds(times):
    for letter in dict.fromkeys(letter for letter, *_ in times):
        for name, words in ((LIST, "lista"), (CASE, "ärendets första sida")):
            ratio = times[letter, name, FULL].p50 / times[letter, name, OPEN].p50
            yield Bound(f"{words} med / utan radsäkerhet", letter, ratio, 1.2, 1.4)
        ratio = times[letter, CASE, FULL].p50 / times[letter, CASE, BARE].p50
        yield Bound("ärendets första sida med / utan radsäkerhet, lås och logg", letter, ratio, 1.4, 2)


def search_bounds(times):
    for letter in dict.fromkeys(letter for letter, *_ in times):
        names = {name for who, name, _ in times if who == letter}
        full, free = (sum(times[letter, name, variant].p50 for name in names) for variant in (FULL, OPEN))
        yield Bound("sökningarna tillsammans med / utan radsäkerhet", letter, full / free, 1.5, 2)
        longest = max(times[letter, name, FULL].p50 for name in names)
        yield Bound("den längsta sökningen, ms", letter, longest, 300, 600)


def upkeep_bounds(grant, differing):
    yield Bound("en tilldelning med / utan trigger", "H", grant[upkeep.WITH].p50 / grant[upkeep.WITHOUT].p50, 3, 6)
    yield Bound("rader som skiljer projektionen från regeln", "alla", differing, 0, 0)


# --- what is said ------------------------------------------------------------------------------------------------
def times_table(times, against):
    """A line per variant, a column per reader and list: median, and how many times the reference of that column."""
    columns = list(dict.fromkeys((letter, what) for letter, what, _ in times))
    lines = []
    for name in dict.fromkeys(name for *_, name in times):
        cells = []
        for column in columns:
            taken, reference = times.get((*column, name)), _reference(times, column, against)
            cells.append(f"{taken.p50:.2f} ({taken.p50 / reference:.1f}×)" if taken else "–")
        lines.append([name, *cells])
    return table(["ms (×)", *(" ".join(column) for column in columns)], lines)


def protection_table(times):
    lines = []
    for page in dict.fromkeys((letter, name) for letter, name, _ in times):
        least = times[*page, BARE].p50
        cells = (f"{times[*page, v].p50:.1f} ({times[*page, v].p50 / least:.2f}×)" for v in VARIANTS)
        lines.append([" ".join(page), *cells])
    return table(["ms (×)", *VARIANTS], lines)


def search_table(times):
    names = list(dict.fromkeys(name for _, name, _ in times))
    cells = {key: f"{taken.p50:.1f}" for key, taken in times.items()}
    letters = dict.fromkeys(letter for letter, *_ in times)
    lines = [[who, *(f"{cells[who, name, FULL]} / {cells[who, name, OPEN]}" for name in names)] for who in letters]
    return table(["ms, med / utan radsäkerhet", *names], lines)


def _reference(times, column, against):
    return next(times[(*column, name)].p50 for name in against if (*column, name) in times)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    seed.volume_arguments(parser)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--clock", choices=CLOCKS, default="vägg", help="processor: for a machine that is busy")
    return parser.parse_args()


def main():
    asked = arguments()
    loaded = seed.ensure(seed.asked_volume(asked))
    clock = CLOCKS[asked.clock]
    try:
        with beyond("demo"):
            readers = choose()
            words = [(reader, words_of(reader)) for reader in readers]
            equal = check_ids(readers)
            statements = measure_statements(readers, asked.rounds, clock)
            whole, queries = measure_pages(readers, asked.rounds, clock)
    except Unequal as found:
        print(f"Olika svar: {found}", file=sys.stderr)
        return 1
    protection = measure_protection(readers, asked.rounds, clock)
    searches = measure_searches(words, asked.rounds, clock)
    grant = upkeep.measure_grant(readers[1], asked.rounds, clock)
    differing, seconds = upkeep.measure_difference()
    bounds = [*statement_bounds(statements), *page_bounds(whole, queries), *protection_bounds(protection)]
    bounds += [*search_bounds(searches), *upkeep_bounds(grant, differing)]
    measured = statements, whole, protection, searches
    return report(asked, readers, loaded, equal, *measured, queries, grant, seconds, bounds)


def report(asked, readers, loaded, equal, statements, whole, protection, searches, queries, grant, seconds, bounds):
    print(f"\n{asked.cases} ärenden. {equal} svar lika med regelns egna ord. Klocka: {asked.clock}.\n")
    print(table(["", "vem", "öppna ärenden"], [[r.letter, r.words, len(r.specified)] for r in readers]))
    print(f"\nSQL, median av {asked.rounds}:\n\n" + times_table(statements, SQL_REFERENCES))
    print(f"\nHel sida, median av {asked.rounds * PAGE_ROUNDS}:\n\n" + times_table(whole, [STILL]))
    print("\nVad låsen kostar en sida:\n\n" + protection_table(protection))
    print("\nSökningar:\n\n" + search_table(searches))
    print("\n" + bounds_table(bounds))
    print(f"\nJämförelsen av projektionen med regeln tog {seconds:.1f} s.")
    every = statements | whole | protection | searches
    facts = {
        "cases": asked.cases,
        "rounds": asked.rounds,
        "clock": asked.clock,
        "loaded": loaded,
        "readers": {r.letter: len(r.specified) for r in readers},
        "ms": {" | ".join(k): [round(t.p50, 3), round(t.p95, 3)] for k, t in every.items()},
        "grant_ms": {name: round(taken.p50, 3) for name, taken in grant.items()},
        "queries": {" | ".join(k): number for k, number in queries.items()},
        "difference_seconds": round(seconds, 1),
    }
    print(f"Sparat i {keep('access', facts, bounds)}.")
    failed = [b for b in bounds if b.value > b.fail]
    for bound in failed:
        print(f"Underkänt: {bound.what}, {bound.where}: {bound.value:.2f} > {bound.fail}", file=sys.stderr)
    return 1 if failed else 0


VARIANTS = [FULL, OPEN, BARE]
SQL_REFERENCES = [variants.BOUND_B, variants.B_COUNT, variants.GUARDIAN]

if __name__ == "__main__":
    sys.exit(main())
