"""Measures ranking: a post for 10,000 who wait, a worker for 2,000 posts, a page of the line."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pysqlite3
from stdnum.cn import uscc

from server.domain.clock import market_day
from server.domain.kinds import EmployerKind, ServiceKind
from server.domain.ranking import trades_mask
from server.domain.trades import trades
from server.services.employers import NewEmployer, register_employer
from server.services.line import LineView, line_of
from server.services.matching import ranked_for_post, ranked_for_ticket
from server.services.open_market import OpenMarket
from server.settings import Settings
from tests.bench.grounds import CLI, make_grounds, opened, settings_in

WAITING, POSTS, LONG_LINE = 10_000, 2_000, 5_000
MEASURED = 400
PAGE = 12
SEED = 20261205
CREDIT_CODE = "91140602MA00001X1"
# A few trades have most of the people, as in a real hall.
SKEW = [1 / (n + 1) for n in range(24)]


@dataclass(frozen=True)
class Ranking:
    """Milliseconds of each ranked page, and of each page of the line, in process."""

    post_ms: list[float]
    worker_ms: list[float]
    line_ms: list[float]


def measure_ranking(folder: Path) -> Ranking:
    """Rank MEASURED random posts and workers, and look at MEASURED pages of the line."""
    settings = settings_in(make_grounds(folder / "grounds", WAITING).copy(folder / "market"))
    rng = random.Random(SEED)  # noqa: S311 - nothing secret.
    with opened(settings) as market:
        employer_id = _employer(market)
    post_ids, codes = _fill(settings, rng, employer_id)
    with opened(settings) as market:
        post_ms = _each(post_ids, rng, lambda one: ranked_for_post(market, one, PAGE))
        worker_ms = _each(codes, rng, lambda one: ranked_for_ticket(market, one, PAGE))
    _shorten(settings)
    with opened(settings) as market:
        pages = [str(n + 1) for n in range(LONG_LINE // 30)]
        view = ServiceKind.FIND_WORK
        line_ms = _each(pages, rng, lambda one: line_of(market, LineView(view, int(one))))
    return Ranking(post_ms, worker_ms, line_ms)


def _each(things: list[str], rng: random.Random, act: Callable[[str], object]) -> list[float]:
    taken = []
    for one in rng.choices(things, k=MEASURED + MEASURED // 10):
        begun = time.perf_counter()
        act(one)
        taken.append((time.perf_counter() - begun) * 1000)
    # The first ones prepare statements and fill caches.
    return taken[MEASURED // 10 :]


def _employer(market: OpenMarket) -> str:
    code = CREDIT_CODE + uscc.calc_check_digit(CREDIT_CODE)
    new = NewEmployer(EmployerKind.UNIT, "宏远建筑劳务有限公司", code, "王海", "13900001234")
    return register_employer(market, CLI, new, uuid.uuid4().hex).id


def _fill(settings: Settings, rng: random.Random, employer_id: str) -> tuple[list[str], list[str]]:
    now = datetime.now(UTC)
    kinds = [one.id for one in trades()][:24]
    with closing(pysqlite3.connect(settings.data_dir / "market.db")) as db:
        workers = [row[0] for row in db.execute("SELECT id FROM worker")]
        people = [_person(rng, kinds, n, worker) for n, worker in enumerate(workers)]
        posts = [_post(rng, kinds, n, now) for n in range(POSTS)]
        day, at = market_day(now).isoformat(), now.replace(tzinfo=None).isoformat(" ")
        db.execute("DELETE FROM worker_trade")
        for one in people:
            db.execute(_TICKET, {**one, "day": day, "at": at})
            db.execute(_VISIT, {**one, "day": day, "at": at})
            for rank, trade_id in enumerate(one["trades"]):
                db.execute(
                    "INSERT INTO worker_trade VALUES (?, ?, ?)", (one["worker"], rank, trade_id)
                )
        for each in posts:
            db.execute(_POST, {**each, "employer": employer_id, "day": day, "at": at})
        db.commit()
    return [each["id"] for each in posts], [one["code"] for one in people]


def _person(rng: random.Random, kinds: list[str], n: int, worker_id: str) -> dict[str, Any]:
    named = list(dict.fromkeys(rng.choices(kinds, SKEW, k=rng.randint(1, 4))))
    return {
        "id": f"01990000-0000-7000-8000-{n:012d}",
        "visit": f"01990000-0000-7000-9000-{n:012d}",
        "code": f"{n:010d}",
        "number": n + 1,
        "worker": worker_id,
        "trades": named,
        "mask": trades_mask(named),
        "skill": rng.randrange(5),
        "people": rng.choice([1] * 9 + [4]),
        "pay": rng.choice([None, None, 150_00, 200_00, 300_00]),
        "ride": rng.random() < 0.2,
        "nights": rng.random() < 0.2,
    }


def _post(rng: random.Random, kinds: list[str], n: int, now: datetime) -> dict[str, Any]:
    return {
        "id": f"01990000-0000-7000-a000-{n:012d}",
        "no": n + 1,
        "trade": rng.choices(kinds, SKEW)[0],
        "headcount": rng.randint(1, 20),
        "pay": rng.randint(12, 50) * 10_00,
        "transport": rng.choice(["none", "there", "both"]),
        "night": rng.random() < 0.1,
        "skill": rng.choice([0, 0, 0, 1, 2]),
        "lunch": rng.random() < 0.5,
        "until": (now + timedelta(hours=12)).replace(tzinfo=None).isoformat(" "),
    }


def _shorten(settings: Settings) -> None:
    with closing(pysqlite3.connect(settings.data_dir / "market.db")) as db:
        db.execute("UPDATE ticket SET state = 'done' WHERE number > ?", (LONG_LINE,))
        db.commit()


_TICKET = (
    "INSERT INTO ticket (id, code, market_day, series, number, service, state, ahead_when_issued,"
    " recalls, people, trades_mask, skill_rank, pay_wanted_fen, needs_ride, no_nights,"
    " entity_version, created_at) VALUES (:id, :code, :day, 'A', :number, 'find_work', 'waiting',"
    " 0, 0, :people, :mask, :skill, :pay, :ride, :nights, 1, :at)"
)
_VISIT = (
    "INSERT INTO visit (id, worker_id, ticket_id, market_day, service, created_at)"
    " VALUES (:visit, :worker, :id, :day, 'find_work', :at)"
)
_POST = (
    "INSERT INTO post (id, no, employer_id, state, trade_id, headcount, pay_fen, pay_unit,"
    " piece_unit, settlement, work_day, start_time, end_time, place, meeting_point, has_lunch,"
    " transport, tools, has_insurance, requirements, valid_until_at, is_urgent, entity_version,"
    " created_at, published_at, day_pay_fen, is_night, skill_asked) VALUES (:id, :no, :employer,"
    " 'open', :trade, :headcount, :pay, 'day', '', 'daily', :day, '07:00:00.000000',"
    " '18:00:00.000000', '北旺庄', '', :lunch, :transport, 'own', 0, '', :until, 0, 2, :at, :at,"
    " :pay, :night, :skill)"
)
