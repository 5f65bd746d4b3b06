"""Many who write at once: one chain, no gap, no deadlock."""

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from audit import chain, months
from audit.log import Actor, record
from audit.models import Action, Entry, Seal
from cases.models import Case, Note
from tests import casting
from tests.consent.test_races import at_once

WRITERS, EACH = 8, 12

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(reference):
    with transaction.atomic():
        return casting.assemble()


def write_note(cast):
    """A log row, and a row whose foreign key is checked after the log row is sealed."""
    record(Action.CHANGED, actor=Actor(id=cast.anna.pk, name="Anna"))
    Note.objects.create(case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="Samtal", text="Ringde.")


def test_eight_who_write_at_once_make_one_chain(cast):
    def write(number):
        for turn in range(EACH):
            with transaction.atomic():
                if (number + turn) % 3 == 0:
                    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=cast.case.pk)
                write_note(cast)
                record(Action.READ, actor=Actor(id=number))

    before = Entry.objects.count()
    at_once(*[lambda number=number: write(number) for number in range(WRITERS)])
    assert Entry.objects.count() == before + WRITERS * EACH * 2
    numbers = list(Seal.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, Entry.objects.count() + 1))
    assert chain.first_fault([chain.head()], kept_since=months.kept_since(timezone.now())) is None


def commit_beside(cast, **lock):
    """Write while somebody else holds the case: the sealing must not wait for them, who will wait for the seal."""

    def write():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            write_note(cast)

    with transaction.atomic():
        Case.objects.select_for_update(of=("self",), **lock).get(pk=cast.case.pk)
        at_once(write)


def test_whoever_seals_waits_for_nobody(cast):
    commit_beside(cast, no_key=True)
    assert Note.objects.count() == 1


def test_the_control_with_the_stronger_lock_the_one_who_seals_waits(cast):
    with pytest.raises(OperationalError, match="lock timeout"):
        commit_beside(cast)
