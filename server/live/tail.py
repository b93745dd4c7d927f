"""Owns the loop of live: looks at the log and the signals, and says what is new, numbered."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import gevent
from gevent.event import Event as Flag

from server.domain.clock import market_day
from server.live.channels import (
    BoardChannel,
    Channel,
    DeskChannel,
    KioskChannel,
    PhoneChannel,
)
from server.services.board import board
from server.services.log import LoggedEvent, events_after, head_revision
from server.services.open_market import OpenMarket
from server.services.signals import last_signal_id, signals_after

log = logging.getLogger(__name__)

PAGE = 500
# A channel rests this many times as long as its last change took: at most a fifth of a core.
REST_FACTOR = 4.0
FAULT_PAUSE_S = 1.0
SWEEP_S = 1.0

Emit = Callable[[str, Any, str], None]
"""Sends (event, data) to a room."""


class Tail:
    """Follows the log of one market. A fault of the database delays it, nothing more.

    Reads are short, because other greenlets may have to wait for them: SQLite does not give way,
    psycopg does (it waits with the poll that gevent has patched).

    on_events: told of every page of new events, before anything is sent.
    """

    def __init__(
        self,
        market: OpenMarket,
        emit: Emit,
        on_events: Callable[[tuple[LoggedEvent, ...]], None],
        on_sweep: Callable[[], None],
    ) -> None:
        self._market = market
        self._emit = emit
        self._on_events = on_events
        self._on_sweep = on_sweep
        self._phones = PhoneChannel(0)
        self._channels: tuple[Channel, ...] = ()
        self._due_at: dict[str, float] = {}
        self._seen_signal = 0
        self._stop = Flag()
        self.has_begun = Flag()
        self.revision = 0
        self.looked_at = 0.0
        self.changes = 0

    def line(self) -> dict[str, Any]:
        """Return the line of today as it was told last, as a change from the beginning."""
        return {**self._phones.line(), "posts": False, "from": 0, "to": self.revision}

    def stop(self) -> None:
        """End `run` at its next look."""
        self._stop.set()

    def run(self, poll_ms: int) -> None:
        """Follow the log until `stop`; poll_ms: milliseconds between two looks."""
        swept_at = 0.0
        pause_s = poll_ms / 1000
        while not self._stop.wait(pause_s):
            pause_s = poll_ms / 1000
            try:
                self.look()
                if time.monotonic() >= swept_at + SWEEP_S:
                    swept_at = time.monotonic()
                    self._on_sweep()
            except Exception:
                log.exception("the log could not be followed")
                pause_s = FAULT_PAUSE_S

    def look(self) -> None:
        """Take in what is new and send the changes that are due."""
        if not self._channels:
            self._begin()
        if head_revision(self._market) > self.revision:
            self._take_events()
        if (newest := last_signal_id(self._market)) > self._seen_signal:
            self._pass_signals(newest)
        self.looked_at = time.monotonic()
        for channel in self._channels:
            if channel.is_due and self.looked_at >= self._due_at.get(channel.room, 0.0):
                self._send(channel)

    def _begin(self) -> None:
        shown = board(self._market)
        self._seen_signal = last_signal_id(self._market)
        phones = PhoneChannel(shown.revision)
        for event in self._events_today(shown.revision):
            phones.learn(event)
        self._phones = phones
        self.revision = shown.revision
        revision = shown.revision
        self._channels = (
            BoardChannel(shown),
            phones,
            KioskChannel(revision),
            DeskChannel(revision),
        )
        self.has_begun.set()

    def _events_today(self, head: int) -> list[LoggedEvent]:
        today = market_day(self._market.database.now())
        start = head
        while start > 0:
            start = max(start - PAGE, 0)
            first = events_after(self._market, start, 1)
            if first and first[0].market_day < today:
                break
        found: list[LoggedEvent] = []
        while start < head:
            page = [e for e in events_after(self._market, start, PAGE) if e.id <= head]
            if not page:
                break
            found += (e for e in page if e.market_day == today)
            start = page[-1].id
            gevent.sleep(0)
        return found

    def _take_events(self) -> None:
        while page := events_after(self._market, self.revision, PAGE):
            self._on_events(page)
            for event in page:
                for channel in self._channels:
                    channel.note(event)
            self.revision = page[-1].id
            if len(page) < PAGE:
                return

    def _pass_signals(self, newest: int) -> None:
        while found := signals_after(self._market, self._seen_signal):
            for signal in found:
                said = {"id": signal.id, "kind": signal.kind, "body": signal.body}
                self._emit("signal", said, signal.room)
            self._seen_signal = found[-1].id
        # What is too old to be passed on counts as seen; what came since `newest` does not.
        self._seen_signal = max(self._seen_signal, newest)

    def _send(self, channel: Channel) -> None:
        started_at = time.monotonic()
        change = channel.change(self._market, self.revision)
        if change:
            self._emit("change", {"from": channel.sent_to, **change}, channel.room)
            channel.sent_to = change["to"]
            self.changes += 1
        ended_at = time.monotonic()
        rest_s = max(channel.interval_s, REST_FACTOR * (ended_at - started_at))
        self._due_at[channel.room] = ended_at + rest_s
