"""Background work is told nothing by a request: each task says itself how far it sees."""

import pytest
from django.utils.module_loading import import_string

from audit.context import acting_for
from cases.models import Case
from consent.models.scopes import CaseScopeQuerySet
from notices.models import Document
from notices.rendering import make
from tests.scene import furnish

pytestmark = pytest.mark.django_db

SWEEPS = [
    ("consent.tasks.draw_log_reviews", "consent.log_review.draw_due", []),
    ("consent.tasks.warn_assigned", "consent.expiry.warn_assigned", []),
    ("consent.tasks.warn_unanswered", "consent.expiry.warn_unanswered", []),
    ("consent.tasks.warn_expiring", "consent.expiry.warn", []),
    ("consent.tasks.warn_unusual_reading", "consent.unusual.warn", []),
    ("meetings.tasks.climb_ladder", "meetings.ladder.climb", []),
    ("meetings.tasks.remind", "meetings.reminders.remind", []),
    ("meetings.tasks.rewrite_for_secrecy", "meetings.secrecy.rewrite", []),
    ("notices.tasks.tell_of_factors", "notices.factors.tell", []),
    ("notices.tasks.send_due", "notices.sending.send_due", []),
    ("reports.tasks.freeze_month", "reports.freezing.freeze", [1]),
    ("reports.tasks.open_month", "reports.freezing.open_last_month", []),
]


@pytest.mark.parametrize(("task", "work", "arguments"), SWEEPS, ids=[task for task, *_ in SWEEPS])
def test_a_sweep_sees_the_cases_that_it_looks_through(cast, monkeypatch, task, work, arguments):
    found = []
    monkeypatch.setattr(work, lambda *_: found.append(Case.objects.count()) or [])
    with acting_for({}):
        import_string(task)(*arguments)
        assert not Case.objects.exists()
    assert found == [1]


def test_the_nightly_comparison_reads_every_row(cast, monkeypatch):
    found = []
    monkeypatch.setattr(CaseScopeQuerySet, "difference", lambda self: found.append(self.count()) or [])
    with acting_for({}):
        assert import_string("consent.tasks.reconcile_scopes")() == 0
    assert found[0] > 1


@pytest.mark.parametrize(("person", "sees"), [("anna", True), ("cilla", False)])
def test_a_paper_is_made_with_the_eyes_of_the_one_who_asked(cast, monkeypatch, person, sees):
    furnish(cast)
    asked = Document.objects.ask(kind="plan", title="Plan", requested_by=getattr(cast, person), case=cast.case)
    monkeypatch.setattr("notices.pdf.draw", lambda html: (b"%PDF", 1))
    with acting_for({}):
        make(asked.pk, import_string("actionplans.content.build_plan"))
        assert not Case.objects.exists()
    asked.refresh_from_db()
    assert asked.is_ready is sees
