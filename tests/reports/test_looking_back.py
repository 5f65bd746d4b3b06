"""What was said after the meetings: gathered over whole months, hidden under five, never with a name."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import Feedback, Meeting, PersonFeedback, ProcessFeedback, Room
from reports.statistics.looking_back import count_looking_back
from reports.statistics.months import first_day
from tests.casting import worker

LINES = ["Börja med frågorna", "håll tiden", "Boka direkt", "Boka direkt", "Ännu lugnare"]


@pytest.fixture
def looked_back(cast):
    """`looked_back(5)`: so many meetings of the month before, each with a professional, the observer and the person."""

    def hold(number, days_ago=0):
        last_month = timezone.now() - timedelta(days=timezone.localdate().day + 2 - days_ago)
        for n in range(number):
            starts_at = last_month - timedelta(days=n)
            meeting = Meeting.objects.create(
                case=cast.case, owner=cast.ifo, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1),
                calendar_uid=f"00000000-0000-0000-0000-{Meeting.objects.count():012d}", booked_by=cast.anna,
                status="feedback_done", outcome="held",
            )  # fmt: skip
            giver = worker(cast.af, f"Extra{Meeting.objects.count()}")
            figures = {"cooperation": 4, "reached": 3, "roles_held": 5, "person_heard": 5}
            Feedback.objects.create(
                meeting=meeting, organisation=cast.af, given_by=giver, next_time=LINES[n % 5], **figures
            )
            ProcessFeedback.objects.create(
                meeting=meeting, given_by=cast.petra, method=4, attitude=5, line=LINES[n % 5]
            )
            PersonFeedback.objects.create(meeting=meeting, listened_to=3, know_next=3)

    return hold


def counted(cast):
    return count_looking_back(cast.case.municipality, cast.day)


def test_five_are_gathered_in_alphabetical_order_each_line_once(cast, looked_back):
    looked_back(5)
    found = counted(cast)
    assert found.until == first_day(cast.day) - timedelta(days=1)
    assert found.next_time == found.learnt == ("Boka direkt", "Börja med frågorna", "håll tiden", "Ännu lugnare")
    assert [item.mean for item in found.said] == [4, 3, 5, 5]
    assert [item.mean for item in found.observed] == [4, 5]
    assert [share.basis for _title, share in found.voices] == ["5 av 5", "5 av 5"]


def test_four_tell_nothing(cast, looked_back):
    looked_back(4)
    found = counted(cast)
    assert (found.next_time, found.learnt) == (None, None)
    assert {item.mean for item in (*found.said, *found.observed)} == {None}
    assert {share.basis for _title, share in found.voices} == {""}


def test_one_who_writes_five_times_is_still_one(cast, looked_back):
    looked_back(5)
    Feedback.objects.update(given_by=cast.bo)
    found = counted(cast)
    assert found.next_time is None
    assert {item.mean for item in found.said} == {None}


def test_an_answer_of_the_running_month_waits_until_it_is_over(cast, looked_back):
    looked_back(4)
    looked_back(1, days_ago=4)
    assert counted(cast).next_time is None


def test_the_team_and_the_steering_group_read_it_without_a_name(cast, client, looked_back):
    looked_back(5)
    for reader in (cast.anna, cast.sten, cast.petra):
        client.force_login(reader)
        shown = client.get(reverse("reports:looking_back")).text
        assert "Ännu lugnare" in shown
        assert "Extra" not in shown
        assert cast.case.number not in shown
        assert cast.case.individual.given_name not in shown
    assert client.get(reverse("reports:looking_back"), {"kommun": "1083"}).status_code == 404


def test_who_has_hosted_how_often_is_told_once_there_are_five_meetings(cast, looked_back):
    looked_back(12)
    room = Room.objects.create(organisation=cast.ifo, municipality=cast.case.municipality, name="Sjön", address="x")
    held = list(Meeting.objects.values_list("pk", flat=True))
    Meeting.objects.filter(pk__in=held[:5]).update(form="video")
    Meeting.objects.filter(pk__in=held[5:11]).update(room=room)
    assert counted(cast).hosts == (("IFO", 6), ("På distans", 5), ("Annan plats", 1))
    Meeting.objects.exclude(pk__in=held[:4]).delete()
    assert counted(cast).hosts is None
