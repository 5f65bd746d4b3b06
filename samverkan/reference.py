"""Rows that every installation starts with. Never changes a row that is already there."""

from datetime import date

from django.utils import timezone

from accounts.models import ConductText, Municipality, Organisation, Role
from actionplans.models import PlanTemplate
from cases.models import AssessmentTemplate, DeadlineRule
from consent.models import ConsentText, Statute
from samverkan.consent_texts import CONSENT_TEXTS

MUNICIPALITIES = {"0482": "Flen", "1083": "Sölvesborg", "1484": "Lysekil", "1760": "Storfors", "1782": "Filipstad"}
LADDER = {5: Role.CASE_WORKER, 9: Role.COORDINATOR, 12: Role.PROJECT_LEAD, 15: Role.PROJECT_LEAD}
LONG_AGO = date(2000, 1, 1)

# Promises with a day of their own: their length when nobody chose a day, and their ladder counted from that day.
DATED_PROMISES = {
    DeadlineRule.Code.MILESTONE_REVIEW: (30, {-3: Role.CASE_WORKER, 7: Role.COORDINATOR}),
    DeadlineRule.Code.AFTER_FOLLOW_UP: (90, {0: Role.CASE_WORKER, 14: Role.COORDINATOR}),
    DeadlineRule.Code.REFERRAL_ANSWER: (14, {1: Role.CASE_WORKER, 5: Role.COORDINATOR}),
    DeadlineRule.Code.NEED_ANSWER: (30, {1: Role.CASE_WORKER, 7: Role.PROJECT_LEAD}),
}

CONDUCT_TEXT = """\
I Samverkan finns uppgifter om människor som har det svårt. De skyddas av sekretess (26 kap. 1 § offentlighets- och \
sekretesslagen) och av lagen om behandling av personuppgifter inom socialtjänsten (SoLPuL).

Jag öppnar bara ärenden som jag arbetar med. Jag tittar inte av nyfikenhet, inte på mig själv, min familj, \
mina vänner eller grannar, och inte heller när jag vill väl.

Jag berättar bara det som personen har samtyckt till, eller som lagen säger att jag ska lämna. \
Tystnadsplikten gäller också när jag har slutat.

Jag skriver sakligt och så att personen själv kan läsa det.

Jag lånar aldrig ut min inloggning, och jag loggar ut eller låser när jag går.

Allt jag öppnar, ändrar och skriver ut står i en logg som ingen kan ändra. Loggen granskas, och personen har rätt \
att få veta vem som har läst. Den som läser utan behov kan göra sig skyldig till dataintrång (4 kap. 9 c § \
brottsbalken).

Gör jag fel, eller ser att något är fel, säger jag det till min chef direkt."""

QUESTIONS = [
    ("work", "Arbete", "Vad har du arbetat med och vad vill du arbeta med?"),
    ("education", "Utbildning", "Vilken utbildning har du, i Sverige och i andra länder?"),
    ("language", "Språk", "Vilka språk talar, läser och skriver du?"),
    ("resources", "Det du kan", "Vad är du bra på?"),
    ("days", "Dagarna", "Vad gör du på dagarna nu?"),
    ("housing", "Boende", "Hur bor du?"),
    ("economy", "Ekonomi", "Finns det skulder eller annat som tynger?"),
    ("family", "Familj", "Vad behöver familjen för att du ska kunna arbeta eller studera?"),
    ("health", "Hälsa", "Är det något med hälsan som vi behöver ta hänsyn till?"),
    ("obstacles", "Hinder", "Vad står i vägen just nu?"),
]

PLAN_TEMPLATES = {
    "Mot arbete": (
        ["work", "own_business"],
        [
            ("Skriva eller uppdatera CV", 14, "individual"),
            ("Gå igenom lediga jobb tillsammans", 30, "employment_service"),
            ("Praktik eller arbetsprövning", 80, "labour_market_unit"),
        ],
    ),
    "Mot studier": (
        ["studies"],
        [
            ("Samla betyg och intyg", 21, "individual"),
            ("Träffa studievägledare", 30, "labour_market_unit"),
            ("Ansöka till utbildningen", 80, "individual"),
        ],
    ),
}


SOCIAL = Organisation.Kind.SOCIAL_SERVICES
# Code, law, what it says, who tells whom, and exactly what (code, words, kind, choices).
STATUTES = [
    (
        "sol-15-11",
        "15 kap. 11 § socialtjänstlagen (2025:400) och 5 § förordningen (2008:975)",
        "Arbetsförmedlingen lämnar socialnämnden de här uppgifterna, på begäran eller när det finns skäl till det.",
        Organisation.Kind.EMPLOYMENT_SERVICE,
        SOCIAL,
        [
            ("identity", "Namn och person- eller samordningsnummer", "flag"),
            ("registered_on", "Inskriven den", "day"),
            ("deregistered_on", "Inte längre inskriven från den", "day"),
            ("unemployment_fund", "Arbetslöshetskassa", "words"),
            ("category", "Anmäld som", "choice", ["öppet arbetslös", "arbetssökande med förhinder", "annan kategori"]),
            ("programme", "Program", "words"),
            ("programme_from", "Program från den", "day"),
            ("programme_to", "Program till den", "day"),
            ("activity_report_on", "Senaste aktivitetsrapporten lämnades den", "day"),
        ],
    ),
    (
        "sol-15-fk",
        "15 kap. 10–12 §§ socialtjänstlagen (2025:400) och 3 § förordningen (2008:975)",
        "Försäkringskassan lämnar socialnämnden de här uppgifterna, på begäran eller när det finns skäl till det.",
        Organisation.Kind.SOCIAL_INSURANCE_AGENCY,
        SOCIAL,
        [
            ("identity", "Namn och person- eller samordningsnummer", "flag"),
            ("applied", "Förmån som personen har ansökt om", "words"),
            ("granted", "Förmån som personen har beviljats", "words"),
            ("period_from", "För tid från den", "day"),
            ("period_to", "För tid till den", "day"),
            ("extent", "Omfattning", "words"),
            ("amount", "Belopp", "words"),
            ("paid_on", "Utbetalas den", "day"),
        ],
    ),
    (
        "sol-15-8",
        "15 kap. 8 § socialtjänstlagen (2025:400)",
        "En socialnämnd lämnar en annan uppgift om att personen är aktuell hos nämnden.",
        SOCIAL,
        SOCIAL,
        [("current", "Personen är aktuell hos nämnden", "flag")],
    ),
]


def load_reference_rows():
    for code, name in MUNICIPALITIES.items():
        Municipality.objects.get_or_create(code=code, defaults={"name": name})
    _load_rule(DeadlineRule.Code.FIRST_MEETING, 14, LADDER, LONG_AGO)
    for code, (days, ladder) in DATED_PROMISES.items():
        _load_rule(code, days, ladder, timezone.localdate())
    _load_consent_texts()
    ConductText.objects.get_or_create(
        version=1,
        defaults={
            "title": "Det här lovar du",
            "body": CONDUCT_TEXT,
            "approved_by": "Samverkan, grundtext",
            "valid_from": LONG_AGO,
        },
    )
    AssessmentTemplate.objects.get_or_create(
        name="Gemensam kartläggning",
        version=1,
        defaults={
            "questions": [{"code": code, "area": area, "text": text} for code, area, text in QUESTIONS],
            "valid_from": LONG_AGO,
        },
    )
    for name, (goal_types, steps) in PLAN_TEMPLATES.items():
        milestones = [{"text": text, "days": days, "kind": kind} for text, days, kind in steps]
        PlanTemplate.objects.get_or_create(name=name, defaults={"goal_types": goal_types, "milestones": milestones})
    _load_statutes()


def _load_statutes():
    for code, name, about, discloser, recipient, facts in STATUTES:
        said = [dict(zip(("code", "label", "kind", "choices"), fact, strict=False)) for fact in facts]
        words = {"name": name, "about": about, "discloser_kind": discloser, "recipient_kind": recipient}
        Statute.objects.get_or_create(code=code, defaults=words | {"facts": said})


def _load_consent_texts():
    for language, easy_read, title, body in CONSENT_TEXTS:
        ConsentText.objects.get_or_create(
            version=1,
            language=language,
            easy_read=easy_read,
            defaults={
                "title": title,
                "body": body,
                "approved_by": "Samverkan, grundtext",
                "approved_at": timezone.now(),
                "valid_from": LONG_AGO,
            },
        )


def _load_rule(code, days, ladder, valid_from):
    """Only where no common rule of that promise was ever made: one that somebody has changed or ended stays so."""
    if not DeadlineRule.objects.filter(code=code, municipality=None).exists():
        rule = DeadlineRule.objects.create(code=code, days=days, valid_from=valid_from)
        for day, role in ladder.items():
            rule.rungs.create(day=day, role=role)
