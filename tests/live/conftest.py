"""Fixtures of live's tests: the real process over a real market, and clients that listen."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
import socketio
from flask import Flask

from server.db.seal import FieldSeal, make_keys, write_keys
from server.db.unit_of_work import Database
from server.domain.clock import FixedClock
from server.services.open_market import OpenMarket
from server.settings import Settings
from tests.people import Factory

WAIT_S = 10.0


@pytest.fixture
def clock() -> FixedClock:
    """Today, because the process under test goes by the system's clock."""
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def empty_market(
    migrated_file: Path, settings: Settings, clock: FixedClock
) -> Iterator[OpenMarket]:
    """A migrated database whose key file another process can read."""
    shutil.copyfile(migrated_file, settings.data_dir / "market.db")
    keys = make_keys()
    write_keys(settings.key_file, keys)
    database = Database(settings.database_url, clock)
    yield OpenMarket(database, FieldSeal(keys), keys.session_key, "http://10.0.0.5:8000")
    database.close()


@pytest.fixture
def tomorrow(make: Factory) -> dict[str, Any]:
    """Posts for tomorrow may be published at any hour."""
    return {"work_day": make.today + timedelta(days=1)}


@dataclass
class LiveProcess:
    """A live process of its own."""

    port: int
    environment: dict[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = (
            *(sys.executable, "-m", "gunicorn", "-c", "python:server.gunicorn_live"),
            "server.live_app:make_live()",
        )
        self.process = subprocess.Popen(command, env=self.environment)
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            try:
                self.page("/healthz")
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("live did not start")

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(WAIT_S)

    def page(self, path: str) -> str:
        address = f"{self.url}{path}"
        with urllib.request.urlopen(address, timeout=WAIT_S) as answer:  # noqa: S310 - our own
            return str(answer.read().decode())

    def figure(self, name: str) -> float:
        """A line of /metrics."""
        lines = (line.rsplit(" ", 1) for line in self.page("/metrics").splitlines())
        return next(float(parts[1]) for parts in lines if parts[0] == name)

    def wait_for(self, name: str, least: float) -> None:
        """Wait until a figure of /metrics has grown to `least`."""
        deadline = time.monotonic() + WAIT_S
        while self.figure(name) < least:
            assert time.monotonic() < deadline, f"{name} stayed below {least}"
            time.sleep(0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def live(settings: Settings, market: OpenMarket) -> Iterator[LiveProcess]:
    """The live process of `market`."""
    port = free_port()
    environment = {
        **os.environ,
        "MARKET_DATA_DIR": str(settings.data_dir),
        "MARKET_LIVE_PORT": str(port),
        "MARKET_HOST": "127.0.0.1",
        "MARKET_LIVE_MAX_SOCKETS": "20",
    }
    started = LiveProcess(port, environment)
    started.start()
    yield started
    started.stop()


class Screen:
    """A screen that is connected to live and keeps what it hears, in order."""

    def __init__(self, url: str, auth: dict[str, str], headers: dict[str, str]) -> None:
        self.heard: Queue[tuple[str, Any]] = Queue()
        self._sockets: list[Any] = []
        self._client = socketio.Client(reconnection=False)
        for event in ("hello", "change", "signal", "disconnect", "connect_error"):
            self._client.on(event, lambda *said, event=event: self._keep(event, said))
        self._connect = lambda: self._client.connect(
            url, transports=["websocket"], auth=auth, headers=headers, wait_timeout=WAIT_S
        )

    def _keep(self, event: str, said: tuple[Any, ...]) -> None:
        self.heard.put((event, said[0] if said else None))

    def connect(self) -> None:
        self._connect()
        self._sockets.append(self._client.eio.ws)

    def next(self, event: str, where: Callable[[Any], bool] = lambda _: True) -> Any:
        """The content of the next `event` that fits; what came before it is dropped."""
        deadline = time.monotonic() + WAIT_S
        while True:
            heard, said = self.heard.get(timeout=max(deadline - time.monotonic(), 0.01))
            if heard == event and where(said):
                return said

    def close(self) -> None:
        self._client.disconnect()
        for one in self._sockets:
            one.shutdown()  # python-engineio leaves it open when the server went first.


def refusal_of(live: LiveProcess, auth: dict[str, str], cookie: str = "") -> str:
    """The code that a screen is refused with."""
    refused = Screen(live.url, {"screen": "", **auth}, {"Cookie": cookie} if cookie else {})
    with pytest.raises(socketio.exceptions.ConnectionError):
        refused.connect()
    code = str(refused.next("connect_error")["message"])
    refused.close()
    return code


NewScreen = Callable[..., Screen]


@pytest.fixture
def screen(live: LiveProcess) -> Iterator[NewScreen]:
    """Connects screens: screen("display", token=…), or screen("phone", code=…)."""
    made: list[Screen] = []

    def connect(kind: str, *, cookie: str = "", **auth: str) -> Screen:
        headers = {"Cookie": cookie} if cookie else {}
        new = Screen(live.url, {"screen": kind, **auth}, headers)
        made.append(new)
        new.connect()
        return new

    yield connect
    for one in made:
        one.close()


@pytest.fixture
def staff_cookie(app: Flask, make: Factory) -> str:
    """The cookie of a browser in which a clerk has signed in."""
    member = make.staff()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # of cookie sessions
    return f"session={serializer.dumps({'_user_id': member.id, '_fresh': True})}"
