"""Withdrawal wins every race: with real transactions on connections of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from audit.models import Action, Entry
from consent.gate import Gate
from consent.models import CaseGrant, CaseScope, Disclosure
from consent.models.consents import DisclosureQuerySet
from consent.services.consents import withdraw
from tests import casting

ROUNDS = 30
READERS = 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(reference):
    with transaction.atomic():
        cast = casting.assemble()
    yield cast
    assert CaseScope.objects.difference() == []


def at_once(*acts):
    """Every act in a thread of its own, from the same moment; what one of them raises, the test raises."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        running = [threads.submit(run, act) for act in acts]
    for ended in running:
        ended.result()


def read(user, case_id):
    """As a page does: one transaction with the question, the locks and the trace."""
    try:
        with transaction.atomic():
            Gate(user).open(case_id)
    except Http404:
        return False
    return True


def late_reads(cast):
    """How many reads by the partner were logged after the withdrawal that ended them: the first round with any,
    or none in all rounds."""
    for _ in range(ROUNDS):
        with transaction.atomic():
            consent = casting.give_consent(cast.case, cast.anna, [cast.af])
            Disclosure.objects.filter(case=cast.case).exclude(consent=consent).end(on=timezone.localdate())
        over = threading.Event()

        def keep_reading(over=over):
            while not over.is_set():
                read(cast.bo, cast.case.pk)

        def take_back(over=over, consent=consent):
            try:
                withdraw(Gate(cast.anna), consent=consent, how="Ringde")
            finally:
                over.set()

        at_once(take_back, *[keep_reading] * READERS)
        withdrawn = Entry.objects.filter(action=Action.CONSENT_WITHDRAWN).latest("pk")
        late = Entry.objects.filter(action=Action.READ, actor_id=cast.bo.pk, pk__gt=withdrawn.pk).count()
        assert not read(cast.bo, cast.case.pk)
        if late:
            return late
    return 0


def test_no_read_is_logged_after_the_withdrawal_that_ended_it(cast):
    assert late_reads(cast) == 0
    assert Entry.objects.filter(action=Action.READ, actor_id=cast.bo.pk).exists()


def test_the_control_without_the_lock_reads_are_logged_after_it(cast, monkeypatch):
    def unlocked(self, case_id, recipient_id, day):
        return self.in_force(day).filter(case=case_id, recipient=recipient_id)

    monkeypatch.setattr(DisclosureQuerySet, "relied_on", unlocked)
    assert late_reads(cast) > 0


def test_an_assignment_made_while_the_consent_ends_opens_nothing(cast):
    for number in range(ROUNDS // 3):
        with transaction.atomic():
            consent = casting.give_consent(cast.case, cast.anna, [cast.ame])
            newcomer = casting.worker(cast.ame, f"Nykomling{number}")
        at_once(
            lambda newcomer=newcomer: CaseGrant.objects.engage(cast.case, newcomer, since=timezone.localdate()),
            lambda consent=consent: withdraw(Gate(cast.anna), consent=consent, how="Ringde"),
        )
        assert CaseScope.objects.difference() == []
        assert not read(newcomer, cast.case.pk)


def test_two_who_take_back_the_same_consent_end_it_once(cast):
    refused = []

    def take_back():
        try:
            withdraw(Gate(cast.anna), consent=cast.consent, how="Ringde")
        except ValidationError as error:
            refused.append(error)

    at_once(take_back, take_back)
    assert len(refused) == 1
    assert Entry.objects.filter(action=Action.CONSENT_WITHDRAWN).count() == 1
    assert cast.consent.steps.filter(what="withdrawn").count() == 1
