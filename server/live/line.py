"""Owns the queue of today as the log tells it: who waits, who is called, nobody's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from server.domain.kinds import ServiceKind, TicketState
from server.domain.tickets import ticket_label
from server.services.log import LoggedEvent


@dataclass(frozen=True)
class Place:
    """One ticket of today.

    place_id: the ticket behind which it came back. is_passed_on: it waits in another line than
    its letter says, or was put aside; its phone asks the server.
    """

    series: str
    number: int
    state: TicketState
    desk_no: int | None
    recalls: int
    place_id: str | None
    is_passed_on: bool


class TodaysLine:
    """The tickets of the latest market day, kept current event by event."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._places: dict[str, Place] = {}

    def note(self, event: LoggedEvent) -> bool:
        """Take in an event and tell whether it moved somebody who was in the line before.

        A new ticket stands behind everybody else, so it moves nobody.
        """
        if event.market_day != self._day:
            self._day, self._places = event.market_day, {}
        body = event.body or {}
        issued = body.get("ticket") if event.type == "visit.checked_in" else None
        ticket = issued or (body if event.subject.startswith("ticket/") else {})
        # A reprint is about a ticket too, but says nothing of its place.
        if "state" not in ticket or ticket.get("market_day") != event.market_day.isoformat():
            return False
        self._places[ticket["id"]] = _place(ticket)
        return issued is None

    def waiting(self) -> dict[str, str]:
        """Return the waiting numbers of each series as ranges, such as {"A": "3,5-40"}."""
        numbers: dict[str, list[int]] = {}
        for place in self._places.values():
            if place.state is TicketState.WAITING and not place.is_passed_on:
                numbers.setdefault(place.series, []).append(place.number)
        return {series: number_ranges(found) for series, found in sorted(numbers.items())}

    def behind(self) -> dict[str, list[list[int]]]:
        """Return [number, the number before it] of who came back, such as {"A": [[3, 5]]}."""
        found: dict[str, list[list[int]]] = {}
        for place in self._places.values():
            before = self._places.get(place.place_id or "")
            if place.state is TicketState.WAITING and before is not None:
                found.setdefault(place.series, []).append([place.number, before.number])
        return found

    def called(self) -> list[list[str | int | None]]:
        """Return [label, desk, recalls] of each number that is called now."""
        return [
            [ticket_label(place.series, place.number), place.desk_no, place.recalls]
            for place in self._places.values()
            if place.state is TicketState.CALLED
        ]


def _place(ticket: dict[str, Any]) -> Place:
    return Place(
        ticket["series"],
        ticket["number"],
        TicketState(ticket["state"]),
        ticket.get("desk_no"),
        ticket.get("recalls", 0),
        ticket.get("place_id"),
        _is_passed_on(ticket),
    )


def _is_passed_on(ticket: dict[str, Any]) -> bool:
    is_elsewhere = ServiceKind(ticket["service"]).series != ticket["series"]
    return is_elsewhere or ticket.get("parked_reason") is not None


def number_ranges(numbers: Iterable[int]) -> str:
    """Write numbers as ascending ranges: [5, 3, 6, 7] as "3,5-7"."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] + 1 == number:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
