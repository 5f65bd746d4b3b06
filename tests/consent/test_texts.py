"""What a person is told before the question: in which language, who has approved it, and that it stays as it was."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from accounts.models import Role
from audit.models import Action, Entry
from consent.models import ConsentText
from consent.models.texts import closest
from consent.phrases import SWEDISH
from tests.casting import worker
from tests.consent.test_consents import address, answer

ADD = "/administration/consent/consenttext/add/"


def swedish():
    return ConsentText.objects.get(language="sv", easy_read=False, version=1)


def approved(cast, language="so", version=1, days=0, **fields):
    return ConsentText.objects.create(
        language=language,
        version=version,
        title=f"Titel {language} {version}",
        body=f"Text på {language}, version {version}.",
        approved_by="Prov",
        approved_at="2026-01-01T00:00Z",
        valid_from=cast.day + timedelta(days=days),
        **fields,
    )


def offered(client, case):
    return [
        (text.language, text.easy_read) for text in client.get(address("give", case)).context["form"].texts.values()
    ]


def test_every_installation_has_swedish_easy_swedish_and_english(cast):
    rows = ConsentText.objects.in_force(cast.day)
    assert [(t.language, t.easy_read) for t in rows] == [("sv", False), ("sv", True), ("en", False)]
    assert all("försörjningsstöd" in text.body for text in rows)


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({}, ("sv", False)),
        ({"support_needs": ["easy_read"]}, ("sv", True)),
        ({"language": "Engelska"}, ("en", False)),
        ({"language": "engelska", "interpreter_language": "tigrinja"}, ("sv", False)),
        ({"interpreter_language": "engelska", "support_needs": ["easy_read"]}, ("en", False)),
        ({"language": "något annat"}, ("sv", False)),
    ],
)
def test_the_persons_own_language_comes_first(client, bare, asta, facts, first):
    type(bare.individual).objects.filter(pk=bare.individual_id).update(**facts)
    client.force_login(asta)
    assert offered(client, bare)[0] == first
    assert len(offered(client, bare)) == 3


def test_all_texts_stand_on_the_page_in_their_own_language_and_direction(client, cast, bare, asta):
    approved(cast, "ar")
    client.force_login(asta)
    page = client.get(address("give", bare)).content.decode()
    assert 'lang="en" dir="ltr"' in page
    assert 'lang="ar" dir="rtl"' in page
    assert "Text på ar, version 1." in page


def test_which_text_was_shown_is_stored_on_the_answer(client, cast, bare, asta):
    english = ConsentText.objects.get(language="en")
    client.force_login(asta)
    client.post(address("give", bare), answer(cast, text=english.pk, easy_read="on"))
    consent = bare.consents.get()
    assert (consent.text, consent.easy_read, consent.interpreter_used) == (english, True, True)
    assert "engelska, version 1" in client.get(address("consents", bare)).content.decode()


def test_wrong_input_keeps_the_chosen_text(client, cast, bare, asta):
    english = ConsentText.objects.get(language="en")
    client.force_login(asta)
    page = client.post(address("give", bare), answer(cast, text=english.pk, purpose=""))
    assert f'value="{english.pk}" class="form-check-input" id="id_text_2" checked' in page.content.decode()


@pytest.mark.parametrize("known", ["draft", "later", "old"])
def test_a_text_that_is_not_in_force_is_neither_shown_nor_taken(client, cast, bare, asta, known):
    text = {
        "draft": lambda: ConsentText.objects.create(language="so", version=1, title="x", body="x", valid_from=cast.day),
        "later": lambda: approved(cast, "so", days=1),
        "old": lambda: approved(cast, "so", version=2),
    }[known]()
    client.force_login(asta)
    assert ("so", False) not in offered(client, bare)
    assert client.post(address("give", bare), answer(cast, text=text.pk)).status_code == 200
    assert not bare.consents.exists()


def test_a_new_swedish_text_leaves_the_translations_of_the_old_behind(client, cast, bare, asta):
    approved(cast, "sv", version=2)
    client.force_login(asta)
    assert offered(client, bare) == [("sv", False)]
    approved(cast, "so", version=2)
    assert offered(client, bare) == [("sv", False), ("so", False)]


def test_a_printed_form_keeps_its_text_when_it_is_answered_later(client, cast, bare, asta):
    english = ConsentText.objects.get(language="en")
    client.force_login(asta)
    client.post(address("give", bare), answer(cast, answer="asked", text=english.pk))
    approved(cast, "sv", version=2)
    form = bare.consents.get()
    client.post(f"{address('give', bare)}?blankett={form.reference}", answer(cast, text=english.pk))
    form.refresh_from_db()
    assert (form.answer, form.text) == ("given", english)


@pytest.mark.parametrize("act", [lambda t: t.delete(), lambda t: ConsentText.objects.update(body="Annat")])
def test_the_database_refuses_to_change_an_approved_text(cast, act):
    with pytest.raises(ProgrammingError), transaction.atomic():
        act(swedish())


def test_the_control_a_draft_may_change(cast):
    text = ConsentText.objects.create(language="so", version=1, title="x", body="x", valid_from=cast.day)
    text.body = "y"
    text.save()


def test_no_texts_at_all_give_no_text():
    assert closest([], "svenska", easy_read=True) is None


@pytest.fixture
def draft(client, cast):
    """A translation that Adam has written in."""
    client.force_login(cast.adam)
    values = {"version": 1, "language": "so", "title": "Oggolaansho", "body": "Qoraal", "valid_from": cast.day}
    client.post(ADD, values)
    return ConsentText.objects.get(language="so")


def change(client, text, **values):
    kept = {name: getattr(text, name) for name in ("version", "language", "title", "body", "valid_from")}
    return client.post(f"/administration/consent/consenttext/{text.pk}/change/", kept | values)


def test_whoever_wrote_a_text_cannot_approve_it(client, cast, draft):
    assert "Någon annan än den som skrev" in change(client, draft, approve="on").content.decode()
    draft.refresh_from_db()
    assert (draft.drafted_by, draft.approved_at) == (cast.adam, None)


def test_another_administrator_approves_it_as_it_stands_and_it_holds_from_today(client, cast, draft):
    ConsentText.objects.update_or_create(pk=draft.pk, defaults={"valid_from": cast.day - timedelta(days=9)})
    client.force_login(worker(cast.ame, "Agnes", Role.ADMINISTRATOR))
    draft.refresh_from_db()
    assert "ändra den och låt någon annan" in change(client, draft, approve="on", body="Annat").content.decode()
    change(client, draft, approve="on")
    draft.refresh_from_db()
    assert (draft.approved_by, draft.valid_from) == ("Agnes Extra", cast.day)
    assert draft in ConsentText.objects.in_force(cast.day)
    assert Entry.objects.filter(action=Action.CHANGED, object_kind="consenttext").count() == 2
    assert change(client, draft, body="Annat").status_code == 403


def test_whoever_changes_a_draft_has_written_it(client, cast, draft):
    agnes = worker(cast.ame, "Agnes", Role.ADMINISTRATOR)
    client.force_login(agnes)
    change(client, draft, body="Bättre")
    draft.refresh_from_db()
    assert (draft.body, draft.drafted_by) == ("Bättre", agnes)
    assert "Någon annan än den som skrev" in change(client, draft, approve="on").content.decode()


def phrases(**changed):
    return {f"phrase_{key}": f"so {phrase}" for key, phrase in SWEDISH.items()} | changed


def test_a_language_may_bring_the_papers_other_words(client, cast, draft):
    change(client, draft, **phrases())
    draft.refresh_from_db()
    assert draft.words["given"] == "so {discloser} får lämna uppgifter om dig till {receivers}."


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"phrase_given": ""}, "Översätt alla orden, eller lämna alla tomma."),
        ({"phrase_given": "so {discloser}"}, "Behåll det som står inom klamrar"),
        ({"phrase_given": "so {discloser} {receivers.__class__}"}, "Behåll det som står inom klamrar"),
        ({"phrase_given": "so {discloser"}, "Behåll det som står inom klamrar"),
        ({"language": "en", "version": 2}, "har systemet redan"),
    ],
)
def test_half_a_translation_and_broken_blanks_are_refused(client, cast, draft, changed, sentence):
    assert sentence in change(client, draft, **phrases(**changed)).content.decode()
    draft.refresh_from_db()
    assert draft.words == {}
