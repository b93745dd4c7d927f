"""Owns what a worker wants of a job (pay, ride, hours) and what an employer asks for besides."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import and_, bindparam, delete, insert, select, update

from server.db.tables import named_worker, post, ticket, visit, worker
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import market_day
from server.domain.errors import PayTooLarge, PostUnknown, TicketUnknown, WorkerUnknown
from server.domain.kinds import ServiceKind, SkillLevel
from server.domain.ranking import SKILL_RANKS
from server.domain.tickets import ticket_label
from server.services.open_market import OpenMarket
from server.services.posts import move_post
from server.services.ticket_rows import ticket_row
from server.services.tickets import HELD_BY
from server.services.turns import refresh_line
from server.services.workers import record_worker

MAX_DAY_PAY_FEN = 5_000_00


@dataclass(frozen=True)
class JobWishes:
    """What a worker wants. pay_wanted_fen: for a day, None for whatever there is."""

    pay_wanted_fen: int | None = None
    needs_ride: bool = False
    no_nights: bool = False


def state_wishes(
    market: OpenMarket, staff: Actor, code: str, wishes: JobWishes, key: str
) -> JobWishes:
    """Keep what a ticket's holder wants of a job; it orders offers and hides none.

    Raises TicketUnknown, TicketNotToday, PayTooLarge. Records worker.updated.
    """
    asked = Asked(key, "state_wishes", {"code": code, **asdict(wishes)})
    with market.database.write(staff) as tx:
        return tx.once(asked, JobWishes, lambda: _state(tx, code, wishes))


def _state(tx: Transaction, code: str, wishes: JobWishes) -> JobWishes:
    if wishes.pay_wanted_fen is not None and wishes.pay_wanted_fen > MAX_DAY_PAY_FEN:
        raise PayTooLarge(maximum_fen=MAX_DAY_PAY_FEN)
    held = ticket_row(tx, code)
    holder = tx.connection.scalar(
        select(visit.c.worker_id).where(
            visit.c.ticket_id == held.id, visit.c.holds_ticket.is_(True)
        )
    )
    if holder is None:
        raise TicketUnknown
    changes = {**asdict(wishes), "entity_version": worker.c.entity_version + 1}
    change = update(worker).where(worker.c.id == holder)
    tx.connection.execute(change.values(**changes, updated_at=tx.now))
    refresh_line(tx, held.id)
    record_worker(tx, holder, "worker.updated")
    return wishes


def wishes_of(market: OpenMarket, code: str) -> JobWishes:
    """Return what a ticket's holder wants. Raises TicketUnknown."""
    statement = (
        select(worker.c.pay_wanted_fen, worker.c.needs_ride, worker.c.no_nights)
        .join_from(ticket, visit, HELD_BY)
        .join(worker, worker.c.id == visit.c.worker_id)
        .where(ticket.c.code == code)
    )
    with market.database.read() as connection:
        row = connection.execute(statement).first()
    if row is None:
        raise TicketUnknown
    return JobWishes(row.pay_wanted_fen, row.needs_ride, row.no_nights)


def ask_skill(market: OpenMarket, staff: Actor, post_id: str, skill: SkillLevel, key: str) -> str:
    """Keep the least skill a post asks for; who has less comes behind, never out.

    Raises PostUnknown. Records post.changed.
    """
    asked = Asked(key, "ask_skill", {"post_id": post_id, "skill": skill})
    changes = {"skill_asked": SKILL_RANKS[skill]}
    with market.database.write(staff) as tx:
        return tx.once(asked, str, lambda: _ask(tx, post_id, changes))


def _ask(tx: Transaction, post_id: str, changes: dict[str, int]) -> str:
    move_post(tx, post_id, dict(changes), "post.changed")
    return post_id


def name_worker(market: OpenMarket, staff: Actor, post_id: str, code: str, key: str) -> str:
    """Note that an employer asks for a ticket's holder: they come first for the post.

    Raises PostUnknown, TicketUnknown, TicketNotToday. Records named_worker.added.
    """
    asked = Asked(key, "name_worker", {"post_id": post_id, "code": code})
    with market.database.write(staff) as tx:
        return tx.once(asked, str, lambda: _name(tx, post_id, code))


def _name(tx: Transaction, post_id: str, code: str) -> str:
    _check_post(tx, post_id)
    held = ticket_row(tx, code)
    worker_id = tx.connection.scalar(
        select(visit.c.worker_id).where(
            visit.c.ticket_id == held.id, visit.c.holds_ticket.is_(True)
        )
    )
    if worker_id is None:
        raise TicketUnknown
    here = (named_worker.c.post_id == post_id, named_worker.c.worker_id == worker_id)
    if tx.connection.execute(select(named_worker).where(*here)).first() is None:
        values = {
            "post_id": post_id,
            "worker_id": worker_id,
            "staff_id": tx.actor.staff_id,
            "created_at": tx.now,
        }
        tx.connection.execute(insert(named_worker), values)
        tx.record(Event("named_worker.added", f"named_worker/{worker_id}", 1, values))
    return str(worker_id)


def unname_worker(market: OpenMarket, staff: Actor, post_id: str, worker_id: str, key: str) -> str:
    """Note that an employer no longer asks for a worker.

    Raises PostUnknown, WorkerUnknown. Records named_worker.removed.
    """
    asked = Asked(key, "unname_worker", {"post_id": post_id, "worker_id": worker_id})
    with market.database.write(staff) as tx:
        return tx.once(asked, str, lambda: _unname(tx, post_id, worker_id))


def _unname(tx: Transaction, post_id: str, worker_id: str) -> str:
    _check_post(tx, post_id)
    here = (named_worker.c.post_id == post_id, named_worker.c.worker_id == worker_id)
    row = tx.connection.execute(select(named_worker).where(*here)).first()
    if row is None:
        raise WorkerUnknown
    tx.connection.execute(delete(named_worker).where(*here))
    told = {"post_id": post_id, "worker_id": worker_id}
    tx.record(Event("named_worker.removed", f"named_worker/{worker_id}", 2, told))
    return worker_id


def _check_post(tx: Transaction, post_id: str) -> None:
    if tx.connection.scalar(select(post.c.id).where(post.c.id == post_id)) is None:
        raise PostUnknown


@dataclass(frozen=True)
class NamedWorker:
    """Somebody an employer asks for. label: today's number, "" for who is not here."""

    worker_id: str
    label: str


def named_for(market: OpenMarket, post_id: str) -> tuple[NamedWorker, ...]:
    """Return whom an employer asks for, as the numbers they have today."""
    today = market_day(market.database.now())
    with market.database.read() as connection:
        rows = connection.execute(_NAMED, {"post_id": post_id, "today": today}).all()
    return tuple(
        NamedWorker(row.worker_id, ticket_label(row.series, row.number) if row.series else "")
        for row in rows
    )


_NAMED = (
    select(named_worker.c.worker_id, ticket.c.series, ticket.c.number)
    .join_from(
        named_worker,
        visit,
        and_(
            visit.c.worker_id == named_worker.c.worker_id,
            visit.c.market_day == bindparam("today"),
            visit.c.service == ServiceKind.FIND_WORK.value,
        ),
        isouter=True,
    )
    .join(ticket, ticket.c.id == visit.c.ticket_id, isouter=True)
    .where(named_worker.c.post_id == bindparam("post_id"))
    .order_by(named_worker.c.created_at, named_worker.c.worker_id)
)


def skill_asked_of(market: OpenMarket, post_id: str) -> int:
    """Return the rank of the least skill a post asks for, 0 for none."""
    with market.database.read() as connection:
        return connection.scalar(select(post.c.skill_asked).where(post.c.id == post_id)) or 0


def code_of_label(market: OpenMarket, label: str) -> str:
    """Return the code of today's ticket for work with a number such as "A012" or "12".

    Raises TicketUnknown.
    """
    digits = label.strip().upper().removeprefix("A")
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 5:
        raise TicketUnknown
    today = market_day(market.database.now())
    here = (ticket.c.market_day == today, ticket.c.series == "A", ticket.c.number == int(digits))
    with market.database.read() as connection:
        code: str | None = connection.scalar(select(ticket.c.code).where(*here))
    if code is None:
        raise TicketUnknown
    return code
