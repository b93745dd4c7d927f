"""Owns the desk's API for numbers and agreements that change hands."""

from __future__ import annotations

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import STAFF, answer, make_blueprint
from server.api.schemas.common import CodePath
from server.api.schemas.desk import CallAnswer, DeskRequest
from server.api.schemas.desk_calls import ParkRequest, TransferRequest, UndoRequest
from server.services.calls import take_over
from server.services.passing_on import Parking, Transfer, park_ticket, transfer_ticket
from server.services.undo import Undo, undo_agreement
from server.web.auth import needs_staff, this_staff
from server.web.context import idempotency_key, market

api: APIBlueprint = make_blueprint("desk_calls", "The service desk: numbers that change hands")


@api.put("/tickets/<string:code>/desk", responses={"200": CallAnswer}, security=STAFF)
@needs_staff()
def put_ticket_desk(path: CodePath, body: DeskRequest) -> Response:
    """Take a ticket over from the desk that has it."""
    actor, key = this_staff().actor, idempotency_key()
    taken = take_over(market(), actor, path.code, body.desk_no, key)
    return answer(CallAnswer.model_validate(taken))


@api.post("/tickets/<string:code>/parking", responses={"200": CallAnswer}, security=STAFF)
@needs_staff()
def add_parking(path: CodePath, body: ParkRequest) -> Response:
    """Put a desk's ticket aside; it keeps its place and is called by name only."""
    parking = Parking(path.code, body.desk_no, body.reason)
    parked = park_ticket(market(), this_staff().actor, parking, idempotency_key())
    return answer(CallAnswer.model_validate(parked))


@api.post("/tickets/<string:code>/transfer", responses={"200": CallAnswer}, security=STAFF)
@needs_staff()
def add_transfer(path: CodePath, body: TransferRequest) -> Response:
    """Pass a desk's ticket on to a service or to a desk, with a note that only staff read."""
    move = Transfer(path.code, **body.model_dump())
    moved = transfer_ticket(market(), this_staff().actor, move, idempotency_key())
    return answer(CallAnswer.model_validate(moved))


@api.post("/agreements/undo", responses={"200": CallAnswer}, security=STAFF)
@needs_staff()
def add_undo(body: UndoRequest) -> Response:
    """Undo an agreement: its desk within 10 minutes, a manager any time; returns the ticket."""
    wish = Undo(tuple(body.placement_ids), body.desk_no, body.reason)
    back = undo_agreement(market(), this_staff().actor, wish, idempotency_key())
    return answer(CallAnswer.model_validate(back))
