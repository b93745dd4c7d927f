"""A running market whose processes may be killed, for each module of this folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.e2e.conftest import DemoMarket, start_demo_market, stop_demo_market

DEADLINE_S = 20.0
LOOK_S = 0.005

WaitFor = Callable[[str, Callable[[], object]], None]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoMarket]:
    """A demo market: server, live and agent as processes of their own."""
    demo = start_demo_market(tmp_path_factory.mktemp("faults"))
    yield demo
    stop_demo_market(demo)


@pytest.fixture
def wait_for() -> WaitFor:
    """Waits until something is true: wait_for("the job is claimed", lambda: …)."""

    def wait(what: str, is_true: Callable[[], object]) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while not is_true():
            assert time.monotonic() < deadline, f"not within {DEADLINE_S} s: {what}"
            time.sleep(LOOK_S)

    return wait
