"""Owns the bytes of a message on the wire: framed once, compressed once, sent to many."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime
from functools import cached_property
from typing import Any

# RFC 6455 section 5.2: FIN and opcode 1 (text); RSV1 says "compressed" (RFC 7692 section 6).
TEXT = 0x81
COMPRESSED_TEXT = 0xC1
CLOSE_GOING_AWAY = bytes((0x88, 0x02, 0x03, 0xE9))  # Close frame with status 1001.
# Engine.IO packet type 4 (message), Socket.IO packet type 2 (event) in the main namespace.
EVENT_PREFIX = "42"
# Below this, compression saves no packet and costs more than it brings.
WORTH_COMPRESSING_BYTES = 256
DEFLATE_TAIL = b"\x00\x00\xff\xff"


def plain_json(value: Any) -> str:
    """Return the JSON text of a message; moments and days as the HTTP API writes them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def frame(first_byte: int, payload: bytes) -> bytes:
    """Return an unmasked websocket frame (RFC 6455 section 5.2).

    | payload bytes | header                                |
    |---------------|---------------------------------------|
    | 0–125         | first byte, length                    |
    | 126–65535     | first byte, 126, length in two bytes  |
    | more          | first byte, 127, length in eight      |
    """
    length = len(payload)
    if length < 126:
        return bytes((first_byte, length)) + payload
    if length < 1 << 16:
        return bytes((first_byte, 126)) + length.to_bytes(2, "big") + payload
    return bytes((first_byte, 127)) + length.to_bytes(8, "big") + payload


def deflate(payload: bytes) -> bytes:
    """Return a payload compressed for itself alone (RFC 7692 section 7.2.1).

    No context is taken over from an earlier message, so one result serves every client.
    """
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)
    return packed.removesuffix(DEFLATE_TAIL)


class EventFrames:
    """One Socket.IO event as every kind of client wants it, made when first wanted."""

    def __init__(self, event: str, *arguments: Any) -> None:
        self.text = EVENT_PREFIX + plain_json([event, *arguments])

    @cached_property
    def plain(self) -> bytes:
        """Return the frame for a client without compression."""
        return frame(TEXT, self.text.encode())

    @cached_property
    def compressed(self) -> bytes:
        """Return the frame for a client that takes compressed messages."""
        payload = self.text.encode()
        if len(payload) < WORTH_COMPRESSING_BYTES:
            return self.plain
        return frame(COMPRESSED_TEXT, deflate(payload))
