"""Owns when two posts are for the same time: a worker goes to one of them on all its days."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func, select

from server.db.tables import post
from server.db.unit_of_work import Transaction

Day = date | ColumnElement[Any]


def on_days(first: Day, last: Day, other: FromClause = post) -> ColumnElement[bool]:
    """Return the condition that a post, or an alias of it, has a day of work in a stretch.

    first, last: days, or columns that hold them.
    """
    end = func.coalesce(other.c.last_day, other.c.work_day)
    return and_(other.c.work_day <= last, end >= first)


def on_days_of(tx: Transaction, post_id: str, first: date) -> ColumnElement[bool]:
    """Return the condition that a post shares a day with another one, which begins at `first`."""
    last = tx.connection.scalar(select(post.c.last_day).where(post.c.id == post_id))
    return on_days(first, last or first)
