"""Owns who is called to a meeting point now, as the board and the desk read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from server.db.tables import gathering, gathering_ticket, ticket
from server.domain.errors import GatheringUnknown
from server.domain.kinds import TicketState
from server.domain.meeting_points import MEETING_POINT_NAMES, MeetingPoint
from server.domain.tickets import ticket_label
from server.services.open_market import OpenMarket

SHOWN_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class GatheringCall:
    """Numbers that are called together now. labels: of who has not been met yet."""

    id: str
    meeting_point: str
    labels: tuple[str, ...]
    codes: tuple[str, ...]
    called_at: datetime


_OPEN = (
    select(gathering, ticket.c.series, ticket.c.number, ticket.c.code)
    .join_from(gathering, gathering_ticket, gathering_ticket.c.gathering_id == gathering.c.id)
    .join(ticket, ticket.c.id == gathering_ticket.c.ticket_id)
    # A number that was called again since, by a window or to another gathering, is theirs.
    .where(
        ticket.c.state == TicketState.CALLED.value,
        ticket.c.desk_no.is_(None),
        ticket.c.called_at == gathering.c.created_at,
    )
    .order_by(gathering.c.id.desc(), ticket.c.series, ticket.c.number)
)


def gatherings_today(connection: Connection, today: date) -> tuple[GatheringCall, ...]:
    """Return the gatherings of a day with somebody still called to them, the latest first."""
    return _read(connection, _OPEN.where(gathering.c.market_day == today))


def gatherings_of_post(market: OpenMarket, post_id: str) -> tuple[GatheringCall, ...]:
    """Return the gatherings for a post with somebody still called to them, the latest first."""
    with market.database.read() as connection:
        return _read(connection, _OPEN.where(gathering.c.post_id == post_id))


def _read(connection: Connection, statement: Any) -> tuple[GatheringCall, ...]:
    rows: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(statement):
        rows.setdefault(row.id, []).append(row)
    return tuple(
        GatheringCall(
            gathering_id,
            MEETING_POINT_NAMES[MeetingPoint(found[0].meeting_point)],
            tuple(ticket_label(row.series, row.number) for row in found),
            tuple(row.code for row in found),
            found[0].created_at,
        )
        for gathering_id, found in rows.items()
    )


def gathering_said(market: OpenMarket, gathering_id: str) -> tuple[tuple[str, ...], MeetingPoint]:
    """Return the numbers and the place that a gathering is called with aloud.

    Raises GatheringUnknown, also when everybody has been met.
    """
    with market.database.read() as connection:
        rows = connection.execute(_OPEN.where(gathering.c.id == gathering_id)).all()
    if not rows:
        raise GatheringUnknown
    labels = tuple(ticket_label(row.series, row.number) for row in rows)
    return labels, MeetingPoint(rows[0].meeting_point)
