"""Versions of the plan, and where each party stands on them."""

from dataclasses import dataclass

from django.http import Http404

from accounts.models import Organisation
from actionplans.content.values import party
from actionplans.models import ActionPlan, Agreement, PlanVersion
from actionplans.rules import INDIVIDUAL, Party, PlanText, differences, parties
from cases.templatetags.wording import joined
from consent.gate import Gate


@dataclass(frozen=True)
class Stand:
    """Where one party stands on a version. `organisation` None is the individual; `agreed_on` None: not yet."""

    organisation: Party | None
    name: str
    agreement: Agreement | None = None

    @property
    def has_agreed(self) -> bool:
        return self.agreement is not None


@dataclass(frozen=True)
class VersionText:
    """A version, what was new in it, and who has agreed to exactly that."""

    version: PlanVersion
    plan: PlanText
    stands: tuple[Stand, ...]
    changes: tuple[str, ...] = ()

    @property
    def agreed(self) -> list[Stand]:
        return [stand for stand in self.stands if stand.has_agreed]

    @property
    def waiting(self) -> list[Stand]:
        return [stand for stand in self.stands if not stand.has_agreed]

    @property
    def agreed_names(self) -> str:
        return joined(stand.name for stand in self.agreed)

    @property
    def waiting_names(self) -> str:
        return joined(stand.name for stand in self.waiting)


def version_of(plan: ActionPlan, version_id: int) -> PlanVersion:
    version = plan.versions.filter(pk=version_id).first()
    if version is None:
        raise Http404("Versionen finns inte.")
    version.plan = plan
    return version


def versions(gate: Gate, plan: ActionPlan) -> list[VersionText]:
    """Newest first, each with what was new in it."""
    kept = list(plan.versions.prefetch_related("agreements__organisation", "agreements__carried_from"))
    texts = [shown(gate, PlanText.from_json(version.snapshot)) for version in kept]
    older = [*texts, None][1:]
    return [
        VersionText(version, text, stands(version, text), tuple(differences(before, text)) if before else ())
        for version, text, before in zip(kept, texts, older, strict=True)
    ]


def news(gate: Gate, read: PlanVersion, latest: PlanVersion) -> list[str]:
    """What somebody who has read one version has not read yet."""
    before, after = (shown(gate, PlanText.from_json(version.snapshot)) for version in (read, latest))
    return list(differences(before, after))


def version_text(gate: Gate, version: PlanVersion) -> VersionText:
    text = shown(gate, PlanText.from_json(version.snapshot))
    return VersionText(version, text, stands(version, text))


def stands(version: PlanVersion, text: PlanText) -> tuple[Stand, ...]:
    """The individual first, then every party of the version, then those who agreed with nothing left to do."""
    agreements = {row.organisation_id: row for row in version.agreements.all()}
    asked = {p.id: p for p in parties(text)}
    others = {pk: party(row.organisation) for pk, row in agreements.items() if row.organisation and pk not in asked}
    individual = Stand(None, text.given_name, agreements.get(INDIVIDUAL))
    return individual, *(Stand(p, p.short_name, agreements.get(pk)) for pk, p in (asked | others).items())


def shown(gate: Gate, text: PlanText) -> PlanText:
    if gate.organisation.kind == Organisation.Kind.HEALTH_CARE:
        return text.without_assistance_conditions()
    return text
