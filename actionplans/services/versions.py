"""Freeze the plan as it stands, and write down who agrees to exactly that."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from actionplans.content import plan_text
from actionplans.models import ActionPlan, Agreement, PlanVersion
from actionplans.rules import INDIVIDUAL, EditedMeanwhile, PlanText, carried_over, differences, parties
from audit.context import beyond
from consent.gate import Gate
from notices.models import Kind, Notice


@transaction.atomic
def snapshot_version(gate: Gate, *, plan: ActionPlan) -> PlanVersion:
    """The plan as it stands now, as the next version; the latest one if nothing has changed since it was made.

    Parties of whom the new version asks nothing new keep their agreement (`rules/agreement.py`), the others are told.
    """
    gate.require_write(plan)
    ActionPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    text = plan_text(plan)
    latest = plan.versions.first()
    before = PlanText.from_json(latest.snapshot) if latest else None
    if latest is not None and before is not None and not differences(before, text):
        return latest
    version = PlanVersion.objects.create(
        plan=plan,
        number=latest.number + 1 if latest else 1,
        made_on=gate.day,
        made_by=gate.user,
        snapshot=text.as_json(),
    )
    if latest is not None and before is not None:
        _carry_over(latest, version, before, text)
        _settle(latest)
    _ask(gate, plan, version, text)
    return version


@transaction.atomic
def agree(gate: Gate, *, version: PlanVersion, how: str, organisation: Organisation | None = None) -> Agreement:
    """`organisation` None: the individual, registered by a worker. A party agrees through its own workers only.

    `version` is the one that was read; EditedMeanwhile with the latest if there is a newer.
    """
    plan = version.plan
    gate.require_write(plan)
    if organisation is not None and organisation != gate.organisation:
        raise PermissionDenied("Varje organisation tar själv ställning till planen.")
    ActionPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    latest = plan.versions.latest("number")
    if latest != version:
        raise EditedMeanwhile(latest)
    text = PlanText.from_json(version.snapshot)
    if organisation is not None and organisation.pk not in {party.id for party in parties(text)}:
        raise ValidationError(f"{organisation.short_name} har inga åtaganden i planen.")
    agreement = Agreement(
        version=version, organisation=organisation, agreed_on=gate.day, how=how, registered_by=gate.user
    )
    agreement.full_clean()
    agreement.save()
    if organisation is not None:
        _settle(version, organisation)
    return agreement


def _carry_over(latest: PlanVersion, version: PlanVersion, before: PlanText, text: PlanText) -> None:
    agreed = {row.organisation_id: row for row in latest.agreements.all()}
    Agreement.objects.bulk_create(
        Agreement(
            version=version,
            organisation_id=party,
            agreed_on=agreed[party].agreed_on,
            how=agreed[party].how,
            registered_by_id=agreed[party].registered_by_id,
            carried_from_id=agreed[party].carried_from_id or latest.pk,
        )
        for party in carried_over(before, text, agreed)
    )


def _ask(gate: Gate, plan: ActionPlan, version: PlanVersion, text: PlanText) -> None:
    """The other parties' workers who have something new to take a stand on. The individual is asked in person."""
    agreed = set(version.agreements.values_list("organisation", flat=True))
    waiting = {party.id for party in parties(text)} - agreed - {gate.organisation.pk, INDIVIDUAL}
    recipients = [grant.user for grant in gate.workers(plan.case) if grant.user.organisation_id in waiting]
    Notice.objects.tell(Kind.AGREEMENT_ASKED, recipients, object_key=_key(version), case=plan.case, due_on=gate.day)


@beyond("side_effect")
def _settle(version: PlanVersion, organisation: Organisation | None = None) -> None:
    """Nobody need look at this any more; with `organisation`, nobody there."""
    asked = Notice.objects.undone().filter(kind=Kind.AGREEMENT_ASKED, object_key=_key(version))
    if organisation is not None:
        asked = asked.filter(recipient__organisation=organisation)
    asked.finish(timezone.now())


def _key(version: PlanVersion) -> str:
    return f"planversion-{version.pk}"
