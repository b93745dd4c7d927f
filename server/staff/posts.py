"""Owns the pages of posts: the lists, the form, the review and who waits for a post."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError, RequestMalformed, TextMissing
from server.domain.kinds import PostState
from server.domain.meeting_points import MEETING_POINT_NAMES
from server.domain.phrases import (
    FIELD_NAMES,
    PAY_UNIT_NAMES,
    RULE_KIND_NAMES,
    SETTLEMENT_NAMES,
    SKILL_NAMES,
    TOOLS_NAMES,
    TRANSPORT_NAMES,
)
from server.domain.posts import free_texts
from server.domain.proposal_kinds import PROPOSAL_STATE_NAMES
from server.domain.ranking import SKILL_RANKS
from server.domain.trades import trade_groups
from server.services.applications import applied_counts
from server.services.board import post_row
from server.services.calls import NamedCall, call_named, ticket_at_desk
from server.services.employers import employer_of
from server.services.gathering_rows import gatherings_of_post
from server.services.invitations import came_by_invitation
from server.services.job_wishes import named_for, skill_asked_of
from server.services.matching import ranked_for_post
from server.services.post_history import post_history
from server.services.post_orders import add_order, repeat_at_once
from server.services.posts import (
    Post,
    change_post,
    end_post,
    pause_post,
    post_of,
    posts_of_order,
    publish_post,
    repeat_post,
    send_back_post,
    submit_post,
)
from server.services.proposals import holds_of_post
from server.services.review_rules import post_rules
from server.services.tickets import ticket_view
from server.staff.answers import (
    check_drawn_here,
    go,
    key_to_redraw,
    new_key,
    on_refusal,
    redraw,
    refusal_at,
    refused,
    submission,
)
from server.staff.desk_choice import chosen_desk, this_desk
from server.staff.employer_choice import employer_choice, employer_line
from server.staff.forms import FormFaulty, Refusal, choice_of, clean_text, refusal_of
from server.staff.order_form import order_lines, read_order
from server.staff.post_check import post_check
from server.staff.post_form import (
    PostFields,
    board_look,
    fields_of_draft,
    fresh_fields,
    read_post,
    typed_fields,
    with_template,
)
from server.staff.post_lists import PostLine, post_lines, post_lists, tab_of
from server.staff.post_marks import marks_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("posts", __name__, url_prefix="/posts")

FREE_FIELDS = ("place", "meeting_point", "requirements", "piece_unit")
ENDS = frozenset({PostState.CLOSED, PostState.WITHDRAWN})


@blueprint.get("")
@needs_staff()
def page() -> str:
    """List the posts of one tab, and those of the days before."""
    return render_template("staff/posts.html", lists=_lists(request.args.get("tab", "")))


def _lists(tab: str) -> Any:
    return post_lists(market(), tab_of(tab))


@blueprint.get("/new")
@needs_staff()
def new() -> str:
    """Show an empty form with the usual answers."""
    typed = fresh_fields(market().database.now(), clean_text(request.args.get("employer", "")))
    return render_template("staff/post_form.html", **_form(typed))


def _form(
    typed: PostFields, refusal: Refusal | None = None, post_id: str = ""
) -> dict[str, object]:
    choice = employer_choice(market(), typed.employer_id)
    texts = {name: getattr(typed, name) for name in FREE_FIELDS}
    return {
        "lines": order_lines(request.form),
        "marks": marks_of(texts, post_rules(market()).screen) if refusal else {},
        "kind_names": RULE_KIND_NAMES,
        "typed": typed,
        "post_id": post_id,
        "refusal": refusal,
        "key": new_key() if refusal is None else key_to_redraw(refusal),
        "choice": choice,
        "look": board_look(typed, choice.chosen_name),
        "groups": trade_groups(),
        "units": PAY_UNIT_NAMES,
        "settlements": SETTLEMENT_NAMES,
        "transports": TRANSPORT_NAMES,
        "tool_names": TOOLS_NAMES,
    }


@blueprint.post("/new")
@needs_staff()
def add() -> AnyResponse:
    """Add a post and put it in review."""
    try:
        sent = submission()
        drafts = read_order(sent.fields, post_rules(market()), market().database.now())
        made = add_order(market(), sent.actor, drafts, sent.key)
    except DomainError as error:
        return _refused_form(error)
    return go("staff.posts.one", post_id=made[0].id)


@blueprint.post("/template")
@needs_staff()
def template() -> str:
    """Draw the form again with the usual answers of the trade; nothing is kept."""
    check_drawn_here()
    shown = _form(with_template(typed_fields(request.form)))
    return render_template("staff/post_form.html", **shown)


def _refused_form(error: DomainError, post_id: str = "") -> AnyResponse:
    shown = _form(typed_fields(request.form), refusal_of(error), post_id)
    return refused("staff/post_form.html", error, **shown)


@blueprint.post("/look")
@needs_staff()
def look() -> str:
    """Return how the row of a half-filled form would look on the board."""
    check_drawn_here()
    typed = typed_fields(request.form)
    chosen = employer_choice(market(), typed.employer_id).chosen_name
    return render_template("staff/parts/look.html", look=board_look(typed, chosen))


@blueprint.get("/<post_id>/edit")
@needs_staff()
def edit(post_id: str) -> str:
    """Show the form of a post that is not yet published."""
    typed = fields_of_draft(post_of(market(), post_id).draft)
    return render_template("staff/post_form.html", **_form(typed, post_id=post_id))


@blueprint.post("/<post_id>/edit")
@needs_staff()
def change(post_id: str) -> AnyResponse:
    """Change a post that is not yet published."""
    try:
        sent = submission()
        draft = read_post(typed_fields(sent.fields))
        change_post(market(), sent.actor, post_id, draft, sent.key)
    except DomainError as error:
        return _refused_form(error, post_id)
    return go("staff.posts.one", post_id=post_id)


@blueprint.get("/<post_id>")
@needs_staff()
def one(post_id: str) -> str:
    """Show a post: its review, its state and who waits for it."""
    return render_template("staff/post.html", **_one(post_id))


def _one(post_id: str) -> dict[str, object]:
    post = post_of(market(), post_id)
    employer = employer_of(market(), post.draft.employer_id)
    rules = post_rules(market())
    desk_no = chosen_desk()
    code = None if desk_no is None else ticket_at_desk(market(), desk_no)
    workers = ranked_for_post(market(), post_id)
    return {
        "post": post,
        "row": post_row(post),
        "employer": employer_line(employer),
        "check": post_check(market(), post, employer, rules),
        "history": post_history(market(), post_id),
        "is_employers_own": came_by_invitation(market(), post_id),
        "order": _same_order(post),
        "marks": marks_of(free_texts(post.draft), rules.screen),
        "field_names": FIELD_NAMES,
        "kind_names": RULE_KIND_NAMES,
        "typed": request.form,
        "workers": workers,
        "first_code": next((w.ticket_code for w in workers if w.can_be_called), ""),
        "applied": applied_counts(market()).get(post_id, 0),
        "held": None if code is None else ticket_view(market(), code),
        "named": named_for(market(), post_id),
        "skill_ranks": {SKILL_RANKS[level]: name for level, name in SKILL_NAMES.items()},
        "skill_asked": skill_asked_of(market(), post_id),
        "holds": holds_of_post(market(), post_id),
        "gatherings": gatherings_of_post(market(), post_id),
        "meeting_points": MEETING_POINT_NAMES,
        "hold_names": PROPOSAL_STATE_NAMES,
    }


def _same_order(post: Post) -> tuple[PostLine, ...]:
    if post.order_id is None:
        return ()
    others = posts_of_order(market(), post.order_id)
    return post_lines(market(), tuple(other for other in others if other.id != post.id))


def refuse_at_post(error: DomainError) -> AnyResponse:
    """Say a refusal on the page of the post, or on the list it was sent from."""
    if request.form.get("at") == "list":
        lists = _lists(request.form.get("tab", ""))
        return refused("staff/posts.html", error, lists=lists, refusal=refusal_of(error))
    return refuse_on((request.view_args or {}).get("post_id", ""), error)


def refuse_on(post_id: str, error: DomainError) -> AnyResponse:
    """Say a refusal on the page of a post, at the button that was pressed."""
    return refused("staff/post.html", error, refusal=refusal_at(error), **_one(post_id))


on_refusal(blueprint, refuse_at_post)


@blueprint.post("/<post_id>/publish")
@needs_staff()
def publish(post_id: str) -> AnyResponse:
    """Publish a reviewed post: it goes to the board."""
    sent = submission()
    if not sent.fields.get("has_seen"):
        raise FormFaulty({"has_seen": TextMissing(field="evidence")})
    publish_post(market(), sent.actor, post_id, sent.key, sent.fields.get("review_reason", ""))
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/<post_id>/send-back")
@needs_staff()
def send_back(post_id: str) -> AnyResponse:
    """Send a post in review back to be mended."""
    sent = submission()
    send_back_post(market(), sent.actor, post_id, sent.key)
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/<post_id>/submit")
@needs_staff()
def submit(post_id: str) -> AnyResponse:
    """Put a draft in review."""
    sent = submission()
    submit_post(market(), sent.actor, post_id, sent.key)
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/<post_id>/pause")
@needs_staff()
def pause(post_id: str) -> AnyResponse:
    """Take an open post off the board for a while."""
    sent = submission()
    pause_post(market(), sent.actor, post_id, sent.key)
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/<post_id>/end")
@needs_staff()
def end(post_id: str) -> AnyResponse:
    """Close or withdraw a post: it leaves the board."""
    sent = submission()
    state = choice_of(PostState, sent.fields.get("state", ""))
    if state not in ENDS:
        raise RequestMalformed
    end_post(market(), sent.actor, post_id, state, sent.key)
    return redraw("staff.posts.one", post_id=post_id)


@blueprint.post("/<post_id>/repeat")
@needs_staff()
def repeat(post_id: str) -> AnyResponse:
    """Post the same again for the next fitting day."""
    sent = submission()
    again = repeat_post(market(), sent.actor, post_id, sent.key)
    return go("staff.posts.one", post_id=again.id)


@blueprint.post("/<post_id>/repeat-at-once")
@needs_staff()
def repeat_now(post_id: str) -> AnyResponse:
    """Post the same again and put it on the board in one step."""
    sent = submission()
    again = repeat_at_once(market(), sent.actor, post_id, sent.key)
    return go("staff.posts.one", post_id=again.id)


@blueprint.post("/<post_id>/recommend")
@needs_staff()
def recommend(post_id: str) -> AnyResponse:
    """Call somebody who waits for this post to this desk, and go there to talk."""
    sent = submission()
    wanted = NamedCall(sent.fields.get("code", ""), this_desk(), post_id=post_id)
    call_named(market(), sent.actor, wanted, sent.key)
    return go("staff.desk.page", post=post_id)
