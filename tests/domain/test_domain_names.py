"""Names: what is accepted, and how little of one is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import NameInvalid, NameNeedsClerk, TextMissing, TextTooLong
from server.domain.names import (
    call_name,
    clean_foreign_name,
    clean_name,
    clean_unit_name,
    mask_name,
)

han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张建国", "张建国"),
        ("王 芳", "王芳"),
        ("\u3000李四\u3000", "李四"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提‧吐尔逊", "买买提·吐尔逊"),
        ("买买提\uff0e吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("阿卜杜热合曼·阿卜杜克热木江", "阿卜杜热合曼·阿卜杜克热木江"),
        ("王㛃", "王㛃"),
        ("李\U00020bb7", "李\U00020bb7"),
        ("〇一", "〇一"),
    ],
)
def test_name_is_cleaned(text: str, name: str) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["", " ", "王", "张3", "Zhang San", "张san", "张·", "·张三", "张··三", "张,三", "王" * 16],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(NameInvalid):
        clean_name(text)


@pytest.mark.parametrize("character", ["\ue5e5", "\uf8ff", "\U000f0001", "\ufffd", "⿰", "〓"])
def test_unwritable_character_is_for_the_clerk(character: str) -> None:
    with pytest.raises(NameNeedsClerk):
        clean_name(f"张{character}")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王芳", "王*"),
        ("张建国", "张*国"),
        ("欧阳修", "欧阳*"),
        ("令狐大冲", "令狐**"),
        ("张王建国", "张**国"),
        ("欧阳", "欧*"),
        ("买买提·吐尔逊", "买买提·*"),
        ("JOHN SMITH", "J***"),
    ],
)
def test_mask_shows_what_the_rules_allow(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(han, min_size=2, max_size=15))
def test_mask_of_a_plain_name_shows_at_most_two_characters(name: str) -> None:
    masked = mask_name(name)
    shown = [character for character in masked if character != "*"]
    assert len(masked) == len(name)
    assert len(shown) <= 2
    assert "*" in masked


@given(st.text(han, min_size=1, max_size=7), st.text(han, min_size=1, max_size=7))
def test_mask_hides_everything_after_the_first_dot(first: str, rest: str) -> None:
    assert mask_name(f"{first}·{rest}") == f"{first}·*"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("王芳", "王师傅"),
        ("欧阳修", "欧阳师傅"),
        ("令狐冲", "令狐师傅"),
        ("买买提·吐尔逊", "买买提师傅"),
        ("JOHN SMITH", "J师傅"),
    ],
)
def test_people_are_called_by_surname(name: str, called: str) -> None:
    assert call_name(name) == called


def test_foreigner_may_have_a_latin_or_a_chinese_name() -> None:
    assert clean_foreign_name("  O'NEILL,  ANNE-MARIE ") == "O'NEILL, ANNE-MARIE"
    assert clean_foreign_name("安妮·奥尼尔") == "安妮·奥尼尔"


@pytest.mark.parametrize("text", ["", "J", "JOHN 3", "-JOHN", "J" * 61])
def test_what_is_no_foreign_name_is_refused(text: str) -> None:
    with pytest.raises(NameInvalid):
        clean_foreign_name(text)


def test_unit_name_gets_the_brackets_of_its_licence() -> None:
    assert clean_unit_name(" 朔州(城区)建筑公司 ") == "朔州\uff08城区\uff09建筑公司"


def test_unit_name_must_be_there_and_fit() -> None:
    with pytest.raises(TextMissing):
        clean_unit_name("  ")
    with pytest.raises(TextTooLong):
        clean_unit_name("长" * 61)
