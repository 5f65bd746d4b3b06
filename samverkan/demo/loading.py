"""The whole demo in one transaction: workplaces, about 120 lives, and two older projects."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.context import beyond
from meetings.models import Meeting
from samverkan.demo import consents, meetings, plans
from samverkan.demo.bookings import load_bookings
from samverkan.demo.calendar import FreeTimes
from samverkan.demo.calling_texts import load_calling_texts
from samverkan.demo.flen import load_flen
from samverkan.demo.lives import Life
from samverkan.demo.logins import LOGINS
from samverkan.demo.reports import load_reports
from samverkan.demo.solvesborg import load_solvesborg
from samverkan.demo.stories import Numbers, stories
from samverkan.demo.workplaces import open_workplaces

KIND = Meeting.Kind


def is_loaded():
    return User.objects.filter(email=LOGINS[0][1]).exists()


@transaction.atomic
@beyond("demo")
def load(total=120):
    """Dates are relative to today; the fixed seed gives the same people and the same events every time."""
    today = timezone.localdate()
    place = open_workplaces(today)
    load_calling_texts(place)
    numbers, calendar = Numbers(), FreeTimes(place.rooms)
    applications = {}
    for story in stories(total):
        life = Life(story, place, numbers, today, applications.get(story.shares_application_with))
        applications[story.given_name] = life.application
        _live(life, calendar)
    load_bookings(place, today)
    load_flen(place)
    load_solvesborg(place)
    load_reports(place, today)
    return place


def _live(life, calendar):
    story = life.story
    consents.answer_about_consent(life)
    life.write_down()
    if story.need:
        plans.notice_need(life)
    if story.no_show_after is not None:
        meetings.miss(meetings.book(life, calendar, life.on(story.no_show_after), KIND.FIRST))
    plan = plans.make_plan(life, life.on(story.met_after or 6)) if story.milestones else None
    if story.met_after is not None:
        _meet(life, calendar, plan)
    if story.booked_in is not None:
        booked = meetings.book(life, calendar, life.today + timedelta(days=story.booked_in), KIND.FIRST)
        if story.booked_in == 0:
            meetings.prepare(life, booked)
    life.leave()


def _meet(life, calendar, plan):
    """The first meeting, then the follow-ups, each with its version of the plan."""
    days = [(life.on(life.story.met_after), KIND.FIRST)]
    days += [(life.today - timedelta(days=ago), KIND.FOLLOW_UP) for ago in life.story.follow_ups_ago]
    for day, kind in days:
        meeting = meetings.book(life, calendar, day, kind)
        meetings.hold(life, meeting)
        held_on = timezone.localdate(meeting.starts_at)
        if plan is not None:
            meeting.plan_version = plans.agree_on(life, plan, held_on)
            meeting.save()
        if kind == KIND.FIRST:
            life.deadline.met_on = held_on
            life.deadline.save(update_fields=["met_on"])
    life.case.next_on = held_on + timedelta(days=60)
    life.case.save(update_fields=["next_on"])
