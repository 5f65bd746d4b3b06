"""The rows of each case, drawn from one random generator: nothing here reads the clock or the database."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone
from psycopg.types.multirange import Multirange
from psycopg.types.range import DateRange, TimestamptzRange

from benchmarks.volume import skewed
from benchmarks.volume.town import FAMILY, GIVEN
from cases.identity import IdentityKind, IdentityNumber
from cases.models import Category, Individual
from cases.rules import case_number

OPENED_WITHIN = 730
SHARE_CLOSED, SHARE_BOOKED, SHARE_ENDED_GRANTS, SHARE_OWN_MATTER = 0.20, 0.10, 0.03, 0.15
DECLINED, WITHDRAWN, EXPIRED, GAP = 0.08, 0.06, 0.12, 0.08


@dataclass
class Numbers:
    """The primary keys that other rows point at, taken in order."""

    household: int
    application: int
    consent: int
    meeting: int


@dataclass
class Rows:
    """One list per table, in the order the tables are loaded."""

    of: dict[str, list] = field(default_factory=lambda: defaultdict(list))


class Lives:
    """Draws one case at a time."""

    def __init__(self, volume, town, today, view_case, rule, numbers):
        self.volume, self.town, self.today = volume, town, today
        self.view_case, self.rule, self.numbers = view_case, rule, numbers
        self.draw = Random(volume.seed)
        self.series = defaultdict(int)
        self.booked = defaultdict(int)
        self.granted = 0

    def live(self, index, rows):
        """Adds the rows of case number `index`."""
        draw, numbers = self.draw, self.numbers
        numbers.household += 1
        numbers.application += 1
        case_id = UUID(int=draw.getrandbits(128), version=4)
        lead = draw.choice(self.town[skewed(draw, len(self.town))])
        opened = self.today - timedelta(days=draw.randrange(OPENED_WITHIN))
        closed = opened + (self.today - opened) * draw.random() if draw.random() < SHARE_CLOSED else None
        partners = self._partners(lead)
        workers = self._workers([lead, *partners], index)
        self._person_and_case(rows, case_id, index, lead, workers[0][0], opened, closed)
        self._grants(rows, case_id, opened, [lead, *partners], workers)
        self._consents(rows, case_id, lead, workers[0][0], opened, partners)
        if closed is None and draw.random() < SHARE_BOOKED:
            self._meeting(rows, case_id, lead, workers[0][0])
        return case_id

    def _partners(self, lead):
        wanted = self.draw.choices([0, 1, 2], [0.15, 0.25, 0.60])[0]
        found = {}
        for _ in range(wanted):
            partner = self.draw.choice(self.town[skewed(self.draw, len(self.town))])
            if partner.organisation != lead.organisation:
                found[partner.organisation] = partner
        return list(found.values())

    def _workers(self, places, index):
        """(user, organisation): one from each place, then more until the number of grants is right."""
        draw, volume = self.draw, self.volume
        wanted = volume.grants * (index + 1) // volume.cases - self.granted
        chosen = {place.workers[skewed(draw, len(place.workers))]: place.organisation for place in places}
        free = sum(len(place.workers) for place in places)
        while len(chosen) < min(wanted, free):
            place = draw.choice(places)
            chosen.setdefault(place.workers[skewed(draw, len(place.workers))], place.organisation)
        self.granted += len(chosen)
        return list(chosen.items())

    def _person_and_case(self, rows, case_id, index, lead, worker, opened, closed):
        draw, numbers = self.draw, self.numbers
        person = Individual(id=UUID(int=draw.getrandbits(128), version=4))
        person.identity = IdentityNumber(IdentityKind.LOCAL_TEMPORARY, f"T{index:07d}")
        given, family = draw.choice(GIVEN), draw.choice(FAMILY)
        born = self.today - timedelta(days=draw.randrange(18 * 365, 64 * 365))
        sex = draw.choice(["woman", "man"])
        tongue = "arabiska" if draw.random() < 0.2 else ""
        sealed = person.identity_kind, bytes(person.identity_sealed), person.identity_index
        rows.of["household"].append((numbers.household,))
        rows.of["individual"].append(
            (person.pk, lead.organisation, numbers.household, given, family, *sealed, born, sex, tongue)
        )
        rows.of["application"].append((numbers.application, lead.organisation, numbers.household, opened, worker))
        self.series[lead.municipality, opened.year] += 1
        number = case_number(opened.year, self.series[lead.municipality, opened.year])
        next_on = closed or self.today + timedelta(days=draw.randrange(-30, 90))
        place = lead.organisation, lead.unit, lead.municipality
        priority = draw.choice([1, 2, 3])
        rows.of["case"].append(
            (case_id, number, person.pk, numbers.application, *place, priority, priority, next_on, opened, closed)
        )
        met = opened + timedelta(days=draw.randrange(3, 20)) if draw.random() < 0.85 else None
        rows.of["deadline"].append((case_id, lead.organisation, self.rule, opened, opened + timedelta(days=14), met))

    def _grants(self, rows, case_id, opened, places, workers):
        answered = set()
        for user, organisation in workers:
            ended = self.draw.random() < SHARE_ENDED_GRANTS and opened < self.today
            until = self.today - timedelta(days=1) if ended else None
            first = organisation not in answered and not ended
            answered.add(organisation)
            rows.of["grant"].append((case_id, user, self.view_case, opened, until, first))
        for place in places:
            rows.of["unit_grant"].append((case_id, place.group, self.view_case, opened))

    def _consents(self, rows, case_id, lead, worker, opened, partners):
        if not partners:
            return
        draw = self.draw
        for partner in partners:
            rows.of["party"].append((case_id, partner.organisation, draw.random() < SHARE_OWN_MATTER, opened))
        for answer, since, until, withdrawn in self._answers(opened):
            self._consent(rows, case_id, lead, worker, partners, answer, since, until, withdrawn)

    def _answers(self, opened):
        """(answer, first day, last day, day of withdrawal): a no, a withdrawal, a run-out, two with a gap, or one."""
        today, kind = self.today, self.draw.random()
        days = timedelta(days=1)
        late = today + self.draw.randrange(1, 300) * days
        if kind < DECLINED:
            return [("declined", opened, late, None)]
        if kind < DECLINED + WITHDRAWN:
            return [("given", opened, late, min(today, opened + self.draw.randrange(60) * days))]
        if opened >= today:
            return [("given", opened, late, None)]
        if kind < DECLINED + WITHDRAWN + EXPIRED:
            return [("given", opened, max(opened, today - self.draw.randrange(1, 60) * days), None)]
        if kind < DECLINED + WITHDRAWN + EXPIRED + GAP:
            first = opened + (today - opened) * self.draw.random()
            again = first + self.draw.randrange(10, 60) * days
            return [("given", opened, first, None), ("given", again, max(late, again), None)]
        return [("given", opened, late, None)]

    def _consent(self, rows, case_id, lead, worker, partners, answer, since, until, withdrawn):
        """Days are kept as the use cases keep them: none after the day of withdrawal, which itself is closed."""
        draw, numbers = self.draw, self.numbers
        numbers.consent += 1
        categories = [str(c) for c in Category.ordinary() if c == Category.PLAN or draw.random() < 0.7]
        gone = withdrawn and timezone.make_aware(datetime.combine(withdrawn, time(12)))
        who = worker, gone, worker if gone else None
        rows.of["consent"].append(
            (numbers.consent, case_id, lead.organisation, categories, answer, since, since, until, *who)
        )
        for partner in partners:
            rows.of["receiver"].append((numbers.consent, partner.organisation))
            if answer == "given":
                days = Multirange([DateRange(since, withdrawn or until + timedelta(days=1))])
                rows.of["disclosure"] += [
                    (case_id, lead.organisation, partner.organisation, c, days, numbers.consent) for c in categories
                ]

    def _meeting(self, rows, case_id, lead, worker):
        """The next free of a worker's four times a day, from tomorrow."""
        numbers = self.numbers
        numbers.meeting += 1
        place = self.booked[worker]
        self.booked[worker] += 1
        day = datetime.combine(self.today + timedelta(days=1 + place // 4), time(9 + 2 * (place % 4)))
        begins = timezone.make_aware(day)
        ends = begins + timedelta(minutes=75)
        during = TimestamptzRange(begins, ends)
        uid = UUID(int=self.draw.getrandbits(128), version=4)
        rows.of["meeting"].append((numbers.meeting, case_id, lead.organisation, begins, ends, during, uid, worker))
        rows.of["participant"].append((numbers.meeting, "case_worker", worker, lead.organisation, during))
