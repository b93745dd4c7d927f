"""Owns the form that an employer fills in alone, on the desk's second screen or a phone."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError, PostStateForbids
from server.domain.idempotency import check_key
from server.domain.kinds import PayUnit, PostState
from server.domain.phrases import (
    PAY_UNIT_NAMES,
    SETTLEMENT_NAMES,
    TOOLS_NAMES,
    TRANSPORT_NAMES,
)
from server.domain.trades import trade_groups
from server.services.board import post_row
from server.services.invitations import (
    Invitation,
    Offer,
    invitation_of,
    offer_post,
    offered_post,
    offered_posts,
)
from server.services.market import market_view
from server.staff.answers import check_drawn_here, key_to_redraw, new_key
from server.staff.forms import Refusal, clean_text, refusal_of
from server.staff.post_form import (
    PostFields,
    fields_of_draft,
    fresh_fields,
    read_post,
    typed_fields,
)
from server.web.context import market
from server.web.refusals import status_of

blueprint = Blueprint("employer_mode", __name__, template_folder="templates")

# What an employer reads of a post's state; a draft here is one that the desk sent back.
STATE_WORDS = {
    PostState.DRAFT: "要改一改",
    PostState.IN_REVIEW: "等工作人员审核",
    PostState.OPEN: "已上大屏，正在招",
    PostState.PAUSED: "先停着",
    PostState.FULL: "招满了",
    PostState.CLOSED: "招完了",
    PostState.WITHDRAWN: "已撤下",
    PostState.EXPIRED: "过了时间",
}
MENDABLE = frozenset({PostState.DRAFT, PostState.IN_REVIEW})


@blueprint.get("/e/<code>")
def page(code: str) -> AnyResponse | str:
    """Show the posts that came by this code and how far they are, or the form for the first."""
    asking = invitation_of(market(), code)
    posts = offered_posts(market(), code)
    if not posts:
        return redirect(url_for("employer_mode.form", code=asking.code))
    rows = [(post, post_row(post)) for post in posts]
    return _page("posts", asking, rows=rows, state_words=STATE_WORDS, mendable=MENDABLE)


@blueprint.get("/E/<code>")
def scanned(code: str) -> AnyResponse:
    """Lead a phone that scanned the code, which is in capitals, to the page."""
    return redirect(url_for("employer_mode.page", code=code))


@blueprint.get("/e/<code>/new")
def form(code: str) -> str:
    """Show an empty form with the usual answers."""
    asking = invitation_of(market(), code)
    return _form(asking, fresh_fields(market().database.now()), new_key())


@blueprint.get("/e/<code>/posts/<post_id>")
def mend(code: str, post_id: str) -> str:
    """Show the form of a post that is not published yet."""
    asking, found = invitation_of(market(), code), offered_post(market(), code, post_id)
    if found.state not in MENDABLE:
        raise PostStateForbids(state=found.state.value)
    return _form(asking, fields_of_draft(found.draft), new_key())


@blueprint.post("/e/<code>/new")
@blueprint.post("/e/<code>/posts/<post_id>")
def send(code: str, post_id: str = "") -> AnyResponse:
    """Hand a post to the desk; what is wrong is said at its field and nothing typed is lost."""
    check_drawn_here()
    asking, typed = invitation_of(market(), code), _typed(code)
    try:
        offer = Offer(code, read_post(typed), post_id)
        offer_post(market(), offer, check_key(request.form.get("key")))
    except DomainError as error:
        refusal = refusal_of(error)
        drawn = _form(asking, typed, key_to_redraw(refusal), refusal)
        return Response(drawn, status_of(error))
    return redirect(url_for("employer_mode.page", code=asking.code), 303)


def _typed(code: str) -> PostFields:
    """Return what was typed; the employer is the invitation's, so none is chosen."""
    chosen = {**request.form, "employer_id": invitation_of(market(), code).employer_id}
    return typed_fields({name: clean_text(text) for name, text in chosen.items()})


def _form(asking: Invitation, typed: PostFields, key: str, refusal: Refusal | None = None) -> str:
    return _page(
        "form",
        asking,
        typed=typed,
        key=key,
        refusal=refusal,
        groups=trade_groups(),
        units={unit: word for unit, word in PAY_UNIT_NAMES.items() if unit is not PayUnit.PIECE},
        settlements=SETTLEMENT_NAMES,
        transports=TRANSPORT_NAMES,
        tool_names=TOOLS_NAMES,
    )


def _page(name: str, asking: Invitation, **shown: object) -> str:
    view = market_view(market())
    return render_template(f"employer/{name}.html", market=view, invitation=asking, **shown)


@blueprint.errorhandler(DomainError)
def refuse(error: DomainError) -> AnyResponse:
    """Say a refusal on a page of its own."""
    shown = render_template(
        "employer/refusal.html", market=market_view(market()), refusal=refusal_of(error)
    )
    return Response(shown, status_of(error))
