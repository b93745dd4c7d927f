"""Owns the way from what services return to the shapes of the API."""

from __future__ import annotations

from server.api.schemas.board import BoardAnswer, TicketPageAnswer
from server.api.schemas.common import MarketAnswer, PostRowAnswer, TicketAnswer
from server.api.schemas.desk import PostAnswer
from server.api.schemas.kiosk import CandidateAnswer, Warning_
from server.domain.errors import CardExpired
from server.domain.phrases import SERVICE_NAMES, sentence
from server.services.board import Board, PostRow, post_row
from server.services.identities import Candidate
from server.services.log import head_revision
from server.services.market import MarketView, market_view
from server.services.open_market import OpenMarket
from server.services.posts import Post
from server.services.ticket_posts import posts_of_ticket
from server.services.tickets import TicketView, ticket_view

PHONE_POSTS = 5


def market_answer(view: MarketView) -> MarketAnswer:
    """Return the market as screens show it."""
    return MarketAnswer.model_validate(view)


def row_answer(row: PostRow) -> PostRowAnswer:
    """Return a published post."""
    return PostRowAnswer.model_validate(row)


def post_answer(post: Post) -> PostAnswer:
    """Return a post as the desk sees it."""
    return PostAnswer(
        id=post.id,
        no=post.no,
        state=post.state.value,
        filled=post.filled,
        left=post.left,
        row=row_answer(post_row(post)),
    )


def ticket_answer(view: TicketView) -> TicketAnswer:
    """Return a ticket as its holder sees it."""
    return TicketAnswer.model_validate(_ticket_fields(view))


def _ticket_fields(view: TicketView) -> dict[str, object]:
    fields = {name: getattr(view, name) for name in TicketAnswer.model_fields if name in vars(view)}
    return {**fields, "service_name": SERVICE_NAMES[view.service]}


def ticket_page_answer(market: OpenMarket, code: str) -> TicketPageAnswer:
    """Return a ticket with its queue and its posts. Raises TicketUnknown."""
    revision = head_revision(market)
    view = ticket_view(market, code)
    posts = posts_of_ticket(market, view, PHONE_POSTS)
    return TicketPageAnswer.model_validate(
        {
            **_ticket_fields(view),
            "posts": [{**vars(one.row), "applied": one.applied} for one in posts],
            "market": market_answer(market_view(market)),
            "revision": revision,
            "server_time": market.database.now(),
        }
    )


def board_answer(shown: Board) -> BoardAnswer:
    """Return one state of the board."""
    return BoardAnswer.model_validate(shown)


def candidate_answer(market: OpenMarket, candidate: Candidate) -> CandidateAnswer:
    """Return somebody who may be standing at the kiosk."""
    expired = CardExpired()
    warnings = [Warning_(code=expired.code, message=sentence(expired))]
    return CandidateAnswer(
        identity_token=candidate.identity_token,
        way=candidate.way,
        masked_name=candidate.masked_name,
        masked_id=candidate.masked_id,
        is_known=candidate.is_known,
        needs=[need.value for need in candidate.needs],
        trades=list(candidate.trades),
        warnings=warnings if candidate.is_card_expired else [],
        tickets_today=[ticket_answer(ticket_view(market, code)) for code in candidate.ticket_codes],
    )
