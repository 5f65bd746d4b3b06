"""What an organisation withholds closes at once, whatever the consent says, and opens again when it is lifted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from audit.models import Action, Entry
from cases.models import Assessment, Category, Deadline, Note
from consent.content.shared import build_shared
from consent.models import CaseScope, Consent, Disclosure, Withholding
from consent.services import consents as answers
from meetings.models import Meeting
from notices.models import Document
from tests.casting import give_consent

LIST = "consent:withholdings"


@pytest.fixture
def withhold(client, cast):
    """Posts the form as Anna; None of a field leaves it out."""

    def post(by=cast.anna, **changed):
        client.force_login(by)
        said = {
            "recipients": [cast.af.pk],
            "kinds": [Category.NOTE.value],
            "reason": "Personen bad om det",
            "since": cast.day.isoformat(),
            **changed,
        }
        address = reverse("consent:withhold", args=[cast.case.pk])
        return client.post(address, {name: v for name, v in said.items() if v is not None}, follow=True)

    return post


@pytest.fixture
def note(cast):
    return write(cast, "Samtal om barnen")


def write(cast, heading):
    return Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading=heading, text="x", shared_as=Category.NOTE
    )


def seen(cast, model, by=None):
    """(in the case, across all cases), for Bo."""
    gate = cast.gate(by or cast.bo)
    case = gate.open(cast.case.pk)
    return set(gate.visible(model, case)), set(gate.across(model))


# --- a kind of data ---------------------------------------------------------------------------------------------
def test_a_withheld_kind_is_shut_in_every_question_at_once(cast, note, withhold):
    assert seen(cast, Note) == ({note}, {note})
    withhold()
    gate = cast.gate(cast.bo)
    assert seen(cast, Note) == (set(), set())
    assert not gate.knows(gate.open(cast.case.pk), Category.NOTE)
    assert not gate.cases(told=Category.NOTE).exists()
    assert gate.cases(told=Category.PLAN).exists()
    assert seen(cast, Note, cast.anna) == ({note}, {note})


def test_an_open_page_is_shut_in_the_same_second(client, cast, note, withhold):
    client.force_login(cast.bo)
    address = reverse("cases:notes", args=[cast.case.pk])
    assert note.heading in client.get(address).content.decode()
    withhold()
    client.force_login(cast.bo)
    assert note.heading not in client.get(address).content.decode()


def seen_or_none(cast):
    return cast.gate(cast.bo).cases().filter(pk=cast.case.pk).first()


def test_withholding_everything_closes_the_case_and_the_projection_agrees(client, cast, withhold):
    withhold(kinds=Category.values)
    client.force_login(cast.bo)
    assert client.get(reverse("desk:case", args=[cast.case.pk])).status_code == 404
    assert not CaseScope.objects.filter(scope__user=cast.bo, days__contains=cast.day).exists()
    assert CaseScope.objects.difference() == []


def test_a_consent_given_later_does_not_open_it(cast, note, withhold):
    withhold()
    give_consent(cast.case, cast.anna, [cast.af], Category.values)
    assert seen(cast, Note) == (set(), set())


def test_another_organisation_is_told_as_before(cast, note, withhold):
    give_consent(cast.case, cast.anna, [cast.ame])
    withhold()
    told = Disclosure.objects.in_force(cast.day).filter(case=cast.case, category=Category.NOTE)
    assert [row.recipient for row in told] == [cast.ame]


def test_it_ends_by_itself_on_its_day_and_not_before(cast, note, withhold):
    withhold(until=(cast.day + timedelta(days=9)).isoformat())
    told = Disclosure.objects.filter(case=cast.case, category=Category.NOTE)
    assert [told.in_force(cast.day + timedelta(days=n)).exists() for n in (0, 9, 10)] == [False, False, True]


def test_one_that_begins_later_leaves_today_as_it_is(cast, note, withhold):
    withhold(since=(cast.day + timedelta(days=3)).isoformat())
    told = Disclosure.objects.filter(case=cast.case, category=Category.NOTE)
    assert [told.in_force(cast.day + timedelta(days=n)).exists() for n in (2, 3)] == [True, False]


def test_lifted_it_is_told_again_at_once(client, cast, note, withhold):
    withhold()
    lift(client, cast)
    assert seen(cast, Note) == ({note}, {note})


def lift(client, cast, by=None):
    client.force_login(by or cast.anna)
    held = Withholding.objects.filter(ended_at=None).get()
    return client.post(reverse("consent:lift", args=[cast.case.pk, held.pk]), {"reason": "Det gick över"}, follow=True)


def test_lifting_opens_nothing_that_was_withdrawn_meanwhile(client, cast, note, withhold):
    withhold()
    gate = cast.gate(cast.anna)
    answers.withdraw(gate, consent=Consent.objects.get(case=cast.case), how="ringde")
    lift(client, cast)
    assert not Disclosure.objects.in_force(cast.day).filter(case=cast.case).exists()
    assert seen_or_none(cast) is None


def test_a_consent_that_is_changed_stays_withheld(client, cast, note, withhold):
    withhold()
    gate, consent = cast.gate(cast.anna), Consent.objects.get(case=cast.case)
    kept = [c for c in consent.categories if c != Category.WORK]
    said = {"receivers": [cast.af], "categories": kept, "valid_until": consent.valid_until, "how": "ringde"}
    answers.change(gate, consent=consent, **said)
    assert seen(cast, Note) == (set(), set())
    lift(client, cast)
    assert seen(cast, Note) == ({note}, {note})


# --- one row ----------------------------------------------------------------------------------------------------
def test_one_row_is_withheld_and_the_rest_is_told(cast, note, withhold):
    other = write(cast, "Kursplanering")
    withhold(kinds=[], rows=[f"note-{note.pk}"])
    assert seen(cast, Note) == ({other}, {other})
    assert seen(cast, Note, cast.anna) == ({note, other}, {note, other})


def test_a_withheld_joint_row_can_neither_be_seen_nor_written(cast, withhold):
    assessment = Assessment.objects.create(
        case=cast.case, owner=cast.ifo, made_on=cast.day, made_by=cast.anna, template=template()
    )
    gate = cast.gate(cast.bo)
    assert gate.may_write(assessment)
    withhold(kinds=[], rows=[f"assessment-{assessment.pk}"])
    assert seen(cast, Assessment) == (set(), set())
    assert not cast.gate(cast.bo).may_write(assessment)


def template():
    from_reference = Assessment._meta.get_field("template").related_model
    return from_reference.objects.first()


def test_what_was_done_to_a_withheld_row_is_veiled_in_the_log(cast, withhold):
    clock = Deadline.objects.get(case=cast.case)
    cast.gate(cast.anna).log(Action.CHANGED, clock)
    entry = Entry.objects.filter(object_kind="deadline").get()
    case = cast.gate(cast.bo).open(cast.case.pk)
    assert case.sight.hears(entry)
    withhold(kinds=[], rows=[f"deadline-{clock.pk}"])
    assert not cast.gate(cast.bo).open(cast.case.pk).sight.hears(entry)


def test_without_the_predicate_the_row_would_be_told(cast, note, withhold, monkeypatch):
    """The negative control for single rows."""
    withhold(kinds=[], rows=[f"note-{note.pk}"])
    monkeypatch.setattr("consent.models.predicates.Withheld.as_sql", lambda *a, **k: ("false", ()))
    assert seen(cast, Note) == ({note}, {note})


def test_a_withheld_clock_is_not_counted_in_lists(client, cast, withhold):
    clock = Deadline.objects.get(case=cast.case)
    withhold(kinds=[], rows=[f"deadline-{clock.pk}"])
    assert seen(cast, Deadline) == (set(), set())


# --- what follows -----------------------------------------------------------------------------------------------
def test_papers_under_way_are_withdrawn(cast, withhold):
    paper = Document.objects.ask(kind="plan", title="Plan", requested_by=cast.bo, case=cast.case)
    withhold(kinds=[Category.PLAN.value])
    paper.refresh_from_db()
    assert paper.state == Document.State.FAILED


def test_what_has_been_shared_leaves_out_what_was_always_withheld(cast, withhold):
    withhold(kinds=[Category.ECONOMY.value])
    consent = give_consent(cast.case, cast.anna, [cast.af], [Category.ECONOMY, Category.WORK])
    assert shared_words(cast, consent) == "arbete och utbildning"


def test_what_could_be_read_before_it_was_withheld_is_still_said(cast, withhold):
    withhold(kinds=[Category.WORK.value])
    assert "arbete" in shared_words(cast, cast.consent)


def shared_words(cast, consent):
    gate = cast.gate(cast.anna)
    case = gate.open(cast.case.pk)
    return build_shared(gate, case, [gate.consents(case).for_page().get(pk=consent.pk)])[consent.pk][0].categories


def test_the_log_says_that_and_not_what_from_whom_or_why(cast, withhold):
    withhold(kinds=[Category.HEALTH.value])
    entry = Entry.objects.filter(action=Action.WITHHELD).get()
    assert (entry.object_kind, entry.ground) == ("withholding", "tilldelning, egen organisation")
    assert not {"health", "AF", "bad om det"} & set(f"{entry.category} {entry.object_id}".split())
    assert not cast.gate(cast.bo).open(cast.case.pk).sight.hears(entry)


def test_the_other_organisation_never_sees_the_list(client, cast, note, withhold):
    withhold()
    held = Withholding.objects.get()
    client.force_login(cast.bo)
    assert "Personen bad om det" not in client.get(reverse(LIST, args=[cast.case.pk])).content.decode()
    assert client.get(reverse("consent:lift", args=[cast.case.pk, held.pk])).status_code == 404


def test_a_partner_withholds_from_the_lead(client, cast, withhold):
    theirs = Note.objects.create(
        case=cast.case, owner=cast.af, written_by=cast.bo, heading="AF:s", text="x", shared_as=Category.NOTE
    )
    give_consent(cast.case, cast.bo, [cast.ifo])
    assert seen(cast, Note, cast.anna)[0] == {theirs}
    withhold(by=cast.bo, recipients=[cast.ifo.pk])
    assert seen(cast, Note, cast.anna)[0] == set()


# --- history ----------------------------------------------------------------------------------------------------
def test_the_list_is_only_added_to_and_lifted_once(client, cast, withhold):
    withhold()
    held = Withholding.objects.filter(case=cast.case)
    for change in ({"reason": "annat"}, {"days": "empty"}, {"recipient": cast.ame}):
        refused(lambda change=change: held.update(**change))
    refused(held.delete)
    lift(client, cast)
    refused(lambda: held.update(end_reason="annat"))
    page = client.get(reverse(LIST, args=[cast.case.pk])).content.decode()
    for words in ("Det gick över", "Personen bad om det"):
        assert words in page


def refused(act):
    with pytest.raises((IntegrityError, ProgrammingError), match=r"hävs en gång|permission denied"):  # noqa: SIM117
        with transaction.atomic():
            act()


def test_wrong_input_says_what_is_wrong_keeps_the_text_and_saves_nothing(cast, withhold):
    yesterday = (cast.day - timedelta(days=1)).isoformat()
    for wrong, sentence in (
        ({"recipients": None}, "Välj minst en organisation."),
        ({"kinds": None}, "Välj vad som ska spärras."),
        ({"reason": ""}, "Skriv varför uppgiften spärras."),
        ({"since": yesterday}, "Spärren kan börja tidigast i dag."),
        ({"until": yesterday}, "Slutdagen kan inte ligga före startdagen."),
    ):
        page = withhold(**wrong).content.decode()
        assert sentence in page
        assert wrong.get("reason") == "" or "Personen bad om det" in page
    assert not Withholding.objects.exists()


def test_the_same_is_withheld_once(cast, withhold):
    withhold()
    assert "redan spärrat" in withhold().content.decode()
    assert Withholding.objects.count() == 1


def test_the_list_costs_the_same_however_long_it_is(client, cast, costs, withhold):
    withhold(kinds=[], rows=[f"note-{write(cast, 'a').pk}"])
    client.force_login(cast.anna)
    address = reverse(LIST, args=[cast.case.pk])
    short = costs(lambda: client.get(address))
    withhold(kinds=[], rows=[f"note-{write(cast, str(n)).pk}" for n in range(5)])
    client.force_login(cast.anna)
    assert costs(lambda: client.get(address)) == short


def test_the_worklist_holds_it_back_too(client, cast, withhold):
    """Counts and rows are asked through the same predicate."""
    Meeting.objects.filter(case=cast.case).delete()
    withhold(kinds=[Category.APPLICATION.value])
    client.force_login(cast.bo)
    assert "till första möte" not in client.get(reverse("desk:cases")).content.decode()
