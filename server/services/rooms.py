"""Names the rooms that signals are addressed to."""

from __future__ import annotations


def device_room(device_id: str) -> str:
    """Return the room of one device."""
    return f"device:{device_id}"


DESKS = "desks"
