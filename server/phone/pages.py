"""Owns what a phone page says of a ticket or a slip; nothing of the person behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from server.domain.clock import market_day
from server.domain.kinds import CancelReason, PlacementState, TicketState
from server.domain.phrases import SERVICE_NAMES
from server.services.case_views import TicketCase, cases_of_ticket
from server.services.market import MarketView, market_view
from server.services.open_market import OpenMarket
from server.services.slips import SlipView, slip_view
from server.services.ticket_posts import TicketPost, posts_of_ticket
from server.services.tickets import TicketView, ticket_view

POSTS_SHOWN = 5
OVER = "over"
MISSED = "missed"


class SlipStanding(StrEnum):
    """Say what a slip is worth to whoever holds it."""

    VALID = "valid"
    PAST = "past"
    COMPLETED = "completed"
    SETTLED = "settled"
    VOID = "void"


@dataclass(frozen=True)
class TicketPage:
    """A ticket's page.

    state: the ticket's, OVER on another day than its own, MISSED when nobody came for it.
    """

    ticket: TicketView
    state: str
    service_name: str
    posts: tuple[TicketPost, ...]
    market: MarketView
    cases: tuple[TicketCase, ...]


@dataclass(frozen=True)
class SlipPage:
    """A slip's page, which proves the paper to an employer or an inspector."""

    slip: SlipView
    standing: SlipStanding
    market: MarketView


def ticket_page(market: OpenMarket, code: str) -> TicketPage:
    """Return the page of a ticket's code. Raises TicketUnknown."""
    ticket = ticket_view(market, code)
    is_today = ticket.market_day == market_day(market.database.now())
    posts = posts_of_ticket(market, ticket, POSTS_SHOWN)
    is_finished = ticket.state in {TicketState.DONE, TicketState.CANCELLED}
    state = ticket.state.value if is_today or is_finished else OVER
    if ticket.state is TicketState.CANCELLED and ticket.cancel_reason == CancelReason.MISSED:
        state = MISSED
    service_name = SERVICE_NAMES[ticket.service]
    cases = cases_of_ticket(market, ticket.id)
    return TicketPage(ticket, state, service_name, posts, market_view(market), cases)


def slip_page(market: OpenMarket, code: str) -> SlipPage:
    """Return the page of a slip's code. Raises TicketUnknown."""
    slip = slip_view(market, code)
    is_past = slip.work_day < market_day(market.database.now())
    standing = {
        PlacementState.COMPLETED: SlipStanding.COMPLETED,
        PlacementState.SETTLED: SlipStanding.SETTLED,
        PlacementState.WITHDRAWN: SlipStanding.VOID,
    }.get(slip.state, SlipStanding.PAST if is_past else SlipStanding.VALID)
    return SlipPage(slip, standing, market_view(market))
