"""The discloser's responsible worker is warned 30 and 7 days before a consent ends, once each; a worker 7 days before
an assignment ends."""

from datetime import timedelta

import pytest

from consent import expiry
from consent.models import CaseGrant, Consent, Disclosure
from consent.tasks import warn_assigned, warn_expiring
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


def assigned_until(cast, days, length=90):
    until = cast.day + timedelta(days=days)
    CaseGrant.objects.filter(user=cast.anna).update(since=until - timedelta(days=length), until=until)


def told_of_assignments():
    return list(Notice.objects.filter(kind=Kind.ASSIGNMENT_ENDS).values_list("recipient", "case"))


@pytest.mark.parametrize(("days", "told"), [(8, False), (7, True), (0, True), (-1, False)])
def test_a_worker_is_told_once_that_the_assignment_ends(cast, days, told):
    assigned_until(cast, days)
    warn_assigned()
    warn_assigned()
    assert told_of_assignments() == ([(cast.anna.pk, cast.case.pk)] if told else [])


def test_one_that_is_made_longer_is_told_of_again_in_its_time(cast):
    assigned_until(cast, 7)
    expiry.warn_assigned(cast.day + timedelta(days=3))
    assigned_until(cast, 30)
    expiry.warn_assigned(cast.day + timedelta(days=4))
    assert len(told_of_assignments()) == 1
    expiry.warn_assigned(cast.day + timedelta(days=25))
    assert len(told_of_assignments()) == 2


@pytest.mark.parametrize("change", ["short", "closed", "left", "unseen"])
def test_nothing_is_said_of_an_assignment_that_needs_no_word(cast, change):
    assigned_until(cast, 5, length=7 if change == "short" else 90)
    if change == "closed":
        cast.case.closed_on = cast.day
        cast.case.save()
    elif change == "left":
        cast.anna.is_active = False
        cast.anna.save()
    elif change == "unseen":
        CaseGrant.objects.filter(user=cast.anna).delete()
        CaseGrant.objects.filter(user=cast.bo).update(until=cast.day + timedelta(days=5), since="2026-01-01")
        Disclosure.objects.update(days="empty")
    warn_assigned()
    assert told_of_assignments() == []
