"""Measures the way from a card on the simulated reader to the last byte of its ticket."""

from __future__ import annotations

import queue
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.agent.simulator.paper import Paper
from kiosk.agent.simulator.printer import SimulatedPrinter, SimulatorSettings
from kiosk.agent.simulator.serial_line import SimulatedSerialLine
from server.cli.demo_market import make_demo_market
from server.demo import read_demo_tokens
from server.domain.kinds import DeviceKind, ServiceKind
from server.domain.privacy import NOTICE_VERSION
from server.settings import Settings
from tests.bench.caller import Caller
from tests.bench.grounds import settings_in, wait_until_printed
from tests.bench.processes import LOOPBACK, Running, start_part
from tests.bench.report import quantile

WAIT_S = 20.0
LONG_POLL_S = 5
# The same demo people come for each of these services.
SERVICES = (
    ServiceKind.CONSULT,
    ServiceKind.TRAINING,
    ServiceKind.HARDSHIP,
    ServiceKind.COMPLAINT,
)
ANSWERS: dict[str, dict[str, Any]] = {
    "privacy": {"notice_version": NOTICE_VERSION},
    "phone": {"phone": "13912345678"},
    "trades": {"trades": ["bricklayer"]},
    "education": {"education": "71"},
    "skill": {"skill": "0"},
}


@dataclass(frozen=True)
class Wire:
    """How the printer hangs on the agent and how fast it is.

    baud: of a serial line, None for the network. speed_mm_s: of the paper, None for no time at
    all. mode: as MARKET_PRINTER_MODE.
    """

    baud: int | None = None
    speed_mm_s: float | None = None
    mode: str = "raster"


@dataclass
class Papers:
    """Milliseconds of each ticket: card laid → kiosk knows it, and from there → last byte."""

    reader_ms: list[float] = field(default_factory=list)
    paper_ms: list[float] = field(default_factory=list)

    def quantile_ms(self, share: float) -> float:
        """Return the time after the reader that `share` of the tickets stayed below."""
        return quantile(self.paper_ms, share)

    def whole_ms(self, share: float) -> float:
        """Return the time from the card on the reader that `share` of the tickets stayed below."""
        whole = [sum(parts) for parts in zip(self.reader_ms, self.paper_ms, strict=True)]
        return quantile(whole, share)


NETWORK = Wire()


def measure_papers(folder: Path, tickets: int, wire: Wire = NETWORK) -> Papers:
    """Lay demo cards until `tickets` tickets are printed and cut."""
    settings = settings_in(folder, MARKET_DEMO="1")
    folder.mkdir(parents=True)
    make_demo_market(settings)
    fallen: queue.Queue[float] = queue.Queue()

    def note(_paper: Paper) -> None:
        fallen.put(time.perf_counter())

    printer = SimulatedPrinter(SimulatorSettings(speed_mm_s=wire.speed_mm_s), note)
    running: list[Running] = []
    with _plugged_in(printer, wire) as address:
        more = {"MARKET_PRINTER": address, "MARKET_PRINTER_MODE": wire.mode, "MARKET_DEMO": "1"}
        try:
            for name in ("server", "agent"):
                running.append(start_part(settings, name, None, **more))
                if name == "server":
                    running[-1].wait_for_answer()
            return _measure(settings, fallen, tickets)
        finally:
            for one in reversed(running):
                one.stop()
            printer.close()


@contextmanager
def _plugged_in(printer: SimulatedPrinter, wire: Wire) -> Iterator[str]:
    """Give the printer its wire and yield the agent's setting for it."""
    if wire.baud is None:
        yield f"tcp://{LOOPBACK}:{printer.port}"
        return
    with SimulatedSerialLine(printer.port, wire.baud) as line:
        yield f"serial://{line.path}?baud={wire.baud}"


def _measure(settings: Settings, fallen: queue.Queue[float], tickets: int) -> Papers:
    token = read_demo_tokens(settings)[DeviceKind.KIOSK]
    kiosk = Kiosk(Caller(settings, token))
    _print_what_is_queued(settings, fallen)
    found = Papers()
    for card, service in kiosk.visits():
        laid_at = time.perf_counter()
        card_token = kiosk.lay(card)
        known_at = time.perf_counter()
        if card_token is None or not kiosk.check_in(card_token, service):
            continue
        paper_at = fallen.get(timeout=WAIT_S)
        found.reader_ms.append((known_at - laid_at) * 1000)
        found.paper_ms.append((paper_at - known_at) * 1000)
        if len(found.paper_ms) == tickets:
            break
    return found


def _print_what_is_queued(settings: Settings, fallen: queue.Queue[float]) -> None:
    wait_until_printed(settings)
    while not fallen.empty():
        fallen.get()


class Kiosk:
    """What the kiosk's page does, without the page."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._seen_signal = 0

    def visits(self) -> Iterator[tuple[str, ServiceKind]]:
        """Yield (card id, service) pairs."""
        cards = [card["id"] for card in self._caller.get("/simulator/cards")["cards"]]
        for service in SERVICES:
            for card in cards:
                yield card, service

    def lay(self, card: str) -> str | None:
        """Lay a card and return its token, None if the card is refused."""
        self._caller.post("/simulator", {"command": "lay_card", "card": card})
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            for signal in self._signals():
                if signal["kind"] == "card_refused":
                    return None
                if signal["kind"] == "card_read":
                    return str(signal["body"]["token"])
        raise TimeoutError(f"the card {card} was not read")

    def _signals(self) -> list[dict[str, Any]]:
        path = f"/signals?after={self._seen_signal}&wait={LONG_POLL_S}"
        signals: list[dict[str, Any]] = self._caller.get(path)["signals"]
        self._seen_signal = max([self._seen_signal, *(signal["id"] for signal in signals)])
        return signals

    def check_in(self, card_token: str, service: ServiceKind) -> bool:
        """Check the person in; False if they are refused or have this ticket already."""
        try:
            found = self._caller.post("/identities", {"card_token": card_token})
            candidate = found["candidates"][0]
            body = {"identity_token": candidate["identity_token"], "service": service.value}
            for need in candidate["needs"]:
                body |= ANSWERS[need]
            return bool(self._caller.post("/check-ins", body)["is_new"])
        except urllib.error.HTTPError:
            return False
