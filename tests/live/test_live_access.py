"""Who gets a socket, and what happens to those who read slowly or say nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask

from server.domain.kinds import DeviceKind
from server.services.open_market import OpenMarket
from server.services.signals import send_signal
from tests.live.conftest import LiveProcess, NewScreen, refusal_of
from tests.live.raw_client import RawClient
from tests.people import CLI, Factory

DELIVERIES = "market_live_deliveries_total"


@pytest.fixture
def display_token(make: Factory) -> str:
    return make.device(DeviceKind.DISPLAY)[1]


@pytest.fixture
def raw(live: LiveProcess) -> Iterator[Any]:
    """Opens raw websockets."""
    made: list[RawClient] = []

    def connect(**options: Any) -> RawClient:
        made.append(RawClient(live.port, **options))
        return made[-1]

    yield connect
    for one in made:
        one.close()


@pytest.mark.parametrize(
    ("auth", "code"),
    [
        ({"screen": "display", "token": "made-up"}, "device_token_invalid"),
        ({"screen": "display"}, "device_token_invalid"),
        ({"screen": "phone", "code": "0123456789"}, "ticket_unknown"),
        ({"screen": "phone", "code": "' or 1=1"}, "ticket_unknown"),
        ({"screen": "desk"}, "sign_in_required"),
        ({"screen": "province"}, "request_malformed"),
        ({}, "request_malformed"),
    ],
)
def test_stranger_is_refused_with_a_code(
    live: LiveProcess, auth: dict[str, str], code: str
) -> None:
    assert refusal_of(live, auth) == code


def test_token_of_a_kiosk_does_not_open_the_display_room(live: LiveProcess, make: Factory) -> None:
    token = make.device(DeviceKind.KIOSK)[1]

    assert refusal_of(live, {"screen": "display", "token": token}) == "device_kind_forbids"


def test_cookie_of_the_browser_is_enough_for_a_display(
    screen: NewScreen, display_token: str
) -> None:
    display = screen("display", cookie=f"market_device_display={display_token}")

    assert display.next("hello")


def test_forged_session_does_not_open_the_desk(live: LiveProcess, make: Factory) -> None:
    member = make.staff()
    forger = Flask("forger")
    forger.secret_key = "guessed"
    with forger.test_request_context():
        interface = forger.session_interface
        serializer = interface.get_signing_serializer(forger)  # type: ignore[attr-defined]
        cookie = f"session={serializer.dumps({'_user_id': member.id})}"

    assert refusal_of(live, {"screen": "desk"}, cookie) == "sign_in_required"


def test_page_of_another_site_gets_no_socket(raw: Any) -> None:
    own = raw(origin="http://127.0.0.1:8000")
    foreign = raw(origin="http://evil.example")

    assert own.handshake.startswith("HTTP/1.1 101")
    assert foreign.handshake.startswith("HTTP/1.1 403")


def test_sockets_beyond_the_cap_are_refused(live: LiveProcess, raw: Any) -> None:
    for _ in range(20):
        raw()

    assert raw().handshake.startswith("HTTP/1.1 503")
    assert live.figure('market_live_refused_total{code="live_full"}') == 1


def test_slow_reader_gets_whole_frames(
    market: OpenMarket, live: LiveProcess, raw: Any, display_token: str
) -> None:
    slow = raw()
    slow.join(screen="display", token=display_token)
    told = live.figure(DELIVERIES)

    for n in range(6):
        said = {"n": n, "text": "号" * 60_000}
        send_signal(market, CLI, "display", "test", said)
        live.wait_for(DELIVERIES, told + n + 1)
        event, signal = json.loads(slow.message().removeprefix("42"))
        assert event == "signal"
        assert signal["body"] == said


def test_compressed_frames_read_the_same_and_are_smaller(
    market: OpenMarket, live: LiveProcess, raw: Any, display_token: str
) -> None:
    browser = raw(offers_compression=True)
    assert "server_no_context_takeover" in browser.handshake
    browser.join(screen="display", token=display_token)

    for n in range(3):
        before = browser.bytes_read
        said = {"n": n, "text": "北旺庄工地 日薪320元 " * 100}
        send_signal(market, CLI, "display", "test", said)
        signal = json.loads(browser.message().removeprefix("42"))[1]
        assert signal["body"] == said
        assert browser.bytes_read - before < 400


def test_stalled_phone_delays_nobody_and_has_to_come_again(
    market: OpenMarket, make: Factory, live: LiveProcess, raw: Any, screen: NewScreen
) -> None:
    stalled = raw()
    code = make.checked_in().ticket.code
    stalled.join(screen="phone", code=code)
    phone = screen("phone", code=code)
    phone.next("hello")

    for n in range(200):
        send_signal(market, CLI, "phone", "test", {"n": n, "text": "x" * 60_000})
        assert phone.next("signal")["body"]["n"] == n
        if live.figure("market_live_stalled_total") == 1:
            break

    assert live.figure("market_live_stalled_total") == 1
    with pytest.raises((EOFError, ConnectionResetError)):
        stalled.read_to_the_end()


def test_client_that_says_too_much_is_ended(live: LiveProcess, raw: Any) -> None:
    chatty = raw()

    with suppress(OSError):
        for _ in range(1000):
            chatty.say("2" + "x" * 100)

    with pytest.raises((EOFError, ConnectionResetError)):
        chatty.read_to_the_end()
