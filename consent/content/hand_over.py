"""All of a colleague's cases to another: whose may be handed over, and what follows."""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q

from accounts.models import Role, User
from audit.context import beyond
from cases.models import Individual
from consent.models import CaseGrant, CaseScope


@dataclass(frozen=True)
class HandOver:
    """`unseen` are cases the giver is invited to and cannot see yet: moved too, without their numbers.
    `protected` stay. `mark` stands for exactly these, so that what is confirmed is what was shown."""

    moved: tuple[int, ...]
    numbers: tuple[str, ...]
    unseen: int
    protected: tuple[str, ...]

    @property
    def mark(self):
        return sha256(repr(self).encode()).hexdigest()[:16]


def givers(gate):
    """Myself, and as manager my colleagues who have cases, also those who have left."""
    has_cases = Exists(CaseGrant.objects.filter(user=OuterRef("pk"), content_object__closed_on=None))
    mine = User.objects.filter(Q(pk=gate.user.pk) | gate.reach(Role.UNIT_MANAGER) & Q(has_cases))
    with beyond("hand_over"):
        return list(mine.select_related("unit").order_by("family_name", "given_name"))


@beyond("hand_over")
def build_hand_over(gate, giver, day):
    """Assignments to open cases that go on that day or later. Process data only."""
    seen = CaseScope.objects.filter(case=OuterRef("content_object"), scope__user=giver, days__contains=gate.day)
    rows = (
        CaseGrant.objects.filter(user=giver, content_object__closed_on=None, ends_at=None)
        .exclude(until__lt=day)
        .annotate(seen=Exists(seen))
        .order_by("content_object__number", "pk")
        .values_list("pk", "content_object__number", "content_object__individual__protection", "seen")
    )
    free = [row for row in rows if row[2] == Individual.Protection.NONE]
    return HandOver(
        moved=tuple(pk for pk, *_ in free),
        numbers=tuple(number for _, number, _, seen in free if seen),
        unseen=sum(not seen for *_, seen in free),
        protected=tuple(number for _, number, kind, seen in rows if kind != Individual.Protection.NONE and seen),
    )
