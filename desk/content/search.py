"""Search: name, full identity number or case number, and nothing else (SoLPuF 15 §)."""

import re
from dataclasses import dataclass

from django.db.models import F, Q

from audit.models import Action
from cases.identity import IdentityKind, parse
from cases.models import Case, Individual

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
    condition = _condition(gate, " ".join(words.split()))
    if condition is None:
        return Hits([], too_short=True)
    gate.log(Action.SEARCHED, note="search")
    rows = gate.cases().filter(condition).for_list()
    found = list(rows.order_by(F("closed_on").desc(nulls_first=True), "individual__sort_name", "pk")[: AT_MOST + 1])
    return Hits(found[:AT_MOST], more=len(found) > AT_MOST)


def _condition(gate, words):
    """None when there is too little to search for. Part of an identity number finds nobody."""
    if CASE_NUMBER.fullmatch(words):
        return Q(number=words)
    if any(sign.isdigit() for sign in words):
        kind = IdentityKind.LOCAL_TEMPORARY if any(sign.isalpha() for sign in words) else None
        return Q(individual__in=Individual.objects.with_number(parse(words, today=gate.day, kind=kind)))
    if len(words) < SHORTEST_NAME:
        return None
    condition = Q()
    for name in words.split()[:4]:
        condition &= Q(individual__given_name__istartswith=name) | Q(individual__family_name__istartswith=name)
    return condition
