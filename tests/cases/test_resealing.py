"""A change of keys, and that no identity number lies in clear in the database."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from cases.models import Individual
from tests import casting

NEW, OTHER_INDEX = {250: bytes(range(32))}, bytes(range(64, 96))


def digits():
    return {person.pk: person.identity.digits for person in Individual.objects.all()}


def reseal(capsys):
    call_command("reseal_numbers")
    return capsys.readouterr().out.strip()


@pytest.fixture
def people(cast):
    for number in casting.NUMBERS[1:4]:
        casting.individual(cast.ifo, "Ny", "Person", number)
    return digits()


def test_after_resealing_the_old_key_can_be_thrown_away(people, settings, capsys):
    settings.IDENTITY_KEYS = NEW | settings.IDENTITY_KEYS
    assert reseal(capsys) == f"{len(people)} nummer är förslutna på nytt."
    settings.IDENTITY_KEYS = NEW
    assert digits() == people
    assert reseal(capsys) == "Alla nummer har den nya nyckeln."


def test_a_new_index_key_finds_everybody_again(people, settings, capsys):
    settings.IDENTITY_INDEX_KEY = OTHER_INDEX
    wanted = Individual.objects.first()
    assert not Individual.objects.with_number(wanted.identity).exists()
    reseal(capsys)
    assert Individual.objects.with_number(wanted.identity).first() == wanted


def test_a_lost_key_is_said_and_nothing_is_changed(people, settings):
    before = list(Individual.objects.order_by("pk").values_list("identity_sealed", flat=True))
    settings.IDENTITY_KEYS = NEW
    with pytest.raises(CommandError, match="gick inte att öppna"):
        call_command("reseal_numbers")
    assert list(Individual.objects.order_by("pk").values_list("identity_sealed", flat=True)) == before


def tables_with(numbers):
    """Where a number lies in clear, as text or inside bytes, with or without century and hyphen."""
    forms = {form for number in numbers for form in (number, number[2:], f"{number[:8]}-{number[8:]}")}
    patterns = [f"%{found}%" for form in forms for found in (form, form.encode().hex())]
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} each WHERE each::text LIKE ANY (%s)", [patterns])
            found += [table] * cursor.fetchone()[0]
        return found


def test_no_number_lies_in_clear_in_any_table(people, client, cast):
    client.force_login(cast.anna)
    for number in people.values():
        client.post(reverse("desk:search"), {"q": number})
        client.post(reverse("cases:register"), {"number": number})
    client.post(reverse("cases:reveal", args=[cast.case.pk]))
    assert tables_with(people.values()) == []
    Individual.objects.filter(pk=cast.case.individual_id).update(street=people[cast.case.individual_id])
    assert "cases_individual" in tables_with(people.values())
