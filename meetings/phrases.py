"""What is translated so that a person can be called in another language: per text its parts, in Swedish, as a model.

What stands in braces is filled in. Never case content: time, place, sender, link.
"""

from meetings.models.calling import CallingText

KIND = CallingText.Kind
GOODBYE = "\n\nHälsningar\n{caller}\n{sender}"
CALL = (
    "Tid: {day} klockan {start}–{end}\n{where}\n\nSvara om du kommer, behöver en ny tid eller inte kan komma:\n{link}"
)
PHONE_US = "\n\nDu kan också ringa {phone}, så hittar vi en tid tillsammans."
WHERE = {"place": "Plats: {place}", "by_phone": "Vi ringer dig."}
SMS_CALL = "{day} kl. {start}. {where} Svara: {link} Frågor? Ring {phone}. {sender}"
ABOUT = {**WHERE, "from": "Från {sender}", "questions": "Har du frågor? Ring {phone}."}
ANSWER = {"yours": "Ditt svar", "change": "Du kan ändra ditt svar."}

MODELS = {
    KIND.BOOKED: {
        "subject": "Kallelse till möte",
        "body": f"Hej!\n\nDu är välkommen till ett möte.\n\n{CALL}{PHONE_US}{GOODBYE}",
        "sms": f"Möte {SMS_CALL}",
        **WHERE,
    },
    KIND.CHANGED: {
        "subject": "Möte ändrat",
        "body": f"Hej!\n\nDitt möte har fått en ny tid. Den gamla tiden gäller inte.\n\n{CALL}{PHONE_US}{GOODBYE}",
        "sms": f"Ny tid för möte: {SMS_CALL}",
        **WHERE,
    },
    KIND.REMINDER: {
        "subject": "Påminnelse om möte",
        "body": f"Hej!\n\nVi påminner om ditt möte.\n\n{CALL}{PHONE_US}{GOODBYE}",
        "sms": f"Påminnelse om möte: {SMS_CALL}",
        **WHERE,
    },
    KIND.CANCELLED: {
        "subject": "Möte inställt",
        "body": "Hej!\n\nMötet {day} klockan {start} är inställt. Du behöver inte komma.\n\n"
        f"Har du frågor? Ring {{phone}}.{GOODBYE}",
        "sms": "Mötet {day} kl. {start} är inställt. Frågor? Ring {phone}. {sender}",
    },
    KIND.PROPOSED: {
        "subject": "Vilka tider passar för ett möte?",
        "body": "Hej!\n\nVi vill boka ett möte med dig. Vilka av de här tiderna passar?\n\n{times}\n\n{where}\n\n"
        "Markera dem som passar:\n{link}\n\n"
        f"Du kan också ringa {{phone}}. När alla har svarat får du en kallelse till en av tiderna.{GOODBYE}",
        "sms": "Vi vill boka ett möte. Vilka tider passar? Välj här: {link} Frågor? Ring {phone}. {sender}",
        "time": "{day} klockan {start}–{end}",
        **WHERE,
        "no_place": "Platsen står i kallelsen.",
    },
    KIND.PROPOSAL_ENDED: {
        "subject": "Förslaget på mötestider gäller inte längre",
        "body": "Hej!\n\nVi frågade vilka tider som passar dig för ett möte. Det förslaget gäller inte längre, och du "
        f"behöver inte svara. Vi hör av oss.\n\nHar du frågor? Ring {{phone}}.{GOODBYE}",
        "sms": "Du behöver inte längre svara om mötestider. Vi hör av oss. Frågor? Ring {phone}. {sender}",
    },
    KIND.ANSWER_PAGE: {
        "heading": "Ditt möte",
        "time": "{day} klockan {start}–{end}",
        **ABOUT,
        "no_place": "Platsen visas inte här. Ring om du är osäker.",
        "moved": "Mötet har fått en ny tid. Du har fått en ny kallelse, och svarar med länken i den.",
        "cancelled": "Mötet {day} klockan {start} är inställt. Du behöver inte komma.",
        "over": "Det här mötet är avslutat.",
        "ask": "Kommer du?",
        **ANSWER,
        "choose": "Välj ett av svaren.",
        "said_coming": "Tack. Du har svarat att du kommer.",
        "said_new_time": "Tack. Du har svarat att du behöver en ny tid. Vi hör av oss.",
        "said_not_coming": "Tack för att du sade till. Du har svarat att du inte kommer.",
        "coming": "Jag kommer",
        "new_time": "Jag behöver en ny tid",
        "not_coming": "Jag kan inte komma",
    },
    KIND.CHOOSE_PAGE: {
        "heading": "Vilka tider passar?",
        "ask": "Vi söker en tid för ett möte. Markera alla tider som passar dig, så väljer vi en av dem och skickar en "
        "kallelse.",
        **ABOUT,
        "no_place": "Platsen står i kallelsen.",
        **ANSWER,
        "choose": "Markera de tider som passar, eller att ingen av dem gör det.",
        "said_some": "Tack, ditt svar är sparat. Du får en kallelse när tiden är bestämd.",
        "said_none": "Tack, vi vet att ingen av tiderna passar. Vi hör av oss.",
        "legend": "Tider som passar mig",
        "time": "{day} klockan {start}–{end}",
        "none": "Ingen av tiderna passar",
        "taken": "Inte ledig längre: {day} klockan {start}",
        "send": "Skicka svar",
        "send_again": "Ändra svaret",
    },
}
