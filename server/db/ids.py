"""Makes identifiers: UUID version 7, sortable by time (RFC 9562 section 5.7)."""

from __future__ import annotations

import os
from datetime import datetime


def new_id(at: datetime) -> str:
    """Return a UUIDv7 in text form for the moment `at` (aware, UTC)."""
    milliseconds = int(at.timestamp() * 1000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
