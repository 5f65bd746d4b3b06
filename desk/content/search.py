"""Search: name, full identity number or case number, and nothing else (SoLPuF 15 §)."""

import re
from dataclasses import dataclass

from django.db.models import F

from audit.models import Action
from cases.identity import IdentityKind, parse
from cases.models import Case, Category, Individual
from cases.models.people import named
from consent.gate import LISTED_AT_MOST
from desk.content.counts import count

AT_MOST = 8
CASE_NUMBER = re.compile(r"\d{4}-\d{1,7}")
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Hits:
    cases: list[Case]
    more: bool = False
    too_short: bool = False


def find_cases(gate, words: str) -> Hits:
    """Cases the gate opens, the open ones first. Logged without the words.

    ValidationError, with what is wrong, for a malformed identity number.
    """
    matching = _matching(gate, " ".join(words.split()))
    if matching is None:
        return Hits([], too_short=True)
    gate.log(Action.SEARCHED, note="search")
    rows = matching.for_list()
    found = list(rows.order_by(F("closed_on").desc(nulls_first=True), "individual__sort_name", "pk")[: AT_MOST + 1])
    return Hits(found[:AT_MOST], more=len(found) > AT_MOST)


def _matching(gate, words):
    """None when there is too little to search for. Part of an identity number finds nobody, and the whole number
    only where we may know it: a hit confirms whose it is."""
    if CASE_NUMBER.fullmatch(words):
        return gate.cases().filter(number=words)
    if any(sign.isdigit() for sign in words):
        kind = IdentityKind.LOCAL_TEMPORARY if any(sign.isalpha() for sign in words) else None
        people = Individual.objects.with_number(parse(words, today=gate.day, kind=kind))
        return gate.cases(told=Category.CONTACT).filter(individual__in=people)
    if len(words) < SHORTEST_NAME:
        return None
    mine = gate.cases(by_row=count(gate).cases > LISTED_AT_MOST)
    return mine.filter(named(words.split()[:4], person="individual__"))
