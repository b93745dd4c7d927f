"""Fixtures that the agent's tests share."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from agent_bench import QUICK, Bench, ticket
from PIL import Image

from kiosk.agent.drawing import draw_document
from kiosk.agent.fonts import Fonts
from kiosk.agent.printer import EscPosPrinter
from kiosk.agent.printer_line import PrinterTimings
from kiosk.agent.raster import JobEncoder, RasterSettings
from kiosk.agent.simulator.printer import SimulatedPrinter, SimulatorSettings
from kiosk.agent.transport import TcpTransport, Transport


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return Fonts()


@pytest.fixture(scope="session")
def encoder() -> JobEncoder:
    return JobEncoder(RasterSettings())


@pytest.fixture
def new_ticket(fonts: Fonts) -> Callable[..., Image.Image]:
    def draw(width_dots: int = 576, **changes: Any) -> Image.Image:
        return draw_document("ticket", ticket(**changes), width_dots, fonts)

    return draw


def network_printer(port: int) -> Transport:
    return TcpTransport("127.0.0.1", port, connect_timeout_s=1.0)


@pytest.fixture
def open_bench() -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def build(
        settings: SimulatorSettings | None = None,
        raster: RasterSettings | None = None,
        timings: PrinterTimings = QUICK,
        plug_in: Callable[[int], Transport] = network_printer,
    ) -> Bench:
        model = settings or SimulatorSettings(speed_mm_s=None)
        simulator = SimulatedPrinter(model, on_paper=lambda paper: None)
        stop = threading.Event()
        driver = EscPosPrinter(
            plug_in(simulator.port),
            JobEncoder(raster or RasterSettings(model.width_dots)),
            timings,
            stop,
            lambda state: bench.note(state),
        )
        bench = Bench(simulator, driver, stop)
        benches.append(bench)
        return benches[-1]

    yield build
    for bench in benches:
        bench.driver.close()
        bench.simulator.close()
