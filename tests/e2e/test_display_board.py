"""The lobby screen over a running market: what people in the hall see, and how soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Route, WebSocket, expect
from sqlalchemy import select

from server.db.tables import worker
from server.domain.kinds import PostState, TicketState
from server.services.calls import Move, call_next, move_ticket, recall, ticket_at_desk
from server.services.posts import Post, end_post, posts_in, publish_post
from server.services.staff import StaffMember, sign_in
from server.services.tickets import ticket_view
from tests.e2e.conftest import DemoMarket, NewPage
from tests.people import new_key

MINUTE_MS = 60_000


@pytest.fixture(scope="module")
def clerk(demo_market: DemoMarket) -> StaffMember:
    return sign_in(demo_market.market, *demo_market.staff)


OpenDisplay = Callable[..., Page]


@pytest.fixture
def open_display(demo_market: DemoMarket, new_page: NewPage) -> OpenDisplay:
    """Opens the display and waits until it shows posts over an open socket."""

    def open_it(prepare: Callable[[Page], None] = lambda _: None) -> Page:
        page = new_page(1920, 1080)
        prepare(page)
        with page.expect_websocket():
            page.goto(f"{demo_market.server_url}/display/")
        page.wait_for_selector(".rows [data-post]")
        return page

    return open_it


def free_desk(demo: DemoMarket, clerk: StaffMember, desk_no: int) -> None:
    """Finish whoever is at a desk."""
    code = ticket_at_desk(demo.market, desk_no)
    if code is None:
        return
    steps = (TicketState.SERVING, TicketState.DONE)
    for state in steps:
        if state is not TicketState.SERVING or _is_called(demo, code):
            move_ticket(demo.market, clerk.actor, Move(code, state, desk_no), new_key())


def _is_called(demo: DemoMarket, code: str) -> bool:
    return ticket_view(demo.market, code).state is TicketState.CALLED


def answer_of_the_same_build(route: Route) -> None:
    """Pass the answer on as of the page's own release: a screen reloads only after an upgrade."""
    page = route.request.frame.page
    build = page.locator("meta[name=market-build]").get_attribute("content") or ""
    try:
        response = route.fetch()
    except PlaywrightError:  # The server is away.
        route.abort()
        return
    route.fulfill(response=response, headers={**response.headers, "x-market-build": build})


def in_review(demo: DemoMarket) -> Post:
    return posts_in(demo.market, (PostState.IN_REVIEW,))[0]


def test_published_post_is_painted_within_a_second_and_goes_when_it_is_closed(
    demo_market: DemoMarket, open_display: OpenDisplay, clerk: StaffMember
) -> None:
    page = open_display()
    post = in_review(demo_market)
    mark = f'[data-post="{post.id}"]'

    publish_post(demo_market.market, clerk.actor, post.id, new_key())
    committed_at = time.monotonic()
    page.wait_for_selector(mark, state="visible", timeout=5000)
    assert time.monotonic() - committed_at < 1.0
    expect(page.locator(mark).first).to_contain_text("新")

    end_post(demo_market.market, clerk.actor, post.id, PostState.CLOSED, new_key())
    closed_at = time.monotonic()
    page.wait_for_selector(mark, state="detached", timeout=5000)
    assert time.monotonic() - closed_at < 1.0


def test_called_number_is_shown_and_a_repeated_call_covers_the_list_for_eight_seconds(
    demo_market: DemoMarket, open_display: OpenDisplay, clerk: StaffMember
) -> None:
    page = open_display()
    free_desk(demo_market, clerk, 2)

    called = call_next(demo_market.market, clerk.actor, 2, (), new_key())
    now = page.locator(f'.call-now[data-label="{called.label}"]')
    expect(now).to_be_visible(timeout=1500)
    expect(now).to_contain_text("请到2号窗口")

    recall(demo_market.market, clerk.actor, called.ticket_code, 2, new_key())
    page.wait_for_selector(f'.overlay[data-label="{called.label}"]', timeout=1500)
    shown_at = time.monotonic()
    expect(page.locator(".overlay")).to_contain_text("再次呼叫")
    page.wait_for_selector(".overlay", state="detached")
    assert time.monotonic() - shown_at >= 8.0


def test_display_outlives_the_server_and_says_how_old_its_picture_is(
    demo_market: DemoMarket, open_display: OpenDisplay
) -> None:
    page = open_display(lambda p: p.clock.install())
    page.evaluate("window.wasHereBefore = true")
    page.route("**/api/v1/board", answer_of_the_same_build)
    rows = page.locator(".rows [data-post]").count()

    demo_market.kill("server")
    page.clock.fast_forward(2 * MINUTE_MS)
    expect(page.locator(".foot-age")).to_contain_text("数据可能过时（2分钟前）")
    assert page.locator(".rows [data-post]").count() == rows
    page.clock.fast_forward(4 * MINUTE_MS)
    expect(page.locator(".age-band")).to_be_visible()
    page.clock.fast_forward(30 * MINUTE_MS)
    expect(page.locator(".card")).to_contain_text("系统维护中")

    demo_market.start("server")
    page.clock.fast_forward(10_000)
    page.wait_for_selector(".rows [data-post]")
    expect(page.locator(".foot-age")).to_contain_text("数据更新")
    assert page.evaluate("window.wasHereBefore")


def test_display_that_starts_while_the_api_is_away_shows_the_last_board(
    demo_market: DemoMarket, open_display: OpenDisplay
) -> None:
    page = open_display()
    page.route("**/api/v1/board", lambda route: route.abort())

    page.reload()
    page.wait_for_selector(".rows [data-post]")


def test_text_fits_the_screen(open_display: OpenDisplay) -> None:
    page = open_display()

    spill = page.evaluate(
        """() => [...document.querySelectorAll(".head, .columns, .rows, .foot, .foot p, .row span")]
             .filter((e) => e.getBoundingClientRect().right > 1920 + 8).map((e) => e.outerHTML)"""
    )

    assert spill == []


def test_no_personal_data_is_in_the_page_or_on_its_socket(
    demo_market: DemoMarket, open_display: OpenDisplay, clerk: StaffMember
) -> None:
    said: list[str] = []

    def on_socket(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: said.append(str(payload)))

    page = open_display(lambda p: p.on("websocket", on_socket))
    free_desk(demo_market, clerk, 3)
    called = call_next(demo_market.market, clerk.actor, 3, (), new_key())
    page.wait_for_selector(f'[data-label="{called.label}"]')

    heard = "\n".join([*said, page.content(), page.evaluate("JSON.stringify(localStorage)")])
    assert called.label in "\n".join(said)
    for secret in personal_data(demo_market):
        assert secret not in heard


def personal_data(demo: DemoMarket) -> set[str]:
    """The names (three characters, so that none is a word), numbers and phones of all workers."""
    seal = demo.market.seal
    found: set[str] = set()
    with demo.market.database.read() as connection:
        rows: Any = connection.execute(
            select(worker.c.name_sealed, worker.c.id_no_sealed, worker.c.phone_sealed)
        )
        for name, number, phone in rows:
            found.add(seal.open(name, "worker.name"))
            found.add(seal.open(number, "worker.id_no"))
            # Members of a crew have left none yet.
            found.add(seal.open_optional(phone, "worker.phone") or "")
    assert len(found) > 100
    return {text for text in found if len(text) > 2}
