"""Owns slips: what a 推荐介绍信 proves to whoever holds its code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from server.db.tables import placement, post, referral, ticket, void_slip
from server.domain.errors import PlacementUnknown, TicketUnknown
from server.domain.kinds import PlacementState
from server.domain.money import pay_text
from server.domain.tickets import ticket_label
from server.domain.trades import trade
from server.services.open_market import OpenMarket
from server.services.posts import POSTS, hours_text, meeting_text, post_of_row


@dataclass(frozen=True)
class SlipView:
    """A slip without the worker: what anybody with its code may check."""

    placement_id: str
    slip_code: str
    state: PlacementState
    trade_name: str
    employer_name: str
    work_day: date
    hours: str
    place: str
    meeting: str
    pay: str
    post_id: str
    ticket_code: str
    ticket_label: str


_SLIPS = (
    select(placement, ticket.c.code, ticket.c.series, ticket.c.number)
    .join_from(placement, referral, referral.c.id == placement.c.referral_id)
    .join(ticket, ticket.c.id == referral.c.ticket_id)
)


def slip_view(market: OpenMarket, code: str) -> SlipView:
    """Return the slip with an opaque code. Raises TicketUnknown."""
    void = _void(market, code.upper())
    if void is not None:
        return void
    found = _find(market, placement.c.slip_code == code.upper())
    if found is None:
        raise TicketUnknown
    return found


def _void(market: OpenMarket, code: str) -> SlipView | None:
    """Return a slip whose agreement was undone; its placement may have another slip since."""
    with market.database.read() as connection:
        placement_id = connection.scalar(
            select(void_slip.c.placement_id).where(void_slip.c.slip_code == code)
        )
    if placement_id is None:
        return None
    return replace(slip_of(market, placement_id), slip_code=code, state=PlacementState.WITHDRAWN)


def slip_of(market: OpenMarket, placement_id: str) -> SlipView:
    """Return the slip of a placement. Raises PlacementUnknown."""
    found = _find(market, placement.c.id == placement_id)
    if found is None:
        raise PlacementUnknown
    return found


def _find(market: OpenMarket, condition: Any) -> SlipView | None:
    with market.database.read() as connection:
        row = connection.execute(_SLIPS.where(condition)).first()
        if row is None:
            return None
        return _slip(row, connection.execute(POSTS.where(post.c.id == row.post_id)).one())


def _slip(row: Row[*tuple[Any, ...]], post_row: Row[*tuple[Any, ...]]) -> SlipView:
    agreed = post_of_row(post_row)
    draft = agreed.draft
    return SlipView(
        row.id,
        row.slip_code,
        PlacementState(row.state),
        trade(draft.trade_id).name,
        agreed.employer_name,
        draft.work_day,
        hours_text(draft),
        draft.place,
        meeting_text(draft),
        pay_text(draft.pay_fen, draft.pay_unit, draft.piece_unit),
        row.post_id,
        row.code,
        ticket_label(row.series, row.number),
    )
