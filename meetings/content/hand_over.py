"""What is booked in cases that go to a colleague."""

from datetime import time

from audit.context import beyond
from meetings.models import Meeting, Participant
from meetings.rules import instant


def seats_of(giver, cases, since):
    """The giver's at meetings ahead in these cases, from that day on."""
    seats = Participant.objects.to_call().filter(user=giver, takes_time=True, meeting__case__in=cases)
    ahead = seats.filter(meeting__status__in=Meeting.BOOKED, meeting__starts_at__gte=instant(since, time()))
    return ahead.order_by("during", "pk")


@beyond("hand_over")
def meetings_that_follow(giver, grants, since):
    """How many."""
    return seats_of(giver, giver.case_grants.filter(pk__in=grants).values("content_object"), since).count()
