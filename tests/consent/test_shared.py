"""What has already been shared: as the log says, to those whose telling it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consent.content.shared import build_shared
from consent.models import Consent
from notices.models import Channel, Kind, OutboxMessage
from tests.casting import give_consent


@pytest.fixture
def shared(cast):
    """What the user's page says about a consent of the case."""

    def ask(user, consent):
        gate = cast.gate(User.objects.get(pk=user.pk))
        case = gate.open(cast.case.pk)
        return build_shared(gate, case, gate.consents(case).for_page()).get(consent.pk)

    return ask


def test_it_says_what_could_be_read_by_whom_and_when_it_was(client, cast, shared):
    assert [part.times for part in shared(cast.anna, cast.consent)] == [0]
    client.force_login(cast.bo)
    client.get(reverse("desk:case", args=[cast.case.pk]))
    client.get(reverse("cases:notes", args=[cast.case.pk]))
    (part,) = shared(cast.anna, cast.consent)
    assert (part.organisation, part.times, part.until) == (cast.af, 2, None)
    assert cast.consent.registered_at <= part.first < part.last <= timezone.now()
    assert "handlingsplan" in part.categories
    assert "hälsa" not in part.categories


def test_papers_that_were_printed_and_calls_that_were_sent_are_told(cast, shared):
    gate = cast.gate(cast.bo)
    gate.require_open(gate.open(cast.case.pk))
    fields = {"kind": Kind.MEETING_BOOKED, "channel": Channel.EMAIL, "case": cast.case, "subject": "K", "body": "x"}
    for key, address in (("m:1", cast.bo.email), ("m:2", "amina@example.org"), ("m:3", cast.anna.email)):
        OutboxMessage.objects.create(
            object_key=key, address=address, organisation=cast.ifo, sent_at=timezone.now(), **fields
        )
    (part,) = shared(cast.anna, cast.consent)
    assert [paper for _, paper in part.papers] == ["Utskrift", "Kallelse till möte"]


def test_what_is_read_after_it_ended_is_not_counted(client, cast, shared):
    client.force_login(cast.bo)
    client.get(reverse("desk:case", args=[cast.case.pk]))
    Consent.objects.filter(pk=cast.consent.pk).update(replaced_at=timezone.now())
    later = give_consent(cast.case, cast.anna, [cast.af])
    client.get(reverse("desk:case", args=[cast.case.pk]))
    client.get(reverse("desk:case", args=[cast.case.pk]))
    assert [shared(cast.anna, c)[0].times for c in (cast.consent, later)] == [1, 2]


def test_a_receiver_is_not_shown_who_else_has_read(cast, shared):
    assert shared(cast.bo, cast.consent) is None
    ours = give_consent(cast.case, cast.bo, [cast.ame], ["plan"])
    (part,) = shared(cast.bo, ours)
    assert (part.known, part.times) == (False, 0)


def test_a_consent_that_has_not_begun_has_let_nobody_know(cast, shared):
    Consent.objects.filter(pk=cast.consent.pk).update(valid_from=cast.day + timedelta(days=1))
    assert shared(cast.anna, cast.consent) is None


def test_both_pages_show_it(client, cast):
    client.force_login(cast.anna)
    for page in (
        reverse("consent:consents", args=[cast.case.pk]),
        reverse("consent:withdraw", args=[cast.case.pk, cast.consent.pk]),
    ):
        assert "Det här har redan delats" in client.get(page).content.decode()
    client.force_login(cast.bo)
    assert "Det här har redan delats" not in client.get(reverse("consent:consents", args=[cast.case.pk])).text
