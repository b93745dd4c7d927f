"""Owns training wishes (培训意愿): what workers would like to learn, and when they have time."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from server.db.tables import training_wish, training_wish_trade, worker
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.kinds import FreeTime, ServiceKind
from server.domain.trades import trade
from server.domain.training import check_wishes
from server.services.open_market import OpenMarket
from server.services.registrations import save_asker
from server.services.workers import Person, WorkerAnswers, masked_name_of

WISHES_SHOWN = 200


@dataclass(frozen=True)
class NewWish:
    """Somebody wants to learn up to three trades, the first most."""

    person: Person
    trades: tuple[str, ...]
    free_time: FreeTime
    answers: WorkerAnswers


@dataclass(frozen=True)
class Wish:
    """What a worker wishes now. is_new: False when it took the place of an earlier one."""

    id: str
    trades: tuple[str, ...]
    free_time: FreeTime
    is_new: bool


def wish_training(market: OpenMarket, actor: Actor, new: NewWish, key: str) -> Wish:
    """Keep what a worker wants to learn, in place of what they wished before.

    Raises what `save_asker` and `check_wishes` raise. Records training_wish.made or
    training_wish.changed, and worker.registered or worker.updated where something is new.
    """
    content = {
        "person": market.seal.index(new.person.id_no, "worker.id_no"),
        "trades": new.trades,
        "free_time": new.free_time,
        "answers": asdict(new.answers),
    }
    with market.database.write(actor) as tx:
        asked = Asked(key, "wish_training", content)
        return tx.once(asked, Wish, lambda: _wish(tx, market, new))


_WISH_OF = select(training_wish).where(training_wish.c.worker_id == bindparam("worker_id"))


def _wish(tx: Transaction, market: OpenMarket, new: NewWish) -> Wish:
    trades = tuple(wanted.id for wanted in check_wishes(new.trades))
    worker_id = save_asker(tx, market.seal, new.person, new.answers, ServiceKind.TRAINING)
    had = tx.connection.execute(_WISH_OF, {"worker_id": worker_id}).first()
    values: dict[str, Any] = {
        "id": tx.new_id() if had is None else had.id,
        "worker_id": worker_id,
        "free_time": new.free_time.value,
        "market_day": tx.market_day,
        "entity_version": 1 if had is None else had.entity_version + 1,
        "created_at": tx.now if had is None else had.created_at,
        "updated_at": tx.now,
    }
    if had is None:
        tx.connection.execute(insert(training_wish), values)
    else:
        tx.connection.execute(update(training_wish).where(training_wish.c.id == had.id), values)
    _replace_trades(tx, values["id"], trades)
    word = "training_wish.made" if had is None else "training_wish.changed"
    body = {**values, "trades": trades}
    tx.record(Event(word, f"training_wish/{values['id']}", values["entity_version"], body))
    return Wish(values["id"], trades, new.free_time, had is None)


def _replace_trades(tx: Transaction, wish_id: str, trades: tuple[str, ...]) -> None:
    of_wish = training_wish_trade.c.wish_id == wish_id
    tx.connection.execute(delete(training_wish_trade).where(of_wish))
    rows = [{"wish_id": wish_id, "rank": n, "trade_id": one} for n, one in enumerate(trades)]
    tx.connection.execute(insert(training_wish_trade), rows)


@dataclass(frozen=True)
class WishRow:
    """A wish as staff list it. masked_name: None when only the number is known."""

    masked_name: str | None
    trade_names: tuple[str, ...]
    free_time: FreeTime
    wished_at: datetime


@dataclass(frozen=True)
class Wishes:
    """What the workers want to learn.

    counts: trade and how many want it, most wanted first. by_time: how many have time when.
    rows: the latest wishes, at most WISHES_SHOWN.
    """

    total: int
    counts: tuple[tuple[str, int], ...]
    by_time: tuple[tuple[FreeTime, int], ...]
    rows: tuple[WishRow, ...]


def training_wishes(market: OpenMarket) -> Wishes:
    """Return all wishes that are open."""
    statement = (
        select(training_wish, worker.c.name_sealed)
        .join(worker, worker.c.id == training_wish.c.worker_id)
        .order_by(training_wish.c.updated_at.desc(), training_wish.c.id)
    )
    with market.database.read() as connection:
        rows = connection.execute(statement).all()
        wanted = connection.execute(
            select(training_wish_trade).order_by(training_wish_trade.c.rank)
        ).all()
    trades: dict[str, list[str]] = {}
    for one in wanted:
        trades.setdefault(one.wish_id, []).append(trade(one.trade_id).short_name)
    counts = Counter(trade(one.trade_id).short_name for one in wanted)
    times = Counter(FreeTime(row.free_time) for row in rows)
    return Wishes(
        len(rows),
        tuple(sorted(counts.items(), key=lambda named: (-named[1], named[0]))),
        tuple((time, times[time]) for time in FreeTime),
        tuple(
            WishRow(
                masked_name_of(market.seal.open_optional(row.name_sealed, "worker.name")),
                tuple(trades[row.id]),
                FreeTime(row.free_time),
                row.updated_at,
            )
            for row in rows[:WISHES_SHOWN]
        ),
    )
