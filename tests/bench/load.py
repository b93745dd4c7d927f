"""The load generator: a closed loop over raw keep-alive sockets, in a process of its own.

Run as `python -m tests.bench.load`: reads a Plan as JSON from the standard input and writes a
Measured as JSON to the standard output.
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter
from dataclasses import asdict, dataclass, field, replace

from tests.bench.processes import LOOPBACK, Running, on_core
from tests.bench.report import quantile

RECEIVE_BYTES = 65_536
SILENCE_S = 20.0


@dataclass(frozen=True)
class Plan:
    """What to send. bodies: JSON texts, each sent once; the run ends with them or after seconds."""

    port: int
    path: str
    token: str
    clients: int
    seconds: float
    bodies: list[str]


@dataclass
class Measured:
    """What came back.

    latencies_ms: of every answer, in order of arrival. cpu_s: CPU seconds of the server.
    """

    seconds: float
    statuses: dict[str, int]
    latencies_ms: list[float] = field(repr=False)
    cpu_s: float = 0.0

    @property
    def per_second(self) -> float:
        """Return the rate of answers."""
        return len(self.latencies_ms) / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Return the CPU milliseconds of the server for each answer."""
        return self.cpu_s * 1000 / len(self.latencies_ms)

    def quantile_ms(self, share: float) -> float:
        """Return the latency that `share` of the answers stayed below."""
        return quantile(self.latencies_ms, share)


def run_load(plan: Plan, server: Running, core: int | None) -> Measured:
    """Run a plan in a process of its own, on one core, and return what it measured."""
    cpu_before_s = server.cpu_s()
    with on_core(core):
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.load"],
            input=json.dumps(asdict(plan)).encode(),
            stdout=subprocess.PIPE,
            check=True,
        )
    measured = Measured(**json.loads(done.stdout))
    return replace(measured, cpu_s=server.cpu_s() - cpu_before_s)


class Client:
    """One keep-alive connection with one request under way."""

    def __init__(self, port: int) -> None:
        self.link = socket.create_connection((LOOPBACK, port), SILENCE_S)
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._received = b""
        self._wanted = 0

    def send(self, request: bytes) -> None:
        """Send a request at once."""
        self._received, self._wanted = b"", 0
        self.sent_at = time.perf_counter()
        self.link.sendall(request)

    def answer(self) -> bytes | None:
        """Read what is there and return the answer's head when it is complete."""
        part = self.link.recv(RECEIVE_BYTES)
        if not part:
            raise ConnectionError("the server closed the connection")
        self._received += part
        if not self._wanted:
            self._wanted = _length_of(self._received)
        if not self._wanted or len(self._received) < self._wanted:
            return None
        return self._received


def _length_of(received: bytes) -> int:
    """Return the length of the whole answer, 0 while its head is not complete."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return 0
    for line in received[:end].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return end + 4 + int(value)
    raise ValueError("an answer without Content-Length")


def _requests(plan: Plan) -> list[bytes]:
    head = (
        f"POST {plan.path} HTTP/1.1\r\nHost: {LOOPBACK}:{plan.port}\r\n"
        f"Authorization: Bearer {plan.token}\r\nContent-Type: application/json\r\n"
    )
    return [
        f"{head}Idempotency-Key: {uuid.uuid4().hex}\r\n"
        f"Content-Length: {len(body.encode())}\r\n\r\n{body}".encode()
        for body in plan.bodies
    ]


def measure(plan: Plan) -> Measured:
    """Send the plan's requests and measure every answer."""
    waiting = iter(_requests(plan))
    statuses: Counter[str] = Counter()
    latencies: list[float] = []
    looked_at = selectors.DefaultSelector()
    begun = time.perf_counter()
    ends_at = begun + plan.seconds
    for _ in range(plan.clients):
        request = next(waiting, None)
        if request is not None:
            client = Client(plan.port)
            looked_at.register(client.link, selectors.EVENT_READ, client)
            client.send(request)
    while looked_at.get_map():
        ready = looked_at.select(SILENCE_S)
        if not ready:
            raise TimeoutError("the server stopped answering")
        for key, _ in ready:
            received = key.data.answer()
            if received is None:
                continue
            now = time.perf_counter()
            latencies.append((now - key.data.sent_at) * 1000)
            statuses[received[9:12].decode()] += 1
            request = next(waiting, None) if now < ends_at else None
            if request is None:
                looked_at.unregister(key.fileobj)
                key.data.link.close()
            else:
                key.data.send(request)
    return Measured(time.perf_counter() - begun, dict(statuses), latencies)


if __name__ == "__main__":
    json.dump(asdict(measure(Plan(**json.load(sys.stdin)))), sys.stdout)
