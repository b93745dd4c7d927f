"""Owns what changes on a board between two of its states, in words that may be said twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from server.services.board import Board, PostRow

Change = dict[str, Any]


def board_change(old: Board, new: Board, touched: Collection[str], *, is_queue: bool) -> Change:
    """Return what makes a screen with `old`, or with any state since, show `new`; {} if nothing.

    touched: ids of the posts that events since `old` were about; is_queue: whether one was about
    a ticket. They are told even when they look as before: a screen whose snapshot fell between
    the two states may show what was in the meantime.
    """
    before = {row.id: row for row in old.posts}
    after = {row.id: row for row in new.posts}
    changed = [r for r in new.posts if r.id in touched or before.get(r.id) != r]
    removed = [i for i in (*before, *touched) if i not in after]
    change: Change = {}
    if changed or removed:
        change["posts"] = [row_fields(row) for row in changed]
        change["removed"] = sorted(set(removed))
        change["order"] = [row.id for row in new.posts]
    if is_queue or old.gatherings != new.gatherings:
        change["gatherings"] = [asdict(one) for one in new.gatherings]
    if is_queue or (old.calls, old.missed) != (new.calls, new.missed):
        change["calls"] = [asdict(call) for call in new.calls]
        change["missed"] = list(new.missed)
    if change or old.counts != new.counts:
        change["counts"] = asdict(new.counts)
    return change


def row_fields(row: PostRow) -> Change:
    """Return a row with the field names of the HTTP API."""
    return asdict(row)
