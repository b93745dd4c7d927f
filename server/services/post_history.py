"""Owns what happened to a post, as the event log tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from server.db.tables import event_log, staff
from server.services.open_market import OpenMarket

EVENT_NAMES: Mapping[str, str] = {
    "post.submitted": "交审核",
    "post.changed": "修改",
    "post.published": "发布，上大屏",
    "post.sent_back": "退回去改",
    "post.paused": "暂停",
    "post.resumed": "恢复",
    "post.full": "招满",
    "post.reopened": "有空位，又招人",
    "post.closed": "结束",
    "post.withdrawn": "撤下",
    "post.expired": "到期，自动下大屏",
    "post.moved": "换到合并后的用工主体",
}


@dataclass(frozen=True)
class PostStep:
    """One thing that happened. by: display name, "" for the server's own.

    reason: why words were let through at the publishing, words: which; both "" elsewhere.
    """

    name: str
    at: datetime
    by: str
    reason: str = ""
    words: str = ""


def post_history(market: OpenMarket, post_id: str) -> tuple[PostStep, ...]:
    """Return what happened to a post, the first thing first."""
    told = (
        select(event_log.c.type, event_log.c.occurred_at, event_log.c.actor, event_log.c.body)
        .where(event_log.c.subject == f"post/{post_id}")
        .order_by(event_log.c.id)
    )
    with market.database.read() as connection:
        rows = connection.execute(told).all()
        ids = {row.actor.partition(":")[2] for row in rows}
        named = select(staff.c.id, staff.c.display_name).where(staff.c.id.in_(ids))
        names = {row.id: row.display_name for row in connection.execute(named)}
    return tuple(_step(row, names) for row in rows)


def _step(row: Row[*tuple[Any, ...]], names: Mapping[str, str]) -> PostStep:
    body = json.loads(row.body) if row.body else {}
    look = body.get("second_look") or {}
    words = "、".join(dict.fromkeys(hit["words"] for hit in look.get("hits", ())))
    return PostStep(
        EVENT_NAMES.get(row.type, "变动"),
        row.occurred_at,
        names.get(row.actor.partition(":")[2], ""),
        look.get("reason", ""),
        words,
    )
