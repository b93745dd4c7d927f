"""Tell the bytes that come from a printer apart.

A printer answers several questions on one line without naming them, and may speak unasked. Taking
"one byte" for "my answer" once made an empty printer look full; every byte is classified here.
"""

from dataclasses import dataclass

_BLOCK_HEADERS = frozenset({0x35, 0x37, 0x3B, 0x3D, 0x5F})
_PROCESS_ID_BLOCK = b"\x37\x22"
# The longest block printers send is a name of 80 bytes; more means that the zero byte was lost.
_LONGEST_BLOCK = 96
_AUTO_STATUS_BYTES = 4


@dataclass(frozen=True)
class RealTimeStatus:
    """An answer to DLE EOT; which of its questions is known only from the order asked."""

    value: int


@dataclass(frozen=True)
class AutoStatus:
    """Four bytes that the printer sends unasked when something changed (GS a)."""

    block: bytes


@dataclass(frozen=True)
class FenceReply:
    """The answer to GS r, sent when everything before it was processed."""

    value: int


@dataclass(frozen=True)
class ProcessIdReply:
    """The answer to GS ( H, sent when everything before it is printed."""

    process_id: str


@dataclass(frozen=True)
class OtherReply:
    """Flow control, an unasked block or noise: known not to be an answer."""

    octets: bytes


Reply = RealTimeStatus | AutoStatus | FenceReply | ProcessIdReply | OtherReply


class ReplyParser:
    """Cut the byte stream of one connection into replies.

    | first byte b | reply |
    |---|---|
    | 37 5F 3B 3D 35, up to 00 | block; 37 22 id 00 is a process id |
    | b & 93 = 12 | DLE EOT |
    | b & 93 = 10, then 3 with b & 90 = 0 | automatic status |
    | b & 90 = 0 | GS r |
    | other | XON, XOFF or noise |
    """

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, octets: bytes) -> list[Reply]:
        """Return the replies completed by these bytes, in order; a torn one waits for its rest."""
        self._pending += octets
        replies: list[Reply] = []
        while self._pending:
            length = self._complete_length()
            if length == 0:
                break
            replies.append(_classify(bytes(self._pending[:length])))
            del self._pending[:length]
        return replies

    def _complete_length(self) -> int:
        """Return how many bytes the first reply has, 0 while it is incomplete."""
        first = self._pending[0]
        if first in _BLOCK_HEADERS:
            end = self._pending.find(0)
            if end >= 0:
                return end + 1
            return 1 if len(self._pending) > _LONGEST_BLOCK else 0
        if first & 0x93 == 0x10:
            rest = self._pending[1:_AUTO_STATUS_BYTES]
            if any(octet & 0x90 for octet in rest):
                return 1
            return _AUTO_STATUS_BYTES if len(rest) == _AUTO_STATUS_BYTES - 1 else 0
        return 1


def _classify(octets: bytes) -> Reply:
    first = octets[0]
    if first in _BLOCK_HEADERS:
        if octets.startswith(_PROCESS_ID_BLOCK) and octets.isascii():
            return ProcessIdReply(octets[2:-1].decode("ascii"))
        return OtherReply(octets)
    if first & 0x93 == 0x12:
        return RealTimeStatus(first)
    if first & 0x93 == 0x10:
        return AutoStatus(octets) if len(octets) == _AUTO_STATUS_BYTES else OtherReply(octets)
    return FenceReply(first) if first & 0x90 == 0 else OtherReply(octets)
