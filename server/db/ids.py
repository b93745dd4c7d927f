"""Makes identifiers: UUID version 7, sortable by time (RFC 9562 section 5.7)."""

from __future__ import annotations

import os
import threading
from datetime import datetime

_RANDOM_BITS = 74


class IdMaker:
    """Makes UUIDv7 texts that only grow, even in one millisecond or when the clock steps back.

    Whatever is ordered by id is therefore in order of arrival. Safe for threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def new_id(self, at: datetime) -> str:
        """Return a fresh id for the moment `at` (aware)."""
        milliseconds = int(at.timestamp() * 1000)
        random = int.from_bytes(os.urandom(10)) >> (80 - _RANDOM_BITS)
        with self._lock:
            # A step of random size keeps ids of one millisecond unguessable and apart.
            step = (random >> 42) + 1
            self._last = max((milliseconds << _RANDOM_BITS) | (random >> 2), self._last + step)
            return _uuid_text(self._last)


def _uuid_text(value: int) -> str:
    """Lay 48 bits of time and 74 of randomness around the version and variant bits."""
    milliseconds, rest = divmod(value, 1 << _RANDOM_BITS)
    high, low = divmod(rest, 1 << 62)
    text = f"{(milliseconds << 80) | (7 << 76) | (high << 64) | (2 << 62) | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
