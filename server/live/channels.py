"""Owns the channels of live: each turns events into numbered changes for one room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Protocol

from server.live.board_changes import Change, board_change
from server.live.line import TodaysLine
from server.services.board import Board, board, open_posts, top_trades
from server.services.log import LoggedEvent
from server.services.open_market import OpenMarket
from server.services.rooms import DESKS

BOARD_ENTITIES = frozenset({"post", "ticket", "visit", "placement", "referral", "market"})
POST_ENTITIES = frozenset({"post", "placement"})
# What a desk looks at again after an event about an entity; others are named after themselves.
DESK_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "visit": ("visits", "tickets"),
    "placement": ("placements", "posts"),
    "staff": ("staff",),
    "market": ("market",),
}


def entity_of(event: LoggedEvent) -> str:
    """Return what an event is about, such as "post"."""
    return event.type.partition(".")[0]


def post_of(event: LoggedEvent) -> str | None:
    """Return the id of the post whose row an event changes, or None."""
    entity, _, subject_id = event.subject.partition("/")
    if entity == "post":
        return subject_id
    return (event.body or {}).get("post_id") if entity == "placement" else None


class Channel(Protocol):
    """One room's changes. interval_s: least time between two of them."""

    room: str
    interval_s: float
    sent_to: int

    def note(self, event: LoggedEvent) -> None:
        """Take in an event; several may come before the next change."""

    @property
    def is_due(self) -> bool:
        """Tell whether a noted event calls for a change."""

    def change(self, market: OpenMarket, revision: int) -> Change:
        """Return what to tell, with "to", and forget what was noted; {} when nothing.

        revision: the last event that was noted.
        """


class BoardChannel:
    """Tells displays the rows, calls and figures that changed."""

    room = "display"
    interval_s = 0.0

    def __init__(self, shown: Board) -> None:
        self._shown = shown
        self._touched: set[str] = set()
        self._is_queue = False
        self.is_due = False
        self.sent_to = shown.revision

    def note(self, event: LoggedEvent) -> None:
        """Take in an event."""
        entity = entity_of(event)
        self.is_due = self.is_due or entity in BOARD_ENTITIES
        self._is_queue = self._is_queue or entity == "ticket"
        if (post_id := post_of(event)) is not None:
            self._touched.add(post_id)

    def change(self, market: OpenMarket, revision: int) -> Change:
        """Return the difference to the board that was told last."""
        new = board(market)
        change = board_change(self._shown, new, self._touched, is_queue=self._is_queue)
        self._shown, self._touched, self._is_queue, self.is_due = new, set(), False, False
        is_news = bool(change) and new.revision > self.sent_to
        return {**change, "to": new.revision} if is_news else {}


class KioskChannel:
    """Tells kiosks how much work there is."""

    room = "kiosk"
    interval_s = 0.2

    def __init__(self, revision: int) -> None:
        self.is_due = False
        self.sent_to = revision

    def note(self, event: LoggedEvent) -> None:
        """Take in an event."""
        self.is_due = self.is_due or entity_of(event) in POST_ENTITIES

    def change(self, market: OpenMarket, revision: int) -> Change:
        """Return the figures of now."""
        self.is_due = False
        rows = open_posts(market)
        return {
            "open_headcount": sum(row.left for row in rows),
            "open_posts": len(rows),
            "top_trades": [asdict(demand) for demand in top_trades(rows)],
            "to": revision,
        }


class DeskChannel:
    """Tells desks what to look at again; no content, so nothing of a person."""

    room = DESKS
    interval_s = 0.1

    def __init__(self, revision: int) -> None:
        self._subjects: set[str] = set()
        self.sent_to = revision

    @property
    def is_due(self) -> bool:
        """Tell whether something changed."""
        return bool(self._subjects)

    def note(self, event: LoggedEvent) -> None:
        """Take in an event."""
        entity = entity_of(event)
        self._subjects.update(DESK_SUBJECTS.get(entity, (f"{entity}s",)))

    def change(self, market: OpenMarket, revision: int) -> Change:
        """Return the subjects of what changed."""
        subjects = sorted(self._subjects)
        self._subjects.clear()
        return {"subjects": subjects, "to": revision}


class PhoneChannel:
    """Tells phones the line of today: who waits, who is called, by number.

    The whole line each time ("from" is always 0), so that a phone may miss any of them.
    """

    room = "phone"
    interval_s = 0.25

    def __init__(self, revision: int) -> None:
        self._line = TodaysLine()
        self._is_moved = False
        self._has_new_posts = False
        self.sent_to = revision

    @property
    def is_due(self) -> bool:
        """Tell whether the line or the posts changed."""
        return self._is_moved or self._has_new_posts

    def learn(self, event: LoggedEvent) -> None:
        """Take in an event from before live started."""
        self._line.note(event)

    def note(self, event: LoggedEvent) -> None:
        """Take in an event."""
        self._is_moved = self._line.note(event) or self._is_moved
        self._has_new_posts = self._has_new_posts or entity_of(event) in POST_ENTITIES

    def change(self, market: OpenMarket, revision: int) -> Change:
        """Return the line of now."""
        change = {**self.line(), "posts": self._has_new_posts, "from": 0, "to": revision}
        self._is_moved = self._has_new_posts = False
        return change

    def line(self) -> dict[str, Any]:
        """Return the line of now, for a phone that has just connected."""
        line = self._line
        return {"waiting": line.waiting(), "behind": line.behind(), "called": line.called()}
