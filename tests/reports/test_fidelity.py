"""The method is followed, or not: counted over meetings, hidden when there are too few."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import ConsentConfirmation, Feedback, Meeting, MeetingPhase, Preparation
from reports.statistics.fidelity import count_fidelity
from tests.casting import worker


@pytest.fixture
def meetings(cast):
    """`meetings(5, prepared=True)`: held ones, yesterday and the days before."""

    def hold(number, *, prepared=True, feedback_after=0, used=14):
        for n in range(number):
            starts_at = timezone.now() - timedelta(days=n + 1)
            meeting = Meeting.objects.create(
                case=cast.case,
                owner=cast.ifo,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=75),
                calendar_uid=f"00000000-0000-0000-0000-{Meeting.objects.count():012d}",
                booked_by=cast.anna,
                status="held",
                outcome="held",
                leader=cast.bo if prepared else None,
                timekeeper=cast.anna if prepared else None,
                aim="Enas om praktik" if prepared else "",
            )
            if prepared:
                Preparation.objects.create(meeting=meeting)
                ConsentConfirmation.objects.create(meeting=meeting, answer="confirmed", asked_by=cast.anna)
            ended = {"started_at": starts_at, "ended_at": starts_at + timedelta(minutes=used)}
            MeetingPhase.objects.create(meeting=meeting, phase="preparation", **ended)
            words = {"cooperation": 4, "reached": 3, "given_at": starts_at + timedelta(days=feedback_after)}
            giver = worker(cast.af, f"Extra{Meeting.objects.count()}")
            Feedback.objects.create(meeting=meeting, organisation=cast.af, given_by=giver, **words)

    return hold


def test_shares_times_and_answers_of_enough_meetings(cast, meetings):
    meetings(4)
    meetings(2, prepared=False, feedback_after=2, used=20)
    counted = count_fidelity(cast.case.municipality, cast.day)
    assert [s.basis for _title, s in counted.measures] == ["4 av 6"] * 4
    preparation, talk, _feedback = counted.phases
    assert (preparation.planned, preparation.used) == (15, 16)
    assert talk.used is None
    assert [said.mean for said in counted.said] == [4, 3, None, None]


def test_four_meetings_tell_nothing(cast, meetings, client):
    meetings(4)
    counted = count_fidelity(cast.case.municipality, cast.day)
    assert {s.text for _title, s in counted.measures} == {"färre än 5"}
    assert all(phase.used is None for phase in counted.phases)
    assert all(said.mean is None for said in counted.said)
    client.force_login(cast.petra)
    shown = client.get("/oversikt/").content.decode()
    assert "Så följer vi metoden" in shown
    assert "färre än 5 svar" in shown
