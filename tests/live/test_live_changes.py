"""What screens hear from live: every change, numbered, soon, and nothing of a person."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.domain.kinds import DeviceKind, PostState, PrinterState, TicketState
from server.services.calls import Move, call_next, move_ticket, recall
from server.services.devices import DeviceReport, report_status, revoke_device
from server.services.log import head_revision
from server.services.open_market import Actor, OpenMarket
from server.services.posts import end_post, publish_post
from server.services.rooms import device_room
from server.services.signals import send_signal
from tests.live.conftest import LiveProcess, NewScreen, refusal_of
from tests.people import CLI, Factory, new_key

CLERK = Actor("staff:test")


@pytest.fixture
def display_token(make: Factory) -> str:
    return make.device(DeviceKind.DISPLAY)[1]


def people_come(make: Factory, count: int) -> None:
    """Some check in, one after the other."""
    for _ in range(count):
        make.checked_in()
        make.later(seconds=1)


def test_screen_is_greeted_with_the_revision_and_the_build(
    market: OpenMarket, live: LiveProcess, screen: NewScreen, display_token: str
) -> None:
    live.wait_for("market_live_revision", head_revision(market))

    hello = screen("display", token=display_token).next("hello")

    assert hello["revision"] == head_revision(market)
    assert hello["build"]


def test_published_post_reaches_the_display_within_a_second(
    make: Factory, screen: NewScreen, display_token: str, tomorrow: dict[str, Any]
) -> None:
    display = screen("display", token=display_token)
    display.next("hello")
    post = make.post_in_review(**tomorrow)
    started_at = time.monotonic()

    publish_post(make.market, CLI, post.id, new_key())
    change = display.next("change", lambda told: told.get("posts"))

    assert time.monotonic() - started_at < 1.0
    assert [row["id"] for row in change["posts"]] == [post.id]
    assert change["order"] == [post.id]
    assert change["counts"]["open_posts"] == 1


def test_row_of_a_change_reads_like_the_row_of_the_snapshot(
    client: FlaskClient,
    make: Factory,
    screen: NewScreen,
    display_token: str,
    tomorrow: dict[str, Any],
) -> None:
    display = screen("display", token=display_token)
    display.next("hello")
    make.published(**tomorrow)
    make.checked_in()
    call_next(make.market, CLERK, 2, (), new_key())

    told: dict[str, Any] = {}
    while not told.get("calls"):
        told |= display.next("change")
    snapshot = client.get(
        "/api/v1/board", headers={"Authorization": f"Bearer {display_token}"}
    ).get_json()

    assert told["posts"] == snapshot["posts"]
    assert told["calls"] == snapshot["calls"]
    assert told["missed"] == snapshot["missed"]
    assert told["counts"] == snapshot["counts"]
    assert told["to"] == snapshot["revision"]


def test_closed_post_is_taken_off_the_display(
    make: Factory, screen: NewScreen, display_token: str, tomorrow: dict[str, Any]
) -> None:
    post = make.published(**tomorrow)
    display = screen("display", token=display_token)
    display.next("hello")

    end_post(make.market, CLERK, post.id, PostState.CLOSED, new_key())
    change = display.next("change", lambda told: told.get("removed"))

    assert change["removed"] == [post.id]
    assert change["order"] == []


def test_burst_of_200_writes_leaves_no_gap_between_changes(
    make: Factory, live: LiveProcess, screen: NewScreen, display_token: str
) -> None:
    live.wait_for("market_live_revision", head_revision(make.market))
    display = screen("display", token=display_token)
    revision = display.next("hello")["revision"]
    assert revision == head_revision(make.market)

    for _ in range(200):
        make.checked_in()
    head = head_revision(make.market)
    changes = [display.next("change")]
    while changes[-1]["to"] < head:
        changes.append(display.next("change"))

    assert changes[0]["from"] <= revision < changes[0]["to"]
    assert all(a["to"] == b["from"] for a, b in pairwise(changes))
    assert changes[-1]["counts"]["visits"] == 200
    assert len(changes) < 200


def test_recall_is_told_again(make: Factory, screen: NewScreen, display_token: str) -> None:
    make.checked_in()
    display = screen("display", token=display_token)
    display.next("hello")

    called = call_next(make.market, CLERK, 1, (), new_key())
    first = display.next("change", lambda told: told.get("calls"))["calls"]
    make.later(seconds=20)
    recall(make.market, CLERK, called.ticket_code, 1, new_key())
    second = display.next("change", lambda told: told.get("calls"))["calls"]

    assert [(call["label"], call["is_recall"]) for call in first] == [("A001", False)]
    assert [(call["label"], call["is_recall"]) for call in second] == [("A001", True)]


def test_phone_learns_its_place_on_connecting_and_the_line_when_it_moves(
    make: Factory, live: LiveProcess, screen: NewScreen
) -> None:
    people_come(make, 2)
    mine = make.checked_in()
    live.wait_for("market_live_revision", head_revision(make.market))
    phone = screen("phone", code=mine.ticket.code.lower())

    assert phone.next("change")["waiting"] == {"A": "1-3"}
    called = call_next(make.market, CLERK, 3, (), new_key())
    moved = phone.next("change")
    assert (moved["waiting"], moved["called"]) == ({"A": "2-3"}, [["A001", 3, 0]])
    move_ticket(make.market, CLERK, Move(called.ticket_code, TicketState.NO_SHOW, 3), new_key())
    missed = phone.next("change")
    assert (missed["waiting"], missed["called"]) == ({"A": "2-3"}, [])


def test_line_survives_a_restart_of_live(
    make: Factory, live: LiveProcess, screen: NewScreen
) -> None:
    people_come(make, 3)
    call_next(make.market, CLERK, 1, (), new_key())
    mine = make.checked_in()

    live.stop()
    live.start()
    phone = screen("phone", code=mine.ticket.code)

    change = phone.next("change")
    assert (change["waiting"], change["called"]) == ({"A": "2-4"}, [["A001", 1, 0]])


def test_kiosk_hears_how_much_work_there_is_and_its_own_signals_only(
    make: Factory, screen: NewScreen, tomorrow: dict[str, Any]
) -> None:
    mine, token = make.device(DeviceKind.KIOSK)
    other, other_token = make.device(DeviceKind.KIOSK)
    kiosk, neighbour = screen("kiosk", token=token), screen("kiosk", token=other_token)
    kiosk.next("hello")
    neighbour.next("hello")

    make.published(headcount=7, **tomorrow)
    assert kiosk.next("change", lambda told: told["open_headcount"] == 7)
    send_signal(make.market, CLI, device_room(other.id), "card_read", {"token": "not mine"})
    send_signal(make.market, CLI, device_room(mine.id), "print", {"state": "printed"})

    assert kiosk.next("signal")["body"] == {"state": "printed"}
    assert neighbour.next("signal")["body"] == {"token": "not mine"}
    assert neighbour.heard.empty()


def test_desk_is_told_what_to_look_at_but_not_what_is_there(
    make: Factory, screen: NewScreen, staff_cookie: str
) -> None:
    desk = screen("desk", cookie=staff_cookie)
    desk.next("hello")

    make.checked_in()
    change = desk.next("change", lambda told: "visits" in told["subjects"])

    assert set(change) == {"from", "to", "subjects"}
    assert {"tickets", "visits", "workers"} <= set(change["subjects"])


def test_nothing_of_a_person_reaches_any_room(
    make: Factory, screen: NewScreen, display_token: str, staff_cookie: str
) -> None:
    person = make.person("欧阳春花")
    mine = make.checked_in(person=person)
    kiosk, kiosk_token = make.device(DeviceKind.KIOSK)
    screens = [
        screen("display", token=display_token),
        screen("kiosk", token=kiosk_token),
        screen("desk", cookie=staff_cookie),
        screen("phone", code=mine.ticket.code),
    ]
    for one in screens:
        one.next("hello")
    call_next(make.market, CLERK, 1, (), new_key())
    make.checked_in(person=make.person("司马建军"))
    report_status(make.market, kiosk, DeviceReport(printer_state=PrinterState.READY))
    make.published(work_day=make.today + timedelta(days=1))
    head = head_revision(make.market)

    heard = []
    for one in screens:
        to = 0
        while to < head:
            event, said = one.heard.get(timeout=10)
            heard.append(json.dumps(said, ensure_ascii=False))
            to = said["to"] if event == "change" else to

    text = "\n".join(heard)
    assert "A001" in text
    for secret in ("欧阳", "春花", "司马", "建军", person.id_no, "13812345678", "1381234"):
        assert secret not in text


def test_revoked_display_is_shut_out_at_once_and_stays_out(
    make: Factory, live: LiveProcess, screen: NewScreen
) -> None:
    device, token = make.device(DeviceKind.DISPLAY)
    display = screen("display", token=token)
    display.next("hello")

    revoke_device(make.market, CLI, device.id)
    display.next("disconnect")

    assert refusal_of(live, {"screen": "display", "token": token}) == "device_revoked"


def test_restart_of_live_is_short_and_screens_are_greeted_again(
    make: Factory, live: LiveProcess, screen: NewScreen, display_token: str
) -> None:
    display = screen("display", token=display_token)
    display.next("hello")

    started_at = time.monotonic()
    live.stop()
    stopped_after = time.monotonic() - started_at
    display.next("disconnect")
    make.checked_in()
    live.start()
    display.connect()

    assert stopped_after < 3.0
    assert display.next("hello")["revision"] == head_revision(make.market)


def test_phone_learns_who_came_back_behind_whom(
    make: Factory, live: LiveProcess, screen: NewScreen
) -> None:
    first = make.checked_in().ticket
    people_come(make, 1)
    mine = make.checked_in()
    live.wait_for("market_live_revision", head_revision(make.market))
    phone = screen("phone", code=mine.ticket.code.lower())
    phone.next("change")
    call_next(make.market, CLERK, 3, (), new_key())
    move_ticket(make.market, CLERK, Move(first.code, TicketState.NO_SHOW, 3), new_key())
    move_ticket(make.market, CLERK, Move(first.code, TicketState.WAITING, 3), new_key())
    back = phone.next("change", lambda told: told.get("behind"))
    assert (back["waiting"], back["behind"]) == ({"A": "1-3"}, {"A": [[1, 2]]})
