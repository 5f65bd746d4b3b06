"""Withdrawal wins every race: with real transactions on connections of their own."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import pytest
import requests
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Action, Entry, Seal
from consent import gate, middleware
from consent.gate import Gate
from consent.models import CaseGrant, CaseScope, Disclosure
from consent.models.disclosures import DisclosureQuerySet
from consent.services.consents import change, withdraw
from tests import casting
from tests.conftest import DEEP

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


def late_reads(cast, reads=None, rounds=ROUNDS):
    """How many reads by the partner were sealed after the withdrawal that ended them: the first round with any,
    or none in all rounds. `reads`: one act for each reader."""
    reads = reads or [lambda: read(cast.bo, cast.case.pk)] * READERS
    for _ in range(rounds):
        with transaction.atomic():
            consent = casting.give_consent(cast.case, cast.anna, [cast.af])
            Disclosure.objects.filter(case=cast.case).exclude(consent=consent).end(on=timezone.localdate())
        over = threading.Event()

        def keep(reading, over=over):
            while not over.is_set():
                reading()

        def take_back(over=over, consent=consent):
            try:
                withdraw(Gate(cast.anna), consent=consent, how="Ringde")
            finally:
                over.set()

        at_once(take_back, *[partial(keep, reading) for reading in reads])
        withdrawn = Entry.objects.filter(action=Action.CONSENT_WITHDRAWN).latest("pk")
        sealed = Seal.objects.filter(sequence__gt=Seal.objects.get(entry_id=withdrawn.pk).sequence)
        by_partners = Entry.objects.filter(action=Action.READ, organisation_id=cast.af.pk)
        late = by_partners.filter(pk__in=sealed.values("entry_id")).count()
        assert not read(cast.bo, cast.case.pk)
        if late:
            return late
    return 0


def unlocked(self, case_id, recipient_id, day):
    """The control: what a reader relies on is not held."""
    return self.in_force(day).filter(case=case_id, recipient=recipient_id)


def test_no_read_is_logged_after_the_withdrawal_that_ended_it(cast):
    assert late_reads(cast) == 0
    assert Entry.objects.filter(action=Action.READ, actor_id=cast.bo.pk).exists()


def test_the_control_without_the_lock_reads_are_logged_after_it(cast, monkeypatch):
    monkeypatch.setattr(DisclosureQuerySet, "relied_on", unlocked)
    assert late_reads(cast) > 0


def test_a_withdrawal_outlasts_a_reader_for_whom_a_page_would_give_up(cast):
    reading, read_on = threading.Event(), threading.Event()

    def read_slowly():
        with transaction.atomic():
            Gate(cast.bo).open(cast.case.pk)
            reading.set()
            read_on.wait()

    def take_back():
        reading.wait()
        threading.Timer(0.5, read_on.set).start()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        withdraw(Gate(cast.anna), consent=cast.consent, how="Ringde")

    at_once(read_slowly, take_back)
    assert not read(cast.bo, cast.case.pk)


# --- the same with eight people in front of a browser each -------------------------------------------------------
@pytest.fixture
def browsers(cast, live_server):
    """Eight of the partner who load a page of the case each, and the answers they got."""
    answers = Counter()
    page = f"{live_server.url}{reverse('cases:notes', args=[cast.case.pk])}"
    acts = [partial(_load, _session(user), page, answers) for user in _eight_partners(cast)]
    return acts, answers


def _eight_partners(cast):
    users = [casting.worker(cast.af, f"Läsare{number}") for number in range(8)]
    for user in users:
        CaseGrant.objects.engage(cast.case, user, since=timezone.localdate())
    return users


def _session(user):
    client, session = Client(), requests.Session()
    client.force_login(user)
    session.cookies.set(settings.SESSION_COOKIE_NAME, client.session.session_key)
    return session


def _load(session, page, answers):
    answers[session.get(page, timeout=30).status_code] += 1


LIVE_ROUNDS = 1000 if DEEP else 4


def test_no_page_is_sealed_after_the_withdrawal_on_a_live_server(cast, browsers, capsys):
    """A machine with too much to do may answer 503, which shows nothing; what is sealed is what was shown."""
    acts, answers = browsers
    acts[0]()
    assert late_reads(cast, acts, LIVE_ROUNDS) == 0
    acts[0]()
    assert set(answers) - {503} == {200, 404}
    sealed = Entry.objects.filter(action=Action.READ, organisation_id=cast.af.pk).count()
    assert sealed == answers[200]
    seen = f"{answers[200]} visade sidor, {answers[404]} nekade, {answers[503]} utan svar i tid"
    with capsys.disabled():
        print(f" [{LIVE_ROUNDS} omgångar, {seen}] ", end="")


@pytest.mark.deep
def test_the_control_without_the_lock_pages_are_sealed_after_it_on_a_live_server(cast, browsers, monkeypatch):
    monkeypatch.setattr(DisclosureQuerySet, "relied_on", unlocked)
    assert late_reads(cast, browsers[0], LIVE_ROUNDS) > 0


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


# --- two withdrawals that each want what the other relies on -------------------------------------------------
@pytest.fixture
def both(cast):
    """A consent in each direction; AF has a matter of its own, so that Bo may open the case afterwards too."""
    with transaction.atomic():
        cast.case.parties.update(own_matter=True)
    return cast


def take_back_at_once(cast, client_of, monkeypatch, patience=0.03):
    """Anna and Bo each press "Återkalla" on their own organisation's consent: whoever has opened the case waits
    a moment for the other before going on. The status of each answer."""
    met = threading.Barrier(2)
    require = Gate.require_withdraw

    def wait_and_require(self, consent):
        with suppress(threading.BrokenBarrierError):
            met.wait(timeout=patience)
        require(self, consent)

    with transaction.atomic():
        given = [
            casting.give_consent(cast.case, cast.anna, [cast.af]),
            casting.give_consent(cast.case, cast.bo, [cast.ifo]),
        ]
    pages = [reverse("consent:withdraw", args=[cast.case.pk, consent.pk]) for consent in given]
    answers = {}

    def press(user, page):
        answers[user] = client_of[user].post(page, {"how": "Ringde"}).status_code

    with monkeypatch.context() as patched:
        patched.setattr(Gate, "require_withdraw", wait_and_require)
        at_once(lambda: press(cast.anna, pages[0]), lambda: press(cast.bo, pages[1]))
    assert not Disclosure.objects.in_force(timezone.localdate()).filter(consent__in=given).exists()
    return [answers[cast.anna], answers[cast.bo]]


@pytest.fixture
def client_of(both):
    """Logged in before anybody meets."""
    clients = {user: Client() for user in (both.anna, both.bo)}
    for user, client in clients.items():
        client.force_login(user)
    return clients


def test_two_who_take_back_what_the_other_relies_on_both_succeed(both, client_of, monkeypatch):
    for _ in range(20):
        assert take_back_at_once(both, client_of, monkeypatch) == [302, 302]


def test_the_control_without_the_turn_they_wait_for_each_other_for_ever(both, client_of, monkeypatch):
    for module in (middleware, gate):
        monkeypatch.setattr(module, "take_turn", lambda case_id: None)
    with pytest.raises(OperationalError, match="deadlock"):
        take_back_at_once(both, client_of, monkeypatch, patience=5)


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


# --- narrowed while others read ----------------------------------------------------------------------------------
def is_told(user, case):
    """Whether the page that is opened now shows what the lead may tell."""
    with transaction.atomic():
        return bool(Gate(user).open(case.pk).sight.told)


def lacking_while_narrowed(cast):
    """AME is taken away, AF stays: no read by AME after the row in the log. How many pages of AF lacked something: of
    the first round with any, or none in all rounds."""
    with transaction.atomic():
        CaseGrant.objects.engage(cast.case, cast.cilla, since=timezone.localdate())
        Disclosure.objects.filter(case=cast.case).end(on=timezone.localdate())
    for _ in range(ROUNDS // 3):
        with transaction.atomic():
            consent = casting.give_consent(cast.case, cast.anna, [cast.af, cast.ame])
        over, untold = threading.Event(), []

        def keep_reading(over=over):
            while not over.is_set():
                read(cast.cilla, cast.case.pk)

        def keep_looking(over=over, untold=untold):
            while not over.is_set():
                untold += [] if is_told(cast.bo, cast.case) else [True]

        def narrow(over=over, consent=consent):
            try:
                less = {"receivers": [cast.af], "categories": consent.categories, "valid_until": consent.valid_until}
                change(Gate(cast.anna), consent=consent, how="Ringde", **less)
            finally:
                over.set()

        at_once(narrow, keep_looking, keep_looking, keep_reading)
        if untold:
            return len(untold)
        narrowed = Entry.objects.filter(action=Action.CONSENT_NARROWED).latest("pk")
        sealed = Seal.objects.filter(sequence__gt=Seal.objects.get(entry_id=narrowed.pk).sequence)
        late = Entry.objects.filter(action=Action.READ, actor_id=cast.cilla.pk, pk__in=sealed.values("entry_id"))
        assert not late.exists()
        assert (read(cast.bo, cast.case.pk), read(cast.cilla, cast.case.pk)) == (True, False)
        with transaction.atomic():
            withdraw(Gate(cast.anna), consent=consent.replaced_by.get(), how="Ringde")
    return 0


def test_narrowing_shuts_out_one_reader_at_once_and_takes_nothing_from_the_other(cast):
    assert lacking_while_narrowed(cast) == 0


def test_the_control_when_what_remains_ends_and_begins_anew_pages_lack_it(cast, monkeypatch):
    def end_and_begin(self, consent, pairs, *, on):
        self.end(on=on)
        Disclosure.objects.let_tell(consent, consent.receivers.all())

    monkeypatch.setattr(DisclosureQuerySet, "hand_over", end_and_begin)
    assert lacking_while_narrowed(cast) > 0


def test_of_two_who_change_and_withdraw_the_same_consent_one_is_told_so(cast):
    refused = []

    def attempt(act, **how):
        try:
            act(Gate(cast.anna), consent=cast.consent, how="Ringde", **how)
        except ValidationError as error:
            refused.append(error)

    less = {"receivers": [cast.af], "categories": ["plan"], "valid_until": cast.consent.valid_until}
    at_once(lambda: attempt(withdraw), lambda: attempt(change, **less))
    assert len(refused) == 1
    assert Disclosure.objects.in_force(timezone.localdate()).filter(case=cast.case).count() <= 1
