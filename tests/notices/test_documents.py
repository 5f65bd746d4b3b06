"""A document is made for the one who asked, decided again when made and when fetched, and never lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from audit.models import Action, Entry
from notices import pdf, tasks
from notices.models import Document
from notices.rendering import make
from notices.wake import wake


def ask(cast, **fields):
    fields = {"kind": Document.Kind.PLAN, "title": "Handlingsplan", "requested_by": cast.anna, **fields}
    return Document.objects.ask(**fields)


def build(document):
    return "document.html", {}


def test_it_is_made_and_kept(cast):
    document = ask(cast)
    make(document.pk, build)
    document.refresh_from_db()
    assert (document.state, document.pages) == (Document.State.READY, 1)
    assert bytes(document.content).startswith(b"%PDF")


@pytest.mark.parametrize("refusal", [Http404, PermissionDenied])
def test_it_fails_neutrally_when_the_right_is_gone(cast, refusal):
    def refuse(document):
        raise refusal("Amina Hassan")

    document = ask(cast, case=cast.case)
    make(document.pk, refuse)
    document.refresh_from_db()
    assert document.state == Document.State.FAILED
    assert "Amina" not in document.failure


def test_what_the_builder_logged_is_undone_when_the_builder_is_refused(cast):
    def refuse(document):
        cast.gate(cast.anna).open(cast.case.pk)
        raise Http404

    make(ask(cast).pk, refuse)
    assert not Entry.objects.filter(action=Action.READ).exists()


def test_a_task_delivered_twice_draws_once(cast, monkeypatch):
    drawn = []
    monkeypatch.setattr(pdf, "draw", lambda html: drawn.append(html) or (b"%PDF", 1))
    document = ask(cast)
    make(document.pk, build)
    make(document.pk, build)
    assert len(drawn) == 1


def test_one_that_was_closed_while_it_was_drawn_is_not_kept(cast, monkeypatch):
    document = ask(cast)

    def close_meanwhile(html):
        Document.objects.filter(pk=document.pk).withdraw(timezone.now())
        return b"%PDF", 1

    monkeypatch.setattr(pdf, "draw", close_meanwhile)
    make(document.pk, build)
    document.refresh_from_db()
    assert (document.state, document.content) == (Document.State.FAILED, None)


def test_the_forgotten_are_queued_again_once(cast, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.current_app, "send_task", lambda name, ids: sent.append((name, ids)))
    old = timezone.now() - timedelta(minutes=3)
    waiting, working, fresh = ask(cast), ask(cast, kind=Document.Kind.MONTHLY_REPORT), ask(cast)
    Document.objects.filter(pk=waiting.pk).update(touched_at=old)
    Document.objects.filter(pk=working.pk).update(touched_at=old, state=Document.State.WORKING)
    tasks.remake_forgotten()
    tasks.remake_forgotten()
    assert sorted(sent) == [
        ("actionplans.tasks.render_plan", [waiting.pk]),
        ("reports.tasks.render_monthly_report", [working.pk]),
    ]
    assert fresh.state == Document.State.WAITING


def test_one_that_fells_its_worker_again_and_again_fails(cast):
    document = ask(cast)
    Document.objects.filter(pk=document.pk).update(attempts=Document.MAX_ATTEMPTS)
    make(document.pk, build)
    document.refresh_from_db()
    assert document.state == Document.State.FAILED


def test_without_pango_the_page_says_how_to_get_it_and_links_the_print_view(client, cast, monkeypatch):
    def missing(html):
        raise pdf.EngineMissing

    monkeypatch.setattr(pdf, "draw", missing)
    document = ask(cast, options={"print_url": "/utskrift/"})
    make(document.pk, build)
    client.force_login(cast.anna)
    page = client.get(reverse("notices:document", args=[document.pk])).content.decode()
    assert "libpango" in page
    assert "/utskrift/" in page


def ready(cast, **fields):
    document = ask(cast, **fields)
    make(document.pk, build)
    return document


def test_the_page_shows_progress_then_the_file(client, cast):
    client.force_login(cast.anna)
    document = ask(cast, case=cast.case)
    address = reverse("notices:case_document", args=[cast.case.pk, document.pk])
    assert "skapas" in client.get(address).content.decode()
    make(document.pk, build)
    assert "Dokumentet är klart" in client.get(address).content.decode()


def test_the_file_names_nobody_and_its_fetching_is_logged(client, cast):
    client.force_login(cast.anna)
    document = ready(cast, case=cast.case, title="Plan för Amina")
    answer = client.get(reverse("notices:case_download", args=[cast.case.pk, document.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="handlingsplan-{document.pk}.pdf"'
    assert answer.content.startswith(b"%PDF")
    row = Entry.objects.get(action=Action.PRINTED)
    assert (row.case_id, row.object_kind, row.actor_id) == (cast.case.pk, "plan", cast.anna.pk)


def test_only_the_one_who_asked_may_fetch(client, cast):
    document = ready(cast, case=cast.case)
    report = ready(cast, kind=Document.Kind.MONTHLY_REPORT)
    client.force_login(cast.bo)
    assert client.get(reverse("notices:case_document", args=[cast.case.pk, document.pk])).status_code == 404
    assert client.get(reverse("notices:case_download", args=[cast.case.pk, document.pk])).status_code == 404
    assert client.get(reverse("notices:document_state", args=[document.pk])).status_code == 404
    assert client.get(reverse("notices:download", args=[report.pk])).status_code == 404


def test_a_document_about_a_case_is_not_reached_past_the_gate(client, cast):
    client.force_login(cast.anna)
    document = ready(cast, case=cast.case)
    assert client.get(reverse("notices:document", args=[document.pk])).status_code == 404
    assert client.get(reverse("notices:download", args=[document.pk])).status_code == 404


def test_yesterdays_document_about_a_case_is_made_again(client, cast):
    client.force_login(cast.anna)
    document = ready(cast, case=cast.case)
    Document.objects.filter(pk=document.pk).update(touched_at=timezone.now() - timedelta(days=1))
    answer = client.get(reverse("notices:case_download", args=[cast.case.pk, document.pk]), follow=True)
    assert "på nytt" in answer.content.decode()


def test_asking_how_far_it_has_come_leaves_no_read_in_the_log(client, cast):
    client.force_login(cast.anna)
    document = ask(cast, case=cast.case, title="Plan för Amina")
    page = client.get(reverse("notices:document_state", args=[document.pk])).content.decode()
    assert "Amina" not in page
    assert not Entry.objects.filter(action=Action.READ).exists()


def test_a_lost_broker_loses_nothing_but_time(cast, django_capture_on_commit_callbacks):
    class Unreachable:
        name = "render"

        def delay(self, *ids):
            raise OperationalError

    with django_capture_on_commit_callbacks(execute=True):
        wake(Unreachable(), 1)
