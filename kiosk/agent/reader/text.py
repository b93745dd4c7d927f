"""The 256 bytes of text in a card's chip (GA/T 490-2019): UTF-16LE in fixed fields.

The photo that arrives with the text is never looked at: a check-in does not need it, only a
licensed library can decode it, and a face would make the record biometric.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kiosk.agent.reader.card import CardKind, CardNeedsClerk, CardRead, ClerkReason

TEXT_BYTES = 256
_NO_END = "长期"
_SEXES = "0129"  # GB/T 2261.1
_SHORTEST_NAME = 2

# Cards written before these characters had a place in Unicode hold the private-use code points
# that GBK gave to the two-byte codes FE50–FEA0: 80 in a row, U+E815 to U+E864. The string lists
# their Unicode characters in that order (GB 18030-2022; the last but one is 䶮, U+E863).
_FIRST_PRIVATE = 0xE815
_GBK_EXTENSION = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟"
    "㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟"
    "䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_PRIVATE_TO_UNICODE = {_FIRST_PRIVATE + at: char for at, char in enumerate(_GBK_EXTENSION)}


class _Span(NamedTuple):
    start: int
    size: int


@dataclass(frozen=True)
class _Layout:
    """Where a kind of card keeps its fields, in bytes from the start of the text."""

    card_kind: CardKind
    name: _Span
    sex: _Span
    birth_day: _Span
    id_no: _Span
    address: _Span | None
    foreign_name: _Span | None = None


_FLAG = _Span(248, 2)
_VALID_FROM = _Span(188, 16)
_VALID_UNTIL = _Span(204, 16)


def _citizen_layout(card_kind: CardKind) -> _Layout:
    return _Layout(
        card_kind=card_kind,
        name=_Span(0, 30),
        sex=_Span(30, 2),
        birth_day=_Span(36, 16),
        id_no=_Span(122, 36),
        address=_Span(52, 70),
    )


_LAYOUTS = {
    "": _citizen_layout(CardKind.RESIDENT),
    "J": _citizen_layout(CardKind.HMT),
    "I": _Layout(
        card_kind=CardKind.FOREIGNER_2017,
        name=_Span(158, 30),
        sex=_Span(120, 2),
        birth_day=_Span(220, 16),
        id_no=_Span(122, 30),
        address=None,
        foreign_name=_Span(0, 120),
    ),
    "Y": _citizen_layout(CardKind.FOREIGNER_2023),
}


def text_block(data: bytes) -> bytes | None:
    """Cut the text out of the data of a read answer, or return None if it is no such answer.

    | text length | photo length | [fingerprint length] | text | photo | [fingerprint] |
    | 2 B, 0100   | 2 B, 0400    | 2 B                  |      |       |               |
    """
    sizes = [int.from_bytes(data[at : at + 2], "big") for at in (0, 2, 4)]
    for count in (2, 3):
        head = 2 * count
        if len(data) == head + sum(sizes[:count]) and sizes[0] == TEXT_BYTES:
            return data[head : head + TEXT_BYTES]
    return None


def parse_text(block: bytes) -> CardRead:
    """Read a text block of TEXT_BYTES bytes.

    Raises CardNeedsClerk for a 2023 foreigners' card (its layout has no public source), for a
    name with a character that cannot be shown, and for text that makes no sense.
    """
    flag = _field(block, _FLAG)
    layout = _LAYOUTS.get(flag)
    if layout is None or len(block) != TEXT_BYTES:
        raise CardNeedsClerk(ClerkReason.UNREADABLE)
    if layout.card_kind is CardKind.FOREIGNER_2023:
        raise CardNeedsClerk(ClerkReason.FOREIGNER_2023)
    sex = _field(block, layout.sex)
    id_no = _field(block, layout.id_no).upper()
    if not (id_no.isascii() and id_no.isalnum()):
        raise CardNeedsClerk(ClerkReason.UNREADABLE)
    return CardRead(
        card_kind=layout.card_kind,
        name=_name(block, layout),
        sex=sex if sex and sex in _SEXES else "0",
        birth_day=_day(_field(block, layout.birth_day)),
        id_no=id_no,
        valid_from=_day_or_none(_field(block, _VALID_FROM), none_word=""),
        valid_until=_day_or_none(_field(block, _VALID_UNTIL), none_word=_NO_END),
        address=_field(block, layout.address) if layout.address else "",
    )


def encode_text(card: CardRead) -> bytes:
    """Write the text block of a card, for the simulated module.

    Raises ValueError if a value is longer than its field.
    """
    flag, layout = next(item for item in _LAYOUTS.items() if item[1].card_kind is card.card_kind)
    block = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    fields = [
        (layout.name, card.name),
        (layout.sex, card.sex),
        (layout.birth_day, f"{card.birth_day:%Y%m%d}"),
        (layout.id_no, card.id_no),
        (_VALID_FROM, f"{card.valid_from:%Y%m%d}" if card.valid_from else ""),
        (_VALID_UNTIL, f"{card.valid_until:%Y%m%d}" if card.valid_until else _NO_END),
        (_FLAG, flag),
    ]
    if layout.address:
        fields.append((layout.address, card.address))
    for span, value in fields:
        encoded = value.encode("utf-16-le")
        if len(encoded) > span.size:
            raise ValueError(f"value does not fit into {span.size} bytes at {span.start}")
        block[span.start : span.start + len(encoded)] = encoded
    return bytes(block)


def _field(block: bytes, span: _Span) -> str:
    """Read one field without its padding; what follows a NUL is left over from the last card."""
    raw = block[span.start : span.start + span.size]
    text = raw.decode("utf-16-le", errors="replace").partition("\0")[0].strip()
    return text.translate(_PRIVATE_TO_UNICODE)


def _name(block: bytes, layout: _Layout) -> str:
    name = _field(block, layout.name)
    if not name and layout.foreign_name:
        name = _field(block, layout.foreign_name)
    is_showable = all(unicodedata.category(char) not in ("Co", "Cc") for char in name)
    if len(name) < _SHORTEST_NAME or not is_showable or "\N{REPLACEMENT CHARACTER}" in name:
        raise CardNeedsClerk(ClerkReason.NAME)
    return name


def _day(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:  # Its text quotes a birthday, so it must not be chained into a log.
        raise CardNeedsClerk(ClerkReason.UNREADABLE) from None


def _day_or_none(digits: str, *, none_word: str) -> date | None:
    return None if digits == none_word else _day(digits)
