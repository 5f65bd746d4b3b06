"""Many book the same time at once: exactly one wins, nobody sees an error page."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting, Participant
from samverkan.reference import load_reference_rows
from tests import casting

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 12


@pytest.fixture
def rivals(cast, filled_in):
    return rivals_of(cast, filled_in, RIVALS)


def rivals_of(cast, filled_in, number):
    """As many cases of Anna's, all wanting her and the same room at the same time."""
    with transaction.atomic():
        cases = casting.many_cases(cast.anna, number)
    return [(case.pk, filled_in(workers=[cast.anna.pk])) for case in cases]


@pytest.fixture
def cast(transactional_db):
    load_reference_rows()
    with transaction.atomic():
        return casting.assemble()


def book_all(user, rivals, at_once=None):
    """All of them let go in the same instant; with `at_once`, so many at a time of a server's connections."""
    start = Barrier(at_once or len(rivals))
    clients = []
    for _rival in rivals:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        clients.append(client)

    def attempt(number):
        case_id, sent = rivals[number]
        start.wait()
        try:
            return clients[number].post(reverse("meetings:book", args=[case_id]), sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(at_once or len(rivals)) as pool:
        return list(pool.map(attempt, range(len(rivals))))


def test_exactly_one_of_many_simultaneous_bookings_wins(cast, rivals):
    answers = book_all(cast.anna, rivals)
    assert sorted(answer.status_code for answer in answers) == [200] * (RIVALS - 1) + [302]
    assert Meeting.objects.count() == Participant.objects.filter(user=cast.anna).count() == 1
    for answer in answers:
        if answer.status_code == 200:
            assert "upptag" in answer.content.decode()


@pytest.mark.deep
@pytest.mark.parametrize("ask_first", [True, False])
def test_exactly_one_of_two_hundred_wins_and_nobody_sees_an_error(cast, filled_in, settings, monkeypatch, ask_first):
    """Whoever opens so many cases in an hour is otherwise asked to prove once more who they are."""
    settings.READ_AN_HOUR_STOPS = 1000
    if not ask_first:
        monkeypatch.setattr("meetings.slots.taken", lambda booking, moved=None: [])
    answers = book_all(cast.anna, rivals_of(cast, filled_in, 200), at_once=40)
    assert sorted(answer.status_code for answer in answers) == [200] * 199 + [302]
    assert Meeting.objects.count() == Participant.objects.filter(user=cast.anna).count() == 1


def test_the_constraint_decides_when_nobody_was_seen_to_be_busy(cast, rivals, monkeypatch):
    """Without the question beforehand every attempt reaches the exclusion constraint, also by way of deadlocks."""
    monkeypatch.setattr("meetings.slots.taken", lambda booking, moved=None: [])
    answers = book_all(cast.anna, rivals)
    assert sorted(answer.status_code for answer in answers) == [200] * (RIVALS - 1) + [302]
    assert Meeting.objects.count() == 1


def test_without_the_constraints_there_would_be_doubles(cast, rivals, monkeypatch):
    """The negative control: the same race over times that no constraint guards books every one of them."""
    monkeypatch.setattr("meetings.slots.taken", lambda booking, moved=None: [])
    for _case_id, sent in rivals:
        sent.update(room="", place="Biblioteket")
    monkeypatch.setattr("meetings.services.booking._participants", unbound)
    answers = book_all(cast.anna, rivals)
    assert [answer.status_code for answer in answers] == [302] * RIVALS
    assert Meeting.objects.count() == RIVALS


def unbound(meeting, case, booking):
    for worker in booking.workers:
        yield Participant(
            meeting=meeting, role="case_worker", user=worker, name="x", during=booking.during, takes_time=False
        )
