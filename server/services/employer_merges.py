"""Owns the merging of employers that are one: what moved, who did it, and its undoing for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, insert, select, update

from server.db.employer_tables import employer_merge, employer_merge_move, employer_sanction
from server.db.tables import employer, post, staff
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    EmployerMerged,
    EmployersSame,
    EmployerUnknown,
    MergeNotLast,
    MergeOver,
    MergeTooOld,
    MergeUnknown,
)
from server.domain.kinds import PostState
from server.services.employer_facts import is_sanctioned, kept_employer
from server.services.open_market import OpenMarket
from server.services.posts import move_post
from server.services.sanctions import change_sanction, pause_posts

UNDO_FOR = timedelta(days=1)
POST, SANCTION, PAUSE = "post", "sanction", "pause"


@dataclass(frozen=True)
class Merge:
    """An employer (gone) that became part of another one (kept).

    gone_name: its public name. by: the display name of who merged, "" for the server's own.
    """

    id: str
    kept_id: str
    gone_id: str
    gone_name: str
    by: str
    merged_at: datetime
    undone_at: datetime | None

    def can_be_undone(self, now: datetime) -> bool:
        """Tell whether the merge is in force and young enough."""
        return self.undone_at is None and now <= self.merged_at + UNDO_FOR


def merge_employers(
    market: OpenMarket, member: Actor, kept_id: str, gone_id: str, key: str
) -> Merge:
    """Make one employer part of another: its posts and sanctions move, its id leads there.

    If a sanction is in force for either, the open posts of both pause. Raises EmployersSame,
    EmployerUnknown, EmployerMerged. Records employer.merged, post.moved and
    employer.sanction_moved for each, post.paused.
    """
    asked = Asked(key, "merge_employers", {"kept_id": kept_id, "gone_id": gone_id})
    with market.database.write(member) as tx:
        return _one(tx, tx.once(asked, str, lambda: _merge(tx, kept_id, gone_id)))


def _merge(tx: Transaction, kept_id: str, gone_id: str) -> str:
    if kept_id == gone_id:
        raise EmployersSame
    for one in (kept_id, gone_id):
        if tx.connection.scalar(select(employer.c.id).where(employer.c.id == one)) is None:
            raise EmployerUnknown
        if kept_employer(tx.connection, one) != one:
            raise EmployerMerged
    row = {
        "id": tx.new_id(),
        "kept_id": kept_id,
        "gone_id": gone_id,
        "merged_by": tx.actor.staff_id,
        "entity_version": 1,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(employer_merge), row)
    tx.record(Event("employer.merged", f"merge/{row['id']}", 1, row))
    _move_all(tx, str(row["id"]), kept_id, gone_id)
    return str(row["id"])


def _move_all(tx: Transaction, merge_id: str, kept_id: str, gone_id: str) -> None:
    changes = {"employer_id": kept_id}
    for post_id in _ids(tx, post, gone_id):
        _note(tx, merge_id, POST, post_id)
        move_post(tx, post_id, changes, "post.moved")
    for sanction_id in _ids(tx, employer_sanction, gone_id):
        _note(tx, merge_id, SANCTION, sanction_id)
        change_sanction(tx, sanction_id, changes, "employer.sanction_moved")
    for post_id in pause_posts(tx, kept_id):
        _note(tx, merge_id, PAUSE, post_id)


def _ids(tx: Transaction, table: Table, employer_id: str) -> list[str]:
    owned = select(table.c.id).where(table.c.employer_id == employer_id).order_by(table.c.id)
    return list(tx.connection.scalars(owned).all())


def _note(tx: Transaction, merge_id: str, entity: str, entity_id: str) -> None:
    row = {"merge_id": merge_id, "entity": entity, "entity_id": entity_id}
    tx.connection.execute(insert(employer_merge_move), row)


def undo_merge(market: OpenMarket, member: Actor, merge_id: str, key: str) -> Merge:
    """Part two employers again within UNDO_FOR: exactly what moved goes back.

    A post that was paused by the merge is open again, unless a sanction is in force. What came
    to the kept employer since then stays there. Raises MergeUnknown, MergeOver, MergeTooOld,
    MergeNotLast. Records employer.merge_undone, post.moved and employer.sanction_moved for each,
    post.resumed.
    """
    with market.database.write(member) as tx:
        asked = Asked(key, "undo_merge", merge_id)
        return _one(tx, tx.once(asked, str, lambda: _undo(tx, merge_id)))


def _undo(tx: Transaction, merge_id: str) -> str:
    row = tx.connection.execute(
        select(employer_merge).where(employer_merge.c.id == merge_id)
    ).first()
    if row is None:
        raise MergeUnknown
    if row.undone_at is not None:
        raise MergeOver
    if tx.now > row.created_at + UNDO_FOR:
        raise MergeTooOld
    if kept_employer(tx.connection, row.kept_id) != row.kept_id:
        raise MergeNotLast
    changes: dict[str, Any] = {
        "undone_at": tx.now,
        "undone_by": tx.actor.staff_id,
        "entity_version": row.entity_version + 1,
    }
    tx.connection.execute(update(employer_merge).where(employer_merge.c.id == merge_id), changes)
    body = {**row._mapping, **changes}
    tx.record(Event("employer.merge_undone", f"merge/{merge_id}", row.entity_version + 1, body))
    _move_back(tx, row)
    return merge_id


def _move_back(tx: Transaction, merge: Row[Any]) -> None:
    changes = {"employer_id": merge.gone_id}
    for post_id in _noted(tx, merge.id, POST):
        if _owner(tx, post, post_id) == merge.kept_id:
            move_post(tx, post_id, changes, "post.moved")
    for sanction_id in _noted(tx, merge.id, SANCTION):
        if _owner(tx, employer_sanction, sanction_id) == merge.kept_id:
            change_sanction(tx, sanction_id, changes, "employer.sanction_moved")
    for post_id in _noted(tx, merge.id, PAUSE):
        _resume(tx, post_id)


def _noted(tx: Transaction, merge_id: str, entity: str) -> list[str]:
    moves = employer_merge_move.c
    noted = select(moves.entity_id).where(moves.merge_id == merge_id, moves.entity == entity)
    return list(tx.connection.scalars(noted.order_by(moves.entity_id)).all())


def _owner(tx: Transaction, table: Table, entity_id: str) -> str | None:
    return tx.connection.scalar(select(table.c.employer_id).where(table.c.id == entity_id))


def _resume(tx: Transaction, post_id: str) -> None:
    paused = select(post.c.id).where(
        post.c.id == post_id,
        post.c.state == PostState.PAUSED.value,
        ~is_sanctioned(post.c.employer_id, tx.market_day),
    )
    if tx.connection.scalar(paused) is not None:
        move_post(tx, post_id, {"state": PostState.OPEN.value}, "post.resumed")


_MERGES = (
    select(employer_merge, employer.c.public_name, staff.c.display_name)
    .join(employer, employer.c.id == employer_merge.c.gone_id)
    .join(staff, staff.c.id == employer_merge.c.merged_by, isouter=True)
)


def _one(tx: Transaction, merge_id: str) -> Merge:
    return _of_row(tx.connection.execute(_MERGES.where(employer_merge.c.id == merge_id)).one())


def merges_into(market: OpenMarket, kept_id: str) -> tuple[Merge, ...]:
    """Return the merges in force into an employer, latest first."""
    found = _MERGES.where(employer_merge.c.kept_id == kept_id, employer_merge.c.undone_at.is_(None))
    with market.database.read() as connection:
        rows = connection.execute(found.order_by(employer_merge.c.id.desc()))
        return tuple(_of_row(row) for row in rows)


def _of_row(row: Row[Any]) -> Merge:
    return Merge(
        row.id,
        row.kept_id,
        row.gone_id,
        row.public_name,
        row.display_name or "",
        row.created_at,
        row.undone_at,
    )
