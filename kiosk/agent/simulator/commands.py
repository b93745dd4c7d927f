"""Cut the byte stream that a receipt printer receives into ESC/POS commands."""

from dataclasses import dataclass

_ESC, _FS, _GS, _DLE = 0x1B, 0x1C, 0x1D, 0x10
_LF = 0x0A
_RASTER_HEADER_BYTES = 8
_BLOCK_HEADER_BYTES = 5
# Bytes of commands with a fixed length, by their first two; others are told apart below.
_FIXED_LENGTHS = {
    (_ESC, 0x40): 2,  # ESC @
    (_ESC, 0x4A): 3,  # ESC J n
    (_ESC, 0x64): 3,  # ESC d n
    (_ESC, 0x61): 3,  # ESC a n
    (_ESC, 0x74): 3,  # ESC t n
    (_FS, 0x26): 2,  # FS &
    (_FS, 0x2E): 2,  # FS .
    (_FS, 0x21): 3,  # FS ! n
    (_GS, 0x72): 3,  # GS r n
    (_GS, 0x61): 3,  # GS a n
    (_GS, 0x21): 3,  # GS ! n
    (_DLE, 0x04): 3,  # DLE EOT n
    (_DLE, 0x05): 3,  # DLE ENQ n
}


@dataclass(frozen=True)
class RasterBand:
    """GS v 0: `rows` of equal length, one bit per dot, 1 is black."""

    rows: tuple[bytes, ...]


@dataclass(frozen=True)
class Feed:
    """ESC J or ESC d: blank rows."""

    rows: int


@dataclass(frozen=True)
class LineFeed:
    """LF: print what stands in the line."""


@dataclass(frozen=True)
class Text:
    """One character, as GB 18030 reads its bytes; U+FFFD where it reads nothing."""

    text: str


@dataclass(frozen=True)
class SizeSwitch:
    """GS !: how many times as wide and as high, 1 to 8."""

    width: int
    height: int


@dataclass(frozen=True)
class AlignmentSwitch:
    """ESC a n."""

    is_centred: bool


@dataclass(frozen=True)
class Cut:
    """GS V."""


@dataclass(frozen=True)
class Reset:
    """ESC @."""


@dataclass(frozen=True)
class StatusQuestion:
    """DLE EOT n, answered at once even while printing stands still."""

    number: int


@dataclass(frozen=True)
class Fence:
    """GS r n, answered in order."""

    number: int


@dataclass(frozen=True)
class AutoStatusSwitch:
    """GS a n: report changes without being asked."""

    is_on: bool


@dataclass(frozen=True)
class ProcessIdQuestion:
    """GS ( H function 48, answered when everything before it is printed."""

    process_id: bytes


@dataclass(frozen=True)
class Ignored:
    """A known command without effect on paper."""


@dataclass(frozen=True)
class Garbage:
    """A byte that a printer would print as text: something went wrong before it."""

    octet: int


Command = (
    RasterBand
    | Feed
    | LineFeed
    | Text
    | SizeSwitch
    | AlignmentSwitch
    | Cut
    | Reset
    | StatusQuestion
    | Fence
    | AutoStatusSwitch
    | ProcessIdQuestion
    | Ignored
    | Garbage
)

_TEXT_LINE_ROWS = 30
_RESET, _CHINESE_ON, _CHINESE_OFF = b"\x1b@", b"\x1c&", b"\x1c."
_FIRST_LEAD, _FIRST_TRAIL = 0x81, 0x40


class CommandParser:
    """Keep a torn command until its rest comes, as a printer does over a lost connection.

    Text is understood after FS & only, and only in codes of one and two bytes, as printers do:
    what comes as text before it, or in four bytes, is garbage.
    """

    def __init__(self) -> None:
        self._pending = bytearray()
        self._is_chinese = False

    def feed(self, octets: bytes) -> list[tuple[Command, int]]:
        """Return the commands completed by these bytes, each with its length in bytes."""
        self._pending += octets
        commands: list[tuple[Command, int]] = []
        start = 0
        while (length := self._length(start)) and start + length <= len(self._pending):
            commands.append((self._command(bytes(self._pending[start : start + length])), length))
            start += length
        del self._pending[:start]
        return commands

    def clear(self) -> None:
        """Forget a torn command, as a loss of power does."""
        self._pending.clear()
        self._is_chinese = False

    def _command(self, octets: bytes) -> Command:
        if octets in (_RESET, _CHINESE_ON, _CHINESE_OFF):
            self._is_chinese = octets == _CHINESE_ON
        is_code = len(octets) == 2 and octets[0] >= _FIRST_LEAD
        is_ascii = len(octets) == 1 and octets.isascii() and chr(octets[0]).isprintable()
        if self._is_chinese and (is_code or is_ascii):
            return Text(octets.decode("gb18030", "replace")[:1])
        return _command(octets)

    def _length(self, start: int) -> int:
        """Return the length of the command at `start`, 0 while it is not known."""
        head = self._pending[start : start + _RASTER_HEADER_BYTES]
        if not head:
            return 0
        if head[0] not in (_ESC, _FS, _GS, _DLE):
            return self._text_length(head)
        if len(head) == 1:
            return 0
        key = (head[0], head[1])
        if key in _FIXED_LENGTHS:
            return _FIXED_LENGTHS[key]
        if key == (_GS, 0x76):
            return self._raster_length(head)
        if key == (_GS, 0x28):
            is_known = len(head) >= _BLOCK_HEADER_BYTES
            return _BLOCK_HEADER_BYTES + head[3] + 256 * head[4] if is_known else 0
        if key == (_GS, 0x56):
            return (4 if head[2] in (65, 66) else 3) if len(head) > 2 else 0
        return 1

    def _text_length(self, head: bytearray) -> int:
        if not self._is_chinese or head[0] < _FIRST_LEAD:
            return 1
        if len(head) == 1:
            return 0
        return 2 if head[1] >= _FIRST_TRAIL else 1

    @staticmethod
    def _raster_length(head: bytearray) -> int:
        if len(head) < _RASTER_HEADER_BYTES:
            return 0
        return _RASTER_HEADER_BYTES + _size(head, 4) * _size(head, 6)


def _size(head: bytes | bytearray, at: int) -> int:
    return head[at] + 256 * head[at + 1]


def _command(octets: bytes) -> Command:
    if len(octets) == 1:
        return _single(octets[0])
    if octets[:2] == b"\x1dv":
        row_bytes = _size(octets, 4)
        dots = octets[_RASTER_HEADER_BYTES:]
        rows = tuple(dots[at : at + row_bytes] for at in range(0, len(dots), row_bytes or 1))
        return RasterBand(rows)
    if octets[:3] == b"\x1d(H":
        is_question = octets[5:7] == b"00" and len(octets) == 11
        return ProcessIdQuestion(octets[7:11]) if is_question else Ignored()
    if octets[:2] == b"\x1dV":
        return Cut()
    return _short(octets)


def _single(octet: int) -> Command:
    if octet == _LF:
        return LineFeed()
    return Ignored() if octet == 0 else Garbage(octet)


def _short(octets: bytes) -> Command:
    match octets[:2]:
        case b"\x1b@":
            return Reset()
        case b"\x1d!":
            return SizeSwitch((octets[2] >> 4 & 7) + 1, (octets[2] & 7) + 1)
        case b"\x1ba":
            return AlignmentSwitch(octets[2] % 48 == 1)
        case b"\x1bJ":
            return Feed(octets[2])
        case b"\x1bd":
            return Feed(octets[2] * _TEXT_LINE_ROWS)
        case b"\x1dr":
            return Fence(octets[2])
        case b"\x1da":
            return AutoStatusSwitch(octets[2] != 0)
        case b"\x10\x04":
            return StatusQuestion(octets[2])
        case _:
            return Ignored()
