"""Owns what a phone page says of a ticket or a slip; nothing of the person behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from server.domain.clock import market_day
from server.domain.errors import PlacementStateForbids
from server.domain.kinds import CancelReason, PlacementState, TicketState
from server.domain.phrases import SERVICE_NAMES
from server.services.case_views import TicketCase, cases_of_ticket
from server.services.jobs_listed import jobs_with
from server.services.market import MarketView, market_view
from server.services.open_market import OpenMarket
from server.services.proposals import HoldShown, holds_of_ticket
from server.services.ratings import is_rated
from server.services.referral_rows import referrals_of_ticket
from server.services.slips import SlipView, slip_of, slip_view
from server.services.ticket_posts import TicketPost, posts_of_ticket
from server.services.tickets import TicketView, ticket_view

POSTS_SHOWN = 5
OVER = "over"
MISSED = "missed"


class SlipStanding(StrEnum):
    """Say what a slip is worth to whoever holds it."""

    VALID = "valid"
    PAST = "past"
    ON_SITE = "on_site"
    COMPLETED = "completed"
    SETTLED = "settled"
    FELL_THROUGH = "fallen"
    VOID = "void"


# What a worker may say of the job, by how far it has got.
NEXT_STEPS = {
    PlacementState.AGREED: PlacementState.ON_SITE,
    PlacementState.ON_SITE: PlacementState.COMPLETED,
    PlacementState.COMPLETED: PlacementState.SETTLED,
}
PHONE_STEPS = frozenset(NEXT_STEPS.values())


@dataclass(frozen=True)
class TicketPage:
    """A ticket's page.

    state: the ticket's, OVER on another day than its own, MISSED when nobody came for it.
    slips: of the jobs its holder agreed to; a crew's people have theirs on paper only. holds:
    places held for its holder, also those that just lapsed. key: for the next press.
    """

    ticket: TicketView
    state: str
    service_name: str
    posts: tuple[TicketPost, ...]
    market: MarketView
    cases: tuple[TicketCase, ...]
    slips: tuple[SlipView, ...]
    holds: tuple[HoldShown, ...]
    key: str


@dataclass(frozen=True)
class SlipPage:
    """A slip's page, which proves the paper to an employer or an inspector.

    next_step: what its worker may say now, None for nothing. may_rate: the job is done and
    nobody has rated it. case_no: of the open wage case about it, "" for none. key: for the next
    press.
    """

    slip: SlipView
    standing: SlipStanding
    market: MarketView
    next_step: PlacementState | None
    may_rate: bool
    case_no: str
    key: str

    def check_holds(self) -> None:
        """Raise PlacementStateForbids for a slip that is void; its job may have another since."""
        if self.slip.state is PlacementState.WITHDRAWN:
            raise PlacementStateForbids(state=self.slip.state.value)


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
    return TicketPage(
        ticket,
        state,
        service_name,
        posts,
        market_view(market),
        cases,
        _slips(market, ticket),
        holds_of_ticket(market, ticket.code),
        uuid4().hex,
    )


def _slips(market: OpenMarket, ticket: TicketView) -> tuple[SlipView, ...]:
    if ticket.people > 1:
        return ()
    agreed = (row.placement_id for row in referrals_of_ticket(market, ticket.code))
    found = (slip_of(market, one) for one in agreed if one is not None)
    return tuple(slip for slip in found if slip.state is not PlacementState.WITHDRAWN)


def slip_page(market: OpenMarket, code: str) -> SlipPage:
    """Return the page of a slip's code. Raises TicketUnknown."""
    slip = slip_view(market, code)
    today = market_day(market.database.now())
    standing = {
        PlacementState.ON_SITE: SlipStanding.ON_SITE,
        PlacementState.FELL_THROUGH: SlipStanding.FELL_THROUGH,
        PlacementState.COMPLETED: SlipStanding.COMPLETED,
        PlacementState.SETTLED: SlipStanding.SETTLED,
        PlacementState.WITHDRAWN: SlipStanding.VOID,
    }.get(slip.state, SlipStanding.PAST if slip.work_day < today else SlipStanding.VALID)
    is_due = slip.work_day <= today
    is_done = slip.state in {PlacementState.COMPLETED, PlacementState.SETTLED}
    return SlipPage(
        slip,
        standing,
        market_view(market),
        NEXT_STEPS.get(slip.state) if is_due else None,
        is_done and not is_rated(market, slip.placement_id),
        jobs_with(market, slip.placement_id).people[0].case_no if is_done else "",
        uuid4().hex,
    )
