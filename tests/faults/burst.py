"""People who check in at once, over HTTP, and touch the button again when no answer comes."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from server.domain.privacy import NOTICE_VERSION
from tests.people import new_key

ANSWER_S = 10.0
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Worker:
    """Somebody who checks in once: a citizen number and the key of the touch."""

    id_no: str
    key: str = field(default_factory=new_key)

    @property
    def body(self) -> str:
        return json.dumps(
            {
                "id_no": self.id_no,
                "phone": "13812345678",
                "trades": ["bricklayer"],
                "education": "71",
                "skill": "0",
                "notice_version": NOTICE_VERSION,
            }
        )


@dataclass
class Burst:
    """Several kiosks at work. answers: by key. unanswered: touches that had no answer."""

    port: int
    token: str
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    unanswered: int = 0
    server_is_up: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self._faults: list[BaseException] = []
        self.server_is_up.set()

    def start(self, workers: list[Worker], kiosks: int) -> None:
        """Let each kiosk serve its share of the workers."""
        self._threads = [
            threading.Thread(target=self._serve, args=(workers[n::kiosks],)) for n in range(kiosks)
        ]
        for thread in self._threads:
            thread.start()

    def wait_for_answers(self, count: int) -> None:
        """Wait until so many check-ins were answered."""
        with self._changed:
            enough = self._changed.wait_for(
                lambda: self._faults or len(self.answers) >= count, PATIENCE_S
            )
        assert enough, f"only {len(self.answers)} of {count} check-ins were answered"

    def join(self) -> None:
        """Wait until everybody has a ticket."""
        for thread in self._threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
        assert self._faults == []

    def ask(self, worker: Worker) -> dict[str, Any]:
        """Check somebody in, over a connection of its own."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S)
        try:
            return self._ask(link, worker)
        finally:
            link.close()

    def _serve(self, workers: list[Worker]) -> None:
        try:
            for worker, link in zip(workers, self._links(), strict=False):
                self._serve_one(link, worker)
        except BaseException as fault:  # noqa: BLE001 - the thread hands it to the test
            with self._changed:
                self._faults.append(fault)
                self._changed.notify_all()

    def _links(self) -> Iterator[http.client.HTTPConnection]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S)
        try:
            while True:
                yield link
        finally:
            link.close()

    def _serve_one(self, link: http.client.HTTPConnection, worker: Worker) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while worker.key not in self.answers:
            assert time.monotonic() < deadline
            assert self.server_is_up.wait(PATIENCE_S)
            try:
                answer = self._ask(link, worker)
            except (OSError, http.client.HTTPException):
                link.close()
                with self._changed:
                    self.unanswered += 1
                continue
            with self._changed:
                self.answers[worker.key] = answer
                self._changed.notify_all()

    def _ask(self, link: http.client.HTTPConnection, worker: Worker) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": worker.key,
        }
        link.request("POST", "/api/v1/check-ins", worker.body, headers)
        response = link.getresponse()
        body: dict[str, Any] = json.loads(response.read())
        assert response.status == 201, body
        return body
