"""The agent's side of the server's HTTP API: retries, keys against doing things twice, time-outs.

Bodies carry people's data and are never logged.
"""

import http.client
import json
import logging
import random
import socket
import ssl
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from kiosk.agent.device_states import DeviceStates
from kiosk.agent.errors import ServerRefusedError, ServerUnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.agent.reader import CardRead

log = logging.getLogger(__name__)

_API = "/api/v1"
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0
_TOO_MANY_REQUESTS = 429
_MOST_ANSWER_BYTES = 4_000_000


class JobResult(StrEnum):
    """What the agent says became of a print job; QUEUED gives it back untouched."""

    PRINTED = "printed"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    QUEUED = "queued"


@dataclass(frozen=True)
class ClaimedJob:
    """A print job that is this agent's to print."""

    job_id: str
    kind: str
    copy_no: int
    process_id: str
    document: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True)
class Signal:
    """A short message from the server to this device."""

    signal_id: int
    kind: str
    body: Mapping[str, object]
    created_at: str


@dataclass(frozen=True)
class _Request:
    """One call; `key` stays the same over its retries."""

    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    key: str = ""
    wait_s: float = 0.0


def new_key() -> str:
    """Return a fresh Idempotency-Key; keep it with what it belongs to."""
    return uuid.uuid4().hex


class ServerClient:
    """Call the server as one device. Thread-safe: each call has its own connection.

    Every method raises ServerRefusedError for 4xx and ServerUnreachableError when there was no
    usable answer within its patience or after the agent was stopped.
    """

    def __init__(self, url: str, token: str, timeout_s: float, stop: threading.Event) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._port = parts.port
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._token = token
        self._timeout_s = timeout_s
        self._stop = stop
        self._lock = threading.Lock()
        self._waiting: set[http.client.HTTPConnection] = set()

    def wait_print_job(self, wait_s: float) -> str | None:
        """Return the id of the oldest queued job, or None when none came within `wait_s`."""
        answer = self._call(_Request("GET", f"/print-jobs?wait={wait_s:g}", wait_s=wait_s))
        jobs = answer.get("jobs")
        return str(jobs[0]["id"]) if isinstance(jobs, list) and jobs else None

    def claim(self, job_id: str, key: str, patience_s: float) -> ClaimedJob:
        """Take a job; ServerRefusedError(409) when it was taken meanwhile."""
        path = f"/print-jobs/{quote(job_id, safe='')}/claim"
        answer = self._call(_json_request("POST", path, {}, key), patience_s)
        document = answer.get("document")
        return ClaimedJob(
            job_id=job_id,
            kind=str(answer.get("kind", "")),
            copy_no=max(1, int(str(answer.get("copy_no", 1)))),
            process_id=str(answer.get("process_id", "")),
            document=document if isinstance(document, Mapping) else {},
        )

    def report_result(
        self, job_id: str, result: JobResult, reason: str, key: str, patience_s: float
    ) -> None:
        """Tell what became of a claimed job."""
        path = f"/print-jobs/{quote(job_id, safe='')}/result"
        body = {"state": result.value, "reason": reason}
        self._call(_json_request("POST", path, body, key), patience_s)

    def wait_signals(self, after: int, wait_s: float) -> list[Signal]:
        """Return the signals with an id above `after`, oldest first."""
        path = f"/signals?after={after}&wait={wait_s:g}"
        answer = self._call(_Request("GET", path, wait_s=wait_s))
        rows = answer.get("signals")
        return [_signal(row) for row in rows] if isinstance(rows, list) else []

    def send_card(self, card: "CardRead", key: str, patience_s: float) -> None:
        """Hand over what a card says; the server answers the kiosk, not the agent."""
        body = {
            "card_kind": card.card_kind.value,
            "name": card.name,
            "sex": card.sex,
            "birth_day": card.birth_day.isoformat(),
            "id_no": card.id_no,
            "valid_from": card.valid_from.isoformat() if card.valid_from else None,
            "valid_until": card.valid_until.isoformat() if card.valid_until else None,
            "address": card.address,
        }
        self._call(_json_request("POST", "/cards", body, key), patience_s)

    def refuse_card(self, code: str, key: str, patience_s: float) -> None:
        """Tell that a card cannot be used here; the server tells the kiosk what to do."""
        self._call(_json_request("POST", "/cards/refusals", {"code": code}, key), patience_s)

    def send_scan(self, code: str, key: str, patience_s: float) -> None:
        """Hand over what was scanned; the server answers the kiosk, not the agent."""
        self._call(_json_request("POST", "/scans", {"code": code}, key), patience_s)

    def send_states(self, states: DeviceStates, cards: Sequence[tuple[str, str]] | None) -> None:
        """Report the states of the devices; None for a device that this agent does not have.

        cards: id and label of each card that a simulated reader can read, else None.
        """
        named = None if cards is None else [{"id": i, "name": label} for i, label in cards]
        body = {
            "printer": _state(states.printer),
            "reader": _state(states.reader),
            "scanner": _state(states.scanner),
            "simulated_cards": named,
        }
        self._call(_json_request("PUT", "/devices/me/status", body, new_key()), 0.0)

    def send_paper(self, png: bytes, job_id: str, key: str, patience_s: float) -> None:
        """Hand over the picture of a paper from the simulated printer; `job_id` "" if unknown."""
        request = _Request(
            "POST", "/devices/me/papers", png, "image/png", (("X-Print-Job", job_id),), key
        )
        self._call(request, patience_s)

    def stop_waiting(self) -> None:
        """End all long polls at once."""
        with self._lock:
            waiting = list(self._waiting)
        for connection in waiting:
            if connection.sock is not None:
                with suppress(OSError):  # It may just have ended by itself.
                    connection.sock.shutdown(socket.SHUT_RDWR)

    def _call(self, request: _Request, patience_s: float = 0.0) -> Mapping[str, object]:
        """Ask until there is an answer or `patience_s` is over; asks at least once."""
        give_up_at_s = time.monotonic() + patience_s
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                return self._ask(request)
            except (OSError, http.client.HTTPException, ValueError) as e:
                reason = type(e).__name__
            if time.monotonic() + pause_s > give_up_at_s or self._stop.is_set():
                raise ServerUnreachableError(f"{request.method} {reason}")
            # Spread out, or all agents of a restarted server come back in step.
            self._stop.wait(pause_s * random.uniform(0.7, 1.0))  # noqa: S311 - not a secret.
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _ask(self, request: _Request) -> Mapping[str, object]:
        """Ask once; raises ValueError for an answer that is not the API's."""
        with self._connection(request.wait_s) as connection:
            connection.request(
                request.method, _API + request.path, request.body or None, self._headers(request)
            )
            response = connection.getresponse()
            content = response.read(_MOST_ANSWER_BYTES)
        if response.status >= 500 or response.status == _TOO_MANY_REQUESTS:
            raise ValueError(f"status {response.status}")
        if response.status >= 400:
            raise ServerRefusedError(response.status, _code_of(content))
        if response.status >= 300:
            raise ValueError(f"status {response.status}")
        answer = json.loads(content) if content else {}
        if not isinstance(answer, dict):
            raise ValueError("the answer is not an object")
        return answer

    def _headers(self, request: _Request) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        if request.body:
            headers["Content-Type"] = request.content_type
        if request.key:
            headers["Idempotency-Key"] = request.key
        return headers | dict(request.headers)

    @contextmanager
    def _connection(self, wait_s: float) -> "Iterator[http.client.HTTPConnection]":
        timeout_s = self._timeout_s + wait_s
        if self._tls is None:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=timeout_s)
        else:
            connection = http.client.HTTPSConnection(
                self._host, self._port, timeout=timeout_s, context=self._tls
            )
        try:
            connection.connect()
            if wait_s:
                self._note_waiting(connection)
            yield connection
        finally:
            with self._lock:
                self._waiting.discard(connection)
            connection.close()

    def _note_waiting(self, connection: http.client.HTTPConnection) -> None:
        """Let `stop_waiting` end this connection; refuse to wait when it already ran."""
        with self._lock:
            self._waiting.add(connection)
        if self._stop.is_set():
            raise ServerUnreachableError("the agent is stopping")


def _state(state: StrEnum | None) -> dict[str, str] | None:
    return None if state is None else {"state": state.value}


def _json_request(method: str, path: str, body: Mapping[str, object], key: str) -> _Request:
    return _Request(method, path, json.dumps(body, ensure_ascii=False).encode(), key=key)


def _signal(row: Mapping[str, object]) -> Signal:
    body = row.get("body")
    return Signal(
        signal_id=int(str(row["id"])),
        kind=str(row.get("kind", "")),
        body=body if isinstance(body, Mapping) else {},
        created_at=str(row.get("created_at", "")),
    )


def _code_of(content: bytes) -> str:
    with suppress(ValueError):
        answer = json.loads(content)
        if isinstance(answer, dict):
            return str(answer.get("code", ""))
    return ""
