"""Who asked for another time, or for none: a coded party, with the reason and who wrote it down, shown and counted."""

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting, OutcomeDetails
from reports.statistics.work import count_meetings


@pytest.fixture
def act(client, cast, booked):
    def send(name, **sent):
        client.force_login(cast.anna)
        return client.post(reverse(f"meetings:{name}", args=[cast.case.pk, booked.pk]), sent)

    return send


def shown(client, meeting):
    return client.get(reverse("meetings:meeting", args=[meeting.case_id, meeting.pk])).text


def test_the_party_that_calls_off_is_named_with_the_reason_and_who_wrote_it(client, cast, booked, act):
    page = act("cancel").text
    for named in ("Deltagaren", cast.ifo.name, cast.af.name, "Någon annan"):
        assert named in page
    assert "Tolken" not in page
    assert act("cancel", by=f"party-{cast.af.pk}", reason="Per är sjuk").status_code == 302
    booked.refresh_from_db()
    details = booked.outcome_details
    assert (booked.outcome, booked.asked_by) == ("cancelled_by_party", "party")
    assert (details.cancelled_by, details.written_by) == (cast.af, cast.anna)
    text = shown(client, booked)
    assert f"{cast.af.name} ställde in: Per är sjuk" in text
    assert f"antecknat av {cast.anna.full_name}" in text


def test_the_same_of_a_move(client, cast, booked, act, filled_in):
    sent = filled_in(clock="13:00", by=f"party-{cast.af.pk}", reason="Krock")
    assert act("move", **sent).status_code == 302
    assert f"{cast.af.name} bad om en ny tid: Krock" in shown(client, booked)
    assert OutcomeDetails.objects.get(meeting=booked).cancelled_by == cast.af


@pytest.mark.parametrize("unknown", ["party-999999", "cancelled_by_person", "interpreter", ""])
def test_only_those_who_are_called_may_have_asked(booked, act, unknown):
    assert act("cancel", by=unknown, reason="x").status_code == 200
    booked.refresh_from_db()
    assert booked.is_booked


def test_it_is_counted_by_party_in_the_outcome_figures(cast):
    for number in range(11):
        asked = "party" if number < 6 else "person"
        starts_at = timezone.now()
        meeting = Meeting.objects.create(
            case=cast.case, owner=cast.ifo, starts_at=starts_at, ends_at=starts_at + timezone.timedelta(minutes=75),
            calendar_uid=f"00000000-0000-0000-0000-{number:012d}", booked_by=cast.anna, status="cancelled", asked_by=asked,
        )  # fmt: skip
        OutcomeDetails.objects.create(
            meeting=meeting, written_by=cast.anna, cancelled_by=cast.af if asked == "party" else None
        )

    class Today:
        days = (cast.day, cast.day)

    table = count_meetings(cast.case.municipality, Today)["called_off"].table
    counted = {label: cells[-1].value for label, cells in table.rows}
    assert counted == {"Deltagaren": 5, cast.af.short_name: 6, "Tolken": 0, "Någon annan": 0}
