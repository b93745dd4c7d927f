"""Owns the posts on the page behind a ticket's QR code: those applied for, then those that suit."""

from __future__ import annotations

from dataclasses import dataclass

from server.services.applications import applications_of_ticket
from server.services.board import PostRow, post_row
from server.services.matching import best_posts
from server.services.open_market import OpenMarket
from server.services.posts import post_of
from server.services.tickets import TicketView, trades_of_ticket


@dataclass(frozen=True)
class TicketPost:
    """A post for a ticket's holder. applied: their place in its order, 0 if they did not apply."""

    row: PostRow
    applied: int


def posts_of_ticket(market: OpenMarket, ticket: TicketView, limit: int) -> tuple[TicketPost, ...]:
    """Return the posts a ticket's holder applied for, then at most `limit` that suit them."""
    applied = {one.post_id: one.order for one in applications_of_ticket(market, ticket.code)}
    wanted = [post_row(post_of(market, post_id)) for post_id in applied]
    suited = best_posts(market, trades_of_ticket(market, ticket.id), None, limit, ticket.people)
    rows = [*wanted, *(row for row in suited if row.id not in applied)]
    return tuple(TicketPost(row, applied.get(row.id, 0)) for row in rows)
