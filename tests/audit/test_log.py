"""What the log can tell: a closed list of verbs, each of them written by somebody."""

import re

import pytest

from audit.log import Actor, Subject, record
from audit.models import Action, Entry
from tests.test_architecture import CODE

WRITTEN = {
    name
    for path in CODE
    if path.parts[-2:] != ("audit", "models.py")
    for name in re.findall(r"Action\.([A-Z_]+)", path.read_text())
}


@pytest.mark.parametrize("action", Action)
def test_every_verb_is_written_by_somebody(action):
    assert action.name in WRITTEN


def test_a_row_holds_what_it_was_told_and_the_time_of_the_database(db):
    actor = Actor(7, "Anna Ask", 3, "IFO", "Enhet", "säkerhetsnyckel")
    record(Action.CHANGED, actor=actor, subject=Subject(kind="note", id="5"), ground="tilldelning", request_id="r1")
    row = Entry.objects.get()
    assert (row.actor_id, row.actor_name, row.organisation_id, row.unit_name) == (7, "Anna Ask", 3, "Enhet")
    assert (row.object_kind, row.object_id, row.factor, row.request_id) == ("note", "5", "säkerhetsnyckel", "r1")
    assert (row.case_id, row.case_number) == (None, "")
    assert row.at is not None
