"""Measures how soon a process answers, how soon it is back with sockets open, and its memory."""

from __future__ import annotations

import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from server.cli.demo_market import make_demo_market
from server.demo import read_demo_tokens
from server.domain.kinds import DeviceKind
from server.settings import Settings
from tests.bench.grounds import settings_in
from tests.bench.processes import LOOPBACK, Running, start, start_part

OPEN_SOCKETS = 50
SETTLE_S = 3.0
UPGRADE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n"
)
LONG_POLL = (
    "GET /api/v1/print-jobs?wait=25 HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
    "Connection: keep-alive\r\n\r\n"
)


@dataclass(frozen=True)
class Start:
    """How long a start took until the first answer, and how much CPU; medians."""

    seconds: float
    cpu_s: float


@dataclass(frozen=True)
class Processes:
    """What was measured of the product's processes: seconds and MB."""

    python_s: float
    server: Start
    live: Start
    server_restart_s: float
    live_restart_s: float
    server_mb: float
    live_mb: float
    agent_mb: float


def measure_processes(folder: Path, rounds: int) -> Processes:
    """Start each process `rounds` times, restart both with sockets open, and weigh all three."""
    settings = settings_in(folder, MARKET_DEMO="1")
    folder.mkdir(parents=True, exist_ok=True)
    make_demo_market(settings)
    python = median(_bare_python_s() for _ in range(rounds))
    server, live = _starts(settings, "server", rounds), _starts(settings, "live", rounds)
    restarts = _restart_server_s(settings), _restart_live_s(settings)
    return Processes(python, server, live, *restarts, *_memory_mb(settings))


def _bare_python_s() -> float:
    begun = time.perf_counter()
    start((sys.executable, "-c", "pass"), {}, 0).process.wait()
    return time.perf_counter() - begun


def _starts(settings: Settings, name: str, rounds: int) -> Start:
    starts = [_start(settings, name) for _ in range(rounds)]
    return Start(median(one.seconds for one in starts), median(one.cpu_s for one in starts))


def _start(settings: Settings, name: str) -> Start:
    running = start_part(settings, name)
    try:
        return Start(running.wait_for_answer(), running.cpu_s())
    finally:
        running.kill()


def _restart_server_s(settings: Settings) -> float:
    """Return the seconds from the stop to the first answer, long polls open."""
    token = read_demo_tokens(settings)[DeviceKind.AGENT]
    request = LONG_POLL.format(host=LOOPBACK, token=token)
    # Half of the threads wait in a long poll.
    count = settings.server_threads // 2
    return _restart_s(start_part(settings, "server"), settings, "server", [request] * count)


def _restart_live_s(settings: Settings) -> float:
    request = UPGRADE.format(host=f"{LOOPBACK}:{settings.live_port}")
    requests = [request] * OPEN_SOCKETS
    return _restart_s(start_part(settings, "live"), settings, "live", requests)


def _restart_s(running: Running, settings: Settings, name: str, requests: list[str]) -> float:
    running.wait_for_answer()
    links = [socket.create_connection((LOOPBACK, running.port)) for _ in requests]
    for link, request in zip(links, requests, strict=True):
        link.sendall(request.encode())
    # The process answers this one last: by then it has taken the sockets.
    running.wait_for_answer()
    begun = time.perf_counter()
    running.stop()
    again = start_part(settings, name)
    again.wait_for_answer()
    taken = time.perf_counter() - begun
    again.kill()
    for link in links:
        link.close()
    return taken


def _memory_mb(settings: Settings) -> tuple[float, float, float]:
    """Return the memory of server, live and agent when they idle."""
    running = []
    try:
        for name in ("server", "live", "agent"):
            running.append(start_part(settings, name))
            if name != "agent":
                running[-1].wait_for_answer()
        time.sleep(SETTLE_S)
        server, live, agent = (one.pss_mb() for one in running)
        return server, live, agent
    finally:
        for one in reversed(running):
            one.kill()
