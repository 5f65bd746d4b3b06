import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.sealing import SealBroken, blind_index, needs_resealing, new_key, parse_keys, seal, unseal

NUMBER = "195704289999"
OLD, NEW = bytes(range(32)), bytes(range(32, 64))
KEYS = {2: NEW, 1: OLD}
PLACE = "cases_individual.identity_number.41"


def written(key):
    return base64.b64encode(key).decode()


def test_a_sealed_number_is_read_back_at_its_place():
    assert unseal(seal(NUMBER, place=PLACE, keys=KEYS), place=PLACE, keys=KEYS) == NUMBER


def test_the_blob_holds_key_id_nonce_and_a_ciphertext_that_never_repeats():
    first, second = (seal(NUMBER, place=PLACE, keys=KEYS) for _ in range(2))
    assert first[0] == 2
    assert len(first) == 1 + 12 + len(NUMBER) + 16
    assert first != second
    assert NUMBER.encode() not in first


def test_a_blob_swapped_into_another_row_is_refused():
    blob = seal(NUMBER, place=PLACE, keys=KEYS)
    with pytest.raises(SealBroken):
        unseal(blob, place="cases_individual.identity_number.42", keys=KEYS)


def test_rotated_keys_still_read_the_old_and_tell_that_it_should_be_resealed():
    blob = seal(NUMBER, place=PLACE, keys={1: OLD})
    assert unseal(blob, place=PLACE, keys=KEYS) == NUMBER
    assert needs_resealing(blob, keys=KEYS)
    assert not needs_resealing(seal(NUMBER, place=PLACE, keys=KEYS), keys=KEYS)


@pytest.mark.parametrize("keys", [{2: OLD}, {1: NEW}, {9: NEW}])
def test_another_key_or_a_missing_key_id_breaks_the_seal(keys):
    with pytest.raises(SealBroken):
        unseal(seal(NUMBER, place=PLACE, keys={2: NEW}), place=PLACE, keys=keys)


def test_a_database_memoryview_is_read_too():
    assert unseal(memoryview(seal(NUMBER, place=PLACE, keys=KEYS)), place=PLACE, keys=KEYS) == NUMBER


@given(place=st.integers(0, 40), bit=st.integers(0, 7))
@settings(deadline=None)
def test_any_changed_bit_breaks_the_seal(place, bit):
    blob = bytearray(seal(NUMBER, place=PLACE, keys=KEYS))
    blob[place] ^= 1 << bit
    with pytest.raises(SealBroken):
        unseal(bytes(blob), place=PLACE, keys=KEYS)


@pytest.mark.parametrize("blob", [b"", b"\x02", b"\x02" + b"0" * 27])
def test_a_blob_that_is_too_short_breaks_the_seal(blob):
    with pytest.raises(SealBroken):
        unseal(blob, place=PLACE, keys=KEYS)


def test_nothing_is_sealed_without_a_place():
    with pytest.raises(ValueError, match=r"table\.column\.pk"):
        seal(NUMBER, place="", keys=KEYS)


def test_a_broken_seal_does_not_tell_the_number():
    with pytest.raises(SealBroken) as broken:
        unseal(seal(NUMBER, place=PLACE, keys=KEYS), place="elsewhere", keys=KEYS)
    assert NUMBER not in str(broken.value)


def test_the_index_is_keyed():
    assert len(blind_index(NUMBER, OLD)) == 32
    assert blind_index(NUMBER, OLD) != blind_index(NUMBER, NEW)


def test_the_index_does_not_care_how_the_number_is_written():
    assert blind_index("19570428-9999", OLD) == blind_index(" 195704289999 ", OLD) == blind_index(NUMBER, OLD)
    assert blind_index("t-12", OLD) == blind_index("T-12", OLD)
    assert blind_index("T-12", OLD) != blind_index("T12", OLD)


def test_the_index_refuses_a_short_key():
    with pytest.raises(ValueError, match="32 bytes"):
        blind_index(NUMBER, b"short")


def test_keys_are_read_with_the_first_one_current():
    assert list(parse_keys(f"2:{written(NEW)}, 1:{written(OLD)}").items()) == [(2, NEW), (1, OLD)]


def test_a_new_key_can_be_read():
    assert len(parse_keys(f"1:{new_key()}")[1]) == 32


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",",
        written(OLD),
        f"0:{written(OLD)}",
        f"256:{written(OLD)}",
        f"a:{written(OLD)}",
        "1:abc",
        "1:åäö=",
        "1:YWJj",
        f"1:{written(OLD)},1:{written(NEW)}",
    ],
)
def test_a_key_of_another_form_is_refused_without_being_shown(text):
    with pytest.raises(ValueError, match=r"[Kk]ey") as refused:
        parse_keys(text)
    assert written(OLD) not in str(refused.value)
