"""A need speaks of what is missing, never of who lacks it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from needs.rules import answer_due_on, check_anonymous, next_level


@pytest.mark.parametrize(
    "text", ["19950106-2385", "950106-2385", "199501062385", "För 950106+2385 saknas", "070123 4567"]
)
def test_an_identity_number_is_refused(text):
    with pytest.raises(ValidationError, match="personnummer"):
        check_anonymous(text)


@pytest.mark.parametrize("text", ["Amina behöver", "aminas barn", "barnomsorg åt HASSAN", "Åt Amina-Li"])
def test_the_persons_own_names_are_refused(text):
    with pytest.raises(ValidationError, match="Ta bort namnet"):
        check_anonymous(text, ["Amina", "Hassan"])


@pytest.mark.parametrize(
    "text", ["Praktik 2026-2027 för 12 personer", "Barnomsorg 06.00–22.00", "Laminat", "", "12345"]
)
def test_an_ordinary_description_passes(text):
    check_anonymous(text, ["Amina", "Li"])


def test_levels_climb_to_the_top_and_stop():
    assert [next_level(x) for x in ("unit", "caseworker_group", "steering_group", "association")] == [
        "caseworker_group",
        "steering_group",
        "association",
        None,
    ]


def test_an_answer_is_due_in_thirty_days():
    assert answer_due_on(date(2026, 11, 24)) == date(2026, 12, 24)
