"""Owns who is connected, and who has to go because their permission ended."""

from __future__ import annotations

from collections.abc import Sequence

from server.live.access import Membership, Screen
from server.services.log import LoggedEvent
from server.services.open_market import OpenMarket
from server.services.staff import staff_member

ENDS_A_DEVICE = frozenset({"device.revoked", "device.token_renewed"})
# A sign-in takes nobody's permission away.
HARMLESS_TO_STAFF = frozenset({"staff.signed_in", "staff.added"})


class Members:
    """The connected screens by their Socket.IO session id."""

    def __init__(self, market: OpenMarket) -> None:
        self._market = market
        self._members: dict[str, Membership] = {}

    def add(self, sid: str, membership: Membership) -> None:
        """Take in a screen."""
        self._members[sid] = membership

    def remove(self, sid: str) -> None:
        """Forget a screen; one that is unknown is forgotten already."""
        self._members.pop(sid, None)

    def count(self, screen: Screen) -> int:
        """Return how many screens of a kind are connected."""
        return sum(1 for member in self._members.values() if member.screen is screen)

    def to_dismiss(self, events: Sequence[LoggedEvent]) -> list[str]:
        """Return the session ids of screens that may not listen any longer after `events`."""
        ended = {e.subject.partition("/")[2] for e in events if e.type in ENDS_A_DEVICE}
        found = [sid for sid, m in self._members.items() if m.device_id in ended]
        if any(e.type.startswith("staff.") and e.type not in HARMLESS_TO_STAFF for e in events):
            found += [sid for sid, m in self._members.items() if self._has_left(m)]
        return found

    def _has_left(self, member: Membership) -> bool:
        return member.staff_id is not None and staff_member(self._market, member.staff_id) is None
