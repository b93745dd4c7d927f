"""Measures a worker at the kiosk in Chromium: touches and seconds from the card to the paper."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from server.cli.demo_market import make_demo_market
from server.demo import read_demo_tokens
from server.domain.kinds import DeviceKind
from server.settings import Settings
from tests.bench.caller import WAIT_S, Caller
from tests.bench.grounds import opened, settings_in, wait_until_printed
from tests.bench.painted import CHROMIUM
from tests.bench.processes import LOOPBACK, Running, start_part
from tests.bench.report import quantile
from tests.demo_people import register_demo_card
from tests.people import CLI

KNOWN = ("li-xiuying", "gao-yongsheng", "wang-jun", "linghu-zhiqiang", "zhao-fushun", "ma-laiwang")
NEW = ("zhang-jianguo", "sun-lianhe", "liu-guizhen")
# Nobody presses faster than they look: before each choice, and between two digits.
LOOK_S, DIGIT_S = 1.5, 0.5
PHONE = "13800138000"
# Asked at each frame: a locator's own waiting looks only every half second after the first tries.
_HAS_BUTTON = """words => [...document.querySelectorAll(".kiosk button")].some(
    button => button.textContent.includes(words))"""


@dataclass
class Touches:
    """What workers needed. known_ms: card laid → paper confirmed; new_s: the same for strangers."""

    known_ms: list[float] = field(default_factory=list)
    new_s: list[float] = field(default_factory=list)
    known_touches: int = 0
    new_touches: int = 0

    def known_quantile_ms(self, share: float) -> float:
        """Return the time that `share` of the known workers stayed below."""
        return quantile(self.known_ms, share)


def measure_touches(folder: Path) -> Touches:
    """Let known workers and new ones take a ticket in a running demo market."""
    settings = settings_in(folder, MARKET_DEMO="1")
    folder.mkdir(parents=True)
    make_demo_market(settings)
    _register(settings)
    running: list[Running] = []
    try:
        for name in ("server", "live", "agent"):
            more = {"MARKET_PRINTER": "simulated", "MARKET_READER": "simulated"}
            running.append(start_part(settings, name, None, MARKET_DEMO="1", **more))
            if name != "agent":
                running[-1].wait_for_answer()
        wait_until_printed(settings)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            context = browser.new_context(
                viewport={"width": 1080, "height": 1920}, has_touch=True, locale="zh-CN"
            )
            context.set_default_timeout(WAIT_S * 1000)
            worker = Worker(context.new_page(), settings)
            return _measure(worker)
    finally:
        for one in reversed(running):
            one.stop()


def _register(settings: Settings) -> None:
    with opened(settings) as market:
        for card_id in KNOWN:
            register_demo_card(market, CLI, card_id)


def _measure(worker: Worker) -> Touches:
    found = Touches()
    for card in KNOWN:
        worker.begin()
        begun = time.perf_counter()
        worker.lay(card)
        worker.press("是")
        worker.press("找活")
        worker.wait_for_paper()
        found.known_ms.append((time.perf_counter() - begun) * 1000)
        found.known_touches = worker.touches
        worker.leave()
    for card in NEW:
        worker.begin()
        begun = time.perf_counter()
        worker.lay(card)
        for words in ("是", "找活", "同意"):
            worker.press(words, LOOK_S)
        worker.type(PHONE)
        for words in ("好了", "建筑建材", "瓦工", "选好了", "初中", "没证"):
            worker.press(words, LOOK_S)
        worker.wait_for_paper()
        found.new_s.append(time.perf_counter() - begun)
        found.new_touches = worker.touches
        worker.leave()
    return found


class Worker:
    """Somebody at the kiosk's page, with cards for its simulated reader."""

    def __init__(self, page: Page, settings: Settings) -> None:
        self._page = page
        self._caller = Caller(settings, read_demo_tokens(settings)[DeviceKind.KIOSK])
        self.touches = 0
        page.goto(f"http://{LOOPBACK}:{settings.port}/kiosk/")

    def begin(self) -> None:
        """Stand before a kiosk that waits for somebody."""
        self._screen("attract")
        self.touches = 0

    def lay(self, card: str) -> None:
        """Lay a card and wait for the question who it is."""
        self._caller.post("/simulator", {"command": "lay_card", "card": card})
        self._screen("confirm")

    def press(self, words: str, look_s: float = 0.0) -> None:
        """Press a choice, not before it was looked at and the screen takes presses."""
        self._page.wait_for_function(_HAS_BUTTON, arg=words)
        time.sleep(look_s)
        self._touch(self._page.locator(".kiosk button", has_text=words).first)

    def type(self, digits: str) -> None:
        """Press number keys one by one."""
        for digit in digits:
            time.sleep(DIGIT_S)
            self._touch(self._page.locator(f'.keys button:text-is("{digit}")'))

    def wait_for_paper(self) -> None:
        """Wait until the printer has confirmed the cut."""
        self._wait_for('[data-paper="printed"]')

    def leave(self) -> None:
        """Make room for the next one."""
        self.press("好了")

    def _touch(self, button: Locator) -> None:
        self._wait_for("#kiosk:not([data-resting])")
        button.tap()
        self.touches += 1

    def _screen(self, name: str) -> None:
        self._wait_for(f'.kiosk[data-screen="{name}"]')

    def _wait_for(self, selector: str) -> None:
        self._page.wait_for_function("selector => document.querySelector(selector)", arg=selector)
