"""The plan in the person's hand: what it says, and that the PDF can be read by everybody."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pypdf import PdfReader

from actionplans import content, services
from actionplans.tasks import render_plan
from consent.models import CaseGrant
from notices.models import Document
from tests.casting import add_milestone


@pytest.fixture
def plan(gate, cast):
    return services.start(gate, case=cast.case, own_goal="Jobba som barnskötare", coordinator=cast.anna)


def ask(cast, **options):
    return Document.objects.ask(
        kind=Document.Kind.PLAN, title="Handlingsplan", requested_by=cast.anna, case=cast.case, options=options
    )


def test_it_says_who_answers_for_what_and_who_for_the_whole(gate, cast, plan):
    add_milestone(gate, plan, "Skriva CV")
    add_milestone(
        gate, plan, "Möte om jobb", cast.bo, with_individual=True, condition={"text": "Intyg", "remover": cast.ifo}
    )
    services.review_milestone(gate, add_milestone(gate, plan, "Ringa SFI", cast.bo), status="done", on=gate.day)
    paper = content.plan_paper(gate, cast.case)
    lead, partner = paper.answers
    assert paper.own_tasks == ("Skriva CV", "Möte om jobb")
    assert (lead.people, lead.tasks, lead.answers_for_the_whole) == (
        "Anna Ask",
        ("Intyg (ordnar det som behövs först)",),
        True,
    )
    assert (partner.people, partner.tasks, partner.organisation.phone) == (
        "Bo Berg",
        ("Möte om jobb",),
        "0157-00 00 00",
    )
    assert [m.text for m in paper.reached] == ["Ringa SFI"]


def test_without_a_version_it_is_a_draft_that_binds_nobody(gate, cast, plan):
    paper = content.plan_paper(gate, cast.case)
    assert (paper.number, paper.stands, paper.asks_signature) == (None, (), False)


def test_a_version_nobody_has_agreed_to_leaves_room_for_a_signature(gate, cast, plan):
    version = services.snapshot_version(gate, plan=plan)
    assert content.plan_paper(gate, cast.case).asks_signature
    services.agree(gate, version=version, how="on_paper")
    assert not content.plan_paper(gate, cast.case).asks_signature


def test_an_old_version_is_printed_as_it_stood(gate, cast, plan):
    services.snapshot_version(gate, plan=plan)
    services.edit_plan(gate, plan, version=1, own_goal="Läsa vidare")
    assert content.plan_paper(gate, cast.case, number=1).plan.own_goal == "Jobba som barnskötare"
    assert content.plan_paper(gate, cast.case, number=0).plan.own_goal == "Läsa vidare"
    with pytest.raises(Http404):
        content.plan_paper(gate, cast.case, number=7)


@pytest.mark.parametrize("large_print", [False, True])
def test_the_pdf_opens_is_tagged_and_says_what_it_is(gate, cast, plan, large_print):
    add_milestone(gate, plan, "Möte om jobb", cast.bo)
    services.snapshot_version(gate, plan=plan)
    document = ask(cast, version=1, large_print=large_print)
    render_plan(document.pk)
    document.refresh_from_db()
    assert document.is_ready, document.failure
    pdf = PdfReader(BytesIO(bytes(document.content)))
    assert (pdf.metadata.title, pdf.trailer["/Root"]["/Lang"]) == ("Din plan", "sv")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Bo Berg på Arbetsförmedlingen ser till att det blir av" in words
    assert "version 1" in words


def test_who_may_no_longer_open_the_case_gets_no_pdf(gate, cast, plan):
    document = ask(cast, version=0)
    CaseGrant.objects.filter(user=cast.anna).end(on=cast.day)
    render_plan(document.pk)
    document.refresh_from_db()
    assert document.state == Document.State.FAILED
    assert document.content is None


def test_somebody_who_has_left_gets_no_pdf(cast, plan):
    cast.anna.is_active = False
    with pytest.raises(PermissionDenied):
        content.build_plan(ask(cast, version=0))
