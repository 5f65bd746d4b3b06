"""What happened to whom in the demo: told by hand for each state worth seeing, drawn from a fixed seed for the rest."""

import random
from dataclasses import dataclass, field, replace
from pathlib import Path

from cases.models import ExitReason

SEED = 20260412
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Story:
    """One case. `…_ago` counts days back from today, `…_after` days after the application came in."""

    given_name: str
    family_name: str
    woman: bool
    received_ago: int
    born_between: tuple[int, int] = (1976, 2002)
    coordination_number: bool = False
    temporary_number: str = ""
    workers: tuple[str, ...] = ("maria", "per")
    pes_ago: int | None = None
    known: bool = False
    children: int = 0
    interpreter: str = ""
    support_needs: tuple[str, ...] = ()
    protection: str = "none"
    groups: tuple[str, ...] = ("unemployed_with_assistance",)
    consent: str = "given"  # given, declined, withdrawn, missing, expiring, own_matter
    assessed: bool = True
    met_after: int | None = None
    booked_in: int | None = None
    no_show_after: int | None = None
    hold: tuple[str, str] | None = None
    goal: str = ""
    goal_type: str = "work"
    milestones: int = 0
    agreed: bool = True
    follow_ups_ago: tuple[int, ...] = ()
    exit: str = ""
    exit_ago: int = 0
    need: str = ""
    referral: bool = False
    shares_application_with: str = ""
    unassigned: bool = False
    note: str = ""
    extra: dict = field(default_factory=dict)


BY_HAND = [
    Story(
        "Amina",
        "Hassan",
        True,
        12,
        born_between=(1992, 1992),
        workers=("maria", "per", "sofia"),
        pes_ago=10,
        children=2,
        interpreter="somaliska",
        groups=("unemployed_with_assistance", "family_with_children"),
        booked_in=0,
        goal="Jobba som barnskötare och klara min egen försörjning",
        milestones=4,
        agreed=False,
        need="childcare",
        note="Vill gärna ha möten på förmiddagen.",
    ),
    Story(
        "Samir",
        "Aziz",
        False,
        13,
        workers=("maria",),
        consent="missing",
        children=1,
        groups=("unemployed_with_assistance", "family_with_children"),
        assessed=False,
    ),
    Story("Linnea", "Krok", True, 10, born_between=(2002, 2004), workers=("maria", "per"), pes_ago=12, assessed=False),
    Story("Tomasz", "Wolny", False, 5, workers=("maria", "per"), interpreter="polska", booked_in=4),
    Story(
        "Jonas",
        "Edh",
        False,
        180,
        workers=("maria", "per"),
        met_after=9,
        goal="Läsa in betygen och bli undersköterska",
        goal_type="studies",
        milestones=4,
        follow_ups_ago=(90, 11),
        need="education",
    ),
    Story(
        "Eva",
        "Sand",
        True,
        330,
        born_between=(1968, 1975),
        workers=("maria", "eva"),
        consent="expiring",
        met_after=12,
        goal="Hitta ett arbete som kroppen klarar",
        milestones=3,
        follow_ups_ago=(200, 70),
    ),
    Story(
        "Rashid",
        "Mire",
        False,
        95,
        workers=("maria", "per"),
        interpreter="somaliska",
        met_after=14,
        no_show_after=8,
        goal="Köra buss i Sörmland",
        milestones=3,
        follow_ups_ago=(40,),
    ),
    Story(
        "Berit",
        "Frid",
        True,
        120,
        born_between=(1964, 1972),
        workers=("maria",),
        consent="declined",
        met_after=7,
        goal="Komma tillbaka till köksarbete",
        milestones=2,
        known=True,
    ),
    Story(
        "Milan",
        "Petrov",
        False,
        150,
        workers=("maria", "per", "sofia"),
        consent="withdrawn",
        met_after=10,
        goal="Starta cykelverkstad",
        goal_type="own_business",
        milestones=2,
    ),
    Story(
        "Disa",
        "Ö",
        True,
        60,
        workers=("maria", "per"),
        protection="protected_registration",
        met_after=6,
        goal="Arbeta på lager",
        milestones=2,
        support_needs=("companion",),
    ),
    Story(
        "Hodan",
        "Warsame",
        True,
        75,
        workers=("maria", "sofia"),
        interpreter="somaliska",
        children=3,
        met_after=21,
        hold=("no_interpreter", "Ingen tolk gick att få före den 20."),
        goal="Lära mig svenska till SFI D",
        milestones=3,
        groups=("unemployed_with_assistance", "family_with_children"),
        need="language",
    ),
    Story("Nils", "Grip", False, 80, workers=("maria", "per"), met_after=19, goal="Arbeta i skogen igen", milestones=2),
    Story(
        "Ture",
        "Alm",
        False,
        22,
        workers=("maria",),
        consent="missing",
        hold=("not_reached", "Tre samtal och ett brev utan svar."),
        assessed=False,
    ),
    Story("Wilma", "Rask", True, 19, born_between=(2001, 2004), workers=("maria", "per"), assessed=False),
    Story(
        "Farid",
        "Noori",
        False,
        40,
        workers=("maria", "per"),
        interpreter="dari",
        met_after=11,
        children=2,
        goal="Bli snickare",
        milestones=3,
        groups=("unemployed_with_assistance", "family_with_children"),
    ),
    Story(
        "Zahra",
        "Noori",
        True,
        40,
        workers=("maria", "sofia"),
        interpreter="dari",
        met_after=13,
        children=2,
        goal="Sy och laga kläder som arbete",
        milestones=2,
        shares_application_with="Farid",
        groups=("unemployed_with_assistance", "family_with_children"),
    ),
    Story(
        "Kjell",
        "Modig",
        False,
        210,
        workers=("maria", "tomas"),
        met_after=8,
        referral=True,
        born_between=(1965, 1972),
        goal="Få en daglig sysselsättning som passar",
        milestones=2,
        follow_ups_ago=(100,),
        need="daily_activity",
        groups=("unemployed_with_assistance", "zero_sgi", "long_term_assistance"),
    ),
    Story(
        "Sara",
        "Blid",
        True,
        140,
        workers=("elin", "per"),
        consent="own_matter",
        met_after=9,
        goal="Arbeta i butik",
        milestones=2,
    ),
    Story(
        "Olga",
        "Koval",
        True,
        8,
        workers=("elin", "nadja"),
        coordination_number=True,
        interpreter="ukrainska",
        booked_in=3,
    ),
    Story(
        "Adnan",
        "Karim",
        False,
        4,
        workers=("johan",),
        temporary_number="FLEN-26-017",
        interpreter="arabiska",
        consent="missing",
        assessed=False,
    ),
    Story("Ronja", "Hav", True, 1, workers=(), unassigned=True, consent="missing", assessed=False),
    Story(
        "Alex",
        "Strid",
        False,
        2,
        workers=(),
        unassigned=True,
        consent="missing",
        assessed=False,
        interpreter="tigrinja",
    ),
    Story("Gun", "Lake", True, 3, workers=(), unassigned=True, consent="missing", assessed=False),
    Story("Isak", "Torn", False, 0, workers=(), unassigned=True, consent="missing", assessed=False, known=True),
]

WOMEN = """
Alva Beata Cajsa Dagny Ebba Fatima Greta Hanna Iman Jasmin Kerstin Layla
Maja Nora Olivia Pia Rut Saga Tove Ulla Vera Ylva Amal Ester
""".split()
MEN = """
Albin Bosse Carl David Erik Filip Gustav Hugo Ivar Jamal Kalle Leo
Magnus Noah Omar Pelle Rune Said Tage Urban Viktor Yusuf Åke Östen
""".split()
FAMILY = """
Alnäs Björkas Dalmark Ekholt Fårviken Granåsen Hedmyr Islund Järvmo Källby Lövgård Mossberg
Norrvik Olsmyr Pilmark Rosmo Stenås Tallmo Ulvsjö Vingåker Åkvist Ängmark Öberget Yngve
""".split()
GOALS = [
    ("Arbeta i hemtjänsten", "work"),
    ("Bli klar med gymnasiet på Komvux", "studies"),
    ("Köra lastbil", "work"),
    ("Arbeta på kontor igen", "work"),
    ("Praktik i trädgård", "practice"),
    ("Lära mig svenska och arbeta i kök", "work"),
    ("Bli elektriker", "studies"),
    ("Arbeta deltid så mycket jag orkar", "work"),
    ("Eget företag i städ", "own_business"),
]
EXITS = (
    [ExitReason.WORK] * 5
    + [ExitReason.STUDIES] * 4
    + [ExitReason.PES_PROGRAMME] * 3
    + [ExitReason.LONG_TERM_SUPPORT] * 4
    + [ExitReason.MOVED] * 2
    + [ExitReason.OTHER_BENEFIT]
)
LANGUAGES = ["", "", "", "", "", "somaliska", "arabiska", "dari"]
PAIRS = [
    ("maria", "per"),
    ("elin", "per"),
    ("elin", "nadja"),
    ("johan", "nadja"),
    ("johan", "sofia"),
    ("elin", "tomas"),
    ("johan", "per", "sofia"),
]


def stories(total=120):
    """The hand-told ones, then as many drawn ones as are missing; the same every time."""
    rng = random.Random(SEED)  # noqa: S311
    drawn = total - len(BY_HAND)
    ages = sorted((rng.randint(16, 425) for _ in range(drawn)), reverse=True)
    return [*BY_HAND, *(_drawn(rng, number, ago, ago / 425) for number, ago in enumerate(ages))]


def _drawn(rng, number, ago, age):
    """Older cases met the promise less often: the work got better over the year."""
    woman = rng.random() < 0.52
    children = rng.choice([0, 0, 0, 1, 2, 3])
    goal, goal_type = rng.choice(GOALS)
    story = Story(
        given_name=(WOMEN if woman else MEN)[number % 24],
        family_name=FAMILY[(number * 7 + number // 24) % 24],
        woman=woman,
        received_ago=ago,
        workers=rng.choice(PAIRS),
        pes_ago=ago + rng.randint(-2, 3) if rng.random() < 0.4 and ago > 20 else None,
        known=rng.random() < 0.45,
        children=children,
        interpreter=rng.choice(LANGUAGES),
        groups=("unemployed_with_assistance", *(("family_with_children",) if children else ())),
        consent=rng.choices(["given", "declined"], [12, 1])[0],
        goal=goal,
        goal_type=goal_type,
        milestones=rng.randint(1, 4),
        need=rng.choice(["", "", "", "placement_place", "daily_activity"]),
    )
    in_time = rng.random() < 0.88 - 0.3 * age
    after = rng.randint(4, 14) if in_time else rng.randint(15, 34)
    if after >= ago:
        return replace(story, goal="", milestones=0)
    hold = None if in_time or rng.random() < 0.4 else rng.choice(HOLDS)
    story = replace(story, met_after=after, hold=hold, follow_ups_ago=tuple(d for d in (ago - 80, ago - 170) if d > 5))
    if rng.random() < 0.15 + 0.55 * age and ago > 60:
        story = replace(story, exit=rng.choice(EXITS), exit_ago=rng.randint(3, ago - 50), follow_ups_ago=())
    return story


HOLDS = [
    ("ill", "Personen var sjuk i två veckor."),
    ("asked_for_later", "Ville vänta tills barnen var tillbaka i skolan."),
    ("no_free_slot", "Ingen gemensam tid fanns hos IFO och AF."),
    ("no_interpreter", "Tolken fick förhinder."),
]


class Numbers:
    """Published test numbers, each given to one demo person. Nothing random: the file's order decides."""

    def __init__(self):
        self._personal = (HERE / "personnummer.txt").read_text().split()
        self._coordination = (HERE / "samordningsnummer.txt").read_text().split()

    def draw(self, story):
        if story.temporary_number:
            return story.temporary_number
        pool = self._coordination if story.coordination_number else self._personal
        first, last = story.born_between if not story.coordination_number else (1900, 2020)
        number = next(n for n in pool if first <= int(n[:4]) <= last and (int(n[10]) % 2 == 0) == story.woman)
        pool.remove(number)
        return number
