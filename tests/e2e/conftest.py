"""A whole market for the browser tests: server, live and agent as real processes, real Chromium."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from server.cli.demo_market import DEMO_USER, make_demo_market, renew_demo_password
from server.cli.run import STOP_TIMEOUT_S, Part, parts_of, wait_until_up
from server.domain.clock import SystemClock
from server.services.open_market import Actor, OpenMarket, open_market
from server.services.simulators import (
    LAY_CARD,
    PRINTER,
    SCAN,
    SimulatorCommand,
    command_simulator,
)
from server.settings import Settings, read_settings

CHROMIUM = "/usr/bin/chromium"
TEST_ACTOR = Actor("test")
WAIT_S = 20.0
LOOK_PERIOD_S = 0.05

Found = TypeVar("Found")


@dataclass
class DemoMarket:
    """A running demo market and the means to act in it."""

    settings: Settings
    parts: dict[str, Part]
    market: OpenMarket
    staff: tuple[str, str]

    @property
    def server_url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def live_url(self) -> str:
        return f"http://127.0.0.1:{self.settings.live_port}"

    def lay_card(self, card_id: str) -> None:
        """Lay a card on the simulated reader."""
        command_simulator(self.market, TEST_ACTOR, SimulatorCommand(LAY_CARD, card_id, None))

    def scan(self, code: str) -> None:
        """Hold a code in front of the simulated scanner."""
        command_simulator(self.market, TEST_ACTOR, SimulatorCommand(SCAN, code, None))

    def set_printer(self, state: str) -> None:
        """Put the simulated printer into a state, such as "paper_out"."""
        command_simulator(self.market, TEST_ACTOR, SimulatorCommand(PRINTER, state, None))

    def kill(self, name: str) -> None:
        """Kill a part with SIGKILL, its children too."""
        process = self.parts[name].process
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def start(self, name: str) -> None:
        """Start a part again and wait until it answers."""
        self.parts[name].start()
        port = {"server": self.settings.port, "live": self.settings.live_port}.get(name)
        if port is not None:
            wait_until_up(port)

    def restart_server(self) -> None:
        """Kill the server with SIGKILL and start it again."""
        self.kill("server")
        self.start("server")


def free_ports() -> tuple[int, int]:
    """Two ports that nothing listens on."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1]), int(two.getsockname()[1])


def start_demo_market(folder: Path) -> DemoMarket:
    """Make a demo market in an empty folder and start its processes."""
    port, live_port = free_ports()
    settings = read_settings(
        {
            "MARKET_DATA_DIR": str(folder),
            "MARKET_PORT": str(port),
            "MARKET_LIVE_PORT": str(live_port),
            "MARKET_HOST": "127.0.0.1",
            "MARKET_DEMO": "1",
        }
    )
    os.environ.update({"MARKET_DEMO": "1", "MARKET_HOST": "127.0.0.1"})
    make_demo_market(settings)
    password = renew_demo_password(settings)
    parts = {part.name: part for part in parts_of(settings)}
    demo = DemoMarket(settings, parts, open_market(settings, SystemClock()), (DEMO_USER, password))
    for part in parts.values():
        part.start()
    wait_until_up(port)
    wait_until_up(live_port)
    return demo


def stop_demo_market(demo: DemoMarket) -> None:
    for part in demo.parts.values():
        part.stop()
    deadline = time.monotonic() + STOP_TIMEOUT_S
    for part in demo.parts.values():
        part.wait(deadline)
    demo.market.database.close()


@pytest.fixture(scope="module")
def demo_market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoMarket]:
    """A running market with a seeded busy morning, fresh for each module."""
    demo = start_demo_market(tmp_path_factory.mktemp("demo"))
    yield demo
    stop_demo_market(demo)


Launch = Callable[..., Browser]


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    """Starts Debian's Chromium with more options: launch("--mute-audio")."""
    with sync_playwright() as playwright:
        launched: list[Browser] = []

        def start(*more: str) -> Browser:
            args = ["--no-sandbox", "--disable-gpu", *more]
            launched.append(playwright.chromium.launch(executable_path=CHROMIUM, args=args))
            return launched[-1]

        yield start
        for browser in launched:
            browser.close()


@pytest.fixture(scope="session")
def browser(launch: Launch) -> Browser:
    """Debian's Chromium."""
    return launch()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Makes pages of a size, each in a context of its own: new_page(1080, 1920)."""
    contexts: list[BrowserContext] = []

    def make(width: int, height: int, **given: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **given,  # type: ignore[arg-type]  # Playwright's own options
        )
        context.set_default_timeout(WAIT_S * 1000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def eventually(look: Callable[[], Found | None], within_s: float = WAIT_S) -> Found:
    """What `look` finds, as soon as it finds something; an AssertionError after `within_s`."""
    deadline = time.monotonic() + within_s
    pause = threading.Event()
    while (found := look()) is None:
        assert time.monotonic() < deadline, "nothing was found in time"
        pause.wait(LOOK_PERIOD_S)
    return found


def fetch(url: str) -> bytes:
    """The body of a page, without a browser."""
    with urllib.request.urlopen(url, timeout=WAIT_S) as answer:  # noqa: S310 - our own server
        return bytes(answer.read())
