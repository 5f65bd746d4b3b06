import json
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.identity import KIND_CHOICES, MESSAGES, IdentityKind, IdentityNumber, age_on, has_right_check_digit, parse

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
WRITTEN_FORMS = json.loads((ROOT / "tests/data/identity-number-cases.json").read_text())
PERSONAL = (ROOT / "samverkan/demo/personnummer.txt").read_text().split()
COORDINATION = (ROOT / "samverkan/demo/samordningsnummer.txt").read_text().split()


def code_of(text, **options):
    with pytest.raises(ValidationError) as refused:
        parse(text, **({"today": TODAY} | options))
    return refused.value.code


@pytest.mark.parametrize("case", WRITTEN_FORMS, ids=lambda case: case["separated_long"])
@pytest.mark.parametrize("form", ["long_format", "separated_format", "separated_long", "short_format"])
def test_every_published_form_gives_what_it_must(case, form):
    if not case["valid"]:
        assert code_of(case[form]) in {"wrong_check_digit", "wrong_serial", "blank_inside"}
    elif form == "short_format" and "+" in case["separated_format"]:
        assert parse(case[form], today=TODAY).digits == "20" + case["short_format"]
    else:
        number = parse(case[form], today=TODAY)
        kinds = {"ssn": IdentityKind.PERSONAL_NUMBER, "con": IdentityKind.COORDINATION_NUMBER}
        assert (number.digits, number.kind) == (case["long_format"], kinds[case["type"]])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (None, "empty"),
        (" \u00a0\t", "empty"),
        ("Anna", "letters"),
        ("19880209T050", "letters"),
        ("19920311 2391", "blank_inside"),
        ("19920311\u00a02391", "blank_inside"),
        ("19920311 - 2391", "blank_inside"),
        ("١٩٩٢٠٣١١٢٣٩١", "foreign_digits"),
        ("19920311239²", "foreign_digits"),
        ("１９９２０３１１２３９１", "foreign_digits"),
        ("1992.03.11/2391", "strange_characters"),
        ("1992-03-11-2391", "misplaced_sign"),
        ("199203112-391", "misplaced_sign"),
        ("19920311--2391", "misplaced_sign"),
        ("-199203112391", "misplaced_sign"),
        ("920311", "wrong_length"),
        ("19920311-239", "wrong_length"),
        ("9920311-2391", "wrong_length"),
        ("-", "wrong_length"),
        ("19921311-2391", "impossible_date"),
        ("19920230-2391", "impossible_date"),
        ("19920332-2391", "impossible_date"),
        ("19920300-2391", "impossible_date"),
        ("00000101-2391", "impossible_date"),
        ("19920392-2391", "impossible_date"),
        ("212000-1234", "impossible_date"),
        ("20270101-2391", "future_date"),
        ("261225-2391", "future_date"),
        ("202612612391", "future_date"),
        ("18900101-9802", "too_old"),
        ("900101+9802", "too_old"),
        ("570428-9999", None),
        ("19570428+9999", "plus_sign"),
        ("19920311-0001", "wrong_serial"),
        ("19920311-2392", "wrong_check_digit"),
    ],
)
def test_every_malformed_kind_has_its_own_code(text, code):
    if code is None:
        assert parse(text, today=TODAY).digits == "195704289999"
    else:
        assert code_of(text) == code


def test_every_code_has_a_swedish_sentence():
    for code, sentence in MESSAGES.items():
        error = ValidationError(sentence, code=code, params={"count": 9, "written": "1992-02-30", "year": 1890})
        assert error.messages[0][0].isupper()
        assert error.messages[0].endswith(".")
        assert "%(" not in error.messages[0]


@pytest.mark.parametrize(
    "text",
    [
        "  195704289999 ",
        "\u00a019570428-9999\u00a0",
        "19570428–9999",
        "570428‑9999",
        "570428−9999",
        "\ufeff5704289999\n",
    ],
)
def test_blanks_around_and_other_dashes_are_accepted(text):
    assert parse(text, today=TODAY).digits == "195704289999"


@pytest.mark.parametrize(
    ("text", "today", "digits"),
    [
        ("121212-1212", date(2026, 11, 24), "201212121212"),
        ("121212-1212", date(2011, 12, 12), "191212121212"),
        ("121212+1212", date(2026, 11, 24), "191212121212"),
        ("121212+1212", date(2012, 1, 1), "191212121212"),
    ],
)
def test_the_sign_tells_the_century_from_the_year_one_turns_100(text, today, digits):
    assert parse(text, today=today).digits == digits


def test_a_coordination_number_is_refused_where_a_personal_number_is_asked_for_and_the_reverse():
    assert code_of(COORDINATION[0], kind=IdentityKind.PERSONAL_NUMBER) == "is_coordination_number"
    assert code_of(PERSONAL[0], kind=IdentityKind.COORDINATION_NUMBER) == "is_personal_number"
    assert parse(COORDINATION[0], today=TODAY, kind="coordination_number").kind == IdentityKind.COORDINATION_NUMBER


def test_a_coordination_number_writes_the_birthday_plus_sixty():
    assert parse("19730288-9931", today=TODAY).birth_date == date(1973, 2, 28)


@pytest.mark.parametrize("digits", ["191500722390", "191711602399", "194804912386"])
def test_a_published_coordination_number_may_leave_the_birthday_open(digits):
    assert parse(digits, today=TODAY).birth_date is None


@pytest.mark.parametrize(("text", "stored"), [("t-12", "T-12"), (" 19880209t050 ", "19880209T050"), ("A–1", "A-1")])
def test_a_temporary_number_keeps_its_issuers_form_in_capitals(text, stored):
    number = parse(text, today=TODAY, kind=IdentityKind.LOCAL_TEMPORARY)
    assert (number.digits, number.birth_date, number.pretty) == (stored, None, stored)


@pytest.mark.parametrize("text", ["AB", "A" * 21, "A B1", "Å12", "A_12", "-12", "12-"])
def test_a_temporary_number_of_another_form_is_refused(text):
    assert code_of(text, kind=IdentityKind.LOCAL_TEMPORARY) == "temporary_form"


def test_an_empty_temporary_number_is_called_empty():
    assert code_of("", kind=IdentityKind.LOCAL_TEMPORARY) == "empty"


def test_a_number_is_masked_unless_asked_for():
    number = IdentityNumber(IdentityKind.PERSONAL_NUMBER, "195704289999")
    assert number.masked == "19570428-••••"
    assert number.pretty == "19570428-9999"
    assert "9999" not in f"{number} {number!r}"
    assert IdentityNumber(IdentityKind.LOCAL_TEMPORARY, "T-123").masked == "T-•••"


def test_the_kinds_are_named_in_swedish():
    assert [(value, str(label)) for value, label in KIND_CHOICES] == [
        ("personal_number", "Personnummer"),
        ("coordination_number", "Samordningsnummer"),
        ("local_temporary", "Tillfälligt nummer"),
    ]
    assert str(IdentityKind.LOCAL_TEMPORARY.label) == "Tillfälligt nummer"


def test_age_changes_on_the_birthday():
    assert age_on(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert age_on(date(2000, 2, 29), date(2026, 3, 1)) == 26
    assert age_on(date(2000, 11, 24), TODAY) == 26


@given(digits=st.sampled_from(PERSONAL + COORDINATION))
@settings(deadline=None)
def test_published_test_numbers_survive_every_way_of_writing_them(digits):
    number = parse(digits, today=TODAY)
    assert number.digits == digits
    for written in (number.pretty, digits[2:], f"{digits[2:8]}-{digits[8:]}", f"\u00a0{number.pretty} "):
        assert parse(written, today=TODAY) == number


@given(digits=st.sampled_from(PERSONAL), place=st.integers(0, 9), wrong=st.integers(1, 9))
@settings(deadline=None)
def test_one_wrong_digit_never_passes_the_check_digit(digits, place, wrong):
    short = list(digits[2:])
    short[place] = str((int(short[place]) + wrong) % 10)
    assert not has_right_check_digit("".join(short))


@given(text=st.text(max_size=16) | st.text("0123456789-+ –", max_size=14), kind=st.sampled_from([None, *IdentityKind]))
@settings(deadline=None)
def test_any_text_gives_a_number_or_a_known_refusal(text, kind):
    try:
        number = parse(text, today=TODAY, kind=kind)
    except ValidationError as refusal:
        code = refusal.code
    else:
        code = None
        assert parse(number.digits, today=TODAY, kind=number.kind) == number
    assert code is None or code in MESSAGES


def test_the_demo_numbers_are_spread_over_years_and_birth_numbers():
    assert len(PERSONAL) == len(set(PERSONAL)) == 400
    assert len(COORDINATION) == len(set(COORDINATION)) == 60
    assert {int(digits[:4]) for digits in PERSONAL} == set(range(1958, 2008))
    assert sum(int(digits[10]) % 2 for digits in PERSONAL) == 200
