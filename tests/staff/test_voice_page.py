"""The page of the market's voice: a manager records, listens, deletes; nobody else does."""

from __future__ import annotations

import io
from array import array

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.domain.kinds import DeviceKind, SoundState, StaffRole
from server.domain.sounds import MAX_UPLOAD_BYTES, read_wav
from server.domain.voice_clips import CALL_WORDS
from server.services.devices import DeviceReport, report_status
from server.services.open_market import OpenMarket
from server.services.voice_clips import keep_clip, kept_clips
from tests.people import CLI, Factory, new_key
from tests.staff.conftest import Clerk, seen, token_of
from tests.voice.tones import recording, tone, wav_of


@pytest.fixture
def manager(app: Flask, make: Factory) -> Clerk:
    member = make.staff("wangming", StaffRole.MANAGER)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = member.id
        session["_fresh"] = True
    return Clerk(client)


def upload(manager: Clerk, name: str, content: bytes, key: str | None = None) -> TestResponse:
    if not manager.token:
        manager.token = token_of(manager.read("/staff/voice"))
    fields = {
        "csrf_token": manager.token,
        "key": key or new_key(),
        "at": f"clip:{name}",
        "sound": (io.BytesIO(content), "clip.wav"),
    }
    answer = manager.client.post(f"/staff/voice/clips/{name}", data=fields)
    # The test client spools a large form to a file and leaves it open.
    answer.request.environ["wsgi.input"].close()
    return answer


def test_a_recording_is_uploaded_heard_and_deleted(manager: Clerk, market: OpenMarket) -> None:
    assert upload(manager, "please", recording(0.4)).status_code == 303
    assert "请 已录 0.6秒" in seen(manager.get("/staff/voice"))
    heard = manager.get("/staff/voice/clips/please.wav")
    assert heard.mimetype == "audio/wav"
    assert read_wav(heard.data).seconds == pytest.approx(0.6, abs=0.01)
    assert manager.send("/staff/voice/clips/please/deletion").status_code == 303
    assert manager.get("/staff/voice/clips/please.wav").status_code == 404
    assert kept_clips(market) == {}


def test_a_clip_of_almost_a_megabyte_gets_through(manager: Clerk, market: OpenMarket) -> None:
    long = wav_of(tone(4.9, rate=48_000), 48_000, channels=2)
    assert 900_000 < len(long) < MAX_UPLOAD_BYTES
    assert upload(manager, "to_desk_is_no_clip", long).status_code == 404
    assert upload(manager, "say_attract", long).status_code == 303
    assert kept_clips(market)["say_attract"].seconds == pytest.approx(4.9, abs=0.01)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a sound", "不是WAV录音文件"),
        (wav_of(array("h", [0] * 24_000)), "录音里没有声音"),
        (wav_of(tone(5.5)), "最多5秒"),
        (wav_of(tone(4), width=1), "16位"),
    ],
)
def test_a_useless_recording_is_refused_beside_its_clip(
    manager: Clerk, market: OpenMarket, content: bytes, words: str
) -> None:
    answer = upload(manager, "please", content)
    assert answer.status_code == 422
    assert words in seen(answer)
    assert kept_clips(market) == {}


def test_a_flood_is_cut_off(manager: Clerk) -> None:
    assert upload(manager, "please", bytes(MAX_UPLOAD_BYTES * 2)).status_code == 413


def test_the_same_form_twice_keeps_one_recording(manager: Clerk, market: OpenMarket) -> None:
    key, sound = new_key(), recording()
    assert upload(manager, "please", sound, key).status_code == 303
    first = kept_clips(market)
    assert upload(manager, "please", sound, key).status_code == 303
    assert kept_clips(market) == first


def test_a_clerk_neither_sees_nor_changes_the_voice(clerk: Clerk, market: OpenMarket) -> None:
    keep_clip(market, CLI, "please", recording(), new_key())
    assert clerk.get("/staff/voice").status_code == 403
    assert clerk.get("/staff/voice/clips/please.wav").status_code == 403
    assert clerk.send("/staff/voice/clips/please/deletion").status_code == 403
    assert "please" in kept_clips(market)
    assert "语音" not in clerk.read("/staff/devices")


def test_the_page_says_whose_voice_calls(manager: Clerk, market: OpenMarket) -> None:
    page = seen(manager.get("/staff/voice"))
    assert f"还差{len(CALL_WORDS)}段录音，叫号由电脑念" in page
    for name in CALL_WORDS:
        keep_clip(market, CLI, name, recording(), new_key())
    assert "叫号用您录的声音" in seen(manager.get("/staff/voice"))


def test_a_manager_listens_to_any_call_and_to_nothing_else(manager: Clerk) -> None:
    heard = manager.get("/staff/voice/trial.wav?label=B120&desk_no=12")
    assert read_wav(heard.data).seconds > 2
    for query in ("label=ni3&desk_no=1", "label=A012&desk_no=x", "label=A012&desk_no=0", ""):
        assert manager.get(f"/staff/voice/trial.wav?{query}").status_code == 404


def test_a_screen_that_nobody_hears_is_on_the_page_of_devices(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    display, _ = make.device(DeviceKind.DISPLAY)
    report_status(market, display, DeviceReport(sound_state=SoundState.BLOCKED))
    assert "声音 无声" in seen(clerk.get("/staff/devices"))
