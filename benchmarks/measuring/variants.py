"""Ways to fetch a page and to count, all under the same rule: ours, hand-written bounds, and guardian's shortcut."""

from django.db.models import Exists, OuterRef, Q
from guardian.shortcuts import get_objects_for_user

from accounts.models import User
from benchmarks.measuring.readers import PAGE, START
from benchmarks.measuring.statements import bare, caught, read_floor
from cases.models import Case, CaseParty
from consent.models import CaseGrant, Disclosure

FLOOR = read_floor()
W2, W1, BOUND_B = "gate.next_cases (W2)", "gate.cases (W1)", "gräns B: handskriven med projektion"
A_UNION, A_WALK = "gräns A: handskriven, union först", "gräns A: handskriven, längs indexet"
NO_ACCESS, GUARDIAN = "samma rader utan behörighet", "guardian get_objects_for_user"
CAPPED, W1_COUNT, B_COUNT, A_COUNT = "gate.counted", "gate.cases().count", "gräns B, alla", "gräns A, alla"


def pages(reader, page):
    """{variant: function that sends its statements and returns rows}; the case's id is the first column."""
    after, gate = reader.after(page), reader.gate
    after_on, after_id = after or START
    params = reader.params | {"after_on": after_on, "after_id": after_id, "page": reader.expected(page)}
    listed = slice(PAGE * (page - 1), PAGE * page)
    ours = {
        W2: caught(lambda: list(gate.next_cases(after=after and after[1], size=PAGE).for_list())),
        W1: caught(lambda: list(gate.cases().open().for_list().by_next_date()[listed])),
        GUARDIAN: caught(lambda: list(_from(by_guardian(reader), after).for_list().by_next_date()[:PAGE])),
    }
    floors = {BOUND_B: "bound_b_page", A_UNION: "bound_a_union_page", A_WALK: "bound_a_walk_page"}
    floors[NO_ACCESS] = "no_access_control_page"
    return {name: bare(statements) for name, statements in ours.items()} | {
        name: bare([(FLOOR[part], params)]) for name, part in floors.items()
    }


def counts(reader):
    gate, params = reader.gate, reader.params
    ours = {
        CAPPED: caught(lambda: User.objects.filter(pk=reader.user.pk).values_list(gate.counted()).get()),
        W1_COUNT: caught(lambda: gate.cases().open().count()),
        GUARDIAN: caught(lambda: by_guardian(reader).count()),
    }
    floors = {B_COUNT: "bound_b_count", A_COUNT: "bound_a_count"}
    return {name: bare(statements) for name, statements in ours.items()} | {
        name: bare([(FLOOR[part], params)]) for name, part in floors.items()
    }


def filtered(reader):
    """One filter beyond the rule, by our queryset and by guardian's: (ours, guardian's)."""
    chosen = Q(priority=2)
    ours = caught(lambda: list(reader.gate.cases().open().filter(chosen).for_list().by_next_date()[:PAGE]))
    theirs = caught(lambda: list(by_guardian(reader).filter(chosen).for_list().by_next_date()[:PAGE]))
    return {W1: bare(ours), GUARDIAN: bare(theirs)}


def by_guardian(reader):
    """The shortcut as its manual says it, and beside it what it cannot know: consent, and grants that have ended."""
    organisation, day = reader.gate.organisation, reader.gate.day
    own = CaseParty.objects.filter(Q(until=None) | Q(until__gte=day), case=OuterRef("pk"), since__lte=day)
    told = Disclosure.objects.in_force(day).filter(case=OuterRef("pk"), recipient=organisation)
    allowed = Q(organisation=organisation) | Exists(own.filter(own_matter=True, organisation=organisation))
    granted = get_objects_for_user(
        reader.user, "cases.view_case", Case, with_superuser=False, accept_global_perms=False
    )
    ended = CaseGrant.objects.filter(content_object=OuterRef("pk"), user=reader.user, until__lt=day)
    return granted.open().filter(allowed | Exists(told), ~Exists(ended))


def _from(cases, after):
    if after is None:
        return cases
    return cases.filter(Q(next_on__gt=after[0]) | Q(next_on=after[0], pk__gt=after[1]), next_on__gte=after[0])
