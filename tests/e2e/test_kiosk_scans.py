"""Scanned tickets at the kiosk, by the agent's scanner and by one that types like a keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.domain.kinds import ServiceKind
from server.services.check_in import CheckIn, check_in
from server.services.workers import WorkerAnswers
from tests.e2e.conftest import TEST_ACTOR, DemoMarket, NewPage
from tests.e2e.kiosk_worker import (
    PORTRAIT,
    Kiosk,
    body_of,
    forget_cards,
    make_known,
)
from tests.people import new_key

SCANNER_GAP_MS = 8
PERSON_GAP_MS = 140
SHIFTED = 8
BUTTON = """() => {
  const button = document.createElement("button");
  button.id = "focused";
  let clicks = 0;
  button.addEventListener("click", () => { button.dataset.clicks = String(++clicks); });
  document.body.append(button);
  button.focus();
}"""


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting."""
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


@pytest.fixture
def address(demo_market: DemoMarket) -> str:
    """What the ticket of 张建国 says to a scanner."""
    person = make_known(demo_market, "zhang-jianguo")
    asked = CheckIn(person, ServiceKind.CONSULT, WorkerAnswers())
    code = check_in(demo_market.market, TEST_ACTOR, asked, new_key()).ticket.code
    return f"{demo_market.server_url}/t/{code}".upper()


def type_keys(page: Page, text: str, gap_ms: int) -> None:
    """Press keys at a pace of their own, whatever this machine's: Enter is \\r."""
    session = page.context.new_cdp_session(page)
    at_s = page.evaluate("() => (performance.timeOrigin + performance.now()) / 1000")
    for n, character in enumerate(text):
        for kind, when_s in (("keyDown", 0.0), ("keyUp", 0.002)):
            press: dict[str, Any] = _key(character) | {"type": kind}
            press["timestamp"] = at_s + n * gap_ms / 1000 + when_s
            session.send("Input.dispatchKeyEvent", press)
    session.detach()


def _key(character: str) -> dict[str, Any]:
    if character == "\r":
        return {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    if character == " ":
        return {"key": " ", "code": "Space", "windowsVirtualKeyCode": 32, "text": " "}
    modifiers = SHIFTED if character.isupper() or character == ":" else 0
    code = f"Digit{character}" if character.isdigit() else f"Key{character.upper()}"
    return {"key": character, "code": code, "text": character, "modifiers": modifiers}


def clicks(page: Page) -> str | None:
    return page.locator("#focused").get_attribute("data-clicks")


def test_a_ticket_under_the_agent_s_scanner_asks_for_its_holder(
    demo_market: DemoMarket, kiosk: Kiosk, address: str
) -> None:
    demo_market.scan(address)
    kiosk.wait_for("confirm")
    expect(kiosk.page.locator(".who-name")).to_have_text("张*国")
    kiosk.press("不是")
    kiosk.wait_for("not_you")
    expect(kiosk.page.locator("h1")).to_have_text("请用身份证取号")


def test_another_code_under_the_scanner_is_refused_in_words(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    demo_market.scan("wxp://f2f0123456789")
    kiosk.wait_for("stopped")
    expect(kiosk.page.locator("h1")).to_have_text("认不出这个码")


def test_a_scanner_that_types_asks_for_the_holder_too(kiosk: Kiosk, address: str) -> None:
    type_keys(kiosk.page, f"{address}\r", SCANNER_GAP_MS)
    kiosk.wait_for("confirm")
    expect(kiosk.page.locator(".who-name")).to_have_text("张*国")
    [asked] = kiosk.sent("/api/v1/identities")
    assert body_of(asked) == {"ticket_code": address}


def test_a_burst_of_keys_presses_no_button_though_it_has_spaces_and_enter(kiosk: Kiosk) -> None:
    kiosk.page.evaluate(BUTTON)
    type_keys(kiosk.page, "LG:A023 7F3K 9Q\r", SCANNER_GAP_MS)
    kiosk.wait_for("stopped")
    assert clicks(kiosk.page) is None


def test_a_person_still_presses_buttons_and_types_numbers_with_the_keyboard(kiosk: Kiosk) -> None:
    kiosk.page.evaluate(BUTTON)
    type_keys(kiosk.page, " \r", PERSON_GAP_MS)
    assert clicks(kiosk.page) == "2"
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")
    type_keys(kiosk.page, "140602", PERSON_GAP_MS)
    assert kiosk.shown_number() == "140602"


def test_a_scan_on_the_number_pad_is_no_number(kiosk: Kiosk, address: str) -> None:
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")
    type_keys(kiosk.page, f"{address}\r", SCANNER_GAP_MS)
    kiosk.wait_for("confirm")
