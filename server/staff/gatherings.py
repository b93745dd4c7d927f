"""Owns the buttons of a post that call many at once and note who came to the meeting point."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError, HeadcountOutOfRange
from server.domain.kinds import ReferralState, TicketState
from server.domain.meeting_points import MeetingPoint
from server.services.calls import Move, move_ticket
from server.services.gatherings import MOST_AT_ONCE, CallAll, call_all
from server.services.referrals import NewReferral, record_referral
from server.staff import posts
from server.staff.answers import on_refusal, redraw, submission
from server.staff.desk_choice import this_desk
from server.staff.forms import choice_of, plain_digits
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("gatherings", __name__, url_prefix="/posts/<post_id>/gatherings")


def _refuse(error: DomainError) -> AnyResponse:
    return posts.refuse_on((request.view_args or {}).get("post_id", ""), error)


on_refusal(blueprint, _refuse)


def _count(text: str) -> int:
    digits = plain_digits(text)
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 3:
        raise HeadcountOutOfRange(minimum=1, maximum=MOST_AT_ONCE)
    return int(digits)


@blueprint.post("")
@needs_staff()
def gather(post_id: str) -> AnyResponse:
    """Call the best waiting numbers for the post to a meeting point."""
    sent = submission()
    point = choice_of(MeetingPoint, sent.fields.get("meeting_point", ""))
    wanted = CallAll(post_id, _count(sent.fields.get("count", "")), this_desk(), point)
    call_all(market(), sent.actor, wanted, sent.key)
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/<code>/agreement")
@needs_staff()
def agree(post_id: str, code: str) -> AnyResponse:
    """Note that somebody who came agreed with the employer; the slip prints."""
    sent = submission()
    new = NewReferral(code, post_id, this_desk(), ReferralState.AGREED)
    record_referral(market(), sent.actor, new, sent.key)
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/<code>/state")
@needs_staff()
def dismiss(post_id: str, code: str) -> AnyResponse:
    """Note that somebody did not come, or send them back to the line."""
    sent = submission()
    is_missed = sent.fields.get("state") == TicketState.NO_SHOW
    state = TicketState.NO_SHOW if is_missed else TicketState.WAITING
    move_ticket(market(), sent.actor, Move(code, state, this_desk()), sent.key)
    return redraw("staff.posts.one", post_id=post_id)
