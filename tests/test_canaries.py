"""A string of its own in everything that tells where a protected person is: it is found where it must be, and there
only, however the consent reads. The same walk without the protection finds them all."""

import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, RoleAssignment
from actionplans.content.paper import DRAFT
from audit.models import Entry
from cases.models import Individual
from cases.rules import next_working_day_on_or_after
from consent.models import CaseScope, CaseUnitGrant, ConsentProof, Disclosure, Withholding
from meetings.models import Interpreter, Meeting, Room
from notices.models import Channel, Document, Notice, OutboxMessage
from notices.sending import send_due
from samverkan.reference import load_reference_rows
from tests import canaries, casting, oracle
from tests.access_table import COLUMNS as PEOPLE
from tests.access_table import EXPECTED, ROUTES, address_of
from tests.canaries import PLANTED
from tests.conftest import DEEP
from tests.scene import furnish
from tests.test_architecture import CODE, ROOT

pytestmark = pytest.mark.django_db

CONTACT = {
    "phone": "Kanarietelefon",
    "email": "kanarie@example.org",
    "street": "Kanariegatan 1",
    "postcode": "Kan 42",
    "city": "Kanarieköping",
}
SPOTS = {"room": "Kanarierummet", "room_address": "Kanarievägen 2", "place": "Kanarieplatsen"}
NAMES = {"given_name": "Kanariella", "family_name": "Kanariesson"}
CANARIES = CONTACT | SPOTS
EVERY = CANARIES | NAMES

MEETING = "arenden/<uuid:case_id>/moten/<int:meeting_id>/"
PERSON = "arenden/<uuid:case_id>/uppgifter/"
MOVE = f"{MEETING}flytta/"
LETTER = "utskick/<int:message_id>/brev/"

INSIDERS = {"anna", "bo"}
# Of all that Anna's organisation has written Bo's is told this.
TOLD = ("contact", "meeting")
# Whose work it is to read what somebody gave as a reason or found.
# Seen by those it is between, and not by category.
THE_CONSENT = {"consent.Consent", "consent.ConsentStep"}
ANSWERS_FOR = {
    "consent.AccessRequest": {"karin"},
    "consent.EmergencyAccess": {"karin", "lova"},
    "consent.LogFinding": {"lova"},
}
# The stairs keep accounts and the house itself from knowing any case.
READ = [path for path, p in ROUTES.items() if p.callback.__module__.split(".")[0] not in ("accounts", "samverkan")]
OFFERED = ["arenden/<uuid:case_id>/moten/boka/", MOVE]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Anna and Bo meet the person in a room and somewhere else. The first call was written before the protection."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_rows()
        cast = casting.assemble()
        Individual.objects.update(**CONTACT, **NAMES, channel="email")
        scene = furnish(cast)
        scene.planted = canaries.plant(cast)
        scene.ids["proof_id"] = ConsentProof.objects.latest("pk").pk
        Disclosure.objects.exclude(category__in=TOLD).update(days="empty")
        before = _book(cast, days=4, kind="first", place=SPOTS["place"])
        Individual.objects.update(protection=Individual.Protection.SECRECY_FLAG)
        room = Room.objects.create(
            organisation=cast.ifo,
            municipality=cast.case.municipality,
            name=SPOTS["room"],
            address=SPOTS["room_address"],
        )
        under = _book(cast, days=14, kind="follow_up", room=room.pk)
        scene.meetings = [before, under]
        cast.ulla = _of_the_whole_unit(cast)
        yield cast, scene
        assert CaseScope.objects.difference() == []
        transaction.set_rollback(True)


def _book(cast, days, **sent):
    """Through the page, with an interpreter and somebody else whom the person has chosen."""
    day = next_working_day_on_or_after(timezone.localdate() + timedelta(days=days))
    interpreter, _ = Interpreter.objects.get_or_create(name="Tolk 1", language="dari", email="tolk@example.org")
    minutes = {"preparation_minutes": 15, "talk_minutes": 45, "feedback_minutes": 15}
    called = {"workers": [cast.anna.pk, cast.bo.pk], "with_individual": "on", "interpreter": interpreter.pk}
    other = {"other_name": "Stödperson", "other_email": "stod@example.org"}
    client = Client()
    client.force_login(cast.anna)
    answer = client.post(
        reverse("meetings:book", args=[cast.case.pk]),
        {"day": day.isoformat(), "clock": "09:00", "form": "on_site"} | minutes | called | other | sent,
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return Meeting.objects.latest("pk")


def _of_the_whole_unit(cast):
    ulla = casting.worker(cast.ifo, "Ulla")
    RoleAssignment.objects.create(user=ulla, role=Role.UNIT_WORKER, unit=ulla.unit, since=cast.day)
    CaseUnitGrant.objects.engage(cast.case, ulla.unit.group, since=cast.day)
    return ulla


@pytest.fixture
def cast(stage):
    return stage[0]


@pytest.fixture
def scene(stage):
    return stage[1]


@pytest.fixture
def unprotected(cast):
    """The control. Undone by the test's own transaction."""
    Individual.objects.update(protection=Individual.Protection.NONE)


CASE = oracle.Case(
    "ifo",
    named=(oracle.Assignment("anna"), oracle.Assignment("bo")),
    consents=(oracle.Consent("ifo", frozenset({"af"}), frozenset(TOLD), oracle.ALWAYS),),
)
STAFF = {oracle.Person("anna", "ifo"), oracle.Person("bo", "af")}


def readers_of(canary):
    """By the law."""
    if canary.model in ANSWERS_FOR:
        return ANSWERS_FOR[canary.model]
    law, record = oracle.Law(timezone.localtime()), oracle.Record("ifo", canary.category)
    told = {person.name for person in STAFF if law.may_read(person, CASE, record)}
    if canary.model in THE_CONSENT:
        told |= {person.name for person in STAFF if law.may_see_consent(person, CASE, CASE.consents[0])}
    return told


def everything(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers} {body.decode(errors='replace')}"


def addresses(scene, route):
    """With each meeting and each message where the route names one."""
    meetings = [{"meeting_id": meeting.pk} for meeting in scene.meetings]
    messages = [{"message_id": pk} for pk in OutboxMessage.objects.values_list("pk", flat=True)]
    for ids in meetings if "meeting_id" in route else messages if "message_id" in route else [{}]:
        scene.ids.update(ids)
        yield address_of(route, scene)


def _as(person, cast):
    """`withdrawn` is Bo after the consent was taken back."""
    client = Client()
    if person == "withdrawn":
        Disclosure.objects.filter(consent=cast.consent).update(days="empty")
    if person != "nobody":
        client.force_login(cast.bo if person == "withdrawn" else getattr(cast, person))
    return client


def readers(number, route, turns):
    """Anna and Bo everywhere. The others see no case: of those who are shown a page so many take turns, and Ulla."""
    codes = EXPECTED[route, "GET"]
    shown = [person for person in PEOPLE if codes[person] == "200"]
    outsiders = [person for person in shown if person not in INSIDERS]
    taken = {outsiders[(number + n) % len(outsiders)] for n in range(turns)} if outsiders else set()
    return taken.union(INSIDERS.intersection(shown), {"ulla"} if outsiders else ())


def walk(cast, scene, routes=READ, people=(*PEOPLE, "ulla"), turns=1):
    """{(word, person, route)} of every canary that was read somewhere. One person at a time: their reads are undone."""
    found = set()
    for person in people:
        with transaction.atomic():
            client = _as(person, cast)
            for number, route in enumerate(routes):
                if person in readers(number, route, turns):
                    text = "".join(everything(client.get(address)) for address in addresses(scene, route))
                    found |= {(word, person, route) for word in EVERY if EVERY[word] in text}
                    found |= {(word, person, route) for word in PLANTED.findall(text)}
            transaction.set_rollback(True)
    return found


def outside(message):
    """All that others than the person can read of a message: of a letter what the envelope says."""
    seen = [message.address, message.recipient_name, message.subject]
    return " ".join(seen if message.is_letter else [*seen, message.body, message.calendar])


def canaries_in(text):
    return {word for word, canary in CANARIES.items() if canary in text}


@pytest.fixture
def walked(cast, scene, caplog):
    """What everybody found, and what the technical log said meanwhile: walked once for all tests."""
    if not hasattr(scene, "walked"):
        with caplog.at_level(logging.DEBUG):
            scene.walked = walk(cast, scene, turns=len(PEOPLE) if DEEP else 1), caplog.text
    return scene.walked


# --- pages --------------------------------------------------------------------------------------------------------
def test_where_a_protected_person_is_stands_on_the_meetings_page_for_the_lead_alone(walked):
    found = {hit for hit in walked[0] if hit[0] in EVERY}
    assert {person for _, person, _ in found} == INSIDERS, "Bara de som är namngivna i ärendet ser ens namnet."
    room = {"room", "room_address"}
    to_anna, to_bo = ({(w, r) for w, person, r in found if person == who and w in CANARIES} for who in ("anna", "bo"))
    chosen = {(word, route) for word in room for route in OFFERED}
    assert to_bo == chosen, "Bo väljer bland alla rum, men får inte veta vilket."
    assert to_anna == chosen | {(w, r) for w in SPOTS for r in (MEETING, MOVE)} | {(w, LETTER) for w in room}
    assert not canaries_in(walked[1])


def test_what_somebody_wrote_is_read_by_those_alone_whom_it_is_told(scene, walked):
    """In every free text of every kind of row. None stands in a calendar file, or in the technical log."""
    found, logged = walked
    wrong = {
        (scene.planted[word], person, route)
        for word, person, route in found
        if word in scene.planted and (person not in readers_of(scene.planted[word]) or "kalender" in route)
    }
    assert not wrong, "\n".join(map(str, wrong))
    assert not PLANTED.search(logged)


def test_the_walk_finds_what_stands_somewhere(scene, walked):
    found = {person: {word for word, who, _ in walked[0] if who == person} for person in INSIDERS}
    read = {scene.planted[word].model for word in found["anna"] & set(scene.planted)}
    assert len(read) > 10
    assert {scene.planted[word].category for word in found["bo"] & set(scene.planted)} == {None, *TOLD} - {"contact"}


def test_why_it_is_withheld_how_it_was_signed_and_what_was_asked_stand_with_those_they_are_for(scene, walked):
    found = {}
    for word, person, _ in walked[0]:
        if word in scene.planted and scene.planted[word].model in canaries.IN_THEIR_OWN_WAY:
            canary = scene.planted[word]
            found.setdefault((canary.model, canary.field), set()).add(person)
    assert found == {
        ("consent.AccessRequest", "reason"): {"karin"},
        ("consent.ConsentProof", "signer"): {"anna"},
        ("consent.ConsentProof", "content"): {"anna"},
        ("consent.Withholding", "reason"): {"anna"},
        ("consent.Withholding", "end_reason"): {"anna"},
    }


WITHHELD = "arenden/<uuid:case_id>/samtycke/sparrar/"


def test_without_the_locks_the_partner_reads_why_it_is_withheld(cast, scene, monkeypatch):
    """Either of them keeps him out."""
    every = Withholding.objects.filter(case=cast.case)
    monkeypatch.setattr("consent.gate.Gate.withholdings", lambda self, case: every)
    assert walk(cast, scene, [WITHHELD], ["bo"]) == {("given_name", "bo", WITHHELD), ("family_name", "bo", WITHHELD)}
    monkeypatch.setattr("consent.context.known_of", lambda gate: {"beyond": "test"})
    found = {word for word, _, _ in walk(cast, scene, [WITHHELD], ["bo"])}
    assert {canary.field for word, canary in scene.planted.items() if word in found} == {"reason", "end_reason"}


def test_without_the_locks_the_partner_reads_what_is_not_told(cast, scene, monkeypatch):
    monkeypatch.setattr("consent.sight.Sight.rows", lambda self, model: Q())
    monkeypatch.setattr("consent.context.known_of", lambda gate: {"beyond": "test"})
    found = walk(cast, scene, ["arenden/<uuid:case_id>/anteckningar/"], ["bo"])
    assert {scene.planted[word].category for word, _, _ in found if word in scene.planted} >= {"economy", "health", ""}


def test_without_the_protection_the_same_walk_finds_every_canary(cast, scene, unprotected):
    found = {word for word, _, _ in walk(cast, scene, [MEETING, PERSON], ["bo"])}
    assert set(EVERY) <= found
    assert {word for word, _, _ in walk(cast, scene, ["arenden/"], ["ulla"])} == {"given_name"}


def test_the_partner_who_moves_the_meeting_is_not_told_which_room_it_had(client, cast, scene):
    for person, initial in ((cast.anna, scene.meetings[1].room_id), (cast.bo, None)):
        client.force_login(person)
        form = client.get(reverse("meetings:move", args=[cast.case.pk, scene.meetings[1].pk])).context["form"]
        assert form["room"].value() == initial


def week(client, cast, person, meeting):
    client.force_login(getattr(cast, person))
    return everything(client.get(reverse("meetings:calendar"), {"dag": meeting.day.isoformat()}))


@pytest.mark.parametrize("person", sorted(INSIDERS))
def test_the_week_says_when_and_never_where(client, cast, scene, person):
    for meeting in scene.meetings:
        text = week(client, cast, person, meeting)
        assert NAMES["given_name"] in text
        assert not canaries_in(text)


def test_without_the_protection_the_week_says_where(client, cast, scene, unprotected):
    assert [canaries_in(week(client, cast, "bo", meeting)) for meeting in scene.meetings] == [{"place"}, {"room"}]


def test_a_hit_is_a_name_and_a_number(client, cast):
    client.force_login(cast.bo)
    answer = client.post(reverse("desk:search"), {"q": NAMES["given_name"]})
    assert answer.context["hits"].cases == [cast.case]
    assert not canaries_in(everything(answer))


# --- what leaves the house ---------------------------------------------------------------------------------------
def test_no_mail_envelope_notice_file_name_or_log_row_tells_where(cast, scene, caplog):
    mail.outbox.clear()
    with caplog.at_level(logging.DEBUG):
        assert send_due()
    assert len(mail.outbox) == 4, "Handläggarna, tolken och stödpersonen, från bokningen under skydd."
    sent = OutboxMessage.objects.exclude(sent_at=None) | OutboxMessage.objects.filter(
        channel=Channel.LETTER, recipient_name__startswith="Deltagaren i ärende"
    )
    left = [*map(outside, sent), *(str(each.message()) for each in mail.outbox)]
    written = [str(row) for model in (Notice, Entry) for row in model.objects.values()]
    files = [f"{document.title} {document.file_name}" for document in Document.objects.all()]
    for text in [*left, *written, *files, caplog.text]:
        assert not canaries_in(text)
        assert not PLANTED.search(text)
        assert not any(name in text for name in NAMES.values())


def test_without_the_protection_the_mails_tell_where(cast, scene, unprotected):
    mail.outbox.clear()
    send_due()
    told = {word for each in mail.outbox for word in canaries_in(f"{each.to} {each.body}")}
    assert told == {"email", "place"}


def test_the_protected_persons_own_letter_says_where_to_come(cast, scene):
    letter = OutboxMessage.objects.get(
        channel=Channel.LETTER, object_key__startswith=f"meeting:{scene.meetings[1].pk}:"
    )
    assert SPOTS["room"] in letter.body
    assert not canaries_in(outside(letter))


PAPERS = {
    "plan": ("arenden/<uuid:case_id>/plan/utskrift/", {"version": DRAFT}),
    "form": ("arenden/<uuid:case_id>/samtycke/<int:consent_id>/blankett/", {}),
    "readers": ("arenden/<uuid:case_id>/vem-har-last/pdf/", {}),
}


def papers(client, cast, scene, person, monkeypatch, execute):
    """{which: what it says} of those that somebody has made."""
    drawn = {}
    client.force_login(getattr(cast, person))
    for name, (route, sent) in PAPERS.items():
        said = []
        monkeypatch.setattr("notices.pdf.draw", lambda html, said=said: (said.append(html), (b"%PDF-1.7", 1))[1])
        with execute(execute=True):
            client.post(address_of(route, scene), sent)
        drawn |= {name: said[0]} if said else {}
    return drawn


def test_no_paper_says_what_its_reader_is_not_told(
    client, cast, scene, monkeypatch, django_capture_on_commit_callbacks
):
    to_anna, to_bo = (
        papers(client, cast, scene, person, monkeypatch, django_capture_on_commit_callbacks)
        for person in ("anna", "bo")
    )
    assert set(to_anna) == set(PAPERS)
    assert PLANTED.search(to_anna["plan"])
    assert set(to_bo) == {"form", "readers"}
    told = {word for text in to_bo.values() for word in PLANTED.findall(text)}
    assert {scene.planted[word] for word in told if "bo" not in readers_of(scene.planted[word])} == set()


# --- one rule, asked everywhere ------------------------------------------------------------------------------------
ASKED_PAST_THE_RULE = re.compile(
    r"\b(?:person|individual)\.(?:phone|email|street|postcode|city|get_channel_display)\b|\bmeeting\.(?:room|place|spot)\b"
)
MAY_ASK = {
    "meetings/content/booking.py": "the form of a meeting that is moved",
    "meetings/mail.py": "the person's own letter",
    "templates/meetings/meeting.html": "the lead's page",
    "desk/content/overview.py": "how, not where",
    "consent/models/predicates.py": "whether a message is to themselves, compared and never shown",
    "samverkan/demo/lives.py": "invents people",
}


def test_nobody_asks_for_an_address_past_the_rule():
    files = [*CODE, *(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    asking = {str(Path(p).relative_to(ROOT)) for p in files if ASKED_PAST_THE_RULE.search(Path(p).read_text())}
    assert asking == set(MAY_ASK)
