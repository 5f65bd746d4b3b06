"""Who works on a case, and who may say so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import Action, Entry
from cases.models import CaseParty
from consent.gate import Gate
from consent.models import CaseGrant, Disclosure
from consent.services.consents import register_answer, withdraw
from notices.models import Kind, Notice
from tests import casting

UNASSIGNED = reverse("consent:unassigned")


def address(name, cast, *more):
    return reverse(f"consent:{name}", args=[cast.case.pk, *more])


def grant_of(cast, user):
    return CaseGrant.objects.in_force(cast.day).filter(content_object=cast.case, user=user).first()


def dates(cast, worker, **changed):
    return {"worker": worker.pk, "since": str(cast.day), "until": "", "reason": "handläggarbyte"} | changed


@pytest.fixture
def anna(client, cast):
    client.force_login(cast.anna)
    return client


@pytest.fixture
def ally(cast):
    return casting.worker(cast.ifo, "Ally", Role.CASE_WORKER)


@pytest.fixture
def waiting(cast):
    """A case that nobody is responsible for."""
    person = casting.individual(cast.ifo, "Hemlig", "Person", casting.NUMBERS[1], interpreter_language="somaliska")
    return casting.open_case(cast.anna, person, responsible=False)


def test_the_page_tells_who_works_on_the_case_organisation_by_organisation(anna, cast):
    page = anna.get(address("workers", cast)).text
    assert page.index("Anna Ask") < page.index("Bo Berg")
    assert "Ser det som samtycket gäller" in page


def test_without_consent_the_lead_sees_whom_it_invited_but_not_who_works_there(anna, cast):
    Disclosure.objects.all().update(days="empty")
    page = anna.get(address("workers", cast)).text
    assert "Ser inget förrän samtycke finns" in page
    assert "Bo Berg" not in page


def test_a_partner_is_not_told_of_organisations_that_do_not_tell_it(client, cast):
    CaseParty.objects.create(case=cast.case, organisation=cast.ame, since=cast.day)
    client.force_login(cast.bo)
    assert "Arbetsmarknadsenheten" not in client.get(address("workers", cast)).text


def test_a_colleague_is_added_told_and_sees_the_case(anna, cast, ally):
    answer = anna.post(address("add_worker", cast), dates(cast, ally), follow=True)
    assert "Ally Extra arbetar nu med ärendet." in answer.text
    assert Gate(ally).cases().get() == cast.case
    assert not grant_of(cast, ally).is_responsible
    notice = Notice.objects.get(kind=Kind.ASSIGNED)
    assert (notice.recipient, notice.case) == (ally, cast.case)
    entry = Entry.objects.get(action=Action.ASSIGNED)
    assert (entry.actor_id, entry.case_id, entry.object_kind) == (cast.anna.pk, cast.case.pk, "handläggare: Ally Extra")


def test_one_is_responsible_per_organisation(anna, cast, ally):
    anna.post(address("add_worker", cast), dates(cast, ally, is_responsible="on"))
    assert [grant_of(cast, user).is_responsible for user in (ally, cast.anna, cast.bo)] == [True, False, True]


def test_responsibility_moves_with_one_press(anna, cast, ally):
    CaseGrant.objects.engage(cast.case, ally, since=cast.day)
    anna.post(address("make_responsible", cast, grant_of(cast, ally).pk))
    assert [grant_of(cast, user).is_responsible for user in (ally, cast.anna)] == [True, False]


def test_another_organisation_chooses_its_own_responsible(anna, cast):
    assert anna.post(address("make_responsible", cast, grant_of(cast, cast.bo).pk)).status_code == 403


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"worker": ""}, "Välj en handläggare."),
        ({"worker": "999999"}, "999999"),
        ({"since": ""}, "Skriv från vilken dag"),
        ({"since": "igår"}, "Skriv ett datum som finns"),
        ({"since": "2020-01-01"}, "Tilldelningen kan börja tidigast i dag."),
        ({"until": "2020-01-01"}, "Slutdagen kan inte ligga före startdagen."),
        ({"reason": ""}, "Skriv varför."),
        ({"reason": "x" * 201}, "200"),
    ],
)
def test_wrong_input_is_told_kept_and_nothing_is_saved(anna, cast, ally, changed, sentence):
    before = list(CaseGrant.objects.values_list())
    answer = anna.post(address("add_worker", cast), dates(cast, ally, reason="vikarie") | changed)
    assert sentence in answer.text
    assert "Det finns ett problem" in answer.text
    assert "reason" in changed or 'value="vikarie"' in answer.text
    assert list(CaseGrant.objects.values_list()) == before


def test_somebody_who_works_on_the_case_is_not_added_twice(anna, cast):
    answer = anna.post(address("add_worker", cast), dates(cast, cast.anna))
    assert "Anna Ask arbetar redan med ärendet." in answer.text


def test_a_worker_of_another_organisation_is_no_colleague(anna, cast):
    anna.post(address("add_worker", cast), dates(cast, cast.cilla))
    assert grant_of(cast, cast.cilla) is None


def test_an_invited_organisation_sees_nothing_before_a_consent(anna, cast):
    answer = anna.post(address("invite", cast), dates(cast, cast.cilla), follow=True)
    assert "De ser inget förrän samtycke finns" in answer.text
    assert CaseParty.objects.get(case=cast.case, organisation=cast.ame).own_matter is False
    assert not Gate(cast.cilla).cases().exists()
    notice = Notice.objects.get(recipient=cast.cilla)
    assert notice.case is None
    assert cast.case.number not in notice.text
    casting.give_consent(cast.case, cast.anna, [cast.ame])
    assert Gate(cast.cilla).cases().get() == cast.case
    assert grant_of(cast, cast.cilla).is_responsible


def test_an_organisation_with_its_own_matter_sees_the_case_at_once(anna, cast):
    anna.post(address("invite", cast), dates(cast, cast.cilla, own_matter="on"))
    assert Gate(cast.cilla).cases().get() == cast.case
    assert Notice.objects.get(recipient=cast.cilla).case == cast.case


@pytest.mark.parametrize("changed", [{"worker": ""}, {"since": "2020-01-01"}, {"reason": ""}])
def test_a_wrong_invitation_makes_no_party(anna, cast, changed):
    answer = anna.post(address("invite", cast), dates(cast, cast.cilla) | changed)
    assert "Det finns ett problem" in answer.text
    assert not CaseParty.objects.filter(organisation=cast.ame).exists()


def test_a_partner_adds_its_own_colleague_but_invites_nobody(client, cast):
    bea = casting.worker(cast.af, "Bea", Role.CASE_WORKER)
    client.force_login(cast.bo)
    assert client.get(address("invite", cast)).status_code == 403
    assert client.post(address("invite", cast), dates(cast, cast.cilla)).status_code == 403
    client.post(address("add_worker", cast), dates(cast, bea))
    assert Gate(bea).cases().get() == cast.case


def test_ending_an_assignment_closes_the_case_at_once(anna, cast, ally):
    CaseGrant.objects.engage(cast.case, ally, since=cast.day - timedelta(days=5))
    page = address("end_assignment", cast, grant_of(cast, ally).pk)
    assert "Avsluta tilldelningen för Ally Extra?" in anna.get(page).text
    assert anna.post(page).url == address("workers", cast)
    assert not Gate(ally).cases().exists()
    assert Entry.objects.filter(action=Action.UNASSIGNED).count() == 1


def test_an_assignment_that_ended_yesterday_opens_nothing(anna, cast):
    pages = [reverse("desk:case", args=[cast.case.pk]), address("workers", cast), address("add_worker", cast)]
    lists = [reverse("desk:cases"), reverse("desk:my_day")]
    since, yesterday = cast.day - timedelta(days=90), cast.day - timedelta(days=1)
    CaseGrant.objects.filter(user=cast.anna).update(since=since, until=cast.day)
    assert {anna.get(page).status_code for page in pages} == {200}
    assert all(pages[0] in anna.get(page).text for page in lists)
    CaseGrant.objects.filter(user=cast.anna).update(until=yesterday)
    assert {anna.get(page).status_code for page in pages} == {404}
    assert anna.post(address("add_worker", cast), dates(cast, cast.anna)).status_code == 404
    assert not any(pages[0] in anna.get(page).text for page in lists)
    assert pages[0] not in anna.post(reverse("desk:search"), {"q": cast.case.number}).text


def test_who_ends_their_own_assignment_is_warned_and_comes_to_min_dag(anna, cast):
    page = address("end_assignment", cast, grant_of(cast, cast.anna).pk)
    text = anna.get(page).text
    assert "Det är din egen tilldelning" in text
    assert "Ingen är sedan ansvarig" in text
    assert anna.post(page).url == reverse("desk:my_day")
    assert anna.get(address("workers", cast)).status_code == 404


def test_a_partner_does_not_end_the_leads_assignments(client, cast):
    client.force_login(cast.bo)
    page = address("end_assignment", cast, grant_of(cast, cast.anna).pk)
    assert client.post(page).status_code == 403
    assert grant_of(cast, cast.anna)


@pytest.mark.parametrize("invited_days_ago", [0, 5])
def test_the_lead_ends_an_invitation_without_being_told_who_works_there(anna, cast, invited_days_ago):
    anna.post(address("invite", cast), dates(cast, cast.cilla, own_matter="on"), follow=True)
    since = cast.day - timedelta(days=invited_days_ago)
    for rows in (CaseParty.objects.filter(organisation=cast.ame), CaseGrant.objects.filter(user=cast.cilla)):
        rows.update(since=since)
    page = address("end_invitation", cast, cast.ame.pk)
    shown = anna.get(address("workers", cast)).text
    assert page in shown
    assert "Cilla Ceder" not in shown + anna.get(page).text
    answer = anna.post(page, follow=True)
    assert "Arbetsmarknadsenheten är inte längre med i ärendet." in answer.text
    assert page not in answer.text
    assert not Gate(cast.cilla).cases().exists()
    assert grant_of(cast, cast.cilla) is None
    ended = Entry.objects.get(action=Action.UNASSIGNED)
    assert ended.object_kind == "inbjudan: AME"
    assert anna.post(page).status_code == 404
    anna.post(address("invite", cast), dates(cast, cast.cilla, own_matter="on"))
    assert Gate(cast.cilla).cases().get() == cast.case


def test_an_organisation_that_is_told_something_is_ended_by_name_not_as_a_whole(anna, cast):
    page = address("end_invitation", cast, cast.af.pk)
    assert page not in anna.get(address("workers", cast)).text
    assert anna.post(page).status_code == 404
    assert grant_of(cast, cast.bo)


def test_only_the_lead_ends_an_invitation(client, cast):
    CaseParty.objects.create(case=cast.case, organisation=cast.ame, since=cast.day)
    client.force_login(cast.bo)
    assert client.post(address("end_invitation", cast, cast.ame.pk)).status_code == 403
    assert CaseParty.objects.filter(organisation=cast.ame, until=None).exists()


def test_a_closed_case_takes_no_new_worker(anna, cast, ally):
    cast.case.closed_on = cast.day
    cast.case.save()
    assert "Ärendet är avslutat." in anna.post(address("add_worker", cast), dates(cast, ally)).text
    assert grant_of(cast, ally) is None


@pytest.mark.parametrize("name", ["workers", "add_worker", "invite"])
def test_outsiders_get_404(client, cast, name):
    for user in (cast.cilla, cast.karin, cast.ingrid, cast.petra):
        client.force_login(user)
        assert client.get(address(name, cast)).status_code == 404


@pytest.mark.parametrize("name", ["ingrid", "karin"])
def test_intake_and_manager_see_process_data_of_what_nobody_has_and_hand_it_out(client, cast, waiting, ally, name):
    client.force_login(getattr(cast, name))
    page = client.get(UNASSIGNED).text
    assert waiting.number in page
    assert cast.case.number not in page
    assert "somaliska" in page
    assert "Hemlig" not in page
    form = reverse("consent:assign_unassigned", args=[waiting.pk])
    assert "Ally Extra, Enhet IFO · ansvarig för 0 öppna" in client.get(form).text
    answer = client.post(form, {"worker": ally.pk}, follow=True)
    assert f"Ally Extra är nu ansvarig för ärende {waiting.number}." in answer.text
    assert Gate(ally).cases().get() == waiting
    assert client.get(form).status_code == 404
    assert client.get(reverse("desk:case", args=[waiting.pk])).status_code == 404


def test_the_faster_of_two_wins(client, cast, waiting, ally):
    client.force_login(cast.karin)
    CaseGrant.objects.engage(waiting, cast.anna, since=cast.day, is_responsible=True)
    answer = client.post(reverse("consent:assign_unassigned", args=[waiting.pk]), {"worker": ally.pk})
    assert "Ärendet är redan fördelat." in answer.text
    assert not Gate(ally).cases().exists()


def test_nobody_chosen_is_told_and_nothing_saved(client, cast, waiting):
    client.force_login(cast.karin)
    answer = client.post(reverse("consent:assign_unassigned", args=[waiting.pk]), {"worker": "", "reason": "hej"})
    assert "Välj vem som ska ha ärendet." in answer.text
    assert 'value="hej"' in answer.text
    assert not waiting.grants.exists()


def test_only_who_may_register_is_offered_it(client, cast):
    client.force_login(cast.karin)
    assert "Nytt ärende" not in client.get(UNASSIGNED).text
    client.force_login(cast.ingrid)
    assert "Nytt ärende" in client.get(UNASSIGNED).text


@pytest.mark.parametrize("name", ["anna", "bo", "cilla", "petra", "sten", "lova", "adam"])
def test_for_everybody_else_the_list_does_not_exist(client, cast, waiting, name):
    client.force_login(getattr(cast, name))
    assert client.get(UNASSIGNED).status_code == 404
    assert client.get(reverse("consent:assign_unassigned", args=[waiting.pk])).status_code == 404
    assert client.post(reverse("consent:assign_unassigned", args=[waiting.pk]), {"worker": "1"}).status_code == 404
    assert not waiting.grants.exists()


def test_a_manager_of_another_organisation_distributes_only_her_own(client, cast, waiting):
    client.force_login(casting.worker(cast.af, "Mia", Role.UNIT_MANAGER))
    assert waiting.number not in client.get(UNASSIGNED).text
    assert client.get(reverse("consent:assign_unassigned", args=[waiting.pk])).status_code == 404
    assert client.post(reverse("consent:assign_unassigned", args=[waiting.pk]), {"worker": "1"}).status_code == 404


def test_the_pages_cost_the_same_however_many_rows_there_are(client, cast, waiting, costs):
    client.force_login(cast.anna)
    few = costs(lambda: client.get(address("workers", cast)))
    for number in range(9):
        CaseGrant.objects.engage(cast.case, casting.worker(cast.ifo, f"Nr{number}", Role.CASE_WORKER), since=cast.day)
    assert costs(lambda: client.get(address("workers", cast))) == few
    client.force_login(cast.karin)
    one = costs(lambda: client.get(UNASSIGNED))
    for number in range(9):
        person = casting.individual(cast.ifo, "P", str(number), f"T{number:07d}")
        casting.open_case(cast.anna, person, responsible=False)
    assert costs(lambda: client.get(UNASSIGNED)) == one


# --- a matter of one's own that has ended --------------------------------------------------------------------------
def ended_matter(cast):
    ended = cast.day - timedelta(days=1)
    return CaseParty.objects.create(
        case=cast.case, organisation=cast.ame, since=cast.day - timedelta(days=9), until=ended, own_matter=True
    )


def test_who_is_invited_back_has_no_matter_of_its_own_unless_it_is_said_again(anna, cast):
    ended_matter(cast)
    anna.post(address("invite", cast), dates(cast, cast.cilla))
    assert not Gate(cast.cilla).cases().exists()


def test_a_yes_makes_a_party_again_but_brings_no_matter_back(cast):
    """It would go on opening the case after the consent has ended."""
    party = ended_matter(cast)
    CaseGrant.objects.engage(cast.case, cast.cilla, since=cast.day)
    answer = {"categories": ["plan"], "purpose": "Samverka", "informed": True}
    until = cast.day + timedelta(days=30)
    consent = register_answer(
        Gate(cast.anna), case=cast.case, answer="given", receivers=[cast.ame], valid_until=until, **answer
    )
    assert Gate(cast.cilla).cases().exists()
    withdraw(Gate(cast.anna), consent=consent, how="Ringde")
    party.refresh_from_db()
    assert (party.until, party.own_matter) == (None, False)
    assert not Gate(cast.cilla).cases().exists()
