"""What is new between two versions, in sentences the person can read."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplans.rules.values import MilestoneText, PlanText

SECTIONS = {
    "competence": "Det jag kan",
    "opportunities": "Möjligheter",
    "obstacles": "Det som hindrar",
    "own_view": "Så ser jag på saken",
    "others_measures": "Det som andra gör",
}


def differences(old: PlanText, new: PlanText) -> list[str]:
    """Empty when nothing that people have agreed on or reached has changed."""
    return [*_about_the_plan(old, new), *_about_the_milestones(old, new)]


def day_in_words(day: date, beside: date | None = None) -> str:
    """The year is said when it is another than that of the day it replaces."""
    same_year = beside is None or beside.year == day.year
    return date_format(day, "j F" if same_year else "j F Y")


def _about_the_plan(old: PlanText, new: PlanText) -> Iterator[str]:
    if old.own_goal != new.own_goal or old.goal_type != new.goal_type:
        yield _("Målet är nu: %s.") % new.own_goal
    if old.kind != new.kind:
        yield _("Planen är nu av ett annat slag.")
    for name, title in SECTIONS.items():
        if getattr(old, name) != getattr(new, name):
            yield _("”%s” är skrivet på nytt.") % title
    if old.coordinator != new.coordinator and new.coordinator:
        yield _("%s samordnar planen.") % new.coordinator


def _about_the_milestones(old: PlanText, new: PlanText) -> Iterator[str]:
    before = {m.id: m for m in old.milestones}
    for milestone in new.milestones:
        if milestone.id not in before:
            yield _("Nytt delmål: %s.") % milestone.text
        elif before[milestone.id] != milestone:
            yield from _about(before[milestone.id], milestone, new.given_name)
    kept = {m.id for m in new.milestones}
    for milestone in old.milestones:
        if milestone.id not in kept:
            yield _("Borttaget delmål: %s.") % milestone.text


def _about(old: MilestoneText, new: MilestoneText, given_name: str) -> Iterator[str]:
    what = f"”{new.text}”"
    if old.text != new.text:
        yield _("”%(old)s” heter nu %(new)s.") % {"old": old.text, "new": what}
    yield from _about_status(old, new, what)
    if not new.is_open:
        return
    if old.due_on != new.due_on:
        yield _("%(what)s ska nu vara klart %(day)s.") % {"what": what, "day": day_in_words(new.due_on, old.due_on)}
    if old.starts_on != new.starts_on:
        yield _("%(what)s ska nu börja %(day)s.") % {
            "what": what,
            "day": day_in_words(new.starts_on, old.starts_on),
        }
    yield from _about_people(old, new, what, given_name)
    if (old.follow_up_how, old.follow_up_on) != (new.follow_up_how, new.follow_up_on):
        yield _("%(what)s följs nu upp så här: %(how)s.") % {"what": what, "how": _follow_up(new)}
    yield from _about_condition(old, new, what)


def _about_status(old: MilestoneText, new: MilestoneText, what: str) -> Iterator[str]:
    if old.status == new.status:
        return
    sentences = {
        "done": _("%s är klart."),
        "ended": _("%s är avslutat utan att nås."),
        "ongoing": _("%s har börjat.") if old.status == "not_started" else _("%s pågår igen."),
        "not_started": _("%s har inte börjat än."),
    }
    yield sentences[new.status] % what


def _about_people(old: MilestoneText, new: MilestoneText, what: str, given_name: str) -> Iterator[str]:
    if (old.organisation and old.organisation.id) != (new.organisation and new.organisation.id):
        who = new.organisation.name if new.organisation else given_name
        yield _("%(who)s ansvarar nu för %(what)s.") % {"who": who, "what": what}
    elif old.person != new.person and new.person:
        yield _("%(person)s tar nu hand om %(what)s.") % {"person": new.person, "what": what}
    company = _company(new, given_name)
    if _company(old, given_name) != company:
        yield (
            _("%(what)s görs nu tillsammans med %(who)s.") % {"what": what, "who": company}
            if company
            else _("%s görs nu utan någon annan.") % what
        )


def _company(milestone: MilestoneText, given_name: str) -> str:
    own = [given_name] if milestone.with_individual and not milestone.by_individual else []
    others = [milestone.with_others] if milestone.with_others else []
    return ", ".join([*own, *(party.name for party in milestone.with_parties), *others])


def _follow_up(milestone: MilestoneText) -> str:
    day = [day_in_words(milestone.follow_up_on)] if milestone.follow_up_on else []
    return ", ".join([*day, milestone.follow_up_how]) if milestone.follow_up_how else "".join(day)


def _about_condition(old: MilestoneText, new: MilestoneText, what: str) -> Iterator[str]:
    if new.condition is None:
        if old.condition is not None:
            yield _("Det finns inte längre något som måste vara på plats före %s.") % what
        return
    before = old.condition
    if before is None or (before.text, before.for_assistance) != (new.condition.text, new.condition.for_assistance):
        yield _("Före %(what)s måste det här vara på plats: %(text)s.") % {"what": what, "text": new.condition.text}
    elif before.met_on is None and new.condition.met_on is not None:
        yield _("Det som behövdes före %(what)s är nu på plats: %(text)s.") % {
            "what": what,
            "text": new.condition.text,
        }
    elif before != new.condition:
        yield _("Villkoret för %s är ändrat.") % what
