"""The plan on one page: made, changed, gone through, agreed to and printed, and never by somebody outside."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from actionplans import services
from actionplans.models import ActionPlan, Agreement, Milestone
from actionplans.rules import EditedMeanwhile
from audit.models import Action, Entry
from consent.models import Disclosure
from notices.models import Document
from tests.casting import add_milestone

FORM = {
    "text": "SFI kurs D",
    "responsible": "individual",
    "starts_on": "2026-11-01",
    "due_on": "2026-12-20",
    "follow_up_how": "i nästa möte",
}


def url(name, case, *args, back=""):
    return reverse(f"actionplans:{name}", args=[case.pk, *args]) + back


def text_of(response):
    return response.content.decode()


def test_an_empty_plan_says_what_to_do_first(client, cast):
    client.force_login(cast.anna)
    page = text_of(client.get(url("plan", cast.case)))
    assert "Ingen plan än" in page
    assert url("start", cast.case) in page


def test_the_partner_starts_the_plan_of_the_lead(client, cast):
    client.force_login(cast.bo)
    answer = client.post(
        url("start", cast.case), {"own_goal": "Jobba med mat", "goal_type": "work", "kind": "cooperation"}
    )
    assert answer.url == url("plan", cast.case)
    assert ActionPlan.objects.get().owner == cast.ifo
    assert "Jobba med mat" in text_of(client.get(answer.url))


def test_a_plan_without_a_goal_is_not_started_and_keeps_what_was_typed(client, cast):
    client.force_login(cast.anna)
    page = text_of(
        client.post(url("start", cast.case), {"goal_type": "work", "kind": "sip", "competence": "Kan laga mat"})
    )
    assert "Skriv målet med personens egna ord." in page
    assert "Kan laga mat" in page
    assert not ActionPlan.objects.exists()


def test_a_second_plan_is_refused_with_a_sentence(client, cast, plan):
    client.force_login(cast.anna)
    page = text_of(
        client.post(url("start", cast.case), {"own_goal": "Två", "goal_type": "work", "kind": "cooperation"})
    )
    assert "Personen har redan en plan som gäller." in page


def test_a_milestone_is_added_with_everything_agreed(client, cast, plan):
    client.force_login(cast.anna)
    sent = FORM | {
        "responsible": str(cast.bo.pk),
        "with_individual": "on",
        "with_organisations": [str(cast.ifo.pk), str(cast.af.pk)],
        "condition": "Barnomsorg",
        "remover": str(cast.ifo.pk),
        "for_assistance": "on",
        "decision_number": "IFO 2026-77",
        "decided_on": "2026-10-01",
    }
    answer = client.post(url("add_milestone", cast.case), sent)
    kept = Milestone.objects.get()
    assert answer.url == url("plan", cast.case) + f"#delmal-{kept.pk}"
    assert (kept.responsible_organisation, kept.responsible_user) == (cast.af, cast.bo)
    assert list(kept.with_organisations.all()) == [cast.ifo]
    page = text_of(client.get(url("plan", cast.case)))
    for words in ("SFI kurs D", "AF · Bo", "följs upp i nästa möte", "beslut IFO 2026-77"):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Skriv vad som ska hända."),
        ({"responsible": ""}, "Välj vem som ansvarar"),
        ({"responsible": "99999"}, "Välj ett giltigt alternativ"),
        ({"due_on": ""}, "Skriv när delmålet ska vara klart."),
        ({"due_on": "2026-13-40"}, "Skriv datumet så här: 2026-11-24."),
        ({"due_on": "2026-10-31"}, "Delmålet kan inte vara klart innan det börjar."),
        ({"follow_up_on": "2026-10-31"}, "Uppföljningen kan inte ligga före"),
        ({"follow_up_how": ""}, "Skriv hur delmålet ska följas upp."),
        ({"for_assistance": "on"}, "Skriv vad som måste vara på plats först."),
        ({"condition": "Praktik", "for_assistance": "on"}, "Skriv numret på nämndens beslut."),
        ({"condition": "Praktik", "for_assistance": "on", "decision_number": "7"}, "Skriv nämndens beslutsdatum."),
        ({"text": "x" * 201}, "200 tecken"),
    ],
)
def test_a_wrong_milestone_is_explained_and_nothing_is_saved(client, cast, plan, wrong, sentence):
    client.force_login(cast.anna)
    page = text_of(client.post(url("add_milestone", cast.case), FORM | {"with_others": "Komvux"} | wrong))
    assert sentence in page
    assert "Komvux" in page
    assert not Milestone.objects.exists()


def test_a_milestone_far_away_gets_a_hint_and_is_saved(client, cast, gate, plan):
    client.force_login(cast.anna)
    later = gate.day + timedelta(days=120)
    answer = client.post(url("add_milestone", cast.case), FORM | {"due_on": f"{later:%Y-%m-%d}"}, follow=True)
    assert "mer än tre månader bort" in text_of(answer)
    assert Milestone.objects.exists()


def test_somebody_outside_is_never_offered_or_accepted_as_responsible(client, cast, plan):
    client.force_login(cast.anna)
    form = client.get(url("add_milestone", cast.case)).context["form"]
    assert str(cast.cilla.pk) not in form.workers
    client.post(url("add_milestone", cast.case), FORM | {"responsible": str(cast.cilla.pk)})
    assert not Milestone.objects.exists()


def test_a_milestone_is_changed_and_leads_back_where_it_came_from(client, cast, gate, plan):
    client.force_login(cast.anna)
    kept = add_milestone(gate, plan)
    address = url("milestone", cast.case, kept.pk)
    back = url("versions", cast.case)
    sent = FORM | {"text": "SFI kurs C", "version": "1", "tillbaka": back}
    assert client.post(address, sent).url == back + f"#delmal-{kept.pk}"
    assert Milestone.objects.get().text == "SFI kurs C"
    away = client.post(address, FORM | {"version": "2", "tillbaka": "https://example.org/"})
    assert away.url.startswith(url("plan", cast.case))


def test_htmx_gets_the_part_that_opens_in_the_list(client, cast, gate, plan):
    client.force_login(cast.anna)
    kept = add_milestone(gate, plan)
    for name, args in (("add_milestone", []), ("milestone", [kept.pk]), ("review", [kept.pk])):
        whole = text_of(client.get(url(name, cast.case, *args)))
        part = text_of(client.get(url(name, cast.case, *args), headers={"HX-Request": "true"}))
        assert "<html" in whole
        assert "<html" not in part
        assert "<form" in part


@pytest.mark.parametrize("name", ["milestone", "review", "edit_plan"])
def test_the_second_editor_gets_both_texts(client, cast, gate, plan, name):
    client.force_login(cast.anna)
    kept = add_milestone(gate, plan, "Deras text")
    Milestone.objects.update(version=7)
    ActionPlan.objects.update(version=7, own_goal="Deras text")
    sent = {
        "milestone": FORM | {"text": "Min text"},
        "review": {"status": "ended", "end_reason": "other"},
        "edit_plan": {"own_goal": "Min text", "goal_type": "work", "kind": "cooperation"},
    }[name]
    args = [] if name == "edit_plan" else [kept.pk]
    answer = client.post(url(name, cast.case, *args), sent | {"version": "1"})
    assert answer.status_code == 409
    page = text_of(answer)
    assert ("Avslutat utan att nås" if name == "review" else "Min text") in page
    assert ("Inte börjat" if name == "review" else "Deras text") in page
    assert Milestone.objects.get().status == "not_started"


def test_going_through_a_milestone_asks_for_day_or_reason(client, cast, gate, plan):
    client.force_login(cast.anna)
    address = url("review", cast.case, add_milestone(gate, plan).pk)
    for sent, sentence in [
        ({}, "Välj hur det går."),
        ({"status": "done"}, "Skriv vilken dag delmålet blev klart."),
        ({"status": "done", "done_on": "2100-01-01"}, "kan inte ligga i framtiden"),
        ({"status": "ended"}, "Välj varför delmålet avslutades."),
    ]:
        assert sentence in text_of(client.post(address, sent | {"version": "1"}))
    assert Milestone.objects.get().status == "not_started"
    client.post(address, {"status": "done", "done_on": f"{gate.day}", "version": "1"})
    assert Milestone.objects.get().reviewed_on == gate.day


def test_a_missing_activity_is_offered_to_be_raised(client, cast, gate, plan):
    client.force_login(cast.anna)
    address = url("review", cast.case, add_milestone(gate, plan).pk)
    sent = {"status": "ended", "end_reason": "not_available", "version": "1"}
    page = text_of(client.post(address, sent, follow=True))
    assert "Lyft gärna behovet" in page
    assert reverse("needs:raise_need", args=[cast.case.pk]) in page


def test_a_version_is_agreed_to_and_a_superseded_one_is_refused(client, cast, gate, plan):
    client.force_login(cast.anna)
    client.post(url("make_version", cast.case))
    first = plan.versions.get()
    sent = {"party": "individual", "version": first.pk, "how": "at_meeting"}
    client.post(url("agree", cast.case), sent)
    assert Agreement.objects.get().organisation is None
    add_milestone(gate, plan)
    assert "Nytt delmål: SFI kurs D." in text_of(client.get(url("plan", cast.case)))
    client.post(url("make_version", cast.case))
    answer = client.post(url("agree", cast.case), sent | {"party": "organisation"})
    assert answer.status_code == 409
    assert "IFO håller med om version 1." in text_of(answer)
    assert "Version 2.\nNytt delmål: SFI kurs D." in text_of(answer)
    assert Agreement.objects.count() == 1
    assert "Välj hur." in text_of(client.post(url("agree", cast.case), sent | {"how": ""}))
    assert "Nytt delmål: SFI kurs D." in text_of(client.get(url("versions", cast.case)))


def test_the_page_says_who_has_agreed_and_who_is_waited_for(client, cast, gate, plan):
    add_milestone(gate, plan, who=cast.bo)
    version = services.snapshot_version(gate, plan=plan)
    services.agree(gate, version=version, how="at_meeting")
    client.force_login(cast.anna)
    page = text_of(client.get(url("plan", cast.case)))
    assert "överenskommen av Amina · väntar på IFO och AF" in page


@pytest.mark.parametrize("name", ["plan", "start", "edit_plan", "add_milestone", "print_plan", "versions", "agree"])
def test_an_outsider_gets_404_everywhere(client, cast, plan, name):
    client.force_login(cast.cilla)
    assert client.get(url(name, cast.case)).status_code == 404


def test_without_consent_for_the_plan_nothing_of_it_is_shown(client, cast, gate, plan):
    kept = add_milestone(gate, plan)
    Disclosure.objects.filter(case=cast.case, category="plan").update(days="empty")
    client.force_login(cast.bo)
    page = text_of(client.get(url("plan", cast.case)))
    assert "Planen delas inte med er" in page
    assert plan.own_goal not in page
    for name, args in (("milestone", [kept.pk]), ("review", [kept.pk]), ("add_milestone", []), ("print_plan", [])):
        assert client.get(url(name, cast.case, *args)).status_code == 404
    assert client.get(url("start", cast.case)).status_code == 403


def test_a_closed_case_shows_the_plan_but_nothing_to_change(client, cast, gate, plan):
    add_milestone(gate, plan)
    type(cast.case).objects.filter(pk=cast.case.pk).update(closed_on=cast.day)
    client.force_login(cast.anna)
    page = text_of(client.get(url("plan", cast.case)))
    assert "SFI kurs D" in page
    assert "+ Delmål" not in page
    assert client.get(url("add_milestone", cast.case)).status_code == 403


def test_health_care_sees_no_condition_for_assistance(client, cast, gate, plan):
    legal = {"text": "Delta i praktik", "for_assistance": True, "decision_number": "IFO 7", "decided_on": gate.day}
    kept = add_milestone(gate, plan, condition=legal)
    client.force_login(cast.bo)
    assert "IFO 7" in text_of(client.get(url("plan", cast.case)))
    cast.af.kind = "health_care"
    cast.af.save()
    for name, args in (("plan", []), ("print_plan", []), ("milestone", [kept.pk])):
        page = text_of(client.get(url(name, cast.case, *args)))
        assert "IFO 7" not in page
        assert "Delta i praktik" not in page
    client.post(url("milestone", cast.case, kept.pk), FORM | {"version": "1"})
    assert Milestone.objects.get().condition.decision_number == "IFO 7"


def test_the_plan_is_printed_for_the_person_and_leaves_a_trace(client, cast, gate, plan):
    add_milestone(gate, plan, who=cast.bo, with_individual=True)
    version = services.snapshot_version(gate, plan=plan)
    services.agree(gate, version=version, how="at_meeting")
    add_milestone(gate, plan, "Bara i utkastet")
    client.force_login(cast.anna)
    page = text_of(client.get(url("print_plan", cast.case)))
    for words in (
        "Ditt mål",
        "Bo Berg på Arbetsförmedlingen ser till att det blir av. Du är med.",
        "version 1",
        "0157-00 00 00",
    ):
        assert words in page
    assert "Bara i utkastet" not in page
    draft = text_of(client.get(url("print_plan", cast.case, back="?version=0&large_print=on")))
    assert "Bara i utkastet" in draft
    assert "large-print" in draft
    assert "Välj ett giltigt alternativ" in text_of(client.get(url("print_plan", cast.case, back="?version=99")))
    assert Entry.objects.filter(action=Action.PRINTED, actor_id=cast.anna.pk).exists()


def test_the_pdf_is_asked_for_and_made_in_the_background(client, cast, plan, django_capture_on_commit_callbacks):
    client.force_login(cast.anna)
    with patch("actionplans.tasks.render_plan.delay") as woken, django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url("print_plan", cast.case), {"version": "0", "large_print": "on"})
    document = Document.objects.get()
    woken.assert_called_once_with(document.pk)
    assert answer.url == document.get_absolute_url()
    assert (document.options["version"], document.options["large_print"]) == (0, True)


def test_the_plan_costs_the_same_however_long_it_is(client, cast, gate, plan, costs):
    client.force_login(cast.anna)
    legal = {"text": "Plats", "remover": cast.ifo}
    add_milestone(gate, plan, who=cast.bo, with_organisations=[cast.ifo], condition=legal)
    services.snapshot_version(gate, plan=plan)
    pages = [url(name, cast.case) for name in ("plan", "versions", "agree", "print_plan")]
    client.get(pages[0])
    short = [costs(lambda page=page: client.get(page)) for page in pages]
    for number in range(49):
        add_milestone(gate, plan, f"Delmål {number}", who=cast.bo, with_organisations=[cast.ifo], condition=legal)
    services.snapshot_version(gate, plan=plan)
    assert [costs(lambda page=page: client.get(page)) for page in pages] == short


def ended(gate, **changed):
    return {"reason": "reached", "ended_on": str(gate.day)} | changed


def test_a_plan_ends_with_a_reason_and_what_was_open_in_it_ends_too(client, cast, gate, plan):
    client.force_login(cast.anna)
    open_one, done = add_milestone(gate, plan), add_milestone(gate, plan, "Körkort")
    services.review_milestone(gate, done, status="done", on=gate.day)
    services.snapshot_version(gate, plan=plan)
    assert url("end_plan", cast.case) in text_of(client.get(url("plan", cast.case)))
    assert "Avsluta Aminas plan" in text_of(client.get(url("end_plan", cast.case)))
    page = text_of(client.post(url("end_plan", cast.case), ended(gate), follow=True))
    assert "Planen är avslutad." in page
    assert "målet är nått" in page
    assert url("start", cast.case) in page
    assert url("end_plan", cast.case) not in page
    assert [m.status for m in Milestone.objects.filter(pk__in=[open_one.pk, done.pk]).order_by("pk")] == [
        "ended",
        "done",
    ]
    assert client.get(url("end_plan", cast.case)).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Välj varför planen avslutas."),
        ({"ended_on": ""}, "Skriv vilken dag planen avslutas."),
        ({"ended_on": "2099-01-01"}, "Planen kan inte avslutas i framtiden."),
        ({"ended_on": "2020-01-01"}, "Planen kan inte sluta innan den började"),
    ],
)
def test_a_plan_does_not_end_wrongly(client, cast, gate, plan, changed, sentence):
    client.force_login(cast.anna)
    assert sentence in text_of(client.post(url("end_plan", cast.case), ended(gate, **changed)))
    assert ActionPlan.objects.active().get() == plan


def test_two_who_end_the_plan_end_it_once(gate, plan):
    services.end_plan(gate, plan, ended_on=gate.day, reason="reached")
    with pytest.raises(EditedMeanwhile):
        services.end_plan(gate, plan, ended_on=gate.day, reason="other")
    assert ActionPlan.objects.get().end_reason == "reached"


def test_earlier_plans_are_listed_with_their_versions(client, cast, gate, plan):
    client.force_login(cast.anna)
    assert "Inga versioner än" in text_of(client.get(url("versions", cast.case)))
    services.snapshot_version(gate, plan=plan)
    client.post(url("end_plan", cast.case), ended(gate, reason="changed_goal"))
    assert "Version 1" in text_of(client.get(url("versions", cast.case)))
    services.start(gate, case=cast.case, own_goal="Starta eget")
    page = text_of(client.get(url("versions", cast.case)))
    assert "Tidigare planer" in page
    assert "målet ändrades" in page
    earlier = url("earlier_plan", cast.case, plan.pk)
    assert earlier in page
    shown = text_of(client.get(earlier))
    assert "Målet var: Jobba som barnskötare." in shown
    assert "Version 1" in shown
    Disclosure.objects.filter(category="plan").delete()
    client.force_login(cast.bo)
    assert client.get(earlier).status_code == 404
    assert client.get(url("versions", cast.case)).status_code == 404
