"""One meeting from its preparation to its corrected minutes: three professionals at their own computers at once, one
of them without consent, and the screen in the room by keyboard alone."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from actionplans import services as plans
from consent.gate import Gate
from consent.models import CaseGrant
from meetings.models import Meeting, MeetingMinutes
from meetings.services.booking import book_meeting
from meetings.slots import Booking
from tests.browser.steps import choose, the_day_comes
from tests.browser.test_keyboard import Keyboard
from tests.casting import give_consent, individual, open_case

MINUTES = {"preparation_minutes": 15, "talk_minutes": 45, "feedback_minutes": 15}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(place):
    """Maria leads, Per is told and called, Sofia works with the case but no consent lets anybody tell her."""
    with transaction.atomic():
        case = open_case(place.maria, individual(place.ifo))
        for partner in (place.per, place.sofia):
            CaseGrant.objects.engage(case, partner, since=case.opened_on, is_responsible=True)
        give_consent(case, place.maria, [place.af])
        gate = Gate(place.maria)
        opened = gate.open(case.pk)
        plan = plans.start(gate, case=opened, own_goal="Jobba som barnskötare")
        words = {"text": "SFI kurs D", "due_on": gate.day + timedelta(days=30), "follow_up_how": "i nästa möte"}
        plans.add_milestone(gate, plan=plan, responsible_user=None, **words)
        tomorrow = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
        wish = Booking(
            kind="first", form="on_site", starts_at=tomorrow, workers=(place.maria, place.per), place="Rum 1", **MINUTES
        )
        book_meeting(gate, case=opened, booking=wish)
    return Meeting.objects.get()


def test_the_whole_life_of_a_meeting(sit_down, meeting):
    maria, per, sofia = (sit_down(key) for key in ("maria", "per", "sofia"))
    here = f"/arenden/{meeting.case_id}/moten/{meeting.pk}/"
    prepare(maria, per, here)
    the_day_comes()
    talk(maria, here)
    decide_together(maria, per, here)
    hold(maria, here)
    write_at_once(maria, per, here)
    correct(maria, per, here)
    look_back(maria, per, here)
    for page in ("", "forbered/", "samtal/", "samtal/skarm/", "protokoll/", "aterkoppling/"):
        assert sofia.page.goto(f"{here}{page}").status == 404
    for person in (maria, per):
        assert person.complaints == []


def prepare(maria, per, here):
    page = maria.page
    page.goto(f"{here}forbered/")
    per.page.goto(f"{here}forbered/")
    choose(page.get_by_label("Leder samtalet"), "Per Ek")
    choose(page.get_by_label("Håller tiden"), "Maria Lind")
    page.get_by_label("Ska uppnås").fill("Enas om praktik i januari")
    page.get_by_label("Tas inte upp").fill("Skulderna")
    maria.press("Mötet är förberett")
    per.page.get_by_label("Möjligheter").fill("Vana från förskola")
    per.press("Spara så länge")
    assert per.page.get_by_text("Vana från förskola").first.is_visible()
    assert per.page.get_by_text("Någon annan hann spara").first.is_visible()


def talk(maria, here):
    """The screen in the room, without a mouse; the network goes away in the middle."""
    page, keys = maria.page, Keyboard(maria.page)
    page.goto(f"{here}samtal/skarm/")
    enter(keys, "button", "Starta förberedelse", "Avsluta förberedelse")
    enter(keys, "button", "Avsluta förberedelse", "klart")
    keys.tick("Ja, samtycket gäller", role="radio")
    enter(keys, "button", "Skriv svaret", "bekräftade sitt samtycke")
    enter(keys, "button", "Starta samtal", "Avsluta samtal")
    assert page.get_by_text("Skulderna").count() == 0
    keys.to("link", re.compile("Gå igenom ?: SFI kurs D"))
    page.keyboard.press("Enter")
    keys.write("Vad har hänt sedan sist?", "Går dit varje dag")
    keys.tick("Fortsätter som planerat", role="radio")
    enter(keys, "button", "Spara", "Går dit varje dag")
    keys.write("Nytt beslut", "Amina börjar praktik")
    page.get_by_text("Sparat").wait_for()
    page.reload()
    assert page.get_by_label("Nytt beslut").input_value() == "Amina börjar praktik"
    maria.context.set_offline(True)
    keys.to("button", "Lägg till beslut")
    page.keyboard.press("Enter")
    page.get_by_text("Tryck igen när nätet är tillbaka").wait_for()
    assert page.get_by_role("button", name="Lägg till beslut").evaluate("it => it === document.activeElement")
    assert page.get_by_label("Nytt beslut").input_value() == "Amina börjar praktik"
    assert page.get_by_role("timer").is_visible()
    maria.context.set_offline(False)
    maria.complaints.clear()
    enter(keys, "button", "Lägg till beslut", "Amina börjar praktik")
    page.reload()
    maria.look("11-skarmen")


def enter(keys, role, name, answer):
    """Enter, and wait for what it leads to: the new page has come and has the focus."""
    keys.to(role, name)
    keys.page.keyboard.press("Enter")
    keys.page.get_by_text(answer).first.wait_for()
    keys.page.locator("#innehall:focus").wait_for()


def decide_together(maria, per, here):
    """Per sees at his own computer what is decided at Maria's."""
    per.page.goto(f"{here}samtal/")
    assert per.page.get_by_text("Amina börjar praktik").first.is_visible()
    assert per.page.get_by_role("timer").is_visible()


def hold(maria, here):
    page = maria.page
    page.goto(f"{here}resultat/")
    page.get_by_label("Hölls med personen").check()
    for name in ("Maria Lind", "Per Ek"):
        page.get_by_label(name).check()
    maria.press("Spara")


def write_at_once(maria, per, here):
    """Both begin before either has saved: nobody's text is lost."""
    for person in (maria, per):
        person.page.goto(f"{here}protokoll/skriv/")
    maria.page.get_by_label("Vad vi kom fram till").fill("Praktik i januari")
    maria.page.get_by_text("Sparat").wait_for()
    maria.look("11-skriv-protokoll")
    per.page.get_by_label("Vad vi kom fram till").fill("Pers egna ord")
    per.page.get_by_text("Någon annan har sparat").wait_for()
    with per.page.expect_response(lambda answer: answer.request.is_navigation_request()) as answer:
        per.press("Spara utkast")
    assert answer.value.status == 409
    for words in ("Pers egna ord", "Praktik i januari"):
        assert per.page.get_by_text(words).first.is_visible()
    maria.press("Dela")
    per.page.goto("/")
    assert per.page.get_by_text("Protokoll att läsa").first.is_visible()
    per.page.goto(f"{here}protokoll/")
    per.look("11-protokoll")
    maria.page.goto(f"{here}protokoll/")
    assert maria.page.get_by_text("av Per Ek").is_visible()


def correct(maria, per, here):
    page = maria.page
    page.goto(f"{here}protokoll/skriv/")
    maria.press("Gör färdigt och lås")
    maria.press("Rätta", role="link")
    page.get_by_label("Varför rättas protokollet?").fill("Fel månad")
    maria.press("Börja en rättad version")
    page.get_by_label("Vad vi kom fram till").fill("Praktik i februari")
    maria.press("Dela")
    per.page.goto(f"{here}protokoll/")
    assert per.page.get_by_text("Praktik i februari").is_visible()
    assert per.page.get_by_text("Fel månad").first.is_visible()
    assert MeetingMinutes.objects.get(number=1).conclusion == "Praktik i januari"


def look_back(maria, per, here):
    for person in (maria, per):
        page = person.page
        page.goto(f"{here}aterkoppling/")
        for item in ("cooperation", "reached", "roles_held", "person_heard"):
            page.locator(f"input[name={item}]").first.check()
        person.press("Spara")
    maria.page.goto(f"{here}aterkoppling/deltagaren/")
    maria.look("11-personens-fragor")
    maria.page.get_by_label("☺ Ja").first.check()
    maria.press("Skicka")
    assert maria.page.get_by_text("Tack!").is_visible()
