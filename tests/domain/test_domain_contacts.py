"""Phones, credit codes and idempotency keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from server.domain.credit_code import clean_credit_code
from server.domain.errors import (
    CreditCodeInvalid,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    PhoneInvalid,
)
from server.domain.idempotency import check_key
from server.domain.phone import clean_contact_phone, clean_phone, mask_phone

CREDIT_CODE = "91110000600037341L"


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        " 138 1234 5678 ",
        "138-1234-5678",
        "+8613812345678",
        "008613812345678",
        "\uff11\uff13\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
    ],
)
def test_mobile_number_may_be_typed_loosely(text: str) -> None:
    assert clean_phone(text) == "13812345678"


@pytest.mark.parametrize(
    "text",
    ["", "1381234567", "138123456789", "12812345678", "0349-2026789", "一三八", "١٣٨١٢٣٤٥٦٧٨"],
)
def test_what_is_no_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(PhoneInvalid):
        clean_phone(text)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13812345678", "13812345678"),
        ("03492026789", "0349-2026789"),
        ("0349-2026789", "0349-2026789"),
        ("(0349)2026789", "0349-2026789"),
        ("010-62345678", "010-62345678"),
        ("0349-2026789转801", "0349-2026789-801"),
        ("0349-2026789-801", "0349-2026789-801"),
        ("400-123-4567", "400-123-4567"),
        ("2026789", "2026789"),
        ("12333", "12333"),
        ("12345", "12345"),
    ],
)
def test_contact_may_be_a_landline_or_a_hotline(text: str, phone: str) -> None:
    assert clean_contact_phone(text) == phone


@pytest.mark.parametrize("text", ["", "0349", "1", "0349-20267", "打我电话", "13812345678-801"])
def test_what_is_no_contact_number_is_refused(text: str) -> None:
    with pytest.raises(PhoneInvalid):
        clean_contact_phone(text)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_mask_of_a_mobile_hides_the_four_in_the_middle(phone: str) -> None:
    assert mask_phone(phone) == f"{phone[:3]}****{phone[-4:]}"


@given(st.from_regex(r"0[0-9]{2,3}-[2-8][0-9]{6,7}", fullmatch=True))
def test_mask_of_a_landline_shows_two_digits(phone: str) -> None:
    assert mask_phone(phone) == "*" * (len(phone) - 2) + phone[-2:]


@pytest.mark.parametrize("text", [CREDIT_CODE, CREDIT_CODE.lower(), "9 1 110000 600037341L"])
def test_credit_code_may_be_typed_loosely(text: str) -> None:
    assert clean_credit_code(text) == CREDIT_CODE


def test_village_collective_has_a_valid_credit_code() -> None:
    first17 = "N2140602MF1234567"
    code = first17 + uscc.calc_check_digit(first17)
    assert clean_credit_code(code) == code


@pytest.mark.parametrize(
    "text",
    ["", "91110000600037341", "91110000600037341M", "9111000060003734IL", "A111000O600037341L"],
)
def test_wrong_credit_code_is_refused(text: str) -> None:
    with pytest.raises(CreditCodeInvalid):
        clean_credit_code(text)


@pytest.mark.parametrize("key", ["a1b2c3d4", "A_-9" * 20])
def test_key_of_the_agreed_form_is_given_back(key: str) -> None:
    assert check_key(key) == key


@pytest.mark.parametrize("key", [None, ""])
def test_missing_key_is_told_apart(key: str | None) -> None:
    with pytest.raises(IdempotencyKeyMissing):
        check_key(key)


@pytest.mark.parametrize("key", ["short", "a" * 81, "has space", "newline1\n", "键键键键键键键键"])
def test_key_of_another_form_is_refused(key: str) -> None:
    with pytest.raises(IdempotencyKeyInvalid):
        check_key(key)
