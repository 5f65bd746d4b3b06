"""What happened to whom in the demo: some told by hand, the rest drawn from a fixed seed."""

import random
from dataclasses import replace
from pathlib import Path

from cases.models import ExitReason
from samverkan.demo.by_hand import BY_HAND
from samverkan.demo.story import Story

SEED = 20260412
HERE = Path(__file__).parent


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


LATELY = 18
MEETING_EVERY = 50


def stories(total=120):
    """The hand-told ones and as many drawn ones as are missing, in the order they came in; the same every time."""
    rng = random.Random(SEED)  # noqa: S311
    drawn = total - len(BY_HAND)
    ages = [rng.randint(17, 48) if number < LATELY else rng.randint(30, 425) for number in range(drawn)]
    told = [*BY_HAND, *(_drawn(rng, number, ago, ago / 425) for number, ago in enumerate(ages))]
    return sorted(told, key=lambda story: -story.received_ago)


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
    in_time = rng.random() < 0.92 - 0.3 * age
    after = rng.randint(4, 14) if in_time else rng.randint(15, 34)
    if after >= ago:
        return replace(story, goal="", milestones=0)
    hold = None if in_time or rng.random() < 0.4 else rng.choice(HOLDS)
    follow_ups = tuple(d for d in range(ago - after - MEETING_EVERY, 3, -MEETING_EVERY) if rng.random() < 0.9)
    story = replace(story, met_after=after, hold=hold, follow_ups_ago=follow_ups)
    if rng.random() < 0.15 + 0.55 * age and ago > 60:
        exit_ago = rng.randint(3, ago - 50)
        before = tuple(d for d in follow_ups if d > exit_ago)
        story = replace(story, exit=rng.choice(EXITS), exit_ago=exit_ago, follow_ups_ago=before)
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
