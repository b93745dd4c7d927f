"""Owns what a worker may ask for at the kiosk besides a number."""

from __future__ import annotations

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import DEVICE, answer, make_blueprint
from server.api.describe import ticket_answer
from server.api.schemas.asks import CancellationRequest
from server.api.schemas.common import CodePath, TicketAnswer
from server.domain.kinds import DeviceKind
from server.services.cancellations import Cancellation, cancel_ticket
from server.services.identities import Identity, open_identity
from server.web.auth import needs_device, this_device
from server.web.context import idempotency_key, market

api: APIBlueprint = make_blueprint("asks", "The touch screen: what a worker asks for")


def identity_of(token: str) -> Identity:
    """Return who an identity token stands for. Raises IdentityTokenExpired."""
    return open_identity(market().seal, token, market().database.now())


@api.post("/tickets/<string:code>/cancellation", responses={"200": TicketAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_cancellation(path: CodePath, body: CancellationRequest) -> Response:
    """Give the asker's own ticket back; once more changes nothing."""
    asked = Cancellation(identity_of(body.identity_token).person, path.code, body.reason)
    given_back = cancel_ticket(market(), this_device().actor, asked, idempotency_key())
    return answer(ticket_answer(given_back))
