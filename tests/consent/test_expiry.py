"""The discloser's responsible worker is warned 30 and 7 days before a consent ends, once each."""

from datetime import timedelta

import pytest

from consent import expiry
from consent.models import CaseGrant, Consent, Disclosure
from consent.tasks import warn_expiring
from notices.models import Kind, Notice
from tests.casting import give_consent, worker


def days_left(cast, days, length=300):
    """The cast's consent ends in so many days."""
    until = cast.day + timedelta(days=days)
    since = until - timedelta(days=length)
    Consent.objects.filter(pk=cast.consent.pk).update(valid_from=since, valid_until=until)
    Disclosure.objects.filter(consent=cast.consent).update(days=f"[{since},{until}]")


def warned():
    return list(Notice.objects.filter(kind=Kind.CONSENT_EXPIRES).order_by("pk").values_list("recipient", "period"))


@pytest.mark.parametrize(("days", "period"), [(31, None), (30, "30"), (8, "30"), (7, "7"), (0, "7"), (-1, None)])
def test_it_warns_on_the_right_days(cast, days, period):
    days_left(cast, days)
    warn_expiring()
    assert warned() == ([] if period is None else [(cast.anna.pk, period)])


def test_each_rung_is_told_once_however_often_it_runs(cast):
    days_left(cast, 30)
    for day in range(31):
        expiry.warn(cast.day + timedelta(days=day))
        expiry.warn(cast.day + timedelta(days=day))
    assert warned() == [(cast.anna.pk, "30"), (cast.anna.pk, "7")]


def test_only_the_responsible_worker_of_the_discloser_is_told(cast):
    CaseGrant.objects.engage(cast.case, worker(cast.ifo, "Doris"), since=cast.day)
    days_left(cast, 20)
    warn_expiring()
    assert warned() == [(cast.anna.pk, "30")]


def test_a_consent_that_is_already_renewed_is_let_be(cast):
    days_left(cast, 20)
    give_consent(cast.case, cast.anna, [cast.af])
    warn_expiring()
    assert warned() == []


def test_a_renewal_that_leaves_something_out_is_no_renewal(cast):
    days_left(cast, 20)
    give_consent(cast.case, cast.anna, [cast.af], ["plan"])
    warn_expiring()
    assert len(warned()) == 1


@pytest.mark.parametrize("change", ["withdrawn", "closed", "ended"])
def test_nothing_is_said_about_what_is_over(cast, change):
    days_left(cast, 20)
    if change == "withdrawn":
        Consent.objects.filter(pk=cast.consent.pk).update(withdrawn_at="2026-01-01T00:00Z")
    elif change == "closed":
        cast.case.closed_on = cast.day
        cast.case.save()
    else:
        CaseGrant.objects.filter(user=cast.anna).end(on=cast.day)
    warn_expiring()
    assert warned() == []


def test_a_short_consent_is_not_warned_about_from_its_first_day(cast):
    days_left(cast, 20, length=21)
    warn_expiring()
    assert warned() == []
