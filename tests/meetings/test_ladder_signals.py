"""What one party writes down reaches the others once, by consent only, in words that say nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Category, PesRegistration, Referral
from consent.models import Disclosure, Withholding
from meetings.ladder import climb
from notices.models import Kind, Notice


def told():
    return list(Notice.objects.filter(kind=Kind.SIGNAL).values_list("recipient__given_name", "text"))


NEWS = "Läs under Remisser, AF och uppföljning."


@pytest.fixture
def referral(cast):
    return Referral.objects.create(
        case=cast.case, owner=cast.ifo, receiver=cast.af, purpose="Bedömning", sent_on=cast.day,
        answer_due_on=cast.day, sent_by=cast.anna,
    )  # fmt: skip


@pytest.fixture
def ended(cast):
    since = cast.day - timedelta(days=90)
    return PesRegistration.objects.create(case=cast.case, owner=cast.ifo, since=since, until=cast.day)


def test_who_asked_hears_once_that_another_party_has_answered(cast, referral):
    climb()
    assert told() == []
    Referral.objects.update(status="returned", answered_on=cast.day, answer="Ingen plats", recorded_by=cast.bo)
    climb()
    climb(timezone.now() + timedelta(days=3))
    assert told() == [("Anna", NEWS)]


def test_who_wrote_the_answer_down_is_not_told_of_it(cast, referral):
    Referral.objects.update(status="accepted", answered_on=cast.day, recorded_by=cast.anna)
    climb()
    assert told() == []


def test_the_parties_hear_once_that_somebody_is_no_longer_registered(cast, ended):
    climb()
    climb(timezone.now() + timedelta(days=3))
    assert told() == [("Bo", NEWS)]


def test_nobody_hears_of_a_row_that_is_withheld(cast, ended):
    withheld = Withholding.of(
        case=cast.case, owner=cast.ifo, recipient=cast.af, category=Category.WORK, record_kind="pesregistration",
        record_id=ended.pk, reason="x", since=cast.day, until=None, by=cast.anna,
    )  # fmt: skip
    withheld.save()
    climb()
    assert told() == []


def test_nobody_hears_without_consent(cast, ended):
    Disclosure.objects.filter(category=Category.WORK).update(days="empty")
    climb()
    assert told() == []


@pytest.mark.parametrize("days", [-61, 1])
def test_old_news_and_what_has_not_happened_yet_are_quiet(cast, ended, days):
    PesRegistration.objects.update(until=cast.day + timedelta(days=days))
    climb()
    assert told() == []
