"""Notes lock and are corrected beside; a kartläggning is made anew each time and compared."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Assessment, AssessmentAnswer, Category, Deadline, DeadlineRule, Note
from consent.models import Disclosure
from tests import casting


def address(cast, name, *more):
    return reverse(f"cases:{name}", args=[cast.case.pk, *more])


def note_facts(cast, **changed):
    return {
        "happened_on": str(cast.day),
        "heading": "Telefonsamtal",
        "text": "Vi bokade en tid.",
        "different_view": "",
        "shared_as": "",
    } | changed


def test_a_draft_is_our_own_and_can_be_changed_until_it_is_locked(anna, cast):
    assert anna.post(address(cast, "note_new"), note_facts(cast)).url == address(cast, "notes")
    note = Note.objects.get()
    assert (note.owner, note.written_by, note.final_at, note.shared_as) == (cast.ifo, cast.anna, None, "")
    page = address(cast, "note", note.pk)
    assert "Vi bokade en tid." in anna.get(page).text
    anna.post(page, note_facts(cast, text="Ny text", version="1"))
    anna.post(page, note_facts(cast, text="Klar text", version="2", shared_as="note", final="1"))
    note.refresh_from_db()
    assert (note.text, note.shared_as, note.version) == ("Klar text", "note", 3)
    assert note.final_at
    anna.post(page, note_facts(cast, text="Efteråt", version="3"))
    note.refresh_from_db()
    assert note.text == "Klar text"


def test_a_locked_note_says_that_it_is_locked(anna, cast):
    anna.post(address(cast, "note_new"), note_facts(cast, final="1"))
    answer = anna.post(address(cast, "note", Note.objects.get().pk), note_facts(cast, text="Efteråt", version="1"))
    assert "Anteckningen är låst. Skriv en rättelse i stället." in answer.text
    assert "Efteråt" in answer.text


def test_a_correction_is_a_new_note_beside_the_locked_one(anna, cast):
    anna.post(address(cast, "note_new"), note_facts(cast, final="1"))
    first = Note.objects.get()
    form = anna.get(address(cast, "note_correct", first.pk)).text
    assert "Rättelse: Telefonsamtal" in form
    anna.post(address(cast, "note_correct", first.pk), note_facts(cast, heading="Rättelse", text="Fel dag.", final="1"))
    first.refresh_from_db()
    assert first.text == "Vi bokade en tid."
    assert Note.objects.get(heading="Rättelse").corrects == first
    assert "Rättar" in anna.get(address(cast, "notes")).text


def test_a_draft_cannot_be_corrected(anna, cast):
    anna.post(address(cast, "note_new"), note_facts(cast))
    answer = anna.post(address(cast, "note_correct", Note.objects.get().pk), note_facts(cast, heading="Rättelse"))
    assert "Bara en låst anteckning i er egen organisation kan rättas." in answer.text
    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"heading": ""}, "Skriv en rubrik."),
        ({"heading": "x" * 121}, "120"),
        ({"text": "  "}, "Skriv anteckningen."),
        ({"happened_on": ""}, "Skriv vilken dag det gäller"),
        ({"happened_on": "2099-01-01"}, "Datumet ligger i framtiden."),
        ({"shared_as": "note"}, "Ett utkast delas inte."),
        ({"shared_as": "allt", "final": "1"}, "allt"),
    ],
)
def test_a_wrong_note_is_told_kept_and_not_saved(anna, cast, changed, sentence):
    answer = anna.post(address(cast, "note_new"), note_facts(cast, different_view="Jag ringde själv.") | changed)
    assert sentence in answer.text
    assert "Jag ringde själv." in answer.text
    assert not Note.objects.exists()


def test_the_second_of_two_who_change_a_draft_gets_both_texts(anna, cast):
    anna.post(address(cast, "note_new"), note_facts(cast))
    page = address(cast, "note", Note.objects.get().pk)
    anna.post(page, note_facts(cast, text="Först sparad", version="1"))
    answer = anna.post(page, note_facts(cast, text="Sedan skriven", version="1"))
    assert answer.status_code == 409
    assert "Först sparad" in answer.text
    assert "Sedan skriven" in answer.text


def test_a_partner_reads_what_is_shared_and_told_but_changes_nothing_of_it(client, cast):
    own, shared, health = (
        Note.objects.create(
            case=cast.case, owner=cast.ifo, written_by=cast.anna, heading=heading, text="t", shared_as=shared_as
        )
        for heading, shared_as in (("Internt", ""), ("Delad", Category.NOTE), ("Hälsan", Category.HEALTH))
    )
    client.force_login(cast.bo)
    page = client.get(address(cast, "notes")).text
    assert "Delad" in page
    assert "Internt" not in page
    assert "Hälsan" not in page
    assert client.get(address(cast, "note", own.pk)).status_code == 404
    assert client.get(address(cast, "note", health.pk)).status_code == 404
    assert client.post(address(cast, "note", shared.pk), note_facts(cast, version="1")).status_code == 403
    client.post(address(cast, "note_new"), note_facts(cast, heading="AF:s egen"))
    assert Note.objects.get(heading="AF:s egen").owner == cast.af


@pytest.mark.parametrize("name", ["notes", "note_new", "assessment", "assessment_new"])
def test_outsiders_get_404(client, cast, name):
    client.force_login(cast.cilla)
    assert client.get(address(cast, name)).status_code == 404


def test_the_list_of_notes_costs_the_same_however_long_it_is(anna, cast, costs):
    def write(number):
        for _ in range(number):
            Note.objects.create(case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="h", text="t")

    write(1)
    one = costs(lambda: anna.get(address(cast, "notes")))
    write(15)
    assert costs(lambda: anna.get(address(cast, "notes"))) == one


def assessed(cast, **changed):
    return {"made_on": str(cast.day), "own_words": "Jag vill arbeta med barn."} | changed


def test_a_kartlaggning_is_made_with_own_words_answers_and_scale(anna, cast):
    form = anna.get(address(cast, "assessment_new")).text
    assert form.index("Med egna ord") < form.index("Arbete:")
    anna.post(address(cast, "assessment_new"), assessed(cast, text_work="Butik", scale_work="4", text_health="Trött"))
    made = Assessment.objects.get()
    assert (made.owner, made.made_by, made.completed_on) == (cast.ifo, cast.anna, cast.day)
    assert set(made.answers.values_list("question", "text", "scale", "restricted")) == {
        ("work", "Butik", 4, False),
        ("health", "Trött", None, True),
    }
    assert "Jag vill arbeta med barn." in anna.get(address(cast, "assessment")).text


def test_a_second_one_stands_beside_the_first_and_shows_the_change(anna, cast):
    first = str(cast.day - timedelta(days=40))
    anna.post(address(cast, "assessment_new"), assessed(cast, made_on=first, scale_work="4", own_words="Vet inte."))
    anna.post(address(cast, "assessment_new"), assessed(cast, scale_work="7", text_days="SFI"))
    page = anna.get(address(cast, "assessment")).text
    assert "3 upp" in page
    assert "Vet inte." in page
    assert Assessment.objects.count() == 2
    assert anna.get(address(cast, "assessment") + "?med=abc").status_code == 200


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"made_on": ""}, "Skriv vilken dag ni gjorde kartläggningen."),
        ({"made_on": "2099-01-01"}, "Datumet ligger i framtiden."),
        ({"scale_work": "11"}, "Svara med ett helt tal från 1 till 10."),
        ({"scale_work": "mycket"}, "Svara med ett helt tal från 1 till 10."),
        ({"own_words": "", "text_days": ""}, "Skriv personens egna ord, eller svara på minst en fråga."),
    ],
)
def test_a_wrong_kartlaggning_is_told_and_not_saved(anna, cast, changed, sentence):
    answer = anna.post(address(cast, "assessment_new"), assessed(cast, text_days="Läser på SFI") | changed)
    assert sentence in answer.text
    assert changed.get("text_days") == "" or "Läser på SFI" in answer.text
    assert not Assessment.objects.exists()


def test_health_answers_are_neither_asked_nor_shown_without_that_category(anna, client, cast):
    anna.post(address(cast, "assessment_new"), assessed(cast, text_health="Ont i ryggen", text_work="Butik"))
    client.force_login(cast.bo)
    page = client.get(address(cast, "assessment")).text
    assert "Butik" in page
    assert "Ont i ryggen" not in page
    assert "text_health" not in client.get(address(cast, "assessment_new")).text
    casting.give_consent(cast.case, cast.anna, [cast.af], [Category.HEALTH])
    assert "Ont i ryggen" in client.get(address(cast, "assessment")).text


def test_without_the_assessment_category_a_partner_sees_and_makes_none(anna, client, cast):
    anna.post(address(cast, "assessment_new"), assessed(cast))
    Disclosure.objects.filter(category=Category.ASSESSMENT).update(days="empty")
    client.force_login(cast.bo)
    page = client.get(address(cast, "assessment")).text
    assert "Kartläggningen delas inte" in page
    assert "arbeta med barn" not in page
    assert client.post(address(cast, "assessment_new"), assessed(cast)).status_code == 403


@pytest.mark.parametrize("who", ["anna", "bo"])
def test_a_promised_kartlaggning_is_met_by_it_also_when_a_partner_makes_it(client, cast, who):
    rule = DeadlineRule.objects.create(code="assessment", days=30, valid_from=cast.day)
    clock = Deadline.objects.create(
        case=cast.case, owner=cast.ifo, rule=rule, starts_on=cast.day, due_on=cast.day + timedelta(days=30)
    )
    client.force_login(getattr(cast, who))
    assert client.post(address(cast, "assessment_new"), assessed(cast)).status_code == 302
    clock.refresh_from_db()
    assert clock.met_on == cast.day
    assert Deadline.objects.first_meeting().get().met_on is None


def test_the_comparison_costs_the_same_however_many_there_are(anna, cast, costs):
    def make(number):
        for _ in range(number):
            made = Assessment.objects.create(
                case=cast.case, owner=cast.ifo, template_id=template, made_by=cast.anna, made_on=cast.day
            )
            AssessmentAnswer.objects.create(assessment=made, question="work", text="x")

    anna.post(address(cast, "assessment_new"), assessed(cast), follow=True)
    template = Assessment.objects.get().template_id
    make(1)
    two = costs(lambda: anna.get(address(cast, "assessment")))
    make(8)
    assert costs(lambda: anna.get(address(cast, "assessment"))) == two


def test_a_shared_correction_does_not_tell_of_the_note_that_is_not_shared(client, cast):
    common = {"case": cast.case, "owner": cast.ifo, "written_by": cast.anna, "final_at": timezone.now()}
    own = Note.objects.create(heading="Oro för missbruk", text="…", **common)
    shared = Note.objects.create(heading="Rättat datum", text="…", shared_as="note", corrects=own, **common)
    client.force_login(cast.bo)
    page = address(cast, "note", shared.pk)
    for answer in (client.get(address(cast, "notes")), client.get(page), client.post(page, {})):
        assert "Rättat datum" in answer.text
        assert "Oro för missbruk" not in answer.text
    client.force_login(cast.anna)
    assert "Oro för missbruk" in client.get(page).text
