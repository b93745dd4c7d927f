"""Owns the transaction: one gate for writers, one commit, and the log rows that go with it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeAlias, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, bindparam, insert, select

from server.db.engines import open_read_engine, open_write_engine
from server.db.gate import Gate, Group
from server.db.ids import IdMaker
from server.db.prepared import Prepared
from server.db.tables import answered_request, event_log, signal
from server.domain.clock import Clock, market_day
from server.domain.errors import IdempotencyKeyReused

# What a JSON object decodes to. Values are checked where they are read.
Json: TypeAlias = dict[str, Any]

GENESIS = "0" * 64


@dataclass(frozen=True)
class Actor:
    """Who caused a change: `name` such as "staff:<id>", "device:<id>" or "cli"."""

    name: str
    device_id: str | None = None

    @property
    def staff_id(self) -> str | None:
        """Return the id of the member of staff, None for others."""
        kind, _, identifier = self.name.partition(":")
        return identifier if kind == "staff" else None


@dataclass(frozen=True)
class Event:
    """A change that is about to become true: the state of one entity after it.

    type: past tense, dotted, such as "visit.checked_in". subject: "<entity>/<id>".
    body: JSON-able; personal fields only in sealed form.
    """

    type: str
    subject: str
    entity_version: int
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request that may come again: its Idempotency-Key, what it is, and what it says.

    content: JSON-able; of personal data only keyed hashes.
    """

    key: str
    operation: str
    content: Any


Kept = TypeVar("Kept")


@cache
def _adapter_of(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _adapter(kind: type[Kept]) -> TypeAdapter[Kept]:
    return _adapter_of(kind)  # type: ignore[arg-type]  # mypy does not see that types are hashable


def canonical_json(value: Any) -> str:
    """Return the one JSON text of `value`: sorted keys, no spaces, dates in ISO form."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise TypeError(f"{type(value).__name__} has no JSON form")


def digest_of(text: str) -> str:
    """Return the SHA-256 of `text` as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def chain_link(previous: str, envelope: str, body_digest: str) -> str:
    """Return the hash that ties one log row to all rows before it."""
    return digest_of(f"{previous}\n{envelope}\n{body_digest}")


def envelope_of(row: Mapping[str, Any]) -> str:
    """Return the text of a log row that the chain covers besides the body."""
    return "\n".join(
        str(part)
        for part in (
            row["event_id"],
            row["type"],
            row["subject"],
            row["entity_version"],
            row["market_day"],
            row["occurred_at"].isoformat(),
            row["actor"],
            row["device"] or "",
        )
    )


_LAST_CHAIN = Prepared(select(event_log.c.chain).order_by(event_log.c.id.desc()).limit(1))
_ADD_EVENT = Prepared(insert(event_log))
_ADD_SIGNAL = insert(signal)
_FIRST_ANSWER = Prepared(
    select(answered_request.c.request_digest, answered_request.c.answer).where(
        answered_request.c.idempotency_key == bindparam("key")
    )
)
_KEEP_ANSWER = Prepared(insert(answered_request))


class Transaction:
    """One database transaction, the moment it happens in and the log rows it will tell.

    Private helpers of services take it first and never open their own.
    """

    def __init__(self, group: Group, now: datetime, actor: Actor, ids: IdMaker) -> None:
        self.connection = group.connection
        self._group = group
        self.now = now
        self._ids = ids
        self.market_day: date = market_day(now)
        self.actor = actor

    def new_id(self) -> str:
        """Return a fresh UUIDv7; ids only grow."""
        return self._ids.new_id(self.now)

    def record(self, event: Event) -> None:
        """Append `event` to the log in this transaction, tied into the chain."""
        if self._group.chain is None:
            self._group.chain = _LAST_CHAIN.scalar(self.connection, {}) or GENESIS
        body = canonical_json(event.body)
        row = {
            "event_id": self.new_id(),
            "type": event.type,
            "subject": event.subject,
            "entity_version": event.entity_version,
            "market_day": self.market_day,
            "occurred_at": self.now,
            "actor": self.actor.name,
            "device": self.actor.device_id,
            "body": body,
            "body_digest": digest_of(body),
        }
        chain = chain_link(self._group.chain, envelope_of(row), str(row["body_digest"]))
        _ADD_EVENT.run(self.connection, {**row, "chain": chain})
        self._group.chain = chain

    def send_signal(self, room: str, kind: str, body: Json) -> None:
        """Leave a short-lived signal for `room`; it becomes visible with the commit."""
        self.connection.execute(
            _ADD_SIGNAL,
            {"room": room, "kind": kind, "body": canonical_json(body), "created_at": self.now},
        )

    def once(self, asked: Asked, kind: type[Kept], act: Callable[[], Kept]) -> Kept:
        """Return what `act` answers, or what it answered when the key came before.

        kind: the answer's type, a frozen dataclass or str; it is kept as JSON in this
        transaction. Raises IdempotencyKeyReused if the key came with another request.
        """
        digest = digest_of(f"{asked.operation}\n{canonical_json(asked.content)}")
        row = _FIRST_ANSWER.first(self.connection, {"key": asked.key})
        if row is not None:
            if row.request_digest != digest:
                raise IdempotencyKeyReused
            return _adapter(kind).validate_json(row.answer)
        answer = act()
        kept = {
            "idempotency_key": asked.key,
            "request_digest": digest,
            "answer": _adapter(kind).dump_json(answer).decode(),
            "created_at": self.now,
        }
        _KEEP_ANSWER.run(self.connection, kept)
        return answer


class Database:
    """The engines of one market and the gate that its writers pass one by one.

    Opening is lazy: nothing touches the disk or the network before the first transaction.
    """

    def __init__(self, url: str, clock: Clock, synchronous: str = "FULL") -> None:
        self._write_engine = open_write_engine(url, synchronous)
        self._read_engine = open_read_engine(url, synchronous)
        self._clock = clock
        self._ids = IdMaker()
        self._gate = Gate(self._write_engine, self._note_commit)
        self._committed = threading.Condition()
        self._commits = 0
        self._is_ending = False

    @contextmanager
    def write(self, actor: Actor) -> Iterator[Transaction]:
        """Open a unit of work: leaving the block commits, an exception undoes it.

        Units that queue at the gate at the same time share one commit (`gate.py`).

        Only services call this. Nothing that leaves the process happens inside.
        """
        with self._gate.unit() as group:
            yield Transaction(group, self._clock.now(), actor, self._ids)

    def _note_commit(self) -> None:
        with self._committed:
            self._commits += 1
            self._committed.notify_all()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one state and writes nothing."""
        with self._read_engine.connect() as connection:
            yield connection

    def now(self) -> datetime:
        """Return the present moment of the market's clock."""
        return self._clock.now()

    @property
    def commits(self) -> int:
        """Count the commits of this process; `wait_for_commit` wants it."""
        return self._commits

    def wait_for_commit(self, seen: int, timeout_s: float) -> None:
        """Block until this process has committed after `seen`, at most `timeout_s` seconds.

        Other processes' commits are not noticed: callers look again after the time-out.
        """
        with self._committed:
            self._committed.wait_for(lambda: self._commits != seen or self._is_ending, timeout_s)

    @property
    def is_ending(self) -> bool:
        """Tell whether the process is about to stop, so that nobody should wait any longer."""
        return self._is_ending

    def end_waits(self) -> None:
        """Let everybody go who waits for a commit: the process is about to stop."""
        with self._committed:
            self._is_ending = True
            self._committed.notify_all()

    def close(self) -> None:
        """Close every connection."""
        self._write_engine.dispose()
        self._read_engine.dispose()
