"""Owns the spoken part of the API: sounds of numbers and of fixed sentences, never of free text."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import DEVICE, make_blueprint
from server.api.schemas.voice import CallPath, LabelPath, SentencePath, VersionQuery, WordsPath
from server.domain.kinds import DeviceKind
from server.services.calls import address_at_desk
from server.services.gathering_rows import gathering_said
from server.services.market import market_view
from server.voice.speaker import Said
from server.web.auth import needs_device
from server.web.context import context, market

api: APIBlueprint = make_blueprint("voice", "What kiosks and displays say aloud")

WAV = "audio/wav"
SOUND: dict[Any, Any] = {
    "200": {"content": {WAV: {"schema": {"type": "string", "format": "binary"}}}},
    "304": None,
}
A_YEAR_S = 365 * 24 * 3600


@api.get("/voice/calls/<string:label>/<string:desk_no>.wav", responses=SOUND, security=DEVICE)
@needs_device(DeviceKind.KIOSK, DeviceKind.DISPLAY)
def get_call(path: CallPath) -> Response:
    """Return the sound of a number called to a window of this market."""
    market_view(market()).check_desk(path.desk_no)
    address = ""
    if context().settings.voice_says_surname:
        address = address_at_desk(market(), path.label, path.desk_no)
    # Who holds the number may change under the same address: the browser asks each time.
    return _sound(context().speaker.call(path.label, path.desk_no, address), "")


@api.get("/voice/gatherings/<string:id>.wav", responses=SOUND, security=DEVICE)
@needs_device(DeviceKind.KIOSK, DeviceKind.DISPLAY)
def get_gathering(path: SentencePath) -> Response:
    """Return the sound of numbers called together to a meeting point."""
    labels, point = gathering_said(market(), path.id)
    return _sound(context().speaker.gathering(labels, point), "")


@api.get("/voice/tickets/<string:label>.wav", responses=SOUND, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def get_ticket(path: LabelPath, query: VersionQuery) -> Response:
    """Return the sound that tells a worker the number of the ticket."""
    return _sound(context().speaker.ticket(path.label), query.v)


@api.get("/voice/sentences/<string:id>.wav", responses=SOUND, security=DEVICE)
@needs_device(DeviceKind.KIOSK, DeviceKind.DISPLAY)
def get_sentence(path: SentencePath, query: VersionQuery) -> Response:
    """Return the sound of a fixed sentence, or the chime."""
    return _sound(context().speaker.sentence(path.id), query.v)


@api.get("/voice/words/<string:sound>.wav", responses=SOUND, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def get_words(path: WordsPath, query: VersionQuery) -> Response:
    """Return the sound of what is on a choice of the kiosk, one of the fixed words."""
    return _sound(context().speaker.words(path.sound), query.v)


def _sound(said: Said, version: str) -> Response:
    """Return a sound with its ETag; one that the version stands for needs no second look."""
    response = Response(said.wav, mimetype=WAV)
    response.set_etag(said.tag)
    response.cache_control.private = True
    if version and version == context().speaker.state().version:
        response.cache_control.max_age = A_YEAR_S
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.make_conditional(request)
    return response
