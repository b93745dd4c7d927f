"""Owns when two posts are for the same time: a worker goes to one of them on all its days."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from server.db.tables import post
from server.db.unit_of_work import Transaction


def on_days(first: date, last: date) -> ColumnElement[bool]:
    """Return the condition that a post has a day of work from `first` to `last`."""
    end = func.coalesce(post.c.last_day, post.c.work_day)
    return and_(post.c.work_day <= last, end >= first)


def on_days_of(tx: Transaction, post_id: str, first: date) -> ColumnElement[bool]:
    """Return the condition that a post shares a day with another one, which begins at `first`."""
    last = tx.connection.scalar(select(post.c.last_day).where(post.c.id == post_id))
    return on_days(first, last or first)
