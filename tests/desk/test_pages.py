"""Min dag, the worklists, the case, its history and its readers, through the door."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from audit.log import Actor, Subject, record
from audit.models import Action, Entry
from benchmarks.measuring.statements import caught
from cases.models import DeadlineHold, Individual, Note, TargetGroup, TargetGroupMembership
from consent.models import Consent, Disclosure
from meetings.models import Meeting
from notices.models import Kind, Notice
from tests import casting


def withdraw(cast):
    Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by=cast.anna)
    Disclosure.objects.all().delete()


def page(client, person, name, *args, query=""):
    client.force_login(person)
    return client.get(reverse(name, args=args) + query)


# --- Min dag ----------------------------------------------------------------------------------------------------


def test_my_day_greets_by_the_hour_in_sweden(client, cast):
    today = timezone.localtime().replace(minute=0)
    for hour, greeting in [(4, "God kväll"), (5, "God morgon"), (10, "Hej"), (17, "Hej"), (18, "God kväll")]:
        with time_machine.travel(today.replace(hour=hour), tick=False):
            assert page(client, cast.anna, "desk:my_day").context["day"].greeting == f"{greeting}, Anna"


def test_my_day_shows_the_running_clock_and_that_nothing_is_booked(client, cast):
    day = page(client, cast.anna, "desk:my_day").context["day"]
    assert [(c.name, c.days_left, c.tag.text) for c in day.clocks] == [
        ("Amina H.", 11, "11 dagar kvar · inget möte bokat")
    ]
    assert "1 första möte att boka" in day.summary


def test_my_day_hides_a_reminder_whose_case_no_longer_opens(client, cast):
    Notice.objects.tell(Kind.FIRST_MEETING, [cast.bo, cast.anna], object_key="deadline:1", case=cast.case)
    assert [r.title for r in page(client, cast.bo, "desk:my_day").context["day"].reminders] == [
        "Första mötet är inte bokat"
    ]
    withdraw(cast)
    assert page(client, cast.bo, "desk:my_day").context["day"].reminders == []
    assert len(page(client, cast.anna, "desk:my_day").context["day"].reminders) == 1


@pytest.mark.parametrize(("name", "label"), [("lova", "Loggranskning"), ("adam", "Administration")])
def test_those_without_cases_are_shown_their_own_pages(client, cast, name, label):
    day = page(client, getattr(cast, name), "desk:my_day").context["day"]
    assert not day.works_with_cases
    assert label in [link.label for link in day.elsewhere]


def test_a_manager_reads_how_many_cases_wait_for_somebody(client, cast):
    casting.open_case(cast.ingrid, casting.individual(cast.ifo, "Ny", "Person", casting.NUMBERS[1]), responsible=False)
    response = page(client, cast.karin, "desk:my_day")
    assert response.context["day"].unassigned == 1
    assert "ingen ansvarig handläggare" in response.content.decode()


# --- worklists ---------------------------------------------------------------------------------------------------


def names(response):
    return [row.name for row in response.context["page"].rows]


def test_the_list_holds_my_cases_and_nobody_elses(client, cast):
    assert names(page(client, cast.anna, "desk:cases")) == ["Amina H."]
    assert names(page(client, cast.bo, "desk:cases")) == ["Amina H."]
    assert names(page(client, cast.cilla, "desk:cases")) == []
    withdraw(cast)
    assert names(page(client, cast.bo, "desk:cases")) == []


def test_a_row_says_how_it_stands_who_is_around_and_what_comes_next(client, cast):
    row = page(client, cast.anna, "desk:cases").context["page"].rows[0]
    assert row.state.text == "11 dagar kvar till första möte"
    assert [o.short_name for o in row.organisations] == ["IFO", "AF"]
    assert row.consent_until == cast.consent.valid_until
    assert row.next_what == "första möte senast"


def test_a_passed_first_meeting_is_late_until_the_clock_rests(client, cast):
    late = casting.open_case(
        cast.anna, casting.individual(cast.ifo, "Sen", "Person", casting.NUMBERS[1]), received_days_ago=20
    )
    assert names(page(client, cast.anna, "desk:cases", query="?lista=forsenade")) == ["Sen P."]
    DeadlineHold.objects.create(
        deadline=late.deadlines.get(),
        reason=DeadlineHold.Reason.ILL,
        text="Sjukskriven",
        since=late.opened_on + timedelta(days=5),
        set_by=cast.anna,
    )
    assert names(page(client, cast.anna, "desk:cases", query="?lista=forsenade")) == []
    assert names(page(client, cast.anna, "desk:cases", query="?lista=vilande")) == ["Sen P."]


def test_a_partner_without_the_category_is_not_told_by_the_list_that_a_meeting_is_late(client, cast):
    late = casting.open_case(
        cast.anna, casting.individual(cast.ifo, "Sen", "Person", casting.NUMBERS[1]), received_days_ago=20
    )
    casting.give_consent(late, cast.anna, [cast.af], categories=["plan"])
    casting.CaseGrant.objects.engage(late, cast.bo, since=late.opened_on)
    late.next_on = cast.day + timedelta(days=10)
    late.save()
    response = page(client, cast.bo, "desk:cases")
    assert {row.name: row.state.text for row in response.context["page"].rows}["Sen P."] == "Pågår"
    assert names(page(client, cast.bo, "desk:cases", query="?lista=forsenade")) == []


def test_something_due_for_me_is_to_do(client, cast):
    assert names(page(client, cast.anna, "desk:cases", query="?lista=att-gora")) == []
    Notice.objects.tell(Kind.OWN, [cast.anna], object_key="x", case=cast.case)
    assert names(page(client, cast.anna, "desk:cases", query="?lista=att-gora")) == ["Amina H."]


def test_a_consent_form_without_answer_waits_for_another(client, cast):
    Consent.objects.update(answer=Consent.Answer.ASKED)
    assert names(page(client, cast.anna, "desk:cases", query="?lista=vantar")) == ["Amina H."]


def test_the_next_page_continues_where_the_first_ended(client, cast):
    casting.many_cases(cast.anna, 30)
    first = page(client, cast.anna, "desk:cases")
    assert len(names(first)) == 25
    last = first.context["page"].rows[-1].case
    assert first.context["page"].next_url.endswith(f"?efter={last.pk}"), "the day of its next step is not for all"
    rest = client.get(first.context["page"].next_url)
    assert len(names(rest)) == 6
    assert not {r.case.pk for r in first.context["page"].rows} & {r.case.pk for r in rest.context["page"].rows}


@pytest.mark.parametrize(
    "query",
    ["?efter=skräp", "?efter=2026-11-24_x", f"?efter={UUID(int=1)}", "?lista=finns-inte", "?enhet=999999", "?visa=x"],
)
def test_a_spoilt_address_gives_the_plain_list(client, cast, query):
    assert names(page(client, cast.anna, "desk:cases", query=query)) == ["Amina H."]


def test_closed_cases_are_asked_for_by_name(client, cast):
    cast.case.closed_on = cast.day
    cast.case.save()
    assert names(page(client, cast.anna, "desk:cases")) == []
    response = client.get(reverse("desk:cases"), {"visa": "avslutade"})
    assert names(response) == ["Amina H."]
    assert response.context["page"].rows[0].state.text.startswith("Avslutat")


@pytest.mark.parametrize("query", ["", "?lista=att-gora"])
def test_the_list_and_the_day_cost_the_same_with_many_cases(client, cast, costs, query):
    client.force_login(cast.anna)
    Notice.objects.tell(Kind.OWN, [cast.anna], object_key="x", case=cast.case)
    addresses = [reverse("desk:cases") + query, reverse("desk:my_day")]
    one = [costs(lambda url=url: client.get(url)) for url in addresses]
    for case in casting.many_cases(cast.anna, 20):
        casting.give_consent(case, cast.anna, [cast.af])
        Notice.objects.tell(Kind.OWN, [cast.anna], object_key=str(case.pk), case=case)
    assert [costs(lambda url=url: client.get(url)) for url in addresses] == one


def test_the_tabs_get_their_figures_when_the_page_is_there(client, cast):
    response = page(client, cast.anna, "desk:cases", query="?lista=vilande")
    assert {tab.count for tab in response.context["page"].tabs} == {None}
    url = reverse("desk:counted_tabs", query={"lista": "vilande"})
    assert f'hx-get="{url}"' in response.content.decode()
    tabs = client.get(url).context["tabs"]
    assert {tab.label: tab.count for tab in tabs} == {
        "Mina": 1, "Försenade": 0, "Att göra": 0, "Väntar på annan": 0, "Vilande": 0
    }  # fmt: skip
    assert [tab.label for tab in tabs if tab.current] == ["Vilande"]


def test_a_list_asks_nine_questions_one_of_them_its_line_in_the_log(client, cast):
    client.force_login(cast.anna)
    asked = caught(lambda: client.get(reverse("desk:cases")))
    assert len(asked) - 1 == 9, "Den sista tar tillbaka vem som frågade: testets transaktion fortsätter."


def test_a_partner_is_not_told_when_the_next_step_is(client, cast):
    cast.case.next_on = cast.day - timedelta(days=3)
    cast.case.save()
    Disclosure.objects.filter(category__in=["application", "meeting"]).delete()
    for query in ("", "?lista=forsenade"):
        shown = page(client, cast.bo, "desk:cases", query=query).context["page"].rows
        assert [(row.state.text, row.next_day, row.next_what) for row in shown] in ([("Pågår", "", "")], [])
    assert names(page(client, cast.bo, "desk:cases", query="?lista=forsenade")) == []
    assert names(page(client, cast.anna, "desk:cases", query="?lista=forsenade")) == ["Amina H."]


# --- the case ----------------------------------------------------------------------------------------------------


def test_the_overview_tells_what_stands_in_the_way(client, cast):
    withdraw(cast)
    overview = page(client, cast.anna, "desk:case", cast.case.pk).context["overview"]
    assert [step.label for step in overview.clock.obstacles] == [
        "Samtycke saknas",
        "Kartläggningen är inte klar",
        "Inget möte är bokat",
    ]


def test_a_partner_sees_contact_facts_only_under_that_category(client, cast):
    Individual.objects.update(phone="070-174 06 05")
    assert ("Telefon", "070-174 06 05") in page(client, cast.bo, "desk:case", cast.case.pk).context["overview"].contact
    Disclosure.objects.filter(category="contact").delete()
    response = page(client, cast.bo, "desk:case", cast.case.pk)
    assert response.context["overview"].contact == []
    assert "070-174 06 05" not in response.content.decode()


def test_a_protected_person_has_no_address_on_the_page(client, cast):
    Individual.objects.update(
        phone="070-174 06 05", street="Exempelgatan 1", protection=Individual.Protection.SECRECY_FLAG
    )
    text = page(client, cast.anna, "desk:case", cast.case.pk).content.decode()
    assert "070-174" not in text
    assert "Exempelgatan" not in text
    assert "Skyddade personuppgifter" in text


def test_a_sensitive_target_group_needs_the_health_category(client, cast):
    for group, category in (
        (TargetGroup.REDUCED_WORK_ABILITY, "health"),
        (TargetGroup.LONG_TERM_ASSISTANCE, "application"),
    ):
        TargetGroupMembership.objects.create(
            case=cast.case, owner=cast.ifo, group=group, shared_as=category, since=cast.day
        )
    assert len(page(client, cast.anna, "desk:case", cast.case.pk).context["overview"].groups) == 2
    assert page(client, cast.bo, "desk:case", cast.case.pk).context["overview"].groups == [
        "långvarigt försörjningsstöd"
    ]


def test_the_history_shows_a_partner_only_shared_notes(client, cast):
    for heading, shared_as in (("Vår egen", ""), ("Delad", "note")):
        Note.objects.create(
            case=cast.case, owner=cast.ifo, written_by=cast.anna, heading=heading, text="…", shared_as=shared_as
        )
    titles = [e.title for e in page(client, cast.bo, "desk:events", cast.case.pk).context["page"]]
    assert "Delad" in titles
    assert "Vår egen" not in titles
    assert "Vår egen" in [e.title for e in page(client, cast.anna, "desk:events", cast.case.pk).context["page"]]


def test_the_history_begins_with_the_application_and_ends_with_the_newest(client, cast):
    titles = [e.title for e in page(client, cast.anna, "desk:events", cast.case.pk).context["page"]]
    assert titles == ["Samtycke lämnat", "Ansökan om försörjningsstöd"]


def test_the_case_costs_the_same_however_much_is_written(client, cast, costs):
    client.force_login(cast.anna)
    addresses = [reverse(n, args=[cast.case.pk]) for n in ("desk:case", "desk:events", "desk:readers")]
    note(cast, 1)
    one = [costs(lambda url=url: client.get(url)) for url in addresses]
    for number in range(20):
        note(cast, number)
    assert [costs(lambda url=url: client.get(url)) for url in addresses] == one


def note(cast, number):
    return Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading=f"Samtal {number}", text="…"
    )


# --- who has read ------------------------------------------------------------------------------------------------


def test_every_reader_is_listed_and_so_is_the_one_who_reads_the_list(client, cast):
    page(client, cast.bo, "desk:case", cast.case.pk)
    lines = page(client, cast.anna, "desk:readers", cast.case.pk).context["lines"]
    assert [(line.who, line.what) for line in lines] == [
        ("Anna Ask", "läste loggen"),
        ("Anna Ask", "läste ärendet"),
        ("Bo Berg", "läste ärendet"),
    ]
    assert lines[2].why == f"Arbetar med ärendet och får uppgifter genom samtycke {cast.consent.pk}"


def test_the_extract_is_printed_without_the_menu_and_leaves_a_trace(client, cast):
    response = page(client, cast.anna, "desk:print_readers", cast.case.pk)
    assert "Vem har läst om dig?" in response.content.decode()
    assert "rail-main" not in response.content.decode()
    assert Entry.objects.filter(action=Action.PRINTED, case_id=cast.case.pk).count() == 1


@pytest.mark.parametrize("name", ["desk:case", "desk:events", "desk:readers", "desk:print_readers"])
def test_an_outsider_is_told_that_no_case_page_exists(client, cast, name):
    assert page(client, cast.cilla, name, cast.case.pk).status_code == 404
    withdraw(cast)
    assert page(client, cast.bo, name, cast.case.pk).status_code == 404


# --- the quiet pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["desk:profile", "desk:help", "desk:accessibility"])
@pytest.mark.parametrize("person", ["anna", "sten", "adam"])
def test_everybody_reads_profile_help_and_accessibility(client, cast, name, person):
    assert page(client, getattr(cast, person), name).status_code == 200


def test_the_accessibility_statement_is_open_before_log_in(client, db):
    response = client.get(reverse("desk:accessibility"))
    assert response.status_code == 200
    assert "digg.se/tdosanmalan" in response.content.decode()


def test_the_profile_names_my_roles_with_dates(client, cast):
    roles = page(client, cast.anna, "desk:profile").context["roles"]
    assert [(r.name, r.is_mine_now) for r in roles] == [("Handläggare", True)]
    assert "tills vidare" in roles[0].dates


def test_a_partner_does_not_read_in_the_log_of_organisations_it_does_not_know_of(client, cast):
    cast.case.parties.create(organisation=cast.ame, since=cast.day, own_matter=True)
    casting.CaseGrant.objects.engage(cast.case, cast.cilla, since=cast.day)
    page(client, cast.cilla, "desk:case", cast.case.pk)
    for name in ("desk:readers", "desk:print_readers"):
        text = page(client, cast.bo, name, cast.case.pk).content.decode()
        assert "Bo Berg" in text
        assert "Cilla Ceder" not in text
        assert "Cilla Ceder" in page(client, cast.anna, name, cast.case.pk).content.decode()
    withdraw(cast)
    cast.case.parties.update(own_matter=True)
    assert "Anna Ask" not in page(client, cast.bo, "desk:readers", cast.case.pk).content.decode()


def test_a_missing_interpreter_is_told_only_to_those_who_know_the_language(client, cast):
    Individual.objects.update(interpreter_language="somaliska")
    start = timezone.now() + timedelta(days=2)
    Meeting.objects.create(
        case=cast.case,
        owner=cast.ifo,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        calendar_uid=uuid4(),
        booked_by=cast.anna,
    )
    assert "Tolk i somaliska" in page(client, cast.bo, "desk:case", cast.case.pk).content.decode()
    Disclosure.objects.filter(category="contact").delete()
    assert "somaliska" not in page(client, cast.bo, "desk:case", cast.case.pk).content.decode()


def write(cast, actor, kind, category, action=Action.CHANGED):
    who = Actor(id=actor.pk, name=actor.full_name, organisation_id=actor.organisation_id)
    record(action, actor=who, subject=Subject(case_id=cast.case.pk, kind=kind, category=category))


ROWS = {"desk:readers": "lines", "desk:print_readers": "deeds"}


def told(client, reader, cast, name="desk:readers"):
    return {(row.who, row.what) for row in page(client, reader, name, cast.case.pk).context[ROWS[name]]}


@pytest.mark.parametrize("name", ROWS)
def test_a_partner_reads_that_something_was_done_but_not_what_it_is_not_told_of(client, cast, name):
    withdraw(cast)
    casting.give_consent(cast.case, cast.anna, [cast.af], categories=["plan"])
    write(cast, cast.anna, "actionplan", "plan")
    write(cast, cast.anna, "assessment", "assessment")
    write(cast, cast.anna, "note", "")
    write(cast, cast.anna, "case", "plan", Action.CONSENT_DECLINED)
    write(cast, cast.bo, "assessment", "assessment")
    assert told(client, cast.bo, cast, name) >= {
        ("Anna Ask", "ändrade handlingsplanen"),
        ("Anna Ask", "läste eller ändrade något i ärendet"),
        ("Bo Berg", "ändrade kartläggningen"),
    }
    shown = page(client, cast.bo, name, cast.case.pk).context[ROWS[name]]
    of_anna = {(line.what, line.why) for line in shown if line.who == "Anna Ask"}
    assert of_anna == {("ändrade handlingsplanen", ""), ("läste eller ändrade något i ärendet", "")}
    assert {what for who, what in told(client, cast.anna, cast, name)} >= {
        "ändrade kartläggningen",
        "ändrade anteckningar",
        "registrerade ett nej till samtycke",
    }


def test_the_application_category_opens_the_plain_reads_of_the_case(client, cast):
    page(client, cast.anna, "desk:case", cast.case.pk)
    assert ("Anna Ask", "läste ärendet") in told(client, cast.bo, cast)
