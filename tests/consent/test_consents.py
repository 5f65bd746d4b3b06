"""The person's answer through the door: yes, no, on paper, taken back; and what it opens for whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation
from audit.models import Action, Entry
from cases.models import CaseParty, Category, Note
from consent import expiry
from consent.gate import Gate
from consent.models import CaseGrant, Consent, ConsentStep, Disclosure
from consent.services.consents import confirm_at_meeting
from notices.models import Channel, Document, Kind, Notice, OutboxMessage
from tests.casting import give_consent, worker

ORDINARY = [c.value for c in Category.ordinary()]


def address(name, case, *more):
    return reverse(f"consent:{name}", args=[case.pk, *more])


def answer(cast, **changed):
    today = timezone.localdate()
    return {
        "answer": "given",
        "receivers": [str(cast.af.pk)],
        "categories": ORDINARY,
        "purpose": "Planera tillsammans",
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=300)).isoformat(),
        "informed": "on",
        "language": "somaliska",
        "interpreter_used": "on",
        "method": "paper",
        "given_on": today.isoformat(),
        **changed,
    }


def engage(cast, case, user):
    CaseGrant.objects.engage(case, user, since=cast.day, is_responsible=True)


def test_a_yes_opens_the_case_for_the_assigned_partner_from_the_next_request(client, cast, bare, asta):
    engage(cast, bare, cast.bo)
    client.force_login(cast.bo)
    assert client.get(address("consents", bare)).status_code == 404
    client.force_login(asta)
    page = client.post(address("give", bare), answer(cast), follow=True).content.decode()
    assert "Samtycket gäller" in page
    client.force_login(cast.bo)
    assert client.get(address("consents", bare)).status_code == 200


def test_a_yes_is_stored_with_its_history_its_disclosures_and_its_parties(client, cast, bare, asta):
    client.force_login(asta)
    client.post(
        address("give", bare), answer(cast, receivers=[cast.af.pk, cast.ame.pk], categories=[*ORDINARY, "health"])
    )
    consent = bare.consents.get()
    assert (consent.discloser, consent.answer, consent.text.version) == (cast.ifo, "given", 1)
    assert consent.categories == [*ORDINARY, "health"]
    assert (consent.language, consent.interpreter_used, consent.informed) == ("somaliska", True, True)
    assert consent.disclosures.count() == 2 * 8
    assert {d.days[0].upper for d in consent.disclosures.all()} == {consent.valid_until + timedelta(days=1)}
    assert [s.what for s in consent.steps.all()] == [ConsentStep.What.GIVEN]
    assert set(bare.parties.values_list("organisation", "own_matter")) == {(cast.af.pk, False), (cast.ame.pk, False)}
    assert Entry.objects.filter(action=Action.CONSENT_GIVEN, case_id=bare.pk, actor_id=asta.pk).count() == 1


@pytest.mark.parametrize("told", [True, False])
def test_the_partner_sees_exactly_what_the_consent_covers(client, cast, bare, asta, told):
    engage(cast, bare, cast.bo)
    Note.objects.create(case=bare, owner=cast.ifo, written_by=asta, heading="x", text="x", shared_as=Category.HEALTH)
    client.force_login(asta)
    client.post(address("give", bare), answer(cast, categories=[*ORDINARY, "health"] if told else ORDINARY))
    gate = cast.gate(cast.bo)
    assert gate.visible(Note, gate.open(bare.pk)).exists() is told


def test_a_no_is_a_row_and_the_case_goes_on(client, cast, bare, asta):
    client.force_login(asta)
    page = client.post(address("give", bare), answer(cast, answer="declined", informed=""), follow=True)
    assert "arbetar för sig" in page.content.decode()
    assert bare.consents.get().answer == Consent.Answer.DECLINED
    assert not Disclosure.objects.filter(case=bare).exists()
    assert not CaseParty.objects.filter(case=bare).exists()
    assert Entry.objects.filter(action=Action.CONSENT_DECLINED, case_id=bare.pk).exists()
    assert client.get(reverse("desk:case", args=[bare.pk])).status_code == 200


def late():
    return (timezone.localdate() + timedelta(days=500)).isoformat()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"receivers": []}, "Välj minst en mottagare."),
        ({"categories": []}, "Välj minst en sorts uppgifter."),
        ({"informed": ""}, "Berätta vad samtycket betyder"),
        ({"valid_until": "i morgon"}, "Skriv ett datum"),
        ({"valid_until": "2020-01-01"}, "Slutdatum måste vara"),
        ({"valid_from": "2020-01-01", "valid_until": "2020-02-01"}, "Slutdatum har redan varit."),
        ({"valid_until": late()}, "högst tolv månader"),
        ({"given_on": late()}, "i framtiden"),
        ({"method": "oral"}, "Skriv vem som var med"),
        ({"method": "oral", "witness": "Tolken"}, "Skriv varför svaret är muntligt"),
        ({"answer": "kanske"}, "Välj ja eller nej."),
        ({"method": "e_signature"}, "e_signature"),
    ],
)
def test_wrong_input_says_what_is_wrong_and_keeps_the_text(client, cast, bare, asta, changed, sentence):
    client.force_login(asta)
    page = client.post(address("give", bare), answer(cast, purpose="Ett eget skäl", **changed)).content.decode()
    assert sentence in page
    assert "Ett eget skäl" in page
    assert not bare.consents.exists()


def test_an_oral_answer_keeps_its_witness_and_reason(client, cast, bare, asta):
    client.force_login(asta)
    client.post(
        address("give", bare), answer(cast, method="oral", witness="Tolken", oral_reason="Kan inte skriva i dag")
    )
    assert bare.consents.get().witness == "Tolken"


def test_nobody_is_asked_on_behalf_of_an_association_or_of_oneself(client, cast, bare, asta):
    kind = Organisation.Kind.COORDINATION_ASSOCIATION
    association = Organisation.objects.create(kind=kind, name="Förbundet", short_name="Förb")
    association.serves.add(bare.municipality)
    client.force_login(asta)
    page = client.get(address("give", bare)).content.decode()
    assert "Förbundet" not in page
    client.post(address("give", bare), answer(cast, receivers=[cast.ifo.pk]))
    client.post(address("give", bare), answer(cast, receivers=[association.pk]))
    assert not bare.consents.exists()


def test_outsiders_get_404_everywhere(client, cast):
    client.force_login(cast.cilla)
    consent = cast.consent.pk
    for name, more in (("consents", []), ("give", []), ("withdraw", [consent]), ("paper_text", [consent])):
        assert client.get(address(name, cast.case, *more)).status_code == 404
    assert client.post(address("paper", cast.case, consent)).status_code == 404
    assert client.post(address("withdraw", cast.case, consent), {"how": "x"}).status_code == 404
    cast.consent.refresh_from_db()
    assert cast.consent.withdrawn_at is None


def test_the_partner_asks_for_its_own_disclosure(client, cast):
    client.force_login(cast.bo)
    client.post(address("give", cast.case), answer(cast, receivers=[cast.ifo.pk]))
    assert cast.case.consents.get(discloser=cast.af).disclosures.filter(recipient=cast.ifo).exists()
    assert not cast.case.parties.filter(organisation=cast.ifo).exists()


# --- taken back -------------------------------------------------------------------------------------------------
def withdraw(client, cast, by, how="Ringde i dag"):
    client.force_login(by)
    return client.post(address("withdraw", cast.case, cast.consent.pk), {"how": how}, follow=True)


def test_withdrawal_closes_the_case_for_the_partner_at_once(client, cast):
    withdraw(client, cast, cast.anna)
    cast.consent.refresh_from_db()
    assert (cast.consent.withdrawn_by, cast.consent.withdrawn_how) == (cast.anna, "Ringde i dag")
    assert not any(d.days for d in cast.consent.disclosures.all())
    assert cast.consent.steps.filter(what=ConsentStep.What.WITHDRAWN, note="Ringde i dag").exists()
    client.force_login(cast.bo)
    assert client.get(address("consents", cast.case)).status_code == 404


def test_days_before_the_withdrawal_stay_in_the_record(client, cast):
    began = cast.day - timedelta(days=30)
    Disclosure.objects.filter(consent=cast.consent).update(days=f"[{began},{cast.day + timedelta(days=30)})")
    withdraw(client, cast, cast.anna)
    assert {(d.days[0].lower, d.days[0].upper) for d in cast.consent.disclosures.all()} == {(began, cast.day)}


def test_the_partner_may_register_that_the_person_told_them(client, cast):
    page = withdraw(client, cast, cast.bo)
    assert page.redirect_chain[-1][0] == reverse("desk:my_day")
    assert Entry.objects.filter(action=Action.CONSENT_WITHDRAWN, actor_id=cast.bo.pk).count() == 1
    assert not cast.gate(cast.bo).cases().exists()


def test_a_partner_with_its_own_matter_keeps_its_own_rows(client, cast):
    cast.case.parties.filter(organisation=cast.af).update(own_matter=True)
    Note.objects.create(case=cast.case, owner=cast.af, written_by=cast.bo, heading="AF:s egen", text="x")
    Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="IFO:s", text="x", shared_as=Category.NOTE
    )
    withdraw(client, cast, cast.anna)
    gate = cast.gate(cast.bo)
    assert [n.heading for n in gate.visible(Note, gate.open(cast.case.pk))] == ["AF:s egen"]


def test_the_page_before_shows_what_closes_for_whom_and_changes_nothing(client, cast):
    client.force_login(cast.anna)
    page = client.get(address("withdraw", cast.case, cast.consent.pk)).content.decode()
    assert "handlingsplan" in page
    assert "Bo Berg" in page
    assert "redan har lämnats" in page
    assert cast.case.consents.in_force(cast.day).exists()


def test_what_another_consent_still_covers_is_not_said_to_close(client, cast):
    give_consent(cast.case, cast.anna, [cast.af], [Category.PLAN])
    client.force_login(cast.anna)
    closing = client.get(address("withdraw", cast.case, cast.consent.pk)).context["closing"]
    assert "handlingsplan" not in closing[0].categories
    assert "kartläggning" in closing[0].categories


def test_it_must_be_said_how_the_withdrawal_came(client, cast):
    page = withdraw(client, cast, cast.anna, how="")
    assert "Skriv hur återkallandet kom." in page.content.decode()
    assert cast.case.consents.in_force(cast.day).exists()


def test_a_consent_is_taken_back_once(client, cast):
    withdraw(client, cast, cast.anna)
    page = withdraw(client, cast, cast.anna).content.decode()
    assert "redan återkallat" in page or "inget att återkalla" in page
    assert Entry.objects.filter(action=Action.CONSENT_WITHDRAWN).count() == 1


def test_all_workers_are_told_neutrally_and_only_ours_get_a_link(client, cast):
    withdraw(client, cast, worker_on(cast))
    told = {n.recipient: n for n in Notice.objects.filter(kind=Kind.CONSENT_ENDED)}
    assert set(told) == {cast.anna, cast.bo}
    assert (told[cast.anna].case, told[cast.bo].case) == (cast.case, None)
    assert not any("Amina" in n.text or "Hassan" in n.text for n in told.values())


def worker_on(cast):
    colleague = worker(cast.ifo, "Doris")
    CaseGrant.objects.engage(cast.case, colleague, since=cast.day)
    return colleague


def test_waiting_messages_and_documents_of_the_partner_are_stopped(client, cast):
    fields = {
        "kind": Kind.MEETING_BOOKED,
        "channel": Channel.EMAIL,
        "case": cast.case,
        "subject": "Kallelse",
        "body": "x",
    }
    theirs = OutboxMessage.objects.create(object_key="m:1", address=cast.bo.email, organisation=cast.ifo, **fields)
    ours = OutboxMessage.objects.create(object_key="m:1", address=cast.anna.email, organisation=cast.ifo, **fields)
    asked = Document.objects.ask(kind="plan", title="Plan", requested_by=cast.bo, case=cast.case)
    ready = Document.objects.ask(kind="plan", title="Plan", requested_by=cast.bo, case=cast.case)
    Document.objects.filter(pk=ready.pk).update(state=Document.State.READY, content=b"%PDF")
    kept = Document.objects.ask(kind="plan", title="Plan", requested_by=cast.anna, case=cast.case)
    withdraw(client, cast, cast.anna)
    for row in (theirs, ours, asked, ready, kept):
        row.refresh_from_db()
    assert theirs.cancelled_at
    assert not ours.cancelled_at
    assert [asked.state, ready.state, kept.state] == ["failed", "failed", "waiting"]
    assert ready.content is None


# --- confirmed --------------------------------------------------------------------------------------------------
def test_the_consent_in_force_is_confirmed_at_a_meeting(cast):
    assert confirm_at_meeting(cast.gate(cast.anna), case=cast.case, note="Möte 1") == [cast.consent]
    assert cast.consent.steps.filter(what=ConsentStep.What.CONFIRMED, note="Möte 1").count() == 1
    assert Entry.objects.filter(action=Action.CONSENT_CONFIRMED).count() == 1


def test_nothing_is_confirmed_when_nothing_is_in_force(cast, bare, asta):
    with pytest.raises(ValidationError, match="inget samtycke"):
        confirm_at_meeting(cast.gate(asta), case=bare)


# --- the page ---------------------------------------------------------------------------------------------------
def test_the_page_costs_the_same_with_one_and_with_many(client, cast, costs):
    client.force_login(cast.anna)
    short = costs(lambda: client.get(address("consents", cast.case)))
    for _ in range(20):
        give_consent(cast.case, cast.anna, [cast.af, cast.ame], [Category.PLAN])
    assert costs(lambda: client.get(address("consents", cast.case))) == short


def test_the_page_tells_who_to_whom_what_and_until_when(client, cast):
    client.force_login(cast.anna)
    page = client.get(address("consents", cast.case)).content.decode()
    for words in ("IFO", "AF", "handlingsplan", str(cast.consent.valid_until), "Samverka kring vägen", "Anna Ask"):
        assert words in page


def test_a_partner_who_asks_does_not_learn_which_others_are_in_the_case(client, cast):
    """AME is a party that does not serve the place: known to the lead alone."""
    cast.ame.serves.clear()
    CaseParty.objects.create(case=cast.case, organisation=cast.ame, since=cast.day, own_matter=True)
    client.force_login(cast.bo)
    form = client.get(address("give", cast.case)).context["form"]
    assert form.initial["receivers"] == [str(cast.ifo.pk)]
    assert cast.ame.name not in dict(form.fields["receivers"].choices).values()
    client.force_login(cast.anna)
    form = client.get(address("give", cast.case)).context["form"]
    assert set(form.initial["receivers"]) == {str(cast.af.pk), str(cast.ame.pk)}


def test_a_withdrawal_is_told_only_to_those_who_knew_of_the_consent(client, cast):
    CaseParty.objects.create(case=cast.case, organisation=cast.ame, since=cast.day, own_matter=True)
    engage(cast, cast.case, cast.cilla)
    client.force_login(cast.bo)
    client.post(address("withdraw", cast.case, cast.consent.pk), {"how": "ringde"})
    told = Notice.objects.filter(kind=Kind.CONSENT_ENDED)
    assert {notice.recipient for notice in told} == {cast.anna}


def test_a_withdrawal_also_clears_the_bevakningar_about_what_was_told(client, cast):
    cast.case.parties.filter(organisation=cast.af).update(own_matter=True)
    for person in (cast.bo, cast.anna):
        Notice.objects.tell(Kind.NO_SHOW, [person], object_key="meeting:1", case=cast.case, text="Mötet blev inte av.")
    client.force_login(cast.anna)
    client.post(address("withdraw", cast.case, cast.consent.pk), {"how": "ringde"})
    undone = Notice.objects.undone().filter(kind=Kind.NO_SHOW)
    assert [notice.recipient for notice in undone] == [cast.anna]
    client.force_login(cast.bo)
    assert "Mötet blev inte av." not in client.get(reverse("desk:my_day")).text


def test_a_consent_for_one_meeting_lasts_its_day_and_warns_nobody(client, cast, bare, asta):
    """The no-consent mode: each works alone, but a talk may be held on a yes for that day only."""
    engage(cast, bare, cast.bo)
    today = timezone.localdate()
    client.force_login(asta)
    client.post(address("give", bare), answer(cast, categories=["meeting"], valid_until=today.isoformat()))
    assert Gate(cast.bo).cases().filter(pk=bare.pk).exists()
    assert not Gate(cast.bo, day=today + timedelta(days=1)).cases().filter(pk=bare.pk).exists()
    assert expiry.warn(today) == 0
