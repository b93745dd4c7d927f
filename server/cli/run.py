"""Runs server, live and agent as processes of their own under one command."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field

from server.demo import read_demo_tokens
from server.domain.kinds import DeviceKind
from server.settings import Settings

log = logging.getLogger(__name__)

START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 5.0
LOOK_PERIOD_S = 0.2
RESTART_PAUSE_S = 1.0
MAX_RESTART_PAUSE_S = 30.0


class StartError(Exception):
    """A process did not come up; the message says which."""


@dataclass
class Part:
    """One process: how it is started, and how often it had to be."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    restart_at: float = 0.0

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches only the parent."""
        self.starts += 1
        self.process = subprocess.Popen(  # noqa: S603 - the product's own commands
            self.command, env=dict(self.environment), start_new_session=True
        )

    def restart_if_dead(self) -> None:
        """Start a process again that died, after a pause that grows with each time."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if self.restart_at == 0.0:
            pause = min(RESTART_PAUSE_S * 2 ** (self.starts - 1), MAX_RESTART_PAUSE_S)
            log.warning("%s ended with status %s", self.name, self.process.returncode)
            self.restart_at = now + pause
        elif now >= self.restart_at:
            self.restart_at = 0.0
            self.start()

    def stop(self) -> None:
        """Ask the process to stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait for the end until `deadline` (monotonic seconds), then kill."""
        if self.process is None:
            return
        try:
            self.process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            log.warning("%s did not stop in time", self.name)
            self.process.kill()
            self.process.wait()


def parts_of(settings: Settings) -> tuple[Part, ...]:
    """Return the processes of a market; the agent only where this is a demo."""
    environment = {
        **os.environ,
        "MARKET_DATA_DIR": str(settings.data_dir),
        "MARKET_PORT": str(settings.port),
        "MARKET_LIVE_PORT": str(settings.live_port),
        "PYTHONUNBUFFERED": "1",
    }
    server, live = (
        Part(
            name,
            (sys.executable, "-m", "gunicorn", "-c", f"python:{config}", application),
            environment,
        )
        for name, config, application in (
            ("server", "server.gunicorn_server", "server.wsgi:make_server()"),
            ("live", "server.gunicorn_live", "server.live_app:make_live()"),
        )
    )
    token = read_demo_tokens(settings).get(DeviceKind.AGENT)
    if token is None:
        return (server, live)
    agent = Part(
        "agent",
        # Not `market agent`: that would load the whole server into the agent.
        (sys.executable, "-m", "kiosk.agent.main"),
        {
            **environment,
            "MARKET_SERVER_URL": f"http://127.0.0.1:{settings.port}",
            "MARKET_AGENT_TOKEN": token,
            "MARKET_AGENT_STATE_DIR": str(settings.data_dir / "agent"),
            "MARKET_PRINTER": "simulated",
            "MARKET_READER": "simulated",
            "MARKET_SCANNER": "simulated",
        },
    )
    return (server, live, agent)


def check_ports(settings: Settings) -> None:
    """Raise StartError when something else listens on a port that the market needs."""
    for port in (settings.port, settings.live_port):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, port))
            except OSError as error:
                raise StartError(
                    f"port {port} cannot be used ({error.strerror}): "
                    f"try another one, `make run PORT={port + 1000}`"
                ) from error


def wait_until_up(port: int, timeout_s: float = START_TIMEOUT_S) -> None:
    """Wait until the process on `port` answers /healthz. Raises StartError."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                if json.load(answer)["status"] == "ok":
                    return
        except (OSError, ValueError, urllib.error.URLError):
            time.sleep(LOOK_PERIOD_S)
    raise StartError(f"nothing answers on port {port}")


class Supervisor:
    """Keeps the parts running until it is told to stop."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        self._stop = threading.Event()

    def start(self, ports: tuple[int, ...]) -> None:
        """Start every part and wait until the ports answer. Raises StartError."""
        for part in self._parts:
            part.start()
        for port in ports:
            wait_until_up(port)

    def watch(self) -> None:
        """Restart what dies, until SIGINT or SIGTERM."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: self._stop.set())
        while not self._stop.wait(LOOK_PERIOD_S):
            for part in self._parts:
                part.restart_if_dead()

    def stop(self) -> None:
        """Stop every part; kill what has not stopped after STOP_TIMEOUT_S."""
        for part in reversed(self._parts):
            part.stop()
        deadline = time.monotonic() + STOP_TIMEOUT_S
        for part in self._parts:
            part.wait(deadline)
