"""The limit that check-ins are compared with: minimal WSGI and raw SQL, the same five rows.

No router, no validation, no encryption, no keys that repeat, no chain: only what any server
must do for a durable check-in. Tables, indexes, pragmas and gunicorn are the product's own.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pysqlite3

from server.domain.clock import market_day

PRAGMAS = ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
FIND = "SELECT id FROM worker WHERE id_no_hash = ?"
COUNT = (
    "INSERT INTO ticket_counter (market_day, series, last_number) VALUES (?, ?, 1)"
    " ON CONFLICT (market_day, series) DO UPDATE SET last_number = last_number + 1"
    " RETURNING last_number"
)
ADD_TICKET = (
    "INSERT INTO ticket (id, code, market_day, series, number, service, state,"
    " ahead_when_issued, recalls, entity_version, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, 0, 1, ?)"
)
ADD_VISIT = (
    "INSERT INTO visit (id, worker_id, ticket_id, market_day, service, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
ADD_JOB = (
    "INSERT INTO print_job (id, kind, ticket_id, copy_no, state, reason, entity_version,"
    " created_at) VALUES (?, 'ticket', ?, 1, 'queued', '', 1, ?)"
)
ADD_EVENT = (
    "INSERT INTO event_log (event_id, type, subject, entity_version, market_day, occurred_at,"
    " actor, body, body_digest, chain) VALUES (?, 'visit.checked_in', ?, 1, ?, ?, 'floor', ?, ?, ?)"
)
ADD_ANSWER = (
    "INSERT INTO answered_request (idempotency_key, request_digest, answer, created_at)"
    " VALUES (?, ?, ?, ?)"
)

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class Floor:
    """A WSGI application with one connection and one lock."""

    def __init__(self, path: str) -> None:
        self._lock = threading.Lock()
        self._db = pysqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}")

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET with 200 and a POST with a ticket."""
        if environ["REQUEST_METHOD"] == "GET":
            start_response("200 OK", [("Content-Length", "2")])
            return [b"ok"]
        body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        answer = self._check_in(body, environ["HTTP_IDEMPOTENCY_KEY"]).encode()
        head = [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))]
        start_response("201 Created", head)
        return [answer]

    def _check_in(self, body: dict[str, str], key: str) -> str:
        now = datetime.now(UTC)
        day, at = market_day(now).isoformat(), now.isoformat(" ")[:26]
        ticket, visit, job, event = (os.urandom(16).hex() for _ in range(4))
        code, service, series = os.urandom(5).hex(), body["service"], body["series"]
        with self._lock:
            run = self._db.execute
            run("BEGIN IMMEDIATE")
            worker_id = run(FIND, (body["worker"],)).fetchone()[0]
            number = run(COUNT, (day, series)).fetchone()[0]
            issued = {"id": ticket, "code": code, "number": number, "service": service}
            said = json.dumps({"ticket": issued, "visit": visit, "worker": worker_id, "at": at})
            digest = hashlib.sha256(said.encode()).hexdigest()
            run(ADD_TICKET, (ticket, code, day, series, number, service, at))
            run(ADD_VISIT, (visit, worker_id, ticket, day, service, at))
            run(ADD_JOB, (job, ticket, at))
            run(ADD_EVENT, (event, f"visit/{visit}", day, at, said, digest, digest))
            run(ADD_ANSWER, (key, digest, said, at))
            run("COMMIT")
        return said


def make_floor() -> Floor:
    """Return the application on the database that BENCH_FLOOR_DATABASE names."""
    return Floor(os.environ["BENCH_FLOOR_DATABASE"])
