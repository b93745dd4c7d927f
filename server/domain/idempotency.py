"""Owns the form of an idempotency key."""

import re

from server.domain.errors import IdempotencyKeyInvalid, IdempotencyKeyMissing

_KEY = re.compile(r"[A-Za-z0-9_-]{8,80}\Z")


def check_key(text: str | None) -> str:
    """Give the key back if it has the agreed form: 8 to 80 letters, digits, - or _.

    Raises IdempotencyKeyMissing for None or nothing, IdempotencyKeyInvalid for another form.
    """
    if not text:
        raise IdempotencyKeyMissing()
    if not _KEY.match(text):
        raise IdempotencyKeyInvalid()
    return text
