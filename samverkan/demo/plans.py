"""The demo's plans, milestones, versions, agreements and unmet needs."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import F

from actionplans.content import plan_text
from actionplans.models import ActionPlan, Agreement, Condition, Milestone, PlanVersion
from needs.models import NeedOccurrence, NeedRaise, UnmetNeed
from needs.rules import LEVELS

STATUS = Milestone.Status
LATE = (-6, -3, 0, -1, 9, -2, -4)  # days after the due date that a milestone was done
STEPS = [
    ("Få betygen översatta", "skickas till UHR", 30),
    ("SFI kurs D, tre dagar i veckan", "i nästa möte", 80),
    ("Praktik, fyra veckor", "besök på arbetsplatsen", 120),
    ("Söka utbildning på Komvux", "i nästa möte", 150),
]
NEEDS = {
    "daily_activity": ("Daglig sysselsättning med språkstöd", UnmetNeed.Level.STEERING_GROUP, 40),
    "placement_place": ("Praktikplats inom vården", UnmetNeed.Level.CASEWORKER_GROUP, 12),
    "childcare": ("Barnomsorg på kvällstid", UnmetNeed.Level.UNIT, 6),
    "education": ("Komvux med start varje månad", UnmetNeed.Level.STEERING_GROUP, 75),
    "language": ("Språkpraktik på arabiska och somaliska", UnmetNeed.Level.CASEWORKER_GROUP, 30),
}


def make_plan(life, made_on):
    """The plan as it is today; milestones far back are done, the latest still run."""
    story = life.story
    plan = ActionPlan.objects.create(
        case=life.case,
        owner=life.case.organisation,
        individual=life.person,
        goal_type=story.goal_type,
        own_goal=story.goal,
        competence="Har arbetat i butik och på förskola. Talar flera språk.",
        opportunities="Vill börja så snart det går.",
        obstacles="Betygen är inte översatta. Bussarna går sällan.",
        coordinator=life.lead_worker,
        started_on=made_on,
    )
    for position in range(story.milestones):
        _milestone(life, plan, position, made_on)
    return plan


def _milestone(life, plan, position, made_on):
    text, follow_up, days = STEPS[position]
    due_on = made_on + timedelta(days=days)
    done = due_on < life.today and (life.story.received_ago + position) % 7 != 0
    worker = life.workers[position % len(life.workers)]
    alone = position == 0
    milestone = Milestone.objects.create(
        case=life.case,
        owner=life.case.organisation,
        plan=plan,
        position=position,
        text=text,
        by_individual=alone,
        responsible_organisation=None if alone else worker.organisation,
        responsible_user=None if alone else worker,
        starts_on=made_on,
        due_on=due_on,
        follow_up_how=follow_up,
        follow_up_on=due_on - timedelta(days=3),
        status=STATUS.DONE if done else (STATUS.ONGOING if position < 2 else STATUS.NOT_STARTED),
        done_on=min(life.today, due_on + timedelta(days=LATE[life.story.received_ago % len(LATE)])) if done else None,
    )
    if alone:
        milestone.with_organisations.add(life.lead_worker.organisation)
    if position == 2:
        Condition.objects.create(milestone=milestone, text="Barnomsorg på praktiktiden", remover=life.case.organisation)


def agree_on(life, plan, made_on):
    """A version as it stood, agreed to by everybody around the table."""
    number = plan.versions.count() + 1
    version = PlanVersion.objects.create(
        plan=plan,
        number=number,
        made_on=made_on,
        made_by=life.lead_worker,
        snapshot=_as_of(plan_text(plan), made_on).as_json(),
    )
    if life.story.agreed:
        parties = {None, *(w.organisation for w in life.workers)}
        Agreement.objects.bulk_create(
            Agreement(version=version, organisation=party, agreed_on=made_on, registered_by=life.lead_worker)
            for party in parties
        )
    return version


def _as_of(text, day):
    """What was reached later had not been reached on that day."""
    earlier = (
        replace(m, status=STATUS.ONGOING, done_on=None) if m.done_on and m.done_on > day else m for m in text.milestones
    )
    return replace(text, milestones=tuple(earlier))


def notice_need(life):
    """One more person with a need somebody has already raised, or a new need."""
    title, level, ago = NEEDS[life.story.need]
    sent_on = life.today - timedelta(days=ago)
    need, created = UnmetNeed.objects.get_or_create(
        kind=life.story.need,
        defaults={
            "title": title,
            "level": level,
            "municipality": life.place.flen,
            "raised_by_organisation": life.case.organisation,
            "raised_by": life.lead_worker,
            "sent_on": sent_on,
            "answer_due_on": sent_on + timedelta(days=30),
        },
    )
    if created:
        _climb(life, need, sent_on)
    else:
        UnmetNeed.objects.filter(pk=need.pk).update(people=F("people") + 1)
    NeedOccurrence.objects.create(
        case=life.case,
        owner=life.case.organisation,
        need=need,
        noticed_on=life.on(1),
        noticed_by=life.lead_worker,
    )


def _climb(life, need, sent_on):
    """From the unit to where it stands; what was raised longest ago has got its answer."""
    steps = LEVELS[: LEVELS.index(need.level) + 1]
    for number, level in enumerate(steps):
        day = sent_on - timedelta(days=14 * (len(steps) - 1 - number))
        NeedRaise.objects.create(need=need, level=level, sent_on=day, sent_by=life.lead_worker)
    if need.kind == UnmetNeed.Kind.EDUCATION:
        answered_on = life.today - timedelta(days=50)
        UnmetNeed.objects.filter(pk=need.pk).update(
            decision=UnmetNeed.Decision.PARTLY,
            answer="Komvux öppnar en extra start i mars. Fler starter prövas i budgeten.",
            decided_on=answered_on,
            fed_back_on=answered_on + timedelta(days=1),
        )
