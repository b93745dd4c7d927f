"""Frames between a PC and an ID card module (GA 450 SAM): encoding, decoding, status words.

| part     | preamble       | length          | payload                             | checksum |
| request  | AA AA AA 96 69 | 2 B, big-endian | CMD PARA [data]                     | 1 B      |
| answer   | AA AA AA 96 69 | 2 B, big-endian | SW1 SW2 SW3 [data]                  | 1 B      |

The length counts payload and checksum; the checksum is the XOR of length and payload.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AA AA AA 96 69")
_HEAD_BYTES = len(PREAMBLE) + 2
_MIN_LENGTH = 3
_MAX_LENGTH = 0x090A  # Text, photo and fingerprints: the longest answer that exists.
_STATUS_BYTES = 3


class Command(Enum):
    """Requests that a check-in needs, as CMD PARA; fingerprints are never asked for."""

    FIND_CARD = bytes.fromhex("20 01")
    SELECT_CARD = bytes.fromhex("20 02")
    READ_CARD = bytes.fromhex("30 01")


class Status(IntEnum):
    """Meaning of SW3, the third status byte of an answer."""

    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    BAD_COMMAND = 0x21
    UNKNOWN = 0x24
    CARD_REFUSED_READER = 0x31
    READER_REFUSED_CARD = 0x32
    BAD_CARD_CONTENT = 0x33
    WRONG_CARD = 0x40
    READ_FAILED = 0x41
    NO_RANDOM_NUMBER = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81
    OK = 0x90
    NO_SUCH_ITEM = 0x91
    CARD_FOUND = 0x9F


@dataclass(frozen=True)
class Answer:
    """One answer of the module; data may hold a person's card and stays out of the repr."""

    status_bytes: bytes
    data: bytes = field(repr=False)

    @property
    def status(self) -> Status:
        """Name the third status byte; a byte that no source names counts as UNKNOWN."""
        try:
            return Status(self.status_bytes[-1])
        except ValueError:
            return Status.UNKNOWN


def decode_answer(payload: bytes) -> Answer | None:
    """Split a payload into status and data, or return None for one too short (our own echo)."""
    if len(payload) < _STATUS_BYTES:
        return None
    return Answer(payload[:_STATUS_BYTES], payload[_STATUS_BYTES:])


def encode_frame(payload: bytes) -> bytes:
    """Wrap a payload of at least 2 bytes into a frame."""
    body = (len(payload) + 1).to_bytes(2, "big") + payload
    return PREAMBLE + body + bytes([_checksum(body)])


def _checksum(body: bytes) -> int:
    return reduce(xor, body, 0)


class FrameDecoder:
    """Cuts good frames out of a byte stream that may hold noise and damaged frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._rejected = 0

    @property
    def has_only_damage(self) -> bool:
        """True when a frame came but was refused, and no other frame has begun."""
        return self._rejected > 0 and not self._buffer.startswith(PREAMBLE)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take the next bytes of the stream and return the payloads that are complete with them."""
        self._buffer += chunk
        return list(self._cut())

    def finish(self) -> list[bytes]:
        """Give up on an unfinished frame and return the payloads that its length had swallowed."""
        payloads: list[bytes] = []
        while self._buffer.startswith(PREAMBLE):
            self._reject_head()
            payloads += self._cut()
        self._buffer.clear()
        return payloads

    def _cut(self) -> Iterator[bytes]:
        while self._find_head():
            length = int.from_bytes(self._buffer[len(PREAMBLE) : _HEAD_BYTES], "big")
            end = _HEAD_BYTES + length
            if not _MIN_LENGTH <= length <= _MAX_LENGTH:
                self._reject_head()
                continue
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[len(PREAMBLE) : end])
            if _checksum(body) != 0:  # The checksum byte is included and cancels the rest.
                self._reject_head()
                continue
            del self._buffer[:end]
            yield body[2:-1]

    def _find_head(self) -> bool:
        """Drop noise up to the next preamble, keeping an end that may be the start of one."""
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            start = max(0, len(self._buffer) - len(PREAMBLE) + 1)
        del self._buffer[:start]
        return len(self._buffer) >= _HEAD_BYTES

    def _reject_head(self) -> None:
        """Step over a preamble only: a good frame may begin inside the damaged one."""
        del self._buffer[: len(PREAMBLE)]
        self._rejected += 1
