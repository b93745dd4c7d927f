"""Owns the public part of the API: the board and a ticket's page."""

from __future__ import annotations

import hashlib
import json

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import DEVICE, NOBODY, answer, make_blueprint
from server.api.describe import board_answer, ticket_page_answer
from server.api.schemas.board import BoardAnswer, TicketPageAnswer
from server.api.schemas.common import CodePath
from server.domain.kinds import DeviceKind
from server.services.board import board
from server.web.auth import needs_device, open_to_all
from server.web.context import market

api: APIBlueprint = make_blueprint("board", "The job board and a ticket's place in the queue")


@api.get("/board", responses={"200": BoardAnswer}, security=DEVICE)
@needs_device(DeviceKind.DISPLAY, DeviceKind.KIOSK)
def get_board() -> Response:
    """Return the board; the ETag is its revision, so an unchanged board costs nothing."""
    return with_etag(answer(board_answer(board(market()))))


@api.get("/tickets/<string:code>", responses={"200": TicketPageAnswer}, security=NOBODY)
@open_to_all
def get_ticket(path: CodePath) -> Response:
    """Return a ticket's place in the queue and the posts that suit its holder."""
    return with_etag(answer(ticket_page_answer(market(), path.code)))


def with_etag(response: Response) -> Response:
    """Add an ETag of the content without its time, and answer 304 when the caller has it."""
    body = response.get_json()
    body.pop("server_time", None)
    response.set_etag(f"{body.get('revision', 0)}-{_digest(body)}", weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _digest(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:12]
