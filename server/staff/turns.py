"""Owns the page of the order of the line, and the small forms that the ranking reads."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.clock import market_day
from server.domain.errors import DomainError, DrawUnknown, PayInvalid, PayMissing, RequestMalformed
from server.domain.money import parse_yuan
from server.domain.order_rules import ORDER_RULE_NAMES, OrderRule
from server.domain.ranking import SKILL_RANKS
from server.services.job_wishes import (
    JobWishes,
    ask_skill,
    code_of_label,
    name_worker,
    state_wishes,
    unname_worker,
)
from server.services.lottery import draw_of, verify_draw
from server.services.market import market_view
from server.services.out_of_turn import out_of_turn_today
from server.staff.answers import on_refusal, redraw, refusal_page, submission
from server.staff.desk import back_to_bench, refuse_at_bench
from server.staff.forms import FormFaulty
from server.staff.posts import refuse_at_post
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("turns", __name__)


def _refuse(error: DomainError) -> AnyResponse:
    at = request.form.get("at", "")
    if at == "wishes":
        return refuse_at_bench(error)
    return refuse_at_post(error) if at == "asks" else refusal_page(error)


on_refusal(blueprint, _refuse)


@blueprint.get("/turns")
@needs_staff()
def page() -> str:
    """Show the order rule, today's draw and who was called out of turn."""
    view = market_view(market())
    return render_template(
        "staff/turns.html",
        rule=view.order_rule,
        rule_name=ORDER_RULE_NAMES[view.order_rule],
        rules=OrderRule,
        draw_at=view.draw_at,
        draw=_draw(market_day(market().database.now())),
        calls=out_of_turn_today(market()),
    )


def _draw(day: date) -> object:
    try:
        return draw_of(market(), day)
    except DrawUnknown:
        return None


@blueprint.get("/turns/<day>")
@needs_staff()
def draw(day: str) -> Response | str:
    """Show the draw of a day with everything that is needed to recompute it."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise DrawUnknown from error
    return render_template("staff/draw.html", report=verify_draw(market(), wanted))


@blueprint.post("/tickets/<code>/wishes")
@needs_staff()
def wishes(code: str) -> AnyResponse:
    """Keep what the ticket's holder wants of a job."""
    sent = submission()
    pay = sent.fields.get("pay", "")
    try:
        fen = parse_yuan(pay) if pay else None
    except (PayInvalid, PayMissing) as error:
        raise FormFaulty({"pay": error}) from error
    wanted = JobWishes(fen, "needs_ride" in sent.fields, "no_nights" in sent.fields)
    state_wishes(market(), sent.actor, code, wanted, sent.key)
    return back_to_bench(sent)


@blueprint.post("/posts/<post_id>/skill")
@needs_staff()
def ask_for_skill(post_id: str) -> AnyResponse:
    """Keep the least skill that a post asks for."""
    sent = submission()
    levels = {str(rank): level for level, rank in SKILL_RANKS.items()}
    if (level := levels.get(sent.fields.get("skill", ""))) is None:
        raise RequestMalformed
    ask_skill(market(), sent.actor, post_id, level, sent.key)
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/posts/<post_id>/named")
@needs_staff()
def name(post_id: str) -> AnyResponse:
    """Note that the employer asks for somebody by today's number."""
    sent = submission()
    code = code_of_label(market(), sent.fields.get("label", ""))
    name_worker(market(), sent.actor, post_id, code, sent.key)
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/posts/<post_id>/named/<worker_id>/end")
@needs_staff()
def unname(post_id: str, worker_id: str) -> AnyResponse:
    """Note that the employer no longer asks for somebody."""
    sent = submission()
    unname_worker(market(), sent.actor, post_id, worker_id, sent.key)
    return redraw("staff.posts.one", post_id=post_id)
