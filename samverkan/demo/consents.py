"""The demo's answers about consent, and what they let whom tell whom."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from psycopg.types.range import DateRange

from cases.models import CaseParty, Category, SupportNeed
from consent.models import (
    CaseGrant,
    Consent,
    ConsentStep,
    ConsentText,
    Disclosure,
    Extra,
    Statute,
    Telling,
    Withholding,
)
from consent.models.texts import closest
from consent.rules import PURPOSE
from consent.services.extras import PURPOSE as EXTRA_PURPOSE


def answer_about_consent(life):
    """The answer the story tells, and each organisation's own disclosure where several were asked."""
    answer = life.story.consent
    partners = list(dict.fromkeys(w.organisation for w in life.workers[1:]))
    if answer == "missing" or not life.workers:
        return
    if answer == "declined" or not partners:
        receivers = partners or [life.place.af]
        if answer == "declined":
            _answer(life, life.lead_worker, receivers, Consent.Answer.DECLINED)
        return
    if answer == "own_matter":
        return
    for worker in life.workers:
        others = [o for o in dict.fromkeys([life.place.ifo, *partners]) if o != worker.organisation]
        _answer(life, worker, others, Consent.Answer.GIVEN)
    if life.story.withheld:
        _withhold(life, partners[0])
    if life.story.told_by_law:
        _tell_by_law(life, life.workers[1])
    if life.story.extra:
        _let_in(life, getattr(life.place, life.story.extra))


def _tell_by_law(life, worker):
    statute = Statute.objects.open_to(worker.organisation).get()
    registered = next(fact["label"] for fact in statute.facts if fact["code"] == "registered_on")
    Telling.objects.create(
        case=life.case,
        statute=statute,
        discloser=worker.organisation,
        recipient=life.lead_worker.organisation,
        facts=[{"label": registered, "value": (life.today - timedelta(days=life.story.pes_ago)).isoformat()}],
        told_on=life.on(1),
        by=worker,
    )


def _let_in(life, specialist):
    """Insight in some of it, and contact: two answers about one person."""
    for permission, categories in (
        (Extra.Permission.INSIGHT, ["plan", "work"]),
        (Extra.Permission.CONTACT, ["contact"]),
    ):
        said = {"categories": categories, "purpose": EXTRA_PURPOSE[permission]}
        consent = _answer(life, life.lead_worker, [specialist.organisation], Consent.Answer.GIVEN, **said)
        Extra.objects.create(consent=consent, specialist=specialist, permission=permission)
    CaseParty.objects.get_or_create(
        case=life.case, organisation=specialist.organisation, defaults={"since": life.on(1)}
    )
    reason = "extra kompetens: insyn och kontakt"
    CaseGrant.objects.engage(life.case, specialist, since=life.on(1), until=consent.valid_until, reason=reason)


def _withhold(life, recipient):
    Withholding.of(
        case=life.case,
        owner=life.lead_worker.organisation,
        recipient=recipient,
        category=life.story.withheld,
        reason="Personen vill berätta om det själv",
        since=life.on(1),
        until=None,
        by=life.lead_worker,
    ).save()


def _answer(life, worker, receivers, answer, **said):
    story = life.story
    given_on = life.on(1) if story.received_ago else life.today
    valid_until = given_on + timedelta(days=364)
    if story.consent == "expiring":
        valid_until = life.today + timedelta(days=6)
    elif valid_until < life.today and not story.exit:
        given_on, valid_until = life.today - timedelta(days=30), life.today + timedelta(days=334)
    easy_read = SupportNeed.EASY_READ in life.person.support_needs
    consent = Consent.objects.create(
        case=life.case,
        discloser=worker.organisation,
        answer=answer,
        given_on=given_on,
        valid_from=given_on,
        valid_until=valid_until,
        text=closest(ConsentText.objects.in_force(given_on), life.person.language, easy_read),
        informed=True,
        language=life.person.language,
        interpreter_used=bool(story.interpreter),
        easy_read=easy_read,
        registered_by=worker,
        registered_at=timezone.make_aware(datetime.combine(given_on, time(11))),
        **{"categories": [str(c) for c in Category.ordinary()], "purpose": PURPOSE, **said},
    )
    consent.receivers.set(receivers)
    step = ConsentStep.What.GIVEN if answer == Consent.Answer.GIVEN else ConsentStep.What.DECLINED
    ConsentStep.objects.create(consent=consent, what=step, by=worker, at=consent.registered_at)
    if answer == Consent.Answer.GIVEN:
        _let_tell(life, consent, receivers)
    return consent


def _let_tell(life, consent, receivers):
    days = None
    if life.story.consent == "withdrawn":
        withdrawn_on = life.today - timedelta(days=20)
        days = DateRange(consent.valid_from, withdrawn_on)
        consent.withdrawn_at = timezone.make_aware(datetime.combine(withdrawn_on, time(15)))
        consent.withdrawn_by, consent.withdrawn_how = consent.registered_by, "Personen ringde."
        consent.save()
        ConsentStep.objects.create(
            consent=consent, what=ConsentStep.What.WITHDRAWN, by=consent.registered_by, at=consent.withdrawn_at
        )
    Disclosure.objects.let_tell(consent, receivers, days)
