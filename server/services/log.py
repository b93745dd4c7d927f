"""Owns reading the event log: its tail, its head and the proof that nothing was altered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from server.db.tables import event_log
from server.db.unit_of_work import GENESIS, chain_link, digest_of, envelope_of
from server.services.open_market import OpenMarket


@dataclass(frozen=True)
class LoggedEvent:
    """One row of the log. id: the revision, in commit order."""

    id: int
    event_id: str
    type: str
    subject: str
    entity_version: int
    market_day: date
    occurred_at: datetime
    actor: str
    device: str | None
    body: dict[str, Any] | None


def events_after(market: OpenMarket, revision: int, limit: int = 500) -> tuple[LoggedEvent, ...]:
    """Return the rows after `revision`, in commit order, at most `limit`."""
    statement = (
        select(event_log).where(event_log.c.id > revision).order_by(event_log.c.id).limit(limit)
    )
    with market.database.read() as connection:
        return tuple(
            LoggedEvent(
                row.id,
                row.event_id,
                row.type,
                row.subject,
                row.entity_version,
                row.market_day,
                row.occurred_at,
                row.actor,
                row.device,
                None if row.body is None else json.loads(row.body),
            )
            for row in connection.execute(statement)
        )


def head_revision(market: OpenMarket) -> int:
    """Return the id of the newest row, 0 for an empty log."""
    with market.database.read() as connection:
        return int(connection.scalar(select(func.max(event_log.c.id))) or 0)


@dataclass(frozen=True)
class ChainReport:
    """What a check of the chain found. broken_at: id of the first row that does not fit."""

    rows: int
    broken_at: int | None


def verify_chain(market: OpenMarket) -> ChainReport:
    """Recompute the whole chain; a row whose body was erased keeps its place in it."""
    previous, rows = GENESIS, 0
    with market.database.read() as connection:
        for row in connection.execute(select(event_log).order_by(event_log.c.id)):
            rows += 1
            link = chain_link(previous, envelope_of(row._asdict()), row.body_digest)
            has_body = row.body is None or digest_of(row.body) == row.body_digest
            if link != row.chain or not has_body:
                return ChainReport(rows, row.id)
            previous = row.chain
    return ChainReport(rows, None)
