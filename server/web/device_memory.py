"""Remembers for a moment which device holds a token, so that a burst does not ask each time."""

from __future__ import annotations

import threading
import time

from server.services.devices import Device, device_of_token
from server.services.open_market import OpenMarket

# A revoked device is shut out after this long at the latest.
LIFE_S = 1.0
MOST = 500


class DeviceMemory:
    """Devices by token, each for LIFE_S seconds; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Device, float]] = {}

    def device_of_token(self, market: OpenMarket, token: str) -> Device:
        """Return the device that holds a token. Raises DeviceTokenInvalid, DeviceRevoked."""
        now = time.monotonic()
        with self._lock:
            known = self._known.get(token)
        if known is not None and now < known[1]:
            return known[0]
        found = device_of_token(market, token)
        with self._lock:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[token] = (found, now + LIFE_S)
        return found
