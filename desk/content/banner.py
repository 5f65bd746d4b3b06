"""The consent banner: who may tell whom what until when, in one sentence."""

from collections import defaultdict
from dataclasses import dataclass

from cases.models import Category
from cases.templatetags.wording import joined, near_date, short_date
from consent.models import Consent
from desk.content.links import Link, link, links

SHORT = {
    Category.CONTACT: "kontakt",
    Category.APPLICATION: "ansökan",
    Category.PLAN: "plan",
    Category.MEETING: "möten",
    Category.ASSESSMENT: "kartläggning",
    Category.WORK: "arbete och utbildning",
    Category.NOTE: "delade anteckningar",
    Category.ECONOMY: "ekonomi",
    Category.HEALTH: "hälsa",
}


@dataclass(frozen=True)
class Banner:
    tone: str
    title: str
    text: str
    links: tuple[Link, ...]


def build_banner(facts) -> Banner:
    """What lets tell most comes first."""
    in_force = sorted((c for c in facts.consents if c.is_in_force(facts.day)), key=lambda c: -len(c.categories))
    if in_force:
        soon = min((c.valid_until for c in in_force if c.ends_soon(facts.day)), default=None)
        title = f"Samtycke går ut {short_date(soon)}" if soon else "Samtycke gäller"
        tone, text = "warn" if soon else "ok", told(facts, in_force)
    else:
        tone, title, text = without(facts)
    return Banner(tone, title, text, banner_links(facts, in_force))


def told(facts, consents) -> str:
    """ "Amina har sagt ja till att IFO och AF delar uppgifter om plan och möten till och med 11 november 2027."

    Consents for the same kinds of data and the same time are told together when all parties tell one another."""
    alike = defaultdict(list)
    for consent in consents:
        alike[tuple(words(consent.categories)), consent.valid_until].append(consent)
    clauses = [
        f"{who} om {joined(what)} till och med {near_date(until)}"
        for (what, until), group in alike.items()
        for who in directions(group)
    ]
    return f"{facts.case.individual.given_name} har sagt ja till att {'; '.join(clauses)}."


def directions(consents) -> list[str]:
    """ "IFO och AF delar uppgifter", or who tells whom, one by one."""
    told_by: defaultdict[str, set[str]] = defaultdict(set)
    for consent in consents:
        told_by[consent.discloser.short_name].update(r.short_name for r in consent.receivers.all())
    everybody = set(told_by).union(*told_by.values())
    if all(told_by.get(name) == everybody - {name} for name in everybody):
        return [f"{joined(sorted(everybody))} delar uppgifter"]
    return [f"{name} lämnar uppgifter till {joined(sorted(names))}" for name, names in sorted(told_by.items())]


def words(categories):
    return [SHORT[c] for c in Category if c in categories]


def without(facts):
    """Tone, title and text when nothing may be shared."""
    name, ours = facts.case.individual.given_name, facts.gate.organisation.short_name
    only_ours = f"Du ser bara det som {ours} själv har antecknat."
    answers = [c for c in facts.consents if c.answer != Consent.Answer.ASKED]
    if not answers:
        return "warn", "Samtycke saknas", f"{name} har inte svarat. {only_ours}"
    latest = answers[0]
    if latest.withdrawn_at:
        day = near_date(latest.withdrawn_at)
        return "bad", "Samtycke återkallat", f"{name} tog tillbaka sitt samtycke {day}. {only_ours}"
    if latest.answer == Consent.Answer.DECLINED:
        return "warn", "Inget samtycke", f"{name} sade nej {near_date(latest.given_on)}. {only_ours}"
    return "warn", "Samtycke har gått ut", f"Det gällde till och med {near_date(latest.valid_until)}. {only_ours}"


def banner_links(facts, in_force):
    case = facts.case
    if not in_force:
        ask = facts.gate.may_write(case) and link("Fråga om samtycke", "consent:give", case.pk)
        return links(facts.consents and link("Visa", "consent:consents", case.pk), ask)
    ours = [c for c in in_force if c.discloser_id == facts.gate.organisation.pk]
    only = ours[0] if len(ours) == 1 else None
    extend = only and only.ends_soon(facts.day) and facts.gate.may_write(case)
    return links(
        link("Visa", "consent:consents", case.pk),
        extend and link("Förläng", "consent:change", case.pk, only.pk),
        only and link("Återkalla", "consent:withdraw", case.pk, only.pk),
    )
