"""The minutes: written together, shared, locked, corrected, read per party, and never more than the reader may know."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Organisation
from cases.models import Category
from consent.models import Disclosure
from meetings.models import ConsentConfirmation, Decision, Meeting, MeetingMinutes, Participant
from notices import pdf
from notices.models import Document, Kind, Notice, OutboxMessage

WORDS = {"number": 1, "version": 0, "situation": "Läser SFI", "conclusion": "Praktik i januari"}


@pytest.fixture
def held(on_the_day, cast):
    """Held with the person, the consent confirmed, one decision taken."""
    ConsentConfirmation.objects.create(meeting=on_the_day, answer="confirmed", asked_by=cast.anna)
    Decision.objects.create(meeting=on_the_day, text="Praktik från 11 januari", acknowledged=True)
    Meeting.objects.filter(pk=on_the_day.pk).update(status="held", outcome="held")
    on_the_day.participants.update(attended=True)
    on_the_day.refresh_from_db()
    return on_the_day


@pytest.fixture
def written(held, cast):
    MeetingMinutes.objects.create(
        meeting=held,
        situation=WORDS["situation"],
        conclusion=WORDS["conclusion"],
        commitments=[
            {"party": "individual", "name": "Amina", "text": "Ringer skolan"},
            {"party": cast.af.pk, "name": "AF", "text": "Plats"},
        ],
        written_by=cast.anna,
    )
    return held


@pytest.fixture
def shared(written, post):
    post("write_minutes", written, **WORDS | {"version": 1}, act="share")
    return written


@pytest.fixture
def final(shared, post):
    post("write_minutes", shared, **WORDS | {"version": 3}, act="finish")
    return shared


@pytest.fixture
def version(client):
    """A page of one version: `version("minutes_version", meeting, 1, user)`."""

    def fetch(name, meeting, number, user, **sent):
        client.force_login(user)
        url = reverse(f"meetings:{name}", args=[meeting.case_id, meeting.pk, number])
        return client.post(url, sent) if sent or name != "minutes_version" else client.get(url)

    return fetch


def says(response):
    return response.content.decode()


# --- writing ------------------------------------------------------------------------------------------------
def test_a_draft_has_a_line_per_party_and_the_person(held, post, look, cast):
    post("write_minutes", held, **WORDS, commitment_individual="Ringer skolan", **{f"commitment_{cast.af.pk}": "Plats"})
    row = MeetingMinutes.objects.get()
    assert (row.status, row.number, row.written_by) == ("draft", 1, cast.anna)
    assert [line["party"] for line in row.commitments if line["text"]] == ["individual", cast.af.pk]
    shown = says(look("minutes", held))
    for words in ("Ringer skolan", "Praktik i januari", "Praktik från 11 januari", "Amina står bakom"):
        assert words in shown


def test_nothing_is_minuted_before_the_talk(booked, look, post):
    assert look("write_minutes", booked).status_code == 403
    assert post("write_minutes", booked, **WORDS).status_code == 403
    assert not MeetingMinutes.objects.exists()


def test_the_draft_is_saved_while_it_is_written(held, client, cast):
    client.force_login(cast.anna)
    url = reverse("meetings:write_minutes", args=[held.case_id, held.pk])
    answer = client.post(url, WORDS, headers={"HX-Request": "true"})
    assert answer.headers["HX-Trigger"] == '{"saved": {}}'
    assert 'name="version" value="1"' in says(answer)
    answer = client.post(url, WORDS | {"version": 1, "act": "share"}, headers={"HX-Request": "true"})
    assert MeetingMinutes.objects.get().status == "draft"
    lost = client.post(url, WORDS, headers={"HX-Request": "true"})
    assert "Någon annan har sparat" in says(lost)
    assert "saved" not in lost.headers.get("HX-Trigger", "")


def test_the_second_of_two_writers_gets_both_texts(written, post, cast):
    post("write_minutes", written, user=cast.bo, **WORDS | {"version": 1, "conclusion": "Bos ord"})
    response = post("write_minutes", written, **WORDS | {"version": 1, "conclusion": "Annas ord"})
    assert response.status_code == 409
    assert "Bos ord" in says(response)
    assert "Annas ord" in says(response)
    assert MeetingMinutes.objects.get().conclusion == "Bos ord"


def test_two_who_begin_at_once_get_both_texts(written, post, cast):
    response = post("write_minutes", written, user=cast.bo, **WORDS | {"conclusion": "Bo började också"})
    assert response.status_code == 409
    assert "Bo började också" in says(response)


def test_what_is_typed_when_somebody_locks_it_is_not_lost(final, post, cast):
    response = post("write_minutes", final, user=cast.bo, **WORDS | {"version": 3, "conclusion": "Sent tillägg"})
    assert response.status_code == 409
    assert "Sent tillägg" in says(response)


# --- sharing and locking ------------------------------------------------------------------------------------
def test_minutes_are_not_shared_empty_or_before_the_outcome(on_the_day, post):
    post("confirm", on_the_day, answer="confirmed")
    response = post("write_minutes", on_the_day, **WORDS, act="share")
    assert "Skriv först hur mötet gick" in says(response)
    assert "Praktik i januari" in says(response)
    assert not MeetingMinutes.objects.exists()


def test_sharing_needs_a_conclusion(held, post):
    assert "Skriv vad ni kom fram till" in says(post("write_minutes", held, **WORDS | {"conclusion": ""}, act="share"))
    assert not MeetingMinutes.objects.exists()


def test_sharing_tells_those_who_may_know_without_saying_what(shared, cast):
    assert MeetingMinutes.objects.get().status == "shared"
    told = Notice.objects.get(kind=Kind.MINUTES_SHARED)
    assert (told.recipient, told.text) == (cast.bo, "")
    mail = OutboxMessage.objects.get(kind=Kind.MINUTES_SHARED)
    assert mail.address == cast.bo.email
    for secret in ("Praktik", "Amina", "SFI"):
        assert secret not in mail.body + mail.subject


def test_nobody_without_consent_about_meetings_is_told(written, post):
    Disclosure.objects.filter(category=Category.MEETING).update(days="empty")
    post("write_minutes", written, **WORDS | {"version": 1}, act="share")
    assert not Notice.objects.filter(kind=Kind.MINUTES_SHARED).exists()
    assert not OutboxMessage.objects.filter(kind=Kind.MINUTES_SHARED).exists()


def test_final_minutes_keep_the_decisions_and_are_locked(final, post, look):
    row = MeetingMinutes.objects.get()
    assert (row.status, row.decisions) == ("final", [{"text": "Praktik från 11 januari", "acknowledged": True}])
    Decision.objects.all().delete()
    assert "Praktik från 11 januari" in says(look("minutes", final))
    assert look("write_minutes", final).status_code == 302


# --- correcting ---------------------------------------------------------------------------------------------
def test_a_correction_is_a_new_version_with_a_reason_and_is_sent_again(final, post, look, version, cast):
    assert "Skriv varför protokollet rättas" in says(post("correct_minutes", final, reason=""))
    post("correct_minutes", final, reason="Fel datum")
    draft = MeetingMinutes.objects.get(number=2)
    assert (draft.status, draft.conclusion, draft.correction_reason) == ("draft", "Praktik i januari", "Fel datum")
    post("write_minutes", final, **WORDS | {"number": 2, "version": 1, "conclusion": "I februari"}, act="share")
    assert Notice.objects.get(kind=Kind.MINUTES_CORRECTED).recipient == cast.bo
    assert "rättat" in OutboxMessage.objects.get(kind=Kind.MINUTES_CORRECTED).body
    shown = says(look("minutes", final, user=cast.bo))
    assert "I februari" in shown
    assert "Fel datum" in shown
    assert "Praktik i januari" in says(version("minutes_version", final, 1, cast.bo))


def test_a_correction_changes_takes_away_and_adds_decisions_and_the_old_version_keeps_its_own(
    final, post, look, version, cast
):
    version("hand_on_minutes", final, 1, cast.anna, on=f"{final.day}")
    post("correct_minutes", final, reason="Fel dag")
    form = look("write_minutes", final).context["form"]
    assert [(text.value(), yes.value()) for text, yes in form.decision_fields] == [
        ("Praktik från 11 januari", True), ("", False), ("", False),
    ]  # fmt: skip
    right = {
        "decision_0": "Praktik från 18 januari",
        "decision_1": "Busskort",
        "acknowledged_1": "on",
        "decision_2": "",
    }
    post("write_minutes", final, **WORDS | {"number": 2, "version": 1}, **right)
    assert "Praktik från 18 januari" in says(look("minutes", final))
    post("write_minutes", final, **WORDS | {"number": 2, "version": 2}, **right, act="share")
    assert Notice.objects.get(kind=Kind.MINUTES_CORRECTED).recipient == cast.bo
    assert "fick version 1" in says(look("minutes", final))
    meeting = says(look("meeting", final))
    assert "Praktik från 18 januari" in meeting
    assert "Praktik från 11 januari" not in meeting
    post("write_minutes", final, **WORDS | {"number": 2, "version": 4}, **right | {"decision_1": ""}, act="finish")
    row = MeetingMinutes.objects.get(number=2)
    assert (row.status, row.decisions) == ("final", [{"text": "Praktik från 18 januari", "acknowledged": False}])
    assert "Praktik från 11 januari" in says(version("minutes_version", final, 1, cast.bo))
    assert [decision.text for decision in Decision.objects.all()] == ["Praktik från 11 januari"]


def test_who_loses_the_race_about_a_corrected_decision_gets_both_texts(final, post):
    post("correct_minutes", final, reason="Fel dag")
    post("write_minutes", final, **WORDS | {"number": 2, "version": 1}, decision_0="Praktik i mars")
    lost = post("write_minutes", final, **WORDS | {"number": 2, "version": 1}, decision_0="Praktik i maj")
    assert lost.status_code == 409
    assert "Praktik i mars" in says(lost)
    assert "Praktik i maj" in says(lost)


def test_no_decision_is_added_beside_final_minutes(final, post, look):
    post("decide", final, text="Busskort")
    assert "Rätta protokollet om ett beslut saknas." in says(look("hold", final))
    assert Decision.objects.count() == 1


def test_only_final_minutes_are_corrected(shared, post):
    assert "inte färdigt än" in says(post("correct_minutes", shared, reason="Fel"))
    assert MeetingMinutes.objects.count() == 1


# --- reading ------------------------------------------------------------------------------------------------
def test_who_has_read_is_told_per_party(shared, look, cast):
    assert says(look("minutes", shared)).count("inte läst än") == 2
    look("minutes", shared, user=cast.bo)
    shown = says(look("minutes", shared))
    assert "av Bo Berg" in shown
    assert "av Anna Ask" in shown


def test_the_person_has_got_them_on_a_day(shared, version, look, cast):
    version("hand_on_minutes", shared, 1, cast.anna, on=f"{shared.day}")
    assert MeetingMinutes.objects.get().handed_on == shared.day
    assert "fick det" in says(look("minutes", shared))
    version("hand_on_minutes", shared, 1, cast.anna, on=f"{shared.day + timedelta(days=1)}")
    assert MeetingMinutes.objects.get().handed_on == shared.day


def test_a_draft_is_read_by_those_at_the_meeting_only(written, look, cast):
    assert "Praktik i januari" in says(look("minutes", written, user=cast.bo))
    Participant.objects.filter(user=cast.bo).delete()
    shown = says(look("minutes", written, user=cast.bo))
    assert "Praktik i januari" not in shown
    assert "Inget protokoll att läsa än" in shown


def test_what_the_reader_may_not_know_is_left_out_and_survives_their_writing(shared, look, post, cast):
    Disclosure.objects.filter(category=Category.ASSESSMENT).update(days="empty")
    shown = says(look("minutes", shared, user=cast.bo))
    assert "Läser SFI" not in shown
    assert "Utelämnat: kartläggning" in shown
    assert "Läser SFI" in says(look("minutes", shared))
    assert "Läser SFI" not in says(look("write_minutes", shared, user=cast.bo))
    post(
        "write_minutes", shared, user=cast.bo, **WORDS | {"version": 3, "situation": "Överskrivet", "conclusion": "Bos"}
    )
    row = MeetingMinutes.objects.get()
    assert (row.situation, row.conclusion) == ("Läser SFI", "Bos")


def test_what_the_health_care_promises_is_health(shared, look, post, cast):
    region = Organisation.objects.create(kind=Organisation.Kind.HEALTH_CARE, name="Region", short_name="Region")
    Participant.objects.create(meeting=shared, role="other", organisation=region, name="R", during=shared.during)
    line = {f"commitment_{region.pk}": "Rehabsamtal"}
    post("write_minutes", shared, **WORDS | {"version": 3}, **line)
    assert "Rehabsamtal" in says(look("minutes", shared))
    assert "Rehabsamtal" not in says(look("minutes", shared, user=cast.bo))
    post("write_minutes", shared, user=cast.bo, **WORDS | {"version": 4})
    assert "Rehabsamtal" in says(look("minutes", shared))


def test_after_a_no_the_minutes_are_the_leads_own(on_the_day, post, look, cast):
    post("confirm", on_the_day, answer="declined")
    assert look("write_minutes", on_the_day, user=cast.bo).status_code == 403
    post("write_minutes", on_the_day, **WORDS)
    assert "Praktik i januari" not in says(look("minutes", on_the_day, user=cast.bo))


def test_after_a_withdrawal_the_partner_finds_nothing(shared, look, version, cast):
    Disclosure.objects.update(days="empty")
    assert look("minutes", shared, user=cast.bo).status_code == 404
    assert version("minutes_version", shared, 1, cast.bo).status_code == 404


# --- paper --------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_the_paper_is_decided_for_the_one_who_asked(shared, version, cast):
    Disclosure.objects.filter(category=Category.ASSESSMENT).update(days="empty")
    version("minutes_pdf", shared, 1, cast.bo)
    version("minutes_pdf", shared, 1, cast.anna)
    theirs, ours = Document.objects.order_by("pk")
    assert (theirs.state, ours.state) == ("ready", "ready")
    if pdf.available():
        assert bytes(ours.content).startswith(b"%PDF-")
        assert len(ours.content) > len(theirs.content)


@pytest.mark.parametrize("name", ["minutes", "write_minutes", "correct_minutes"])
def test_an_outsider_finds_nothing(shared, look, cast, name):
    assert look(name, shared, user=cast.cilla).status_code == 404


def test_the_page_costs_the_same_with_many_versions_and_decisions(final, look, costs):
    look("minutes", final)
    short = costs(lambda: look("minutes", final))
    Decision.objects.bulk_create(Decision(meeting=final, text=str(n)) for n in range(20))
    row = MeetingMinutes.objects.get()
    for number in range(2, 10):
        row.pk, row.number, row.correction_reason = None, number, "Fel"
        row.save(force_insert=True)
    assert costs(lambda: look("minutes", final)) == short


# --- what is left to do -------------------------------------------------------------------------------------
def test_min_dag_asks_for_what_a_meeting_still_needs(booked, client, post, cast):
    def asked(user):
        client.force_login(user)
        return says(client.get("/"))

    with time_machine.travel(booked.ends_at + timedelta(hours=1), tick=False):
        assert "Skriv hur mötet gick" in asked(cast.anna)
        assert "Skriv hur mötet gick" not in asked(cast.bo)
        post("confirm", booked, answer="confirmed")
        workers = list(booked.participants.exclude(user=None).values_list("pk", flat=True))
        post("outcome", booked, outcome="held", attended=workers)
        for debt in ("Lämna återkoppling", "Dela protokollet"):
            assert debt in asked(cast.anna)
        assert "Lämna återkoppling" in asked(cast.bo)
        post("feedback", booked, cooperation=4, reached=5, roles_held=4, person_heard=5)
        post("write_minutes", booked, **WORDS, act="share")
        assert "Efter dina möten" not in asked(cast.anna)
