"""The calls in Polish, approved, and an invitation in Finnish that waits for somebody to read it: for practice."""

from meetings.models import CallingText

KIND = CallingText.Kind
GOODBYE = "\n\nZ pozdrowieniami\n{caller}\n{sender}"
CALL = (
    "Termin: {day}, godz. {start}–{end}\n{where}\n\n"
    "Proszę odpowiedzieć, czy termin pasuje, czy potrzebny jest inny termin:\n{link}\n\n"
    "Można też zadzwonić pod numer {phone}. Wspólnie znajdziemy termin."
)
SMS = "{day}, godz. {start}. {where} Odpowiedź: {link} Pytania? Tel. {phone}. {sender}"
WHERE = {"place": "Miejsce: {place}", "by_phone": "Zadzwonimy."}
ABOUT = {**WHERE, "from": "Od: {sender}", "questions": "Pytania? Proszę zadzwonić: {phone}."}
ANSWER = {"yours": "Odpowiedź", "change": "Odpowiedź można zmienić."}

POLISH = {
    KIND.BOOKED: {
        "subject": "Zaproszenie na spotkanie",
        "body": f"Dzień dobry!\n\nZapraszamy na spotkanie.\n\n{CALL}{GOODBYE}",
        "sms": f"Spotkanie: {SMS}",
        **WHERE,
    },
    KIND.CHANGED: {
        "subject": "Zmiana terminu spotkania",
        "body": f"Dzień dobry!\n\nSpotkanie ma nowy termin. Poprzedni termin jest nieaktualny.\n\n{CALL}{GOODBYE}",
        "sms": f"Nowy termin spotkania: {SMS}",
        **WHERE,
    },
    KIND.REMINDER: {
        "subject": "Przypomnienie o spotkaniu",
        "body": f"Dzień dobry!\n\nPrzypominamy o spotkaniu.\n\n{CALL}{GOODBYE}",
        "sms": f"Przypomnienie o spotkaniu: {SMS}",
        **WHERE,
    },
    KIND.CANCELLED: {
        "subject": "Spotkanie odwołane",
        "body": "Dzień dobry!\n\nSpotkanie ({day}, godz. {start}) jest odwołane. Nie trzeba przychodzić.\n\n"
        f"Pytania? Proszę zadzwonić: {{phone}}.{GOODBYE}",
        "sms": "Spotkanie ({day}, godz. {start}) jest odwołane. Pytania? Tel. {phone}. {sender}",
    },
    KIND.PROPOSED: {
        "subject": "Jaki termin spotkania pasuje?",
        "body": "Dzień dobry!\n\nChcemy umówić spotkanie. Które z tych terminów pasują?\n\n{times}\n\n{where}\n\n"
        "Proszę zaznaczyć pasujące terminy:\n{link}\n\n"
        "Można też zadzwonić pod numer {phone}. Gdy wszyscy odpowiedzą, wyślemy zaproszenie na jeden z tych terminów."
        f"{GOODBYE}",
        "sms": "Chcemy umówić spotkanie. Jaki termin pasuje? Wybór: {link} Pytania? Tel. {phone}. {sender}",
        "time": "{day}, godz. {start}–{end}",
        **WHERE,
        "no_place": "Miejsce podamy w zaproszeniu.",
    },
    KIND.PROPOSAL_ENDED: {
        "subject": "Nie trzeba już wybierać terminu",
        "body": "Dzień dobry!\n\nPytaliśmy o pasujące terminy spotkania. To pytanie jest nieaktualne i nie trzeba "
        f"odpowiadać. Odezwiemy się.\n\nPytania? Proszę zadzwonić: {{phone}}.{GOODBYE}",
        "sms": "Nie trzeba już wybierać terminu spotkania. Odezwiemy się. Pytania? Tel. {phone}. {sender}",
    },
    KIND.ANSWER_PAGE: {
        "heading": "Spotkanie",
        "time": "{day}, godz. {start}–{end}",
        **ABOUT,
        "no_place": "Miejsca tu nie podajemy. W razie wątpliwości proszę zadzwonić.",
        "moved": "Spotkanie ma nowy termin. Wysłaliśmy nowe zaproszenie, proszę odpowiedzieć za pomocą linku w nim.",
        "cancelled": "Spotkanie ({day}, godz. {start}) jest odwołane. Nie trzeba przychodzić.",
        "over": "To spotkanie już się skończyło.",
        "ask": "Czy termin pasuje?",
        **ANSWER,
        "choose": "Proszę wybrać jedną z odpowiedzi.",
        "said_coming": "Dziękujemy. Odpowiedź: przyjdę.",
        "said_new_time": "Dziękujemy. Odpowiedź: potrzebuję innego terminu. Odezwiemy się.",
        "said_not_coming": "Dziękujemy za wiadomość. Odpowiedź: nie przyjdę.",
        "coming": "Przyjdę",
        "new_time": "Potrzebuję innego terminu",
        "not_coming": "Nie mogę przyjść",
    },
    KIND.CHOOSE_PAGE: {
        "heading": "Jaki termin pasuje?",
        "ask": "Szukamy terminu spotkania. Proszę zaznaczyć wszystkie pasujące terminy. Wybierzemy jeden z nich i "
        "wyślemy zaproszenie.",
        **ABOUT,
        "no_place": "Miejsce podamy w zaproszeniu.",
        **ANSWER,
        "choose": "Proszę zaznaczyć pasujące terminy albo to, że żaden nie pasuje.",
        "said_some": "Dziękujemy, odpowiedź jest zapisana. Zaproszenie wyślemy, gdy termin będzie ustalony.",
        "said_none": "Dziękujemy, wiemy, że żaden termin nie pasuje. Odezwiemy się.",
        "legend": "Terminy, które mi pasują",
        "time": "{day}, godz. {start}–{end}",
        "none": "Żaden termin nie pasuje",
        "taken": "Już zajęte: {day}, godz. {start}",
        "send": "Wyślij odpowiedź",
        "send_again": "Zmień odpowiedź",
    },
}
FINNISH = {
    "subject": "Kutsu tapaamiseen",
    "body": "Hei!\n\nTervetuloa tapaamiseen.\n\nAika: {day} klo {start}–{end}\n{where}\n\n"
    "Vastaa, tuletko, tarvitsetko uuden ajan vai etkö pääse:\n{link}\n\n"
    "Voit myös soittaa numeroon {phone}, niin löydämme yhdessä sopivan ajan.\n\nTerveisin\n{caller}\n{sender}",
    "sms": "Tapaaminen {day} klo {start}. {where} Vastaa: {link} Kysyttävää? Soita {phone}. {sender}",
    "place": "Paikka: {place}",
    "by_phone": "Soitamme sinulle.",
}


def load_calling_texts(place):
    for kind, words in POLISH.items():
        text = CallingText(kind=kind, language="pl", version=1, words=words, drafted_by=place.adam)
        text.approve(place.petra)
        text.save()
    CallingText.objects.create(kind=KIND.BOOKED, language="fi", version=1, words=FINNISH, drafted_by=place.petra)
