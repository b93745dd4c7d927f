"""What is said aloud, over HTTP: who may ask, what may be said, and what is kept by browsers."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from server.app import create_app
from server.domain.sounds import read_wav
from server.domain.voice_clips import CALL_WORDS
from server.services.calls import call_next
from server.services.devices import device_of
from server.services.open_market import OpenMarket
from server.services.voice_clips import keep_clip
from server.settings import Settings
from server.web.context import WebContext
from tests.api.conftest import Caller
from tests.people import CLI, Factory, new_key
from tests.voice.tones import recording

CALL = "/voice/calls/A012/3.wav"


def version(kiosk: Caller) -> str:
    voice = kiosk.get("/kiosk").json["voice"]
    assert voice["is_on"] is True
    return str(voice["version"])


def test_kiosk_and_display_hear_a_call_as_wav(kiosk: Caller, display: Caller) -> None:
    heard = [caller.get(CALL) for caller in (kiosk, display)]
    assert [answer.status_code for answer in heard] == [200, 200]
    assert heard[0].mimetype == "audio/wav"
    assert heard[0].data == heard[1].data
    assert read_wav(heard[0].data).seconds > 2


@pytest.mark.parametrize("path", [CALL, "/voice/tickets/A012.wav", "/voice/sentences/attract.wav"])
def test_nobody_else_gets_a_sound(
    stranger: Caller, agent: Caller, clerk: Caller, path: str
) -> None:
    assert stranger.get(path).status_code == 401
    assert agent.get(path).json["code"] == "device_kind_forbids"
    assert clerk.get(path).status_code == 401


def test_only_a_kiosk_tells_somebody_their_number(kiosk: Caller, display: Caller) -> None:
    assert kiosk.get("/voice/tickets/A012.wav").status_code == 200
    assert display.get("/voice/tickets/A012.wav").json["code"] == "device_kind_forbids"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/voice/calls/A012/9.wav", 404, "desk_unknown"),
        ("/voice/calls/A12/3.wav", 404, "number_unspeakable"),
        ("/voice/calls/Z012/3.wav", 404, "number_unspeakable"),
        ("/voice/calls/A012/three.wav", 422, "request_malformed"),
        ("/voice/tickets/ni3hao3.wav", 404, "number_unspeakable"),
        ("/voice/tickets/A012%20B013.wav", 422, "request_malformed"),
        ("/voice/sentences/ni3 hao3.wav", 404, "sentence_unknown"),
        ("/voice/sentences/say_attract.wav", 404, "sentence_unknown"),
    ],
)
def test_there_is_no_free_text(kiosk: Caller, path: str, status: int, code: str) -> None:
    answer = kiosk.get(path)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_browser_keeps_a_sentence_for_its_version_and_asks_again_without(kiosk: Caller) -> None:
    path = "/voice/sentences/attract.wav"
    kept = kiosk.get(f"{path}?v={version(kiosk)}")
    assert "immutable" in kept.headers["Cache-Control"]
    assert "private" in kept.headers["Cache-Control"]
    asked = kiosk.get(f"{path}?v=older")
    assert "no-cache" in asked.headers["Cache-Control"]
    again = kiosk.get(path, **{"If-None-Match": asked.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_new_recording_changes_the_version_and_the_sound(
    kiosk: Caller, market: OpenMarket
) -> None:
    before, sound = version(kiosk), kiosk.get("/voice/sentences/chime.wav").data
    keep_clip(market, CLI, "chime", recording(1), new_key())
    assert version(kiosk) != before
    assert kiosk.get("/voice/sentences/chime.wav").data != sound


def silent_app(settings: Settings, market: OpenMarket) -> Flask:
    """The server of a market without a synthesiser."""
    without = dataclasses.replace(settings, voice_program="no-such-synthesiser")
    return create_app(WebContext(without, market, "test-build"))


def test_without_a_voice_the_kiosk_is_told_and_works_on(
    settings: Settings, market: OpenMarket, kiosk: Caller, make: Factory
) -> None:
    caller = Caller(silent_app(settings, market), kiosk.token)
    snapshot = caller.get("/kiosk")
    assert (snapshot.status_code, snapshot.json["voice"]["is_on"]) == (200, False)
    answer = caller.get(CALL)
    assert (answer.status_code, answer.json["code"]) == (409, "voice_off")
    for name in CALL_WORDS:
        keep_clip(market, CLI, name, recording(0.3), new_key())
    assert caller.get("/kiosk").json["voice"]["is_on"] is True
    assert caller.get(CALL).status_code == 200


def test_a_surname_is_said_only_where_the_market_wants_it(
    settings: Settings, market: OpenMarket, display: Caller, make: Factory
) -> None:
    make.checked_in(person=make.person("单建国"))
    call_next(market, CLI, 2, (), new_key())
    path = "/voice/calls/A001/2.wav"
    plain = display.get(path).data
    wanted = dataclasses.replace(settings, voice_says_surname=True)
    caller = Caller(create_app(WebContext(wanted, market, "test-build")), display.token)
    said = caller.get(path).data
    assert read_wav(said).seconds > read_wav(plain).seconds + 0.5
    assert caller.get("/voice/calls/A001/3.wav").data == display.get("/voice/calls/A001/3.wav").data


def test_a_screen_that_cannot_be_heard_says_so(kiosk: Caller, market: OpenMarket) -> None:
    assert kiosk.put("/devices/me/status", {"sound": {"state": "blocked"}}).status_code == 204
    known = device_of(market, kiosk.device.id)  # type: ignore[attr-defined]  # set by the fixture
    assert known.sound_state == "blocked"
    kiosk.put("/devices/me/status", {"shown_revision": 3})
    assert device_of(market, known.id).sound_state == "blocked"
    assert kiosk.put("/devices/me/status", {"sound": {"state": "loud"}}).status_code == 422
