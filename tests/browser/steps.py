"""The steps of the main job, done by the people in their own browsers."""

import re
from datetime import timedelta

from django.utils import timezone

from cases.models import Case, Deadline
from meetings.models import Meeting
from tests.casting import NUMBERS


def choose(select, words):
    """The choice whose text has these words in it."""
    select.select_option(label=next(text for text in select.locator("option").all_inner_texts() if words in text))


def case_at(address):
    return Case.objects.get(pk=address.strip("/").removeprefix("arenden/"))


def register(ingrid):
    """Steps 1–2: the number first, then the rest; the clock starts."""
    page, before = ingrid.page, list(Case.objects.values_list("pk", flat=True))
    page.goto("/arenden/ny/")
    page.get_by_label("Nummer", exact=True).fill("19950106-2386")
    ingrid.press("Sök och gå vidare")
    assert page.get_by_text("Den sista siffran stämmer inte").first.is_visible()
    ingrid.look("02-registrera-fel-nummer")
    page.get_by_label("Nummer", exact=True).fill(NUMBERS[0])
    ingrid.press("Sök och gå vidare")
    page.get_by_label("Förnamn").fill("Amina")
    page.get_by_label("Efternamn").fill("Hassan")
    page.get_by_label("kvinna").check()
    page.get_by_label("Behöver tolk på").fill("somaliska")
    page.get_by_label("Ansökan kom in", exact=True).fill(f"{timezone.localdate() - timedelta(days=2)}")
    ingrid.look("02-registrera")
    ingrid.press("Registrera ansökan")
    case = Case.objects.exclude(pk__in=before).get()
    assert page.get_by_text(case.number).first.is_visible()
    ingrid.look("02-registrerad")
    return f"/arenden/{case.pk}/"


def assign(karin, maria, address):
    """Step 3: the manager hands out a case without seeing whose it is."""
    page = karin.page
    page.goto("/ej-fordelade/")
    karin.look("03-ej-fordelade")
    assert "Amina" not in page.content()
    page.get_by_role("link", name=case_at(address).number).click()
    page.get_by_label("Maria Lind").check()
    karin.look("03-fordela")
    karin.press("Ge ärendet")
    assert page.goto(address).status == 404
    maria.page.goto("/")
    assert maria.page.get_by_text("Amina H.").first.is_visible()
    maria.look("03-min-dag")


def plan(maria, address):
    """Step 7, first half: the person's own goal and a first delmål."""
    page = maria.page
    page.goto(f"{address}plan/ny/")
    page.get_by_label("Personens eget mål").fill("Jobba som barnskötare och klara min egen försörjning")
    page.get_by_label("Det jag kan").fill("Tre år på förskola i Hargeisa")
    maria.look("07-borja-plan")
    maria.press("Börja planen")
    page.goto(f"{address}plan/delmal/nytt/")
    page.get_by_label("Vad ska hända?").fill("Få betygen översatta")
    page.get_by_label("Vem ansvarar?").select_option(index=1)
    page.get_by_label("Klart senast").fill(f"{timezone.localdate() + timedelta(days=30)}")
    maria.look("07-nytt-delmal")
    maria.press("Lägg till")
    assert page.get_by_text("Få betygen översatta").first.is_visible()
    maria.look("07-plan")


def consent(maria, per, address):
    """Step 4: the other party sees nothing before the yes, and the case after it."""
    page = maria.page
    page.goto(f"{address}handlaggare/")
    maria.look("03-handlaggare")
    maria.press("Bjud in annan organisation", role="link")
    choose(page.get_by_label("Handläggare", exact=True), "Per Ek")
    page.get_by_label("Anledning").fill("Söker arbete")
    maria.look("03-bjud-in")
    maria.press("Bjud in")
    assert per.page.goto(address).status == 404
    page.goto(f"{address}samtycke/nytt/")
    page.get_by_label("Arbetsförmedlingen Flen").check()
    page.get_by_label("Personen har fått veta").check()
    maria.look("04-samtycke-nytt")
    maria.press("Registrera ja")
    maria.look("04-samtycke")
    assert per.page.goto(address).status == 200
    per.look("04-partens-vy")


def meeting(maria, address):
    """Steps 5–6: booked, prepared, held after the consent is confirmed, fed back; the promise is met."""
    page = maria.page
    page.goto(f"{address}moten/boka/")
    page.locator(".slots .btn").first.click()
    page.get_by_role("checkbox", name="Per Ek, AF").first.check()
    page.get_by_label("Rum").select_option(index=1)
    maria.look("05-boka")
    maria.press("Boka mötet")
    maria.look("05-bokat")
    maria.page.goto("/utskick/")
    maria.look("05-utskick")
    page.goto(f"{address}moten/")
    maria.look("05-moten")
    page.get_by_role("link", name="första trepartssamtal").first.click()
    here = page.url
    page.goto(f"{here}forbered/")
    choose(page.get_by_label("Leder samtalet"), "Per Ek")
    choose(page.get_by_label("Håller tiden"), "Maria Lind")
    page.get_by_label("Ska uppnås").fill("Enas om praktik i januari")
    page.get_by_label("Möjligheter").fill("Vana från förskola")
    maria.look("06-forbered")
    maria.press("Mötet är förberett")
    the_day_comes()
    page.goto(f"{here}samtal/")
    assert page.get_by_role("button", name="Starta samtalet").count() == 0
    page.get_by_label("Ja, samtycket gäller").check()
    maria.press("Skriv svaret")
    maria.press("Starta samtalet")
    page.get_by_role("link", name=re.compile("Gå igenom ?: Få betygen översatta")).click()
    page.get_by_label("Vad har hänt sedan sist?").fill("Betygen är inlämnade.")
    page.get_by_label("Fortsätter som planerat").check()
    maria.press("Spara")
    page.get_by_label("Nytt beslut").fill("Amina börjar praktik den 11 januari.")
    page.get_by_label("Personen står bakom beslutet").check()
    maria.press("Lägg till beslut")
    maria.look("06-samtal")
    page.goto(f"{here}resultat/")
    page.get_by_label("Hölls med personen").check()
    for name in ("Maria Lind", "Per Ek"):
        page.get_by_label(name).check()
    maria.look("06-resultat")
    maria.press("Spara")
    page.goto(f"{here}aterkoppling/")
    maria.look("06-aterkoppling")
    page.goto(address)
    assert Deadline.objects.get(case=case_at(address)).met_on == timezone.localdate()
    maria.look("06-arende")


def the_day_comes():
    """The booked day is today: the only thing a test cannot wait for."""
    booked = Meeting.objects.get()
    length = booked.ends_at - booked.starts_at
    booked.starts_at = timezone.now() + timedelta(seconds=1)
    booked.ends_at = booked.starts_at + length
    booked.save()
    booked.participants.update(during=booked.during)


def agree(maria, address):
    """Step 7, second half: the version of the meeting is agreed to."""
    page = maria.page
    page.goto(f"{address}plan/overenskommelse/")
    maria.look("07-overenskommelse")
    page.get_by_role("button", name="Anteckna att Amina håller med").click()


def print_plan(maria, address):
    """What the person takes home."""
    page = maria.page
    page.goto(f"{address}plan/utskrift/")
    assert page.get_by_text("Amina Hassan").first.is_visible()
    assert page.get_by_text("Få betygen översatta").first.is_visible()
    maria.look("07-utskrift")
