"""What is booked in a colleague's cases, and the plans that the colleague coordinates, go along when the cases go."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from actionplans.models import ActionPlan
from consent.gate import Gate
from meetings.models import Meeting, Participant
from notices.models import Kind, Notice, OutboxMessage
from tests import casting
from tests.consent.test_hand_over import PAGE, shown, words


@pytest.fixture
def ally(cast):
    return casting.worker(cast.ifo, "Ally", Role.CASE_WORKER)


@pytest.fixture
def karin(client, cast, booked):
    client.force_login(cast.karin)
    return client


def hand_over(client, cast, ally, **changed):
    return client.post(PAGE, shown(client, words(cast, ally, **changed))[1], follow=True).text


def test_meetings_ahead_get_the_receiver_in_the_givers_place(karin, cast, ally, booked):
    Meeting.objects.filter(pk=booked.pk).update(leader=cast.anna, timekeeper=cast.bo)
    plan = ActionPlan.objects.create(
        case=cast.case, owner=cast.ifo, individual=cast.case.individual, own_goal="Kök", coordinator=cast.anna
    )
    assert "Ett bokat möte följer med." in shown(karin, words(cast, ally))[0]
    assert "Ett bokat möte följde med." in hand_over(karin, cast, ally)
    booked.refresh_from_db()
    plan.refresh_from_db()
    assert (booked.leader, booked.timekeeper, booked.booked_by) == (ally, cast.bo, ally)
    assert plan.coordinator == ally
    taking = set(booked.participants.filter(takes_time=True).values_list("user__given_name", flat=True))
    assert taking == {"Ally", "Bo"}
    call = OutboxMessage.objects.get(kind=Kind.MEETING_BOOKED, address=ally.email)
    assert call.due_at <= timezone.now()
    assert call.watcher == ally
    assert Gate(ally).across(Meeting).filter(pk=booked.pk).exists()
    assert not Gate(cast.anna).across(Meeting).filter(pk=booked.pk).exists()


def test_a_meeting_before_the_day_stays_and_one_after_it_is_called_to_on_the_day(karin, cast, ally, booked):
    later = str(timezone.localdate(booked.starts_at) + timedelta(days=1))
    assert "bokat möte följde" not in hand_over(karin, cast, ally, since=later)
    assert booked.participants.get(user=cast.anna).takes_time


def test_a_call_waits_for_the_day_when_the_receiver_may_read_it(karin, cast, ally, booked):
    day = timezone.localdate(booked.starts_at)
    hand_over(karin, cast, ally, since=str(day))
    call = OutboxMessage.objects.get(kind=Kind.MEETING_BOOKED, address=ally.email)
    assert timezone.localtime(call.due_at).strftime("%Y-%m-%d %H") == f"{day} 08"


def test_a_clash_is_told_and_the_meeting_stays_until_somebody_moves_it(karin, cast, ally, booked):
    [other] = casting.many_cases(ally, 1)
    busy = Meeting.objects.create(
        case=other, owner=cast.ifo, starts_at=booked.starts_at, ends_at=booked.ends_at, place="Rum 2", booked_by=ally,
        calendar_uid="00000000-0000-0000-0000-000000000001",
    )  # fmt: skip
    Participant.objects.create(meeting=busy, role="case_worker", user=ally, during=busy.during)
    assert "Ett bokat möte krockar med ett annat. Ally Extra får veta vilka." in hand_over(karin, cast, ally)
    assert booked.participants.get(user=cast.anna).takes_time
    assert not booked.participants.filter(user=ally).exists()
    notice = Notice.objects.get(kind=Kind.HANDED_OVER, recipient=ally, case=cast.case)
    assert notice.text.startswith("Du är upptagen vid mötet ")
    assert Meeting.objects.get(pk=booked.pk).booked_by == ally


def test_a_receiver_who_is_called_already_keeps_one_seat(karin, cast, ally, booked):
    Participant.objects.create(
        meeting=booked, role="case_worker", user=ally, organisation=cast.ifo, during=booked.during
    )
    hand_over(karin, cast, ally)
    assert booked.participants.filter(user=ally).count() == 1
    assert not booked.participants.get(user=cast.anna).takes_time
