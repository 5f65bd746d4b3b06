"""The three phases of a meeting, how it went, and what that sets in motion."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actionplans.models import ActionPlan, Milestone
from cases.models import Case, Deadline, Individual
from consent.models import ConsentStep, Disclosure
from meetings.models import ConsentConfirmation, Decision, Meeting
from notices.models import Kind, Notice
from tests.casting import individual, open_case


def says(response):
    return response.content.decode()


def held(post, meeting, **sent):
    post("confirm", meeting, answer="confirmed")
    workers = meeting.participants.exclude(user=None).values_list("pk", flat=True)
    return post("outcome", meeting, **({"outcome": "held", "attended": list(workers), "plan_brought": "yes"} | sent))


def sheet(cast, **changes):
    return {"version": 0, "leader": cast.bo.pk, "timekeeper": cast.anna.pk, "aim": "Enas om praktik"} | changes


# --- prepare ------------------------------------------------------------------------------------------------
def test_a_prepared_meeting_has_leader_timekeeper_aim_and_a_line_for_each(cast, booked, post):
    bo = booked.participants.get(user=cast.bo)
    sent = sheet(cast, ready=1, situation="Söker jobb", **{f"answers_{bo.pk}": "Praktikplats"})
    assert post("prepare", booked, **sent).status_code == 302
    booked.refresh_from_db()
    assert (booked.status, booked.leader, booked.timekeeper) == ("prepared", cast.bo, cast.anna)
    assert booked.preparation.situation == "Söker jobb"
    bo.refresh_from_db()
    assert bo.responsibility.text == "Praktikplats"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("leader", "Välj vem som leder samtalet."),
        ("timekeeper", "Välj vem som håller tiden."),
        ("aim", "Skriv vad ni ska uppnå."),
    ],
)
def test_it_is_not_prepared_without_the_three(cast, booked, post, missing, sentence):
    response = post("prepare", booked, **sheet(cast, ready=1, situation="Söker jobb", **{missing: ""}))
    assert sentence in says(response)
    assert "Söker jobb" in says(response)
    booked.refresh_from_db()
    assert booked.status == "planned"
    assert not hasattr(booked, "preparation")


def test_what_the_person_needs_is_arranged_before_it_counts_as_prepared(cast, booked, post):
    Individual.objects.update(support_needs=["hearing_loop"])
    response = post("prepare", booked, **sheet(cast, ready=1))
    assert "Skriv hur tolk, hjälpmedel och lokal är ordnade." in says(response)
    assert post("prepare", booked, **sheet(cast, ready=1, access_arranged="Slingan är provad")).status_code == 302
    booked.refresh_from_db()
    assert booked.status == "prepared"


def test_a_draft_may_lack_them(cast, booked, post, look):
    post("prepare", booked, **sheet(cast, leader="", aim="", situation="Halvfärdigt"))
    booked.refresh_from_db()
    assert booked.status == "planned"
    assert "Halvfärdigt" in says(look("prepare", booked))


def test_only_those_at_the_meeting_lead_it(cast, booked, post):
    assert "giltigt" in says(post("prepare", booked, **sheet(cast, leader=cast.cilla.pk, ready=1)))


def test_the_second_of_two_writers_gets_both_texts(cast, booked, post):
    post("prepare", booked, **sheet(cast, situation="Annas ord"))
    response = post("prepare", booked, user=cast.bo, **sheet(cast, situation="Bos ord"))
    assert response.status_code == 409
    assert "Annas ord" in says(response)
    assert "Bos ord" in says(response)
    assert post("prepare", booked, user=cast.bo, **sheet(cast, version=1, situation="Bådas ord")).status_code == 302
    assert post("prepare", booked, **sheet(cast, version=1, situation="Gammalt")).status_code == 409
    booked.preparation.refresh_from_db()
    assert booked.preparation.situation == "Bådas ord"


def test_the_sheet_is_closed_to_a_partner_without_consent_and_stops_the_lead(cast, booked, look, post):
    Disclosure.objects.update(days="empty")
    assert look("prepare", booked, user=cast.bo).status_code == 404
    shown = says(look("prepare", booked))
    assert "Förberedelsen kan inte öppnas än" in shown
    assert "<textarea" not in shown
    post("prepare", booked, **sheet(cast, situation="Ändå"))
    post("phase", booked, phase="preparation", act="start")
    assert not booked.phases.exists()
    assert not hasattr(booked, "preparation")


# --- talk ---------------------------------------------------------------------------------------------------
def test_the_talk_cannot_start_before_the_person_has_answered(cast, on_the_day, post, look):
    post("phase", on_the_day, phase="preparation", act="start")
    post("phase", on_the_day, phase="talk", act="start")
    assert "Fråga först personen" in says(look("hold", on_the_day))
    assert not on_the_day.phases.filter(phase="talk").exists()
    post("confirm", on_the_day, answer="confirmed")
    post("phase", on_the_day, phase="talk", act="start")
    preparation, talk = on_the_day.phases.all()
    assert preparation.ended_at is not None
    assert talk.ended_at is None


def test_the_answer_is_kept_with_who_asked_and_on_the_consent_itself(cast, on_the_day, post):
    post("confirm", on_the_day, user=cast.bo, answer="confirmed")
    on_the_day.refresh_from_db()
    assert on_the_day.status == Meeting.Status.CONSENT_CONFIRMED
    answer = ConsentConfirmation.objects.get()
    assert (answer.asked_by, answer.answer, answer.confirmed_at) == (cast.bo, "confirmed", timezone.now())
    assert ConsentStep.objects.filter(what="confirmed").count() == 1


def test_a_consent_that_is_not_there_cannot_be_confirmed(cast, on_the_day, post, look):
    type(cast.consent).objects.update(withdrawn_at=timezone.now())
    Disclosure.objects.update(days="empty")
    post("confirm", on_the_day, answer="confirmed")
    assert "inget samtycke som gäller" in says(look("hold", on_the_day))
    post("confirm", on_the_day, answer="this_meeting")
    assert ConsentConfirmation.objects.get().answer == "this_meeting"


def test_after_a_no_nothing_shared_is_shown(cast, on_the_day, post, look):
    post("confirm", on_the_day, answer="declined")
    shown = says(look("hold", on_the_day))
    assert "var och en talar bara för sin egen organisation" in shown
    assert "Gå igenom" not in shown


def test_every_delmal_is_gone_through_beside_the_talk(cast, on_the_day, post, look):
    plan = ActionPlan.objects.create(
        case=cast.case, owner=cast.ifo, individual=cast.case.individual, own_goal="Jobba i förskola"
    )
    Milestone.objects.create(
        case=cast.case,
        owner=cast.ifo,
        plan=plan,
        text="SFI kurs D",
        by_individual=True,
        starts_on=cast.day,
        due_on=cast.day + timedelta(days=30),
    )
    assert "SFI kurs D" not in says(look("hold", on_the_day))
    post("confirm", on_the_day, answer="confirmed")
    shown = says(look("hold", on_the_day))
    assert "SFI kurs D" in shown
    assert "Gå igenom" in shown
    post("confirm", on_the_day, answer="declined")
    assert "SFI kurs D" not in says(look("hold", on_the_day))


def test_an_answer_must_be_chosen(cast, on_the_day, post, look):
    post("confirm", on_the_day)
    assert "Välj det personen svarade." in says(look("hold", on_the_day))
    assert not ConsentConfirmation.objects.exists()


def test_a_decision_is_written_with_the_persons_word(cast, on_the_day, post, look):
    post("decide", on_the_day, text="För tidigt")
    assert not Decision.objects.exists()
    post("confirm", on_the_day, answer="confirmed")
    post("decide", on_the_day, text="Praktik från 11 januari", acknowledged="on")
    assert "Amina står bakom" in says(look("hold", on_the_day))
    post("decide", on_the_day, text="")
    assert Decision.objects.count() == 1


def test_the_clock_carries_the_servers_time(cast, on_the_day, post, look):
    post("phase", on_the_day, phase="preparation", act="start")
    shown = says(look("hold", on_the_day))
    assert 'data-minutes="15"' in shown
    assert f'data-now="{timezone.localtime():%Y-%m-%dT%H:%M}' in shown


def test_a_phase_that_does_not_exist_changes_nothing(cast, on_the_day, post):
    assert post("phase", on_the_day, phase="paus", act="start").status_code == 302
    assert not on_the_day.phases.exists()


# --- how it went --------------------------------------------------------------------------------------------
def test_a_first_meeting_in_person_meets_the_clock_and_keeps_the_plan(cast, on_the_day, post):
    plan = ActionPlan.objects.create(
        case=cast.case, owner=cast.ifo, individual=cast.case.individual, own_goal="Jobba i förskola"
    )
    assert held(post, on_the_day).status_code == 302
    on_the_day.refresh_from_db()
    assert (on_the_day.status, on_the_day.outcome, on_the_day.plan_brought) == ("held", "held", True)
    assert on_the_day.plan_version.plan == plan
    assert Deadline.objects.get().met_on == on_the_day.day
    assert Deadline.objects.get().state_on(timezone.localdate()) == "met"
    assert on_the_day.participants.get(role="individual").attended
    assert Case.objects.get(pk=cast.case.pk).next_on == on_the_day.day + timedelta(days=60)


def test_a_late_first_meeting_is_met_late(cast, book, post, day):
    late = cast.day + timedelta(days=20)
    book(day=late.isoformat(), clock="12:00")
    meeting = Meeting.objects.get()
    with time_machine.travel(meeting.ends_at, tick=False):
        held(post, meeting)
        assert Deadline.objects.get().state_on(timezone.localdate()) == "met_late"


@pytest.mark.parametrize(
    "changes",
    [
        {"form": "video", "video_link": "https://mote.example.org/1"},
        {"form": "phone"},
        {"kind": "informal"},
        {"kind": "follow_up"},
    ],
)
def test_only_a_first_meeting_face_to_face_meets_it(cast, book, post, changes):
    book(**changes)
    meeting = Meeting.objects.get()
    with time_machine.travel(meeting.starts_at, tick=False):
        held(post, meeting)
    meeting.refresh_from_db()
    assert meeting.is_held
    assert Deadline.objects.get().met_on is None
    assert Case.objects.get(pk=cast.case.pk).next_on == Deadline.objects.get().due_on


def test_a_meeting_without_the_person_meets_no_clock_and_needs_that_they_know(cast, on_the_day, post):
    response = post("outcome", on_the_day, outcome="held_without_person")
    assert "som inte vet om det" in says(response)
    post("outcome", on_the_day, outcome="held_without_person", person_informed="on")
    on_the_day.refresh_from_db()
    assert on_the_day.is_held
    assert Deadline.objects.get().met_on is None


def test_a_meeting_is_not_held_without_the_answer_about_consent(cast, on_the_day, post):
    response = post("outcome", on_the_day, outcome="held")
    assert "Skriv först vad personen svarade om samtycke" in says(response)
    on_the_day.refresh_from_db()
    assert on_the_day.is_booked


def test_the_outcome_of_a_meeting_to_come_is_not_written(cast, booked, post):
    assert "har inte varit än" in says(post("outcome", booked, outcome="absent"))


def test_an_outcome_is_chosen_and_written_once(cast, on_the_day, post):
    assert "Välj hur det gick." in says(post("outcome", on_the_day, plan_brought=""))
    assert held(post, on_the_day).status_code == 302
    assert post("outcome", on_the_day, outcome="absent").status_code == 403


def test_a_no_show_frees_the_time_tells_the_others_kindly_and_proposes_a_new_time(cast, on_the_day, post, client):
    Notice.objects.create(kind=Kind.NO_OUTCOME, recipient=cast.anna, object_key=f"meeting:{on_the_day.pk}")
    response = post("outcome", on_the_day, outcome="absent")
    assert response.url.endswith(f"?ersatter={on_the_day.pk}")
    assert client.get(response.url).status_code == 200
    on_the_day.refresh_from_db()
    assert on_the_day.status == "not_held"
    assert not on_the_day.participants.filter(takes_time=True).exists()
    told = Notice.objects.get(kind=Kind.NO_SHOW)
    assert told.recipient == cast.bo
    assert "Amina" not in told.text
    assert not Notice.objects.undone().filter(kind=Kind.NO_OUTCOME).exists()
    assert Deadline.objects.get().met_on is None


def test_after_a_no_show_af_is_shown_what_the_law_lets_it_tell_the_board(cast, on_the_day, post, look):
    post("outcome", on_the_day, user=cast.bo, outcome="absent")
    shown = says(look("meeting", on_the_day, user=cast.bo))
    assert "15 kap. 11 §" in shown
    assert "det berättas bara med samtycke" in shown
    assert "15 kap. 11 §" not in says(look("meeting", on_the_day))


def test_after_a_withdrawal_the_partner_is_not_told_of_a_no_show(cast, on_the_day, post):
    Disclosure.objects.update(days="empty")
    post("outcome", on_the_day, outcome="absent")
    assert not Notice.objects.filter(kind=Kind.NO_SHOW).exists()


def test_the_new_time_replaces_the_one_that_was_missed(cast, on_the_day, post, client, filled_in):
    url = post("outcome", on_the_day, outcome="absent_logistics").url
    day = on_the_day.day + timedelta(days=1)
    client.post(url, filled_in(day=day.isoformat(), clock="11:00"))
    assert Meeting.objects.get(status="planned").replaces == on_the_day
    other = open_case(cast.anna, individual(cast.ifo, "Test", "Annan", "T0000097"))
    strange = reverse("meetings:book", args=[other.pk])
    assert client.get(f"{strange}?ersatter={on_the_day.pk}").status_code == 404
    assert client.get(f"{strange}?ersatter=x").status_code == 404


# --- doors --------------------------------------------------------------------------------------------------
NAMES = ["prepare", "hold", "outcome", "feedback", "voice_slip"]


@pytest.mark.parametrize("name", NAMES)
def test_an_outsider_finds_nothing(cast, booked, look, name):
    assert look(name, booked, user=cast.cilla).status_code == 404


@pytest.mark.parametrize(
    "name", ["phase", "confirm", "decide", "person_feedback", "print_voice_slip", "voice_slip_pdf"]
)
def test_an_outsider_changes_nothing(cast, booked, post, name):
    assert post(name, booked, user=cast.cilla).status_code == 404


def test_the_talk_costs_the_same_with_many_decisions(cast, on_the_day, post, look, costs):
    post("confirm", on_the_day, answer="confirmed")
    Decision.objects.create(meeting=on_the_day, text="Ett")
    look("hold", on_the_day)
    short = costs(lambda: look("hold", on_the_day))
    Decision.objects.bulk_create(Decision(meeting=on_the_day, text=str(n)) for n in range(49))
    assert costs(lambda: look("hold", on_the_day)) == short


def test_the_persons_own_questions_come_first_in_the_sheet(booked, look):
    fields = look("prepare", booked).context["form"].sheet_fields
    assert [field.name for field in fields[:3]] == ["own_questions", "since_plan", "situation"]


def test_support_needs_stand_beside_the_sheet(cast, booked, look):
    Individual.objects.update(support_needs=["hearing_loop"])
    assert "hörslinga" in says(look("prepare", booked))
