"""The log reviewer's page: the own organisation's people, case numbers, never the person's name."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from audit.log import Actor, record
from audit.models import Action, Entry
from consent.models import Disclosure
from desk.content.trace import Line, summed
from desk.tasks import render_readers
from notices.models import Document

URL = "/logg/"


def lines(client, person, **query):
    client.force_login(person)
    return client.get(URL, query).context["log"].lines


def test_the_reviewer_reads_what_the_own_organisation_did(client, cast):
    for person in (cast.anna, cast.bo):
        client.force_login(person)
        client.get(reverse("desk:case", args=[cast.case.pk]))
    client.force_login(cast.lova)
    response = client.get(URL)
    found = response.context["log"].lines
    assert {line.who for line in found} == {"Anna Ask"}
    assert cast.case.number in {line.number for line in found}
    assert "Amina" not in response.content.decode()
    assert "Hassan" not in response.content.decode()


def test_nobody_reviews_their_own_reads_and_the_review_is_logged(client, cast):
    lines(client, cast.lova)
    assert "Lova Lind" not in {line.who for line in lines(client, cast.lova)}
    assert Entry.objects.filter(action=Action.LOG_READ, actor_id=cast.lova.pk).count() == 2


def test_it_can_be_narrowed_by_day_and_act(client, cast):
    client.force_login(cast.anna)
    client.get(reverse("desk:case", args=[cast.case.pk]))
    client.post("/sok/", {"q": "Amina"})
    assert {line.what for line in lines(client, cast.lova, vad="searched")} == {"sökte"}
    assert lines(client, cast.lova, fran=(cast.day + timedelta(days=2)).isoformat()) == []


@pytest.mark.parametrize("query", [{"fran": "igår"}, {"vad": "x"}, {"fore": "abc"}])
def test_a_spoilt_filter_says_so_and_shows_the_whole_log(client, cast, query):
    client.force_login(cast.lova)
    assert client.get(URL, query).status_code == 200


@pytest.mark.parametrize("name", ["anna", "karin", "petra", "adam", "sten"])
def test_only_the_reviewer_may_read_it(client, cast, name):
    client.force_login(getattr(cast, name))
    assert client.get(URL).status_code == 403
    assert Entry.objects.filter(action=Action.REFUSED, actor_id=getattr(cast, name).pk).exists()


def test_the_log_costs_the_same_however_long_it_is(client, cast, costs):
    client.force_login(cast.anna)
    client.get(reverse("desk:my_day"))
    client.force_login(cast.lova)
    client.get(URL)
    one = costs(lambda: client.get(URL))
    for _ in range(60):
        record(Action.READ, actor=Actor(id=cast.anna.pk, name="Anna", organisation_id=cast.ifo.pk))
    assert costs(lambda: client.get(URL)) == one
    client.force_login(cast.lova)
    older = client.get(URL).context["log"].older
    assert len(client.get(URL, {"fore": older}).context["log"].lines) > 0


# --- who has read, as a paper ---------------------------------------------------------------------------------
def paper(client, cast, person):
    client.force_login(person)
    client.post(reverse("desk:readers_pdf", args=[cast.case.pk]))
    document = Document.objects.get()
    render_readers(document.pk)
    document.refresh_from_db()
    return document


def test_the_person_can_take_home_who_has_read(client, cast):
    document = paper(client, cast, cast.anna)
    reader = pypdf.PdfReader(BytesIO(bytes(document.content)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "sv"
    assert reader.metadata.title == "Vem har läst om dig?"
    for words in ("Anna Ask", "läste ärendet", cast.case.number, "Arbetar med ärendet"):
        assert words in text
    assert Entry.objects.filter(action=Action.LOG_READ, actor_id=cast.anna.pk, case_id=cast.case.pk).count() == 1


def test_the_paper_says_once_what_was_done_over_and_over_on_one_day():
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.get_current_timezone())
    reading = Line(noon, "Anna Ask", "IFO", "läste ärendet", "Arbetar med ärendet", "2026-0001")
    minutes = {0: "läste ärendet", -7: "läste loggen", -31: "läste ärendet", -60 * 24: "läste ärendet"}
    lines = [replace(reading, at=noon + timedelta(minutes=m), what=what) for m, what in minutes.items()]
    assert [(deed.day.day, deed.clocks, deed.what, deed.times) for deed in summed(lines)] == [
        (22, "11.29–12.00", "läste ärendet", 2),
        (22, "11.53", "läste loggen", 1),
        (21, "12.00", "läste ärendet", 1),
    ]


def test_the_paper_is_not_made_for_whoever_may_no_longer_read(client, cast):
    client.force_login(cast.bo)
    client.post(reverse("desk:readers_pdf", args=[cast.case.pk]))
    Disclosure.objects.filter(consent=cast.consent).end(on=cast.day)
    render_readers(Document.objects.get().pk)
    assert Document.objects.get().state == Document.State.FAILED


def test_each_list_leaves_one_row_with_a_number_and_nobody(client, cast):
    client.force_login(cast.anna)
    lists = {"/": "my_day-", "/arenden/": "cases-1", "/forsta-motet/": "first_meetings-1", "/utskick/": "outbox-0"}
    for address, kind in lists.items():
        client.get(address)
        row = Entry.objects.filter(action=Action.LISTED).latest("pk")
        assert row.object_kind.startswith(kind)
        assert (row.actor_id, row.case_id, row.case_number, row.ground) == (cast.anna.pk, None, "", "")
    assert Entry.objects.filter(action=Action.LISTED).count() == len(lists)


def test_who_has_read_is_told_per_person_and_day(client, cast):
    for person in (cast.bo, cast.anna, cast.bo, cast.anna):
        client.force_login(person)
        page = client.get(f"/arenden/{cast.case.pk}/vem-har-last/")
    visits = [(visit.who, visit.day, len(visit.lines)) for visit in page.context["visits"]]
    assert visits == [("Anna Ask", cast.day, 4), ("Bo Berg", cast.day, 4)]
