"""Owns people's names: cleaning what was typed or read, and how little of one to show."""

import re

from server.domain.errors import NameInvalid, NameNeedsClerk, TextMissing, TextTooLong

MIN_NAME_LENGTH = 2
MAX_NAME_LENGTH = 15
MAX_FOREIGN_NAME_LENGTH = 60
MAX_UNIT_NAME_LENGTH = 60

_DOT = "\u00b7"
_DOTS = re.compile("[\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65.\u25cf]")
# Unified ideographs with extensions A to H, compatibility ideographs and the zero of 〇.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NAME = re.compile(f"[{_HAN}]+(?:{_DOT}[{_HAN}]+)*\\Z")
# Private use, lone surrogates, radicals and replacement marks: what a card writes for a character
# that the code table of its day did not hold.
_UNWRITABLE = re.compile(
    "[\ue000-\uf8ff\ud800-\udfff\ufffd\u2e80-\u2fff\u3013\u25a1\U000f0000-\U0010ffff]"
)
_FOREIGN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f '\u2019,.\-]*\Z")
_COMPOUND_SURNAME = re.compile(
    "(?:"
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|"
    "宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|子车|亓官|"
    "司寇|巫马|公西|颛孙|壤驷|公良|漆雕|乐正|宰父|谷梁|拓跋|夹谷|轩辕|令狐|段干|百里|呼延|"
    "东郭|南门|羊舌|微生|梁丘|左丘|东门|西门|第五|淳于|单于|叱干|纳兰|完颜|相里|屈突|侯莫"
    ")(?=.)"
)


def clean_name(text: str) -> str:
    """Clean a Chinese name: 2 to 15 characters, every sort of middle dot written as "·".

    Spaces are dropped (a two-character name is often typed with one). Raises NameNeedsClerk for a
    character outside the standard tables, NameInvalid for digits, letters, signs or a bad length.
    """
    name = _DOTS.sub(_DOT, re.sub(r"\s+", "", text))
    if _UNWRITABLE.search(name):
        raise NameNeedsClerk()
    if not MIN_NAME_LENGTH <= len(name) <= MAX_NAME_LENGTH or not _NAME.match(name):
        raise NameInvalid()
    return name


def clean_foreign_name(text: str) -> str:
    """Clean the name on a permanent resident's card: Latin letters, at most 60, or a Chinese name.

    Raises NameInvalid or NameNeedsClerk.
    """
    name = " ".join(text.split())
    if re.search(f"[{_HAN}]", name) or _UNWRITABLE.search(name):
        return clean_name(name)
    if not MIN_NAME_LENGTH <= len(name) <= MAX_FOREIGN_NAME_LENGTH or not _FOREIGN.match(name):
        raise NameInvalid()
    return name


def clean_unit_name(text: str) -> str:
    """Clean the name of a unit: at most 60 characters, brackets full-width as on licences.

    Raises TextMissing or TextTooLong with field "name".
    """
    name = " ".join(text.split()).replace("(", "\uff08").replace(")", "\uff09")
    if not name:
        raise TextMissing(field="name")
    if len(name) > MAX_UNIT_NAME_LENGTH:
        raise TextTooLong(field="name", limit=MAX_UNIT_NAME_LENGTH)
    return name


def mask_name(name: str) -> str:
    """Hide most of a name: 张*国, 王*, 欧阳*, 令狐**, 买买提·*; one letter of a foreign one."""
    if _is_foreign(name):
        return f"{name[:1]}***"
    first, dot, _ = name.partition(_DOT)
    if dot:
        return f"{first}{_DOT}*"
    surname = _surname(name)
    hidden = len(name) - len(surname)
    if len(surname) > 1 or hidden < 2:
        return surname + "*" * max(hidden, 1)
    return surname + "*" * (hidden - 1) + name[-1]


def call_name(name: str) -> str:
    """Say how to address somebody: 王师傅, 欧阳师傅, 买买提师傅."""
    if _is_foreign(name):
        return f"{name[:1]}师傅"
    first, dot, _ = name.partition(_DOT)
    return f"{first if dot else _surname(name)}师傅"


def _surname(name: str) -> str:
    compound = _COMPOUND_SURNAME.match(name)
    return compound[0] if compound else name[:1]


def _is_foreign(name: str) -> bool:
    return _FOREIGN.match(name) is not None
