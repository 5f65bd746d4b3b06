"""A need is raised, climbs to the level that can decide, is decided, and the answer goes back to its raisers."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from audit.context import beyond
from audit.models import Action
from cases.models import Case, Category
from consent.gate import Gate
from needs.content import DECIDERS, RAISERS
from needs.models import NeedOccurrence, NeedRaise, UnmetNeed
from needs.rules import answer_due_on, check_anonymous, next_level
from notices.models import Kind, Notice


@transaction.atomic
def raise_need(gate: Gate, *, case: Case, people: int = 1, **words: Any) -> UnmetNeed:
    """What is missing for this person, described without them. `people`: everybody known to lack it, this one too."""
    gate.require_write(case, Category.PLAN, action=Action.REGISTERED)
    for text in (words.get("title", ""), words.get("description", "")):
        check_anonymous(text, [case.individual.given_name, case.individual.family_name])
    need = UnmetNeed(
        people=people,
        municipality=case.municipality,
        raised_by=gate.user,
        raised_by_organisation=gate.organisation,
        sent_on=gate.day,
        answer_due_on=answer_due_on(gate.day),
        **words,
    )
    need.full_clean()
    need.save()
    NeedRaise.objects.create(need=need, level=need.level, sent_on=gate.day, sent_by=gate.user)
    _notice(gate, case, need)
    return need


@transaction.atomic
def join_need(gate: Gate, *, case: Case, need: UnmetNeed, people: int = 1) -> UnmetNeed:
    """This person lacks it too: one row more behind an unanswered need of the same municipality."""
    gate.require_write(case, Category.PLAN, action=Action.REGISTERED)
    _notice(gate, case, need)
    same = UnmetNeed.objects.unanswered().filter(pk=need.pk, municipality=case.municipality)
    if not same.update(people=F("people") + people, version=F("version") + 1):
        raise ValidationError("Behovet har redan fått svar. Beskriv det på nytt om det finns kvar.")
    need.refresh_from_db()
    return need


@transaction.atomic
def raise_higher(gate: Gate, need: UnmetNeed) -> UnmetNeed:
    """To the next level, with a new day for the answer."""
    gate.require_role(*RAISERS)
    level = next_level(need.level)
    if level is None:
        raise ValidationError("Behovet är redan på den högsta nivån.")
    same = UnmetNeed.objects.unanswered().filter(pk=need.pk, level=need.level)
    if not same.update(level=level, sent_on=gate.day, answer_due_on=answer_due_on(gate.day), version=F("version") + 1):
        raise ValidationError("Någon annan har redan lyft eller besvarat behovet.")
    NeedRaise.objects.create(need=need, level=level, sent_on=gate.day, sent_by=gate.user)
    gate.log(Action.CHANGED, note="need")
    need.refresh_from_db()
    return need


@transaction.atomic
def decide(gate: Gate, need: UnmetNeed, *, decision: str, answer: str, on: date) -> UnmetNeed:
    """The answer, once. Passing on is a decision only at the top; below it the need is raised instead."""
    gate.require_role(*DECIDERS)
    check_anonymous(answer)
    if decision == UnmetNeed.Decision.PASSED_ON and next_level(need.level):
        raise ValidationError({"decision": "Lyft behovet till nästa nivå i stället."})
    if on > gate.day:
        raise ValidationError({"decided_on": "Beslutsdagen kan inte ligga i framtiden."})
    if (
        not UnmetNeed.objects.unanswered()
        .filter(pk=need.pk)
        .update(decision=decision, answer=answer, decided_on=on, version=F("version") + 1)
    ):
        raise ValidationError("Behovet har redan fått ett svar.")
    gate.log(Action.CHANGED, note="need")
    need.refresh_from_db()
    return need


@transaction.atomic
def feed_back(gate: Gate, need: UnmetNeed) -> int:
    """Tell everybody who raised it or joined in; how many. Once per need."""
    gate.require_role(*RAISERS, *DECIDERS)
    told = UnmetNeed.objects.filter(pk=need.pk, fed_back_on=None).exclude(decided_on=None)
    if not told.update(fed_back_on=gate.day, version=F("version") + 1):
        raise ValidationError("Det finns inget svar att återkoppla, eller så är det redan gjort.")
    gate.log(Action.CHANGED, note="need")
    need.refresh_from_db()
    with beyond("side_effect"):
        recipients = need.raisers()
    Notice.objects.tell(
        Kind.NEED_ANSWERED, recipients, object_key=f"need-{need.pk}", text=need.title[:200], due_on=gate.day
    )
    return len(recipients)


def _notice(gate: Gate, case: Case, need: UnmetNeed) -> None:
    occurrence = NeedOccurrence(
        case=case, owner=case.organisation, need=need, noticed_on=gate.day, noticed_by=gate.user
    )
    occurrence.full_clean()
    occurrence.save()
