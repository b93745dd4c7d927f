"""Owns the product's processes under measurement: cores, start, first answer, memory, stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.cli.run import parts_of
from server.settings import Settings

START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 15.0
LOOK_S = 0.002
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
LOOPBACK = "127.0.0.1"


@dataclass
class Running:
    """A process group that was started for a measurement. started_at: of time.perf_counter."""

    process: subprocess.Popen[bytes]
    port: int
    started_at: float

    def wait_for_answer(self, path: str = "/healthz") -> float:
        """Wait for the first 200 and return the seconds since the start. Raises TimeoutError."""
        deadline = self.started_at + START_TIMEOUT_S
        while time.perf_counter() < deadline:
            if answers_ok(self.port, path):
                return time.perf_counter() - self.started_at
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.process.args!r} ended")
            time.sleep(LOOK_S)
        raise TimeoutError(f"port {self.port} does not answer")

    def stop(self) -> float:
        """Ask the process to stop and return how many seconds it took."""
        begun = time.perf_counter()
        self.process.terminate()
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.kill()
        return time.perf_counter() - begun

    def kill(self) -> None:
        """Kill the whole process group."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def cpu_s(self) -> float:
        """Return the CPU seconds that the process group has used, steps of 0.01."""
        return sum(_cpu_ticks(pid) for pid in _members(self.process.pid)) / TICKS_PER_S

    def pss_mb(self) -> float:
        """Return the proportional set size of the process group in MB (10^6 bytes)."""
        return sum(_pss_kb(pid) for pid in _members(self.process.pid)) * 1024 / 1e6


def answers_ok(port: int, path: str) -> bool:
    """Tell whether a GET of `path` is answered with 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((LOOPBACK, port), 2) as link:
            link.sendall(request.encode())
            return link.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def _members(group: int) -> list[int]:
    pids = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]
    return [pid for pid in pids if _group_of(pid) == group]


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def _cpu_ticks(pid: int) -> int:
    # The name in brackets may hold blanks: fields 14 and 15 of proc(5) are counted behind it.
    behind_name = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(behind_name[11]) + int(behind_name[12])


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Let what is started inside run on one core; None leaves the choice to the kernel."""
    before = os.sched_getaffinity(0)
    if core is not None and len(before) > 1:
        os.sched_setaffinity(0, {sorted(before)[core]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def start(
    command: tuple[str, ...], environment: Mapping[str, str], port: int, core: int | None = None
) -> Running:
    """Start a command in a process group of its own; what it says goes to BENCH_LOG."""
    with on_core(core), Path(environment.get("BENCH_LOG", os.devnull)).open("ab") as said:
        started_at = time.perf_counter()
        process = subprocess.Popen(
            command,
            env=dict(environment),
            start_new_session=True,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    return Running(process, port, started_at)


def start_part(settings: Settings, name: str, core: int | None = None, **more: str) -> Running:
    """Start server, live or agent as `market run` does, with more environment variables."""
    part = next(part for part in parts_of(settings) if part.name == name)
    port = settings.live_port if name == "live" else settings.port
    environment = {
        **part.environment,
        "MARKET_HOST": LOOPBACK,
        "MARKET_LOG_LEVEL": "WARNING",
        "BENCH_LOG": str(settings.data_dir / f"{name}.log"),
        **more,
    }
    return start(part.command, environment, port, core)


def free_ports(count: int) -> list[int]:
    """Return ports of the loopback address that nothing listens on."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind((LOOPBACK, 0))
        return [int(one.getsockname()[1]) for one in held]
    finally:
        for one in held:
            one.close()
