"""Measures the ticket transaction in a market with years behind it, beside an empty one."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pysqlite3

from server.domain.clock import market_day
from server.domain.kinds import ServiceKind
from server.services.check_in import CheckIn, check_in
from server.services.open_market import Actor
from server.services.workers import WorkerAnswers
from server.settings import Settings
from tests.bench.grounds import Grounds, make_grounds, opened, settings_in
from tests.bench.report import quantile

VISITS = 200_000
PER_DAY = 250
MEASURED = 600
BODY = "{" + "x" * 700 + "}"
KIOSK = Actor("bench")
# Foreign keys hold: worker_ids are of the grounds, tickets are inserted before visits.
FILL = (
    (
        "INSERT INTO ticket (id, code, market_day, series, number, service, state,"
        " ahead_when_issued, recalls, entity_version, created_at)"
        " VALUES (:ticket, :code, :day, 'A', :number, 'find_work', 'done', 0, 0, 3, :at)"
    ),
    (
        "INSERT INTO visit (id, worker_id, ticket_id, market_day, service, created_at)"
        " VALUES (:visit, :worker, :ticket, :day, 'find_work', :at)"
    ),
    (
        "INSERT INTO print_job (id, kind, ticket_id, copy_no, state, reason, entity_version,"
        " created_at) VALUES (:job, 'ticket', :ticket, 1, 'printed', '', 3, :at)"
    ),
    (
        "INSERT INTO event_log (event_id, type, subject, entity_version, market_day, occurred_at,"
        " actor, body, body_digest, chain) VALUES (:event, 'visit.checked_in', :visit, 1, :day,"
        " :at, 'bench', :body, :code, :code)"
    ),
)


@dataclass(frozen=True)
class History:
    """Milliseconds of each ticket transaction, in process, one after the other."""

    empty_ms: list[float]
    full_ms: list[float]
    megabytes: float


def measure_history(folder: Path) -> History:
    """Check MEASURED people in, in an empty market and in one with VISITS visits."""
    grounds = make_grounds(folder / "grounds", MEASURED)
    empty = settings_in(grounds.copy(folder / "empty"))
    full = settings_in(grounds.copy(folder / "full"))
    _fill(full)
    size = (full.data_dir / "market.db").stat().st_size / 1e6
    return History(_transactions_ms(empty, grounds), _transactions_ms(full, grounds), size)


def _transactions_ms(settings: Settings, grounds: Grounds) -> list[float]:
    taken = []
    with opened(settings) as market:
        for person in grounds.known:
            asked = CheckIn(person, ServiceKind.FIND_WORK, WorkerAnswers())
            begun = time.perf_counter()
            check_in(market, KIOSK, asked, uuid.uuid4().hex)
            taken.append((time.perf_counter() - begun) * 1000)
    # The first ones prepare statements and fill caches.
    return taken[MEASURED // 10 :]


def _fill(settings: Settings) -> None:
    with closing(pysqlite3.connect(settings.data_dir / "market.db")) as db:
        workers = [row[0] for row in db.execute("SELECT id FROM worker")]
        rows = list(_past_visits(workers, market_day(datetime.now(UTC))))
        for statement in FILL:
            db.executemany(statement, rows)
        db.commit()


def _past_visits(workers: list[str], today: date) -> Iterator[dict[str, object]]:
    for n in range(VISITS):
        days_ago, number = divmod(n, PER_DAY)
        day = today - timedelta(days=VISITS // PER_DAY - days_ago)
        yield {
            **{name: str(uuid.uuid4()) for name in ("ticket", "visit", "job", "event")},
            "code": f"{n:010d}",
            "day": day.isoformat(),
            "number": number + 1,
            "worker": workers[number % len(workers)],
            "at": f"{day.isoformat()} 00:00:00.000000",
            "body": BODY,
        }


def shares(found: History) -> tuple[float, float, float]:
    """Return the p99 of the full market, and its p50 and p99 against the empty one's."""
    full, empty = (
        [quantile(values, share) for share in (0.5, 0.99)]
        for values in (found.full_ms, found.empty_ms)
    )
    return full[1], full[0] / empty[0], full[1] / empty[1]
