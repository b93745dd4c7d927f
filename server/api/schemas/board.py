"""Owns the shapes of the board and of a ticket's page."""

from __future__ import annotations

from datetime import date, datetime

from server.api.schemas.common import (
    Answer,
    MarketAnswer,
    PostRowAnswer,
    TicketAnswer,
)


class CalledAnswer(Answer):
    """A number that was asked to a desk."""

    label: str
    desk_no: int
    called_at: datetime
    is_recall: bool


class CalledTogetherAnswer(Answer):
    """Numbers that were asked to a meeting point together."""

    id: str
    labels: list[str]
    meeting_point: str
    called_at: datetime


class CountsAnswer(Answer):
    """Today's figures."""

    market_day: date
    open_headcount: int
    open_posts: int
    visits: int
    placements: int
    waiting: int


class BoardAnswer(Answer):
    """One state of the board."""

    revision: int
    server_time: datetime
    market: MarketAnswer
    posts: list[PostRowAnswer]
    calls: list[CalledAnswer]
    missed: list[str]
    counts: CountsAnswer
    gatherings: list[CalledTogetherAnswer]


class TicketPostAnswer(PostRowAnswer):
    """A post for a ticket's holder. applied: their place in its order, 0 if they did not apply."""

    applied: int


class TicketPageAnswer(TicketAnswer):
    """A ticket, its queue and the posts its holder applied for or that suit them."""

    posts: list[TicketPostAnswer]
    market: MarketAnswer
    revision: int
    server_time: datetime
