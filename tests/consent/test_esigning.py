"""Signing through a provider: start, follow, fetch; what does not belong to the try is refused; the practice in the demo."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from consent import esigning
from consent.esigning import Practice, Result, Signed, Started, State
from consent.models import Disclosure, SigningAttempt
from consent.models.proofs import digest_of
from tests.casting import NUMBERS
from tests.consent.test_consents import address, answer


class Service:
    """A provider that signs what it was sent, as the person of the case."""

    name = "e-legitimation"
    orders, ended = [], []
    state, change = State.SIGNED, {}

    def start(self, order):
        self.orders.append(order)
        return Started(f"order-{len(self.orders)}", "https://provider.example/sign")

    def collect(self, reference):
        order = self.orders[-1]
        signed = Signed("Ali Omar", NUMBERS[1], digest_of(order.text.encode()), order.nonce, b"{}", "application/json")
        return Result(self.state, replace(signed, **self.change) if self.state is State.SIGNED else None)

    def cancel(self, reference):
        self.ended.append(reference)


@pytest.fixture
def service(monkeypatch, settings):
    monkeypatch.setitem(esigning.PROVIDERS, "service", Service)
    for name, value in (("orders", []), ("ended", []), ("state", State.SIGNED), ("change", {})):
        monkeypatch.setattr(Service, name, value)
    settings.E_SIGNATURE = "service"
    return Service


@pytest.fixture
def asked(client, cast, bare, asta, service):
    client.force_login(asta)
    response = client.post(address("give", bare), answer(cast, answer="e_signature", informed=""))
    consent = bare.consents.get()
    assert response["Location"] == address("e_sign", bare, consent.pk)
    return consent


def act(client, consent, what):
    return client.post(address("e_sign", consent.case, consent.pk), {"act": what})


def outcome(consent):
    consent.refresh_from_db()
    return consent.answer, consent.signing_attempts.latest("pk").outcome


def test_what_is_signed_is_the_whole_question_and_the_persons_number_is_kept_nowhere(client, asked, service):
    act(client, asked, "start")
    order = service.orders[0]
    for words in ("Flera myndigheter", "Arbetsförmedlingen", "handlingsplan", "Planera tillsammans", asked.reference):
        assert words in order.text
    act(client, asked, "collect")
    assert outcome(asked) == ("given", "signed")
    proof = asked.proofs.get()
    assert (proof.kind, proof.signer, proof.is_intact, asked.method) == ("electronic", "Ali Omar", True, "e_signature")
    assert NUMBERS[1] not in f"{proof.statement}{bytes(proof.content)}"
    assert asked.disclosures.exists()


def test_fetching_twice_changes_nothing(client, asked):
    act(client, asked, "start")
    for _ in range(2):
        assert act(client, asked, "collect")["Location"] == address("consents", asked.case)
    assert (asked.proofs.count(), asked.steps.count()) == (1, 2)


@pytest.mark.parametrize(
    "change",
    [{"nonce": "en annans"}, {"text_digest": digest_of(b"annat")}, {"number": NUMBERS[2]}],
    ids=["nonce", "text", "person"],
)
def test_a_signature_for_something_else_or_by_somebody_else_is_refused(client, asked, service, change):
    act(client, asked, "start")
    service.change = change
    act(client, asked, "collect")
    assert outcome(asked) == ("asked", "refused")
    assert not Disclosure.objects.filter(case=asked.case).exists()
    page = client.get(address("e_sign", asked.case, asked.pk)).content.decode()
    assert "gällde inte frågan" in page


def test_it_waits_until_the_person_has_signed(client, asked, service):
    act(client, asked, "start")
    service.state = State.WAITING
    act(client, asked, "collect")
    assert outcome(asked) == ("asked", "pending")
    assert "Hämta svaret" in client.get(address("e_sign", asked.case, asked.pk)).content.decode()


def test_a_try_that_is_too_old_ends(client, asked, service):
    act(client, asked, "start")
    SigningAttempt.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "tiden gick ut" in client.get(address("e_sign", asked.case, asked.pk)).content.decode()
    act(client, asked, "collect")
    assert (outcome(asked), service.ended) == (("asked", "expired"), ["order-1"])


def test_it_is_broken_off_by_the_worker_or_by_the_person(client, asked, service):
    act(client, asked, "start")
    act(client, asked, "cancel")
    assert (outcome(asked), service.ended) == (("asked", "cancelled"), ["order-1"])
    act(client, asked, "start")
    service.state = State.CANCELLED
    act(client, asked, "collect")
    assert outcome(asked) == ("asked", "cancelled")


def test_a_new_try_takes_the_place_of_the_old(client, asked):
    act(client, asked, "start")
    act(client, asked, "start")
    assert [a.outcome for a in asked.signing_attempts.order_by("pk")] == ["cancelled", "pending"]


def test_the_way_back_belongs_to_this_try(client, asked):
    act(client, asked, "start")
    here, attempt = address("e_sign", asked.case, asked.pk), asked.signing_attempts.get()
    assert "Personen har varit hos tjänsten" in client.get(here, {"state": attempt.state}).content.decode()
    assert client.get(here, {"state": "påhittat"}).status_code == 404
    assert outcome(asked) == ("asked", "pending")


def test_a_question_answered_otherwise_meanwhile_stays_as_answered(client, cast, asked):
    act(client, asked, "start")
    client.post(f"{address('give', asked.case)}?blankett={asked.reference}", answer(cast, answer="declined"))
    act(client, asked, "collect")
    assert outcome(asked)[0] == "declined"
    assert asked.proofs.count() == 0


def test_the_practice_is_no_provider_outside_the_demo(settings):
    settings.E_SIGNATURE, settings.DEMO = "practice", True
    assert isinstance(esigning.provider(), Practice)
    settings.DEMO = False
    assert esigning.provider() is None


def test_without_a_provider_it_is_not_offered(client, cast, bare, asta, settings):
    settings.E_SIGNATURE = ""
    client.force_login(asta)
    assert "nderskrift (övning)" not in client.get(address("give", bare)).content.decode()
    assert (
        "Välj ja eller nej." in client.post(address("give", bare), answer(cast, answer="e_signature")).content.decode()
    )
    assert client.get(address("e_sign", cast.case, cast.consent.pk)).status_code == 404


@pytest.fixture
def practised(client, asked, settings):
    settings.E_SIGNATURE = "practice"
    act(client, asked, "start")
    return asked


def test_the_practice_says_that_it_is_one_all_the_way(client, practised):
    there = address("practice", practised.case, practised.pk)
    assert "Övning: underskriften är inte på riktigt" in client.get(there).content.decode()
    back = client.post(there, {"act": "sign"})["Location"]
    assert back.endswith(f"?state={practised.signing_attempts.get().state}")
    act(client, practised, "collect")
    assert outcome(practised) == ("given", "signed")
    page = client.get(address("paper_text", practised.case, practised.pk)).content.decode()
    assert "Övning: underskriften är inte på riktigt" in page
    assert "(övning)" in client.get(address("consents", practised.case)).content.decode()


def test_the_practice_is_broken_off(client, practised):
    client.post(address("practice", practised.case, practised.pk), {"act": "cancel"})
    act(client, practised, "collect")
    assert outcome(practised) == ("asked", "cancelled")


def test_the_practices_page_is_not_there_beside_another_provider(client, practised, settings):
    settings.E_SIGNATURE = "service"
    assert client.get(address("practice", practised.case, practised.pk)).status_code == 404
