"""Owns the whole line as the desk pages through it: in the order in which it will be called."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from server.db.prepared import Prepared
from server.db.tables import market as market_table
from server.db.tables import ticket
from server.domain.clock import market_day
from server.domain.kinds import ServiceKind, TicketState
from server.domain.order_rules import OrderRule
from server.services.lottery import is_draw_pending
from server.services.open_market import OpenMarket
from server.services.tickets import PLACE, QUEUED, QueuedTicket, listed_ticket
from server.services.turns import order_rule

PAGE = 30
FIND_WORK = ServiceKind.FIND_WORK.value
ASIDE = 30
FOUND = 12
_LABEL = re.compile(r"([A-Ea-e]?)0*(\d{1,5})")


@dataclass(frozen=True)
class LineView:
    """Which part of the line is looked at. find: a number such as "A012" or "12", "" for none."""

    service: ServiceKind | None = None
    page: int = 1
    find: str = ""


@dataclass(frozen=True)
class Listed:
    """A ticket of the line. position: how many come up to and with it, 0 outside the line.

    is_next: nobody is passed over when it is called.
    """

    entry: QueuedTicket
    position: int
    is_next: bool


@dataclass(frozen=True)
class Line:
    """A page of the line, and what stands beside it. total: who waits of the chosen service.

    found: the tickets of a number that was looked for, whatever became of them; None when nobody
    looked. parked, missed, at_desks: at most ASIDE of each; aside: how many there are.
    by_service: how many wait in each line.
    """

    waiting: tuple[Listed, ...]
    total: int
    page: int
    pages: int
    found: tuple[Listed, ...] | None
    at_desks: tuple[Listed, ...]
    parked: tuple[Listed, ...]
    missed: tuple[Listed, ...]
    aside: Mapping[str, int]
    by_service: Mapping[ServiceKind, int]
    kept: timedelta
    rule: OrderRule
    is_draw_pending: bool


_SPOTS = Prepared(
    select(
        ticket.c.id,
        ticket.c.service,
        func.coalesce(ticket.c.place_id, ticket.c.id).label("place_id"),
        ticket.c.place_no,
        ticket.c.for_desk_no,
        ticket.c.called_at.is_not(None).label("was_called"),
    )
    .where(
        ticket.c.market_day == bindparam("today"),
        ticket.c.state == TicketState.WAITING.value,
        ticket.c.parked_reason.is_(None),
    )
    .order_by(*PLACE)
)


def line_of(market: OpenMarket, view: LineView) -> Line:
    """Return a page of today's line, who is at desks, put aside or missed, and who is found."""
    now = market.database.now()
    today = market_day(now)
    with market.database.read() as connection:
        rule = order_rule(connection)
        spots = _SPOTS.all(connection, {"today": today})
        by_service = Counter(spot.service for spot in spots)
        if view.service is None:
            order = merged(spots)
        else:
            order = [spot for spot in spots if spot.service == view.service.value]
        is_pending = is_draw_pending(connection, now)
        positions = {spot.id: n for n, spot in enumerate(order, 1)}
        known = _Known(market, connection, positions, _next_ids(spots, is_pending))
        pages = max(-(-len(order) // PAGE), 1)
        page = min(max(view.page, 1), pages)
        shown = [spot.id for spot in order[(page - 1) * PAGE : page * PAGE]]
        beside = QUEUED.where(ticket.c.market_day == today)
        if view.service is not None:
            beside = beside.where(ticket.c.service == view.service.value)
        groups = {name: beside.where(where) for name, where in _ASIDE.items()}
        counts = {name: _count(connection, each) for name, each in groups.items()}
        minutes = connection.scalar(select(market_table.c.missed_minutes)) or 0
        listed = {name: known.listed(each.limit(ASIDE)) for name, each in groups.items()}
        return Line(
            known.by_id(shown),
            len(order),
            page,
            pages,
            known.listed(found) if (found := _found(view, today)) is not None else None,
            listed["at_desks"],
            listed["parked"],
            listed["missed"],
            counts,
            {kind: by_service[kind.value] for kind in ServiceKind},
            timedelta(minutes=minutes),
            rule,
            is_pending,
        )


def _count(connection: Connection, statement: Select[Any]) -> int:
    return connection.scalar(select(func.count()).select_from(statement.subquery())) or 0


_ASIDE: Mapping[str, Any] = {
    "at_desks": ticket.c.state.in_([TicketState.CALLED.value, TicketState.SERVING.value]),
    "parked": (ticket.c.state == TicketState.WAITING.value) & ticket.c.parked_reason.is_not(None),
    "missed": ticket.c.state == TicketState.NO_SHOW.value,
}


# Rows of prepared statements are of a class made at run time, hence Any.
def merged(spots: Iterable[Any]) -> list[Any]:
    """Return who waits in the order in which a desk for all services calls them.

    spots: in the order of PLACE. The line for work is by turn, the other by arrival; of the two in
    front the one who came earlier is next.
    """
    work, others = deque[Any](), deque[Any]()
    for spot in spots:
        (work if spot.service == FIND_WORK else others).append(spot)
    order = []
    while work and others:
        order.append((work if _arrived(work[0]) < _arrived(others[0]) else others).popleft())
    return [*order, *work, *others]


def _arrived(spot: Any) -> tuple[str, int, str]:
    return (spot.place_id, spot.place_no, spot.id)


def _next_ids(spots: Iterable[Any], is_draw_pending: bool) -> set[str]:
    """Return who may be called without a reason by any desk: first of a line, or called before.

    Nobody is first for work before the draw.
    """
    heads: dict[str, Any] = {}
    called = set()
    for spot in spots:
        if spot.was_called:
            called.add(spot.id)
        elif spot.for_desk_no is None and not (is_draw_pending and spot.service == FIND_WORK):
            heads.setdefault(spot.service, spot)
    return called | {spot.id for spot in heads.values()}


def _found(view: LineView, today: Any) -> Select[Any] | None:
    if not view.find:
        return None
    read = _LABEL.fullmatch(view.find.strip())
    statement = QUEUED.where(ticket.c.market_day == today).limit(FOUND)
    if read is None:
        return statement.where(ticket.c.number < 0)
    series, number = read[1].upper(), int(read[2])
    statement = statement.where(ticket.c.number == number)
    return statement.where(ticket.c.series == series) if series else statement


@dataclass(frozen=True)
class _Known:
    """What the rows of tickets are turned into lines with."""

    market: OpenMarket
    connection: Connection
    positions: Mapping[str, int]
    next_ids: set[str]

    def by_id(self, ids: list[str]) -> tuple[Listed, ...]:
        """Return tickets in the order of their ids."""
        found = {
            one.entry.ticket.id: one for one in self.listed(QUEUED.where(ticket.c.id.in_(ids)))
        }
        return tuple(found[one] for one in ids if one in found)

    def listed(self, statement: Select[Any]) -> tuple[Listed, ...]:
        """Return the tickets of a statement of QUEUED."""
        rows = self.connection.execute(statement.order_by(*PLACE)).all()
        return tuple(self._one(row) for row in rows)

    def _one(self, row: Row[Any]) -> Listed:
        position = self.positions.get(row.id, 0)
        entry = listed_ticket(self.market, self.connection, row, max(position - 1, 0))
        return Listed(entry, position, row.id in self.next_ids)
