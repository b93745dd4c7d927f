"""Measures the way of a post from the publishing request to the frame that shows it on displays."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from server.cli.demo_market import DEMO_USER, make_demo_market, renew_demo_password
from server.domain.clock import market_day
from server.settings import Settings
from tests.bench.caller import WAIT_S, Caller
from tests.bench.grounds import settings_in
from tests.bench.processes import LOOPBACK, Running, start_part
from tests.bench.report import quantile

CHROMIUM = "/usr/bin/chromium"
CLOCK_ROUNDS = 15
# The pause is random, so that no publication is in step with live's looks at the log.
PAUSE_S = (0.05, 0.35)
# Notes the wall-clock milliseconds of the first frame that holds each post.
WATCH = """
window.paintedAt = {};
new MutationObserver(() => {
  for (const row of document.querySelectorAll("[data-post]")) {
    const id = row.dataset.post;
    if (id in window.paintedAt) continue;
    window.paintedAt[id] = null;
    requestAnimationFrame(() => {
      const next = new MessageChannel();
      next.port1.onmessage = () => {
        window.paintedAt[id] = performance.timeOrigin + performance.now();
      };
      next.port2.postMessage(0);
    });
  }
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
HAS_PAINTED = "id => typeof window.paintedAt[id] === 'number'"


@dataclass
class Painted:
    """Milliseconds from the request to the frame on the last display, one for each post."""

    displays: int
    publish_ms: list[float] = field(default_factory=list)
    last_ms: list[float] = field(default_factory=list)

    def quantile_ms(self, share: float) -> float:
        """Return the time that `share` of the posts stayed below."""
        return quantile(self.last_ms, share)


def measure_painted(folder: Path, displays: tuple[int, ...], posts: int) -> list[Painted]:
    """Publish `posts` posts for each number of open displays in a running demo market."""
    settings = settings_in(folder, MARKET_DEMO="1")
    folder.mkdir(parents=True)
    make_demo_market(settings)
    desk = Desk(settings, renew_demo_password(settings))
    running: list[Running] = []
    try:
        for name in ("server", "live"):
            running.append(start_part(settings, name, MARKET_DEMO="1"))
            running[-1].wait_for_answer()
        desk.sign_in()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            return [_measure(browser, settings, desk, Painted(n), posts) for n in displays]
    finally:
        for one in reversed(running):
            one.stop()


def _measure(
    browser: Browser, settings: Settings, desk: Desk, found: Painted, posts: int
) -> Painted:
    random = Random(found.displays)  # noqa: S311 - no secret
    pages = [_open_display(browser, settings) for _ in range(found.displays)]
    offsets = [_clock_offset_ms(page) for page in pages]
    for number in range(posts):
        post_id = desk.add_post(number)
        begun_ms = time.time() * 1000
        desk.publish(post_id)
        found.publish_ms.append(time.time() * 1000 - begun_ms)
        painted = [
            _painted_at_ms(page, post_id) - offset
            for page, offset in zip(pages, offsets, strict=True)
        ]
        found.last_ms.append(max(painted) - begun_ms)
        desk.close(post_id)
        time.sleep(random.uniform(*PAUSE_S))
    for page in pages:
        page.context.close()
    return found


def _open_display(browser: Browser, settings: Settings) -> Page:
    context = browser.new_context(
        viewport={"width": 1920, "height": 1080}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(WAIT_S * 1000)
    page = context.new_page()
    page.add_init_script(WATCH)
    with page.expect_websocket():
        page.goto(f"http://{LOOPBACK}:{settings.port}/display/")
    page.wait_for_selector("[data-post]")
    return page


def _clock_offset_ms(page: Page) -> float:
    """Return the page's clock minus this process's; the round with the shortest way decides."""
    rounds = []
    for _ in range(CLOCK_ROUNDS):
        before = time.time() * 1000
        theirs = page.evaluate("performance.timeOrigin + performance.now()")
        after = time.time() * 1000
        rounds.append((after - before, theirs - (before + after) / 2))
    return float(min(rounds)[1])


def _painted_at_ms(page: Page, post_id: str) -> float:
    page.wait_for_function(HAS_PAINTED, arg=post_id)
    return float(page.evaluate("id => window.paintedAt[id]", post_id))


class Desk:
    """A clerk's browser as far as HTTP goes."""

    def __init__(self, settings: Settings, password: str) -> None:
        self._caller = Caller(settings)
        self._password = password
        self._employer_id = ""

    def sign_in(self) -> None:
        """Sign in and pick the employer of the posts."""
        self._caller.post("/session", {"username": DEMO_USER, "password": self._password})
        self._employer_id = self._caller.get("/employers")["employers"][0]["id"]

    def add_post(self, number: int) -> str:
        """Add a post for tomorrow and return its id."""
        day = market_day(datetime.now(UTC)) + timedelta(days=1)
        return str(self._caller.post("/posts", self._draft(day, number))["id"])

    def publish(self, post_id: str) -> None:
        """Publish a post."""
        self._caller.post(f"/posts/{post_id}/publish", {})

    def close(self, post_id: str) -> None:
        """Close a post: the board is as it was."""
        self._caller.post(f"/posts/{post_id}/close", {})

    def _draft(self, day: date, number: int) -> dict[str, Any]:
        return {
            "employer_id": self._employer_id,
            "trade_id": "bricklayer",
            "headcount": 4,
            "pay_fen": 320_00,
            "pay_unit": "day",
            "work_day": day.isoformat(),
            "start_time": "07:00",
            "end_time": "18:00",
            "place": f"北旺庄{number}号工地",
            "meeting_point": "市场北门",
            "meeting_time": "06:30",
            "valid_until": f"{day.isoformat()}T12:00:00+08:00",
        }
