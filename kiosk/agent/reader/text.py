"""The 256 bytes of text in a card's chip (GA/T 490-2019): UTF-16LE in fixed fields.

The photo that arrives with the text is never looked at: a check-in does not need it, only a
licensed library can decode it, and a face would make the record biometric.
"""

from dataclasses import dataclass
from typing import NamedTuple

from kiosk.agent.reader.card import CardKind, CardNeedsClerk, CardRead, ClerkReason
from kiosk.agent.reader.card_values import (
    NO_END,
    card_day,
    card_day_or_none,
    card_name,
    card_number,
    card_sex,
    card_text,
)

TEXT_BYTES = 256


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
    return CardRead(
        card_kind=layout.card_kind,
        name=_name(block, layout),
        sex=card_sex(_field(block, layout.sex)),
        birth_day=card_day(_field(block, layout.birth_day)),
        id_no=card_number(_field(block, layout.id_no)),
        valid_from=card_day_or_none(_field(block, _VALID_FROM), none_word=""),
        valid_until=card_day_or_none(_field(block, _VALID_UNTIL), none_word=NO_END),
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
        (_VALID_UNTIL, f"{card.valid_until:%Y%m%d}" if card.valid_until else NO_END),
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
    raw = block[span.start : span.start + span.size]
    return card_text(raw.decode("utf-16-le", errors="replace"))


def _name(block: bytes, layout: _Layout) -> str:
    name = _field(block, layout.name)
    if not name and layout.foreign_name:
        name = _field(block, layout.foreign_name)
    return card_name(name)
