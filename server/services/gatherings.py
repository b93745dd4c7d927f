"""Owns calling for a whole post (要10个瓦工): the best waiting numbers, to a meeting point."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, insert, select

from server.db.tables import call, desk, gathering, gathering_ticket, ticket
from server.db.unit_of_work import Actor, Asked, Transaction
from server.domain.errors import (
    DeskUnknown,
    HeadcountOutOfRange,
    NobodyWaiting,
    PostPlacesTooFew,
)
from server.domain.kinds import TicketState
from server.domain.meeting_points import MeetingPoint
from server.domain.tickets import ticket_label
from server.services.matching import ranked_for_post
from server.services.open_market import OpenMarket
from server.services.posts import post_in
from server.services.referrals import check_takes_people
from server.services.ticket_rows import change_ticket

MOST_AT_ONCE = 30
# Somebody on the list may be called by another desk, or be a crew that does not fit.
LOOKED_AT = 200


@dataclass(frozen=True)
class CallAll:
    """How many people a post wants at once, and where. count: people; a crew counts in full."""

    post_id: str
    count: int
    desk_no: int
    meeting_point: MeetingPoint = MeetingPoint.HALL_DOOR


@dataclass(frozen=True)
class Gathered:
    """Numbers that were called together. people: how many they are for."""

    id: str
    labels: tuple[str, ...]
    people: int


def call_all(market: OpenMarket, staff: Actor, wanted: CallAll, key: str) -> Gathered:
    """Call the best waiting numbers for a post at once to a meeting point, in their ranking.

    Numbers that another desk called meanwhile, put aside or waits for are passed over; a crew is
    called whole where it fits, else passed over. A called number has no window until one takes
    it. Raises DeskUnknown, PostUnknown, PostFull, PlacesHeld, PostNotOpen, HeadcountOutOfRange,
    PostPlacesTooFew, NobodyWaiting. Records ticket.called for each.
    """
    ranked = ranked_for_post(market, wanted.post_id, LOOKED_AT)
    codes = tuple(one.ticket_code for one in ranked)
    asked = Asked(key, "call_all", asdict(wanted))
    with market.database.write(staff) as tx:
        return tx.once(asked, Gathered, lambda: _call_all(tx, wanted, codes))


def _call_all(tx: Transaction, wanted: CallAll, codes: tuple[str, ...]) -> Gathered:
    if tx.connection.scalar(select(desk.c.no).where(desk.c.no == wanted.desk_no)) is None:
        raise DeskUnknown
    offered = post_in(tx, wanted.post_id)
    check_takes_people(tx, offered)
    if not 1 <= wanted.count <= MOST_AT_ONCE:
        raise HeadcountOutOfRange(minimum=1, maximum=MOST_AT_ONCE)
    if wanted.count > offered.left:
        raise PostPlacesTooFew(left=offered.left)
    chosen = _chosen(tx, wanted.count, codes)
    if not chosen:
        raise NobodyWaiting
    gathering_id = _insert(tx, wanted)
    for row in chosen:
        _call(tx, row, wanted, gathering_id)
    labels = tuple(ticket_label(row.series, row.number) for row in chosen)
    return Gathered(gathering_id, labels, sum(row.people for row in chosen))


def _chosen(tx: Transaction, count: int, codes: tuple[str, ...]) -> list[Row[Any]]:
    """Return the rows of who may be called now, as many people as are wanted."""
    waiting = select(ticket).where(
        ticket.c.code.in_(codes),
        ticket.c.market_day == tx.market_day,
        ticket.c.state == TicketState.WAITING.value,
        ticket.c.parked_reason.is_(None),
        ticket.c.for_desk_no.is_(None),
    )
    rows = {row.code: row for row in tx.connection.execute(waiting)}
    chosen, left = [], count
    for code in codes:
        row = rows.get(code)
        if row is not None and row.people <= left:
            chosen.append(row)
            left -= row.people
    return chosen


def _insert(tx: Transaction, wanted: CallAll) -> str:
    values = {
        "id": tx.new_id(),
        "post_id": wanted.post_id,
        "desk_no": wanted.desk_no,
        "staff_id": tx.actor.staff_id,
        "meeting_point": wanted.meeting_point.value,
        "market_day": tx.market_day,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(gathering), values)
    return str(values["id"])


def _call(tx: Transaction, row: Row[Any], wanted: CallAll, gathering_id: str) -> None:
    told = {"gathering_id": gathering_id, "meeting_point": wanted.meeting_point.value}
    tx.connection.execute(
        insert(gathering_ticket), {"gathering_id": gathering_id, "ticket_id": row.id}
    )
    values = {
        "id": tx.new_id(),
        "ticket_id": row.id,
        "desk_no": wanted.desk_no,
        "market_day": tx.market_day,
        "is_recall": False,
        "called_at": tx.now,
    }
    tx.connection.execute(insert(call), values)
    changes = {
        "state": TicketState.CALLED.value,
        "desk_no": None,
        "called_at": tx.now,
        "recalls": 0,
    }
    change_ticket(tx, row, changes, "ticket.called", {**told, "post_id": wanted.post_id})
