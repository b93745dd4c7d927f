"""The 256 bytes of a card's text, built here by absolute offsets and read by the product."""

import unicodedata
from datetime import date

import pytest

from kiosk.agent.reader import CardKind, CardNeedsClerk, CardRead, ClerkReason
from kiosk.agent.reader.text import encode_text, parse_text, text_block

RESIDENT = {
    0: "张建国",
    30: "1",
    32: "01",
    36: "19740815",
    52: "山西省朔州市朔城区神头镇东榆林村36号",
    122: "140602197408159970",
    158: "朔州市公安局朔城分局",
    188: "20230512",
    204: "20430512",
}


def block_of(fields: dict[int, str], pad: str = " ") -> bytes:
    block = bytearray((pad * 128).encode("utf-16-le"))
    for offset, value in fields.items():
        encoded = value.encode("utf-16-le", errors="surrogatepass")
        block[offset : offset + len(encoded)] = encoded
    return bytes(block)


def refusal(fields: dict[int, str]) -> ClerkReason:
    with pytest.raises(CardNeedsClerk) as refused:
        parse_text(block_of(fields))
    return refused.value.code


@pytest.mark.parametrize("pad", [" ", "\0"])
def test_a_resident_card_is_read_field_by_field(pad: str) -> None:
    assert parse_text(block_of({**RESIDENT, 248: pad}, pad)) == CardRead(
        card_kind=CardKind.RESIDENT,
        name="张建国",
        sex="1",
        birth_day=date(1974, 8, 15),
        id_no="140602197408159970",
        valid_from=date(2023, 5, 12),
        valid_until=date(2043, 5, 12),
        address="山西省朔州市朔城区神头镇东榆林村36号",
    )


def test_a_residence_permit_is_read_like_a_resident_card() -> None:
    card = parse_text(block_of({**RESIDENT, 220: "H12345678", 238: "01", 248: "J"}))
    assert (card.card_kind, card.name, card.id_no) == (
        CardKind.HMT,
        "张建国",
        "140602197408159970",
    )


def test_a_2017_foreigners_card_is_read_by_its_own_offsets() -> None:
    fields = {
        0: "IVANOV, ANDREI",
        120: "1",
        122: "RUS140685061401",
        152: "RUS",
        158: "安德烈",
        188: "20200901",
        204: "20300901",
        220: "19850614",
        236: "01",
        240: "1500",
        248: "I",
    }
    assert parse_text(block_of(fields)) == CardRead(
        card_kind=CardKind.FOREIGNER_2017,
        name="安德烈",
        sex="1",
        birth_day=date(1985, 6, 14),
        id_no="RUS140685061401",
        valid_from=date(2020, 9, 1),
        valid_until=date(2030, 9, 1),
        address="",
    )
    assert parse_text(block_of({**fields, 158: "   "})).name == "IVANOV, ANDREI"


def test_a_2023_foreigners_card_is_sent_to_the_desk() -> None:
    with pytest.raises(CardNeedsClerk) as refused:
        parse_text(block_of({**RESIDENT, 248: "Y"}))
    assert refused.value.code == "foreigner_2023_card"
    assert "请到服务台" in refused.value.message


def test_a_card_without_end_is_valid_for_ever() -> None:
    assert parse_text(block_of({**RESIDENT, 204: "长期    "})).valid_until is None


def test_a_small_x_at_the_end_of_a_number_is_a_capital_one() -> None:
    card = parse_text(block_of({**RESIDENT, 122: "11010519491231002x"}))
    assert card.id_no == "11010519491231002X"


@pytest.mark.parametrize(
    "name",
    ["王军", "令狐志强", "买买提·艾力", "阿卜杜热西提·阿卜杜外力克木", "石䶮", "张𠅤", "㐂𫖯"],
)
def test_names_arrive_as_they_are(name: str) -> None:
    assert parse_text(block_of({**RESIDENT, 0: f"{name} "})).name == name


def test_what_is_left_behind_a_nul_is_no_part_of_a_name() -> None:
    assert parse_text(block_of({**RESIDENT, 0: "王军\0国"})).name == "王军"


def test_private_characters_of_gbk_become_unicode() -> None:
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    by_codec = [bytes([0xFE, trail]).decode("gb18030") for trail in trails]
    checked = 0
    for at, char in enumerate(by_codec):
        name = parse_text(block_of({**RESIDENT, 0: f"王{chr(0xE815 + at)}"})).name
        assert unicodedata.category(name[1]) != "Co"
        if unicodedata.category(char) != "Co":  # The codec still knows 14 as private only.
            assert name == f"王{char}"
            checked += 1
    assert checked == 66
    assert parse_text(block_of({**RESIDENT, 0: "石\ue863"})).name == "石䶮"


def test_the_private_characters_that_the_codec_lacks_are_those_of_gb18030_2005() -> None:
    known = {
        0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5,
        0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
        0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
    }  # fmt: skip
    for private, public in known.items():
        name = parse_text(block_of({**RESIDENT, 0: f"王{chr(private)}"})).name
        assert name == f"王{chr(public)}"


@pytest.mark.parametrize(
    "name", ["段\ue5f1", "段\uf8ff", "段\U000f0000", "段\ud840", "段\u0007", "段", ""]
)
def test_a_name_that_cannot_be_shown_goes_to_the_desk(name: str) -> None:
    assert refusal({**RESIDENT, 0: f"{name}  "}) == "name_needs_clerk"


@pytest.mark.parametrize(
    ("offset", "value"),
    [
        (36, "19740230"),
        (36, "1974"),
        (204, "        "),
        (204, "20XX0101"),
        (122, " " * 18),
        (248, "Z"),
    ],
)
def test_text_without_sense_goes_to_the_desk(offset: int, value: str) -> None:
    fields = {**RESIDENT, offset: value.ljust(8) if offset in (36, 204) else value}
    assert refusal(fields) == "card_unreadable"


def test_a_card_shows_nothing_of_its_holder_when_printed() -> None:
    card = parse_text(block_of(RESIDENT))
    assert repr(card) == str(card) == "CardRead(resident, holder hidden)"


def test_a_refusal_says_nothing_of_the_holder() -> None:
    with pytest.raises(CardNeedsClerk) as refused:
        parse_text(block_of({**RESIDENT, 36: "19740230"}))
    assert str(refused.value) == "card_unreadable"
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("fingerprint_bytes", [None, 0, 512, 1024])
def test_the_text_is_cut_out_by_the_lengths_in_the_answer(fingerprint_bytes: int | None) -> None:
    text, photo = block_of(RESIDENT), b"\x96" * 1024
    sizes = b"\x01\x00\x04\x00"
    rest = b""
    if fingerprint_bytes is not None:
        sizes += fingerprint_bytes.to_bytes(2, "big")
        rest = b"\x69" * fingerprint_bytes
    assert text_block(sizes + text + photo + rest) == text


@pytest.mark.parametrize("data", [b"", bytes(8), b"\x01\x00\x04\x00" + bytes(1279)])
def test_data_of_another_length_is_no_card(data: bytes) -> None:
    assert text_block(data) is None


def test_a_value_that_does_not_fit_is_not_written_over_the_next_field() -> None:
    card = parse_text(block_of(RESIDENT))
    long_name = CardRead(**{**vars(card), "name": "王" * 16})
    with pytest.raises(ValueError, match="30 bytes"):
        encode_text(long_name)
