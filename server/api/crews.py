"""Owns the check-in of a crew at the kiosk: its roll, card by card, and its one ticket."""

from __future__ import annotations

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from server.api.asks import answers_of, identity_of
from server.api.blueprint import DEVICE, answer, make_blueprint
from server.api.describe import ticket_answer
from server.api.describe_asks import queued
from server.api.schemas.crews import CrewRequest, CrewRollAnswer, CrewRollRequest
from server.api.schemas.kiosk import CheckInAnswer
from server.domain.errors import IdentityMissing
from server.domain.kinds import DeviceKind, IdentityWay
from server.services.crew_rolls import call_roll
from server.services.crews import NewCrew, check_in_crew
from server.services.workers import Person
from server.web.auth import needs_device, this_device
from server.web.context import idempotency_key, market
from server.web.limits import limit_lookups

api: APIBlueprint = make_blueprint("crews", "The touch screen: a crew on one ticket")


@api.post("/crews/roll", responses={"200": CrewRollAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
@limit_lookups
def find_roll(body: CrewRollRequest) -> Response:
    """Return the crew so far; refuses the member who came last if they may not join."""
    members = tuple(identity_of(token) for token in body.member_tokens)
    roll = call_roll(market(), identity_of(body.identity_token), members)
    return answer(CrewRollAnswer.model_validate(roll))


@api.post("/crews", responses={"201": CheckInAnswer, "200": CheckInAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_crew(body: CrewRequest) -> Response:
    """Check a crew in: 201 with its ticket, 200 with the one that all of them are on already."""
    members = tuple(_by_card(token) for token in body.member_tokens)
    leader = identity_of(body.identity_token).person
    new = NewCrew(leader, members, answers_of(body), body.members_notice)
    done = check_in_crew(market(), this_device().actor, new, idempotency_key())
    shown = ticket_answer(done.ticket)
    made = CheckInAnswer(ticket=shown, is_new=done.is_new, print_job=queued(done.print_job_id))
    return answer(made, 201 if done.is_new else 200)


def _by_card(token: str) -> Person:
    """Return a member, who lays a card down to prove that they are there."""
    identity = identity_of(token)
    if identity.way is not IdentityWay.CARD:
        raise IdentityMissing
    return identity.person
