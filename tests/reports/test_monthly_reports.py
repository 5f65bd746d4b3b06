import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Municipality, Role
from audit.models import Action, Entry
from cases.models import Deadline, DeadlineHold
from notices.models import Document, Kind, Notice
from notices.pdf import available
from reports import freezing, tasks
from reports.models import MonthlyReport
from reports.statistics import MonthFigures, count_month, first_day, from_json, month_before
from tests import casting
from tests.casting import worker
from tests.reports.stories import invent, tell

LIST = reverse("reports:monthly_reports")


@pytest.fixture
def month(cast):
    return month_before(first_day(cast.day))


@pytest.fixture
def petra(client, cast):
    client.force_login(cast.petra)
    return client


@pytest.fixture
def act(django_capture_on_commit_callbacks):
    """Do something and let what waits for the commit happen."""

    def run(doing):
        with django_capture_on_commit_callbacks(execute=True):
            return doing()

    return run


@pytest.fixture
def draft(cast, month):
    report = MonthlyReport.objects.create(municipality=cast.case.municipality, month=month)
    freezing.freeze(report.pk)
    return MonthlyReport.objects.get(pk=report.pk)


@pytest.fixture
def issued(petra, draft):
    """Its PDF is ordered, not drawn: that takes seconds."""
    petra.post(page("issue", draft), {"edits": draft.edits})
    return MonthlyReport.objects.get(pk=draft.pk)


def page(name, report):
    return reverse(f"reports:{name}", args=[report.pk])


def text_of(response):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_the_month_goes_from_counted_to_read_by_the_steering_group(act, petra, client, cast, month):
    act(lambda: petra.post(reverse("reports:count_month"), {"month": str(month), "kommun": "0482"}))
    report = MonthlyReport.objects.get()
    assert report.is_draft
    assert from_json(MonthFigures, report.figures) == count_month(report.municipality, month, cast.day)
    assert Notice.objects.filter(kind=Kind.REPORT_READY, recipient=cast.petra).count() == 1

    petra.post(
        page("comment", report), {"comment": "En god månad.", "asks": "Mer tid\nFler rum", "edits": report.edits}
    )
    shown = text_of(petra.get(page("monthly_report", report)))
    assert "En god månad." in shown
    assert "Utkast" in shown

    report.refresh_from_db()
    assert "går inte att ändra efteråt" in text_of(petra.get(page("issue", report)))
    act(lambda: petra.post(page("issue", report), {"edits": report.edits}))
    report.refresh_from_db()
    assert report.is_issued
    assert report.issued_by == cast.petra
    assert Entry.objects.filter(action=Action.REPORT_ISSUED, actor_id=cast.petra.pk).count() == 1
    assert Notice.objects.filter(kind=Kind.REPORT_ISSUED, recipient=cast.sten).count() == 1

    client.force_login(cast.sten)
    assert "utfärdad" in text_of(client.get(LIST))
    assert "En god månad." in text_of(client.get(page("monthly_report", report)))
    if available():
        answer = client.get(page("download", report))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-1.7")
        paper = PdfReader(BytesIO(answer.content))
        assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert paper.trailer["/Root"]["/Lang"] == "sv"
        assert paper.metadata.title.startswith("Månadsrapport ")
        assert "En god månad." in " ".join(each.extract_text() for each in paper.pages)


def test_a_month_with_a_report_is_opened_rather_than_counted_again(act, petra, draft, month):
    for _again in range(2):
        answer = act(lambda: petra.post(reverse("reports:count_month"), {"month": str(month), "kommun": "0482"}))
        assert answer.url == page("monthly_report", draft)
    assert MonthlyReport.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "oktober", "1999-01-01", "2999-01-01"])
def test_a_wrong_month_is_answered_at_the_field_and_nothing_is_counted(petra, typed):
    answer = petra.post(reverse("reports:count_month"), {"month": typed, "kommun": "0482"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["month"]
    assert MonthlyReport.objects.count() == 0


def test_the_clocks_in_the_risk_zone_are_few_until_they_are_five(petra, cast):
    def shown():
        return text_of(petra.get(reverse("reports:overview")))

    assert "Utan bokat möte, dag 9–14 0 " in shown()
    casting.many_cases(cast.anna, 4)
    Deadline.objects.exclude(case=cast.case).update(starts_on=cast.day - timedelta(days=10))
    assert "Utan bokat möte, dag 9–14 färre än 5 " in shown()
    Deadline.objects.update(starts_on=cast.day - timedelta(days=10))
    assert "Utan bokat möte, dag 9–14 5 " in shown()


def test_a_passed_day_is_told_apart_with_and_without_a_reason_and_a_resting_clock_is_neither(petra, cast):
    casting.many_cases(cast.anna, 14)
    clocks = list(Deadline.objects.order_by("pk"))
    Deadline.objects.update(starts_on=cast.day - timedelta(days=20), due_on=cast.day - timedelta(days=6))
    for number, clock in enumerate(clocks[:10]):
        since = cast.day - timedelta(days=20 if number < 5 else 0)
        DeadlineHold.objects.create(deadline=clock, reason="system_down", text="x", since=since, set_by=cast.anna)
    page = text_of(petra.get(reverse("reports:overview")))
    assert "Klockan vilar 5 " in page
    assert "Sista dagen passerad, förklarad 5 " in page
    assert "Sista dagen passerad, inte förklarad 5 " in page


def test_an_outage_is_told_apart_from_other_reasons(cast):
    casting.many_cases(cast.anna, 5)
    Deadline.objects.update(starts_on=date(2026, 5, 2), due_on=date(2026, 5, 16))
    first, second, third = Deadline.objects.order_by("pk")[:3]
    for clock, reason, since in [
        (first, "system_down", date(2026, 5, 16)),
        (second, "ill", date(2026, 5, 20)),
        (third, "system_down", date(2026, 6, 2)),
    ]:
        DeadlineHold.objects.create(deadline=clock, reason=reason, text="x", since=since, set_by=cast.anna)
    late = count_month(cast.case.municipality, date(2026, 5, 1), date(2026, 6, 20)).late
    assert (late.missed_explained, late.missed_unexplained, late.outage) == (2, 4, 1)


def test_the_steering_group_sees_issued_reports_only(client, cast, draft):
    client.force_login(cast.sten)
    assert "Inga rapporter än" in text_of(client.get(LIST))
    for name in ("monthly_report", "print_report", "download"):
        assert client.get(page(name, draft)).status_code == 404
    for name in ("issue", "comment", "correct"):
        assert client.get(page(name, draft)).status_code == 403
    assert client.post(page("recount", draft)).status_code == 403


@pytest.mark.parametrize("who", ["anna", "bo", "cilla", "ingrid", "karin", "lova", "adam"])
def test_others_are_refused_with_a_sentence(client, cast, issued, who):
    client.force_login(getattr(cast, who))
    for url in (LIST, reverse("reports:overview"), page("monthly_report", issued), page("download", issued)):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "Sidan är för" in text_of(answer)


def test_a_project_leader_of_another_municipality_does_not_learn_that_it_exists(client, cast, issued):
    stranger = worker(cast.ifo, "Stina", Role.PROJECT_LEAD, municipality=Municipality.objects.get(code="1083"))
    client.force_login(stranger)
    assert client.get(page("monthly_report", issued)).status_code == 404
    assert client.post(page("issue", issued), {"edits": 1}).status_code == 404
    assert client.get(LIST + "?kommun=0482").status_code == 404


def test_nobody_is_named_in_what_the_steering_group_reads(client, cast, issued):
    client.force_login(cast.sten)
    shown = text_of(client.get(page("monthly_report", issued)))
    for word in (cast.case.individual.given_name, cast.case.individual.family_name, cast.case.number):
        assert word not in shown
    for url in (reverse("desk:case", args=[cast.case.pk]), reverse("reports:overview")):
        assert client.get(url).status_code in (403, 404)


def test_two_editors_get_both_texts_and_nothing_is_lost(petra, draft):
    petra.post(page("comment", draft), {"comment": "Den förstas text", "asks": "", "edits": draft.edits})
    answer = petra.post(page("comment", draft), {"comment": "Den andras text", "asks": "", "edits": draft.edits})
    assert answer.status_code == 409
    assert "Den förstas text" in text_of(answer)
    assert "Den andras text" in text_of(answer)
    draft.refresh_from_db()
    assert draft.comment == "Den förstas text"


def test_a_comment_that_is_too_long_is_kept_in_the_form(petra, draft):
    answer = petra.post(page("comment", draft), {"comment": "x" * 3001, "asks": "", "edits": draft.edits})
    assert answer.status_code == 200
    assert answer.context["form"].errors["comment"]
    assert "x" * 3001 in text_of(answer)
    draft.refresh_from_db()
    assert draft.comment == ""


def test_a_report_that_changed_after_the_question_is_not_issued(petra, draft):
    MonthlyReport.objects.filter(pk=draft.pk).update(edits=7, comment="Nytt")
    assert petra.post(page("issue", draft), {"edits": draft.edits}).status_code == 302
    draft.refresh_from_db()
    assert draft.is_draft
    assert Document.objects.count() == 0


def test_issuing_twice_makes_one_document_and_one_notice(petra, cast, issued):
    petra.post(page("issue", issued), {"edits": issued.edits})
    assert Document.objects.filter(kind=Document.Kind.MONTHLY_REPORT).count() == 1
    assert Notice.objects.filter(kind=Kind.REPORT_ISSUED, recipient=cast.sten).count() == 1


@pytest.mark.parametrize("change", [{"comment": "Annat"}, {"figures": {}}, {"document": None}, {"state": "draft"}])
def test_an_issued_report_never_changes(issued, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthlyReport.objects.filter(pk=issued.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        issued.delete()


def test_an_issued_report_cannot_be_commented_or_counted_again(petra, issued):
    assert petra.get(page("comment", issued)).status_code == 302
    assert petra.post(page("recount", issued)).status_code == 302
    assert MonthlyReport.objects.get(pk=issued.pk).figures == issued.figures


def test_a_correction_is_a_new_version_with_a_reason(act, petra, client, cast, issued):
    assert petra.post(page("correct", issued), {"reason": ""}).status_code == 200
    answer = act(lambda: petra.post(page("correct", issued), {"reason": "Två möten hade fel dag."}))
    second = MonthlyReport.objects.get(version=2)
    assert answer.url == page("monthly_report", second)
    assert second.is_draft
    answer = petra.post(page("correct", issued), {"reason": "En gång till"})
    assert "Version 2 finns redan" in text_of(answer)
    petra.post(page("issue", second), {"edits": second.edits})
    client.force_login(cast.sten)
    assert "Två möten hade fel dag." in text_of(client.get(page("monthly_report", issued)))
    assert MonthlyReport.objects.issued().count() == 2


def test_a_draft_is_counted_again_and_keeps_its_comment(act, petra, draft):
    petra.post(page("comment", draft), {"comment": "Kvar", "asks": "", "edits": draft.edits})
    act(lambda: petra.post(page("recount", draft)))
    draft.refresh_from_db()
    assert (draft.is_draft, draft.comment) == (True, "Kvar")


def test_every_change_of_a_report_leaves_one_row_in_the_log(petra, cast, month):
    def logged():
        rows = Entry.objects.filter(action=Action.CHANGED, actor_id=cast.petra.pk).order_by("pk")
        return list(rows.values_list("object_kind", flat=True))

    for _again in range(2):
        petra.post(reverse("reports:count_month"), {"month": str(month), "kommun": "0482"})
    first = MonthlyReport.objects.get()
    freezing.freeze(first.pk)
    for _again in range(2):
        petra.post(page("comment", first), {"comment": "En text", "asks": "", "edits": first.edits})
    petra.post(page("recount", first))
    petra.post(page("recount", first))
    freezing.freeze(first.pk)
    first.refresh_from_db()
    petra.post(page("issue", first), {"edits": first.edits})
    petra.post(page("correct", first), {"reason": "Två möten hade fel dag."})
    second = MonthlyReport.objects.get(version=2)
    assert logged() == [f"monthly_report-{first.pk}"] * 3 + [f"monthly_report-{second.pk}"]


def test_the_page_tells_how_far_the_counting_has_come(petra, draft):
    MonthlyReport.objects.filter(pk=draft.pk).update(
        state="counting", figures=None, frozen_at=None, progress=44, step="Planer"
    )
    shown = petra.get(page("monthly_report", draft)).content.decode()
    assert 'hx-trigger="load delay:1s"' in shown
    assert "Planer" in shown
    assert "44 %" in shown


def test_last_month_is_opened_once_for_every_municipality_with_cases(cast, month):
    cast.case.opened_on = month
    cast.case.save(update_fields=["opened_on"])
    for _beat in range(3):
        tasks.open_month()
    assert [(r.municipality_id, r.month, r.version) for r in MonthlyReport.objects.all()] == [("0482", month, 1)]
    assert MonthlyReport.objects.get().is_draft
    assert Notice.objects.filter(kind=Kind.REPORT_READY).count() == 1


def test_a_report_left_alone_for_two_minutes_is_taken_again(cast, month):
    report = MonthlyReport.objects.create(municipality=cast.case.municipality, month=month, step="Möten", progress=33)
    assert report.pk not in freezing.open_last_month(cast.day)
    MonthlyReport.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    assert report.pk in freezing.open_last_month(cast.day)


def test_a_month_that_fells_its_worker_too_often_has_failed(act, petra, cast, month):
    report = MonthlyReport.objects.create(municipality=cast.case.municipality, month=month, attempts=3)
    freezing.freeze(report.pk)
    report.refresh_from_db()
    assert report.state == MonthlyReport.State.FAILED
    assert "gick inte att räkna" in text_of(petra.get(page("monthly_report", report)))
    act(lambda: petra.post(page("recount", report)))
    report.refresh_from_db()
    assert report.is_draft


def test_no_small_number_stands_in_a_table_that_is_split_by_sex(petra, cast):
    cast.petra.roles.update(municipality=tell(invent(11, count=14), cast))
    town = cast.petra.roles.get().municipality
    _thin_out(town)
    report = MonthlyReport.objects.create(municipality=town, month=first_day(cast.day).replace(year=2026, month=5))
    freezing.freeze(report.pk)
    for url in (page("monthly_report", report), page("print_report", report), reverse("reports:overview")):
        found = 0
        for table in re.findall(r"<table.*?</table>", petra.get(url).content.decode(), re.DOTALL):
            if "Kvinnor" in table or "kvinnor" in table:
                cells = [unescape(cell).strip() for cell in re.findall(r'<td class="numeric">(.*?)</td>', table)]
                assert not {"1", "2", "3", "4"} & set(cells), table
                found += 1
        assert found


def _thin_out(town):
    """Every story has happened to five: let three of them be, so that most groups are small."""
    for place, case in enumerate(town.cases.order_by("number")):
        if place % 5 > 2:
            town.cases.filter(pk=case.pk).update(municipality="1760")


def test_the_list_and_the_page_cost_the_same_with_many_versions(petra, cast, draft, costs):
    few = costs(lambda: petra.get(LIST)), costs(lambda: petra.get(page("monthly_report", draft)))
    MonthlyReport.objects.bulk_create(
        MonthlyReport(municipality=draft.municipality, month=draft.month, version=n, correction_reason="Fel")
        for n in range(2, 40)
    )
    assert (costs(lambda: petra.get(LIST)), costs(lambda: petra.get(page("monthly_report", draft)))) == few
