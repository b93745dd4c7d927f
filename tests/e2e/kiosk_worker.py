"""Somebody at the kiosk: lays a card, reads the screen, presses what is on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, Request, expect
from sqlalchemy import delete

from server.db.tables import signal
from server.services.workers import Person
from tests.demo_people import register_demo_card
from tests.e2e.conftest import TEST_ACTOR, DemoMarket

WAIT_MS = 20_000
# Longer than a bouncing glove on a number key (touch.ts).
KEY_MS = 100
PORTRAIT = (1080, 1920)


@dataclass
class Kiosk:
    """The kiosk's page and what went over the line."""

    page: Page
    presses: int = 0

    def __post_init__(self) -> None:
        self.requests: list[Request] = []
        self.page.on("request", lambda request: self.requests.append(request))

    def open(self, server_url: str) -> None:
        self.page.goto(f"{server_url}/kiosk/")
        self.wait_for("attract")

    def wait_for(self, screen: str) -> None:
        """Wait until a screen is there."""
        found = self.page.locator(f'.kiosk[data-screen="{screen}"]')
        expect(found).to_be_visible(timeout=WAIT_MS)

    def press(self, words: str) -> None:
        """Press the button with these words once the screen takes presses."""
        self.tap(self.page.locator(".kiosk button", has_text=words).first)

    def tap(self, button: Locator) -> None:
        """Press a button once the screen takes presses."""
        self.wait_until_it_takes_presses()
        button.click()
        self.presses += 1

    def wait_until_it_takes_presses(self) -> None:
        """Wait out the time in which a bouncing glove is ignored (touch.ts)."""
        expect(self.page.locator("#kiosk:not([data-resting])")).to_be_visible(timeout=WAIT_MS)

    def type(self, digits: str) -> None:
        """Press number keys, as fast as a glove can."""
        self.wait_until_it_takes_presses()
        for digit in digits:
            self.page.locator(f'.keys button:text-is("{digit}")').click(delay=KEY_MS)

    def shown_number(self) -> str:
        """What is typed on the pad, as the worker sees it."""
        return "".join(self.page.locator(".place").all_text_contents())

    def ticket_number(self) -> str:
        return self.page.locator(".ticket-number").inner_text()

    def expect_paper(self, state: str) -> None:
        expect(self.page.locator(f'[data-paper="{state}"]')).to_be_visible(timeout=WAIT_MS)

    def sent(self, path: str) -> list[Request]:
        """The writes to a path of the API, oldest first."""
        return [r for r in self.requests if r.url.endswith(path) and r.method == "POST"]


def forget_cards(demo: DemoMarket) -> None:
    """Take back the cards an earlier test laid: a page that opens would still see them."""
    with demo.market.database.write(TEST_ACTOR) as tx:
        tx.connection.execute(
            delete(signal).where(
                signal.c.kind.in_(["card_read", "card_refused", "scanned", "scan_refused"])
            )
        )


def keys_of(requests: list[Request]) -> set[str]:
    return {str(request.headers["idempotency-key"]) for request in requests}


def body_of(request: Request) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(request.post_data or "{}")
    return body


def register(kiosk: Kiosk) -> None:
    """Answer a first visit's questions from the privacy notice to the skill."""
    kiosk.wait_for("notice")
    kiosk.press("同意")
    kiosk.wait_for("ask_phone")
    kiosk.type("13800138000")
    kiosk.press("好了")
    kiosk.wait_for("ask_trades")
    kiosk.press("建筑建材")
    kiosk.press("瓦工")
    kiosk.press("选好了")
    kiosk.wait_for("ask_education")
    kiosk.press("初中")
    kiosk.wait_for("ask_skill")
    kiosk.press("没证")


def make_known(demo: DemoMarket, card_id: str) -> Person:
    """Let the person of a demo card have registered some other day."""
    return register_demo_card(demo.market, TEST_ACTOR, card_id)


def lay(demo: DemoMarket, kiosk: Kiosk, card: str) -> None:
    """Lay a card and say that it is the right one."""
    demo.lay_card(card)
    kiosk.wait_for("confirm")
    kiosk.press("是")
