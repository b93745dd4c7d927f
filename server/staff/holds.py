"""Owns the buttons for places that are held: hold one, note a yes, note a no."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError
from server.domain.proposal_kinds import Party
from server.services.proposals import NewProposal, accept, decline, propose
from server.staff import jobs, posts
from server.staff.answers import Submission, on_refusal, redraw, submission
from server.staff.desk import back_to_bench, refuse_at_bench
from server.staff.desk_choice import this_desk
from server.staff.forms import choice_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("holds", __name__, url_prefix="/holds")


def _refuse(error: DomainError) -> AnyResponse:
    where, _, post_id = request.form.get("from", "").partition(":")
    if where == "jobs":
        return jobs.refuse_here(error)
    if where == "post":
        return posts.refuse_on(post_id, error)
    return refuse_at_bench(error)


on_refusal(blueprint, _refuse)


def _back(sent: Submission) -> AnyResponse:
    where, _, post_id = sent.fields.get("from", "").partition(":")
    if where == "jobs":
        return redraw("staff.jobs.page")
    if where == "post":
        return redraw("staff.posts.one", post_id=post_id)
    return back_to_bench(sent)


@blueprint.post("")
@needs_staff()
def hold() -> AnyResponse:
    """Hold one place for a number's holder."""
    sent = submission()
    said = sent.fields.get("accepted", "")
    new = NewProposal(
        sent.fields.get("code", ""),
        sent.fields.get("post_id", ""),
        this_desk(),
        choice_of(Party, said) if said else None,
    )
    propose(market(), sent.actor, new, sent.key)
    return _back(sent)


@blueprint.post("/<proposal_id>/yes")
@needs_staff()
def say_yes(proposal_id: str) -> AnyResponse:
    """Note that one side agrees; with both it is an agreement and the slip prints."""
    sent = submission()
    party = choice_of(Party, sent.fields.get("party", ""))
    accept(market(), sent.actor, proposal_id, party, sent.key)
    return _back(sent)


@blueprint.post("/<proposal_id>/no")
@needs_staff()
def say_no(proposal_id: str) -> AnyResponse:
    """Note that one side does not want; the place goes to the next."""
    sent = submission()
    party = choice_of(Party, sent.fields.get("party", ""))
    decline(market(), sent.actor, proposal_id, party, sent.key)
    return _back(sent)
