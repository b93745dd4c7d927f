"""Owns the A4 job board (招工栏): open posts on sheets, for a market with a notice board only."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from server.domain.trades import trade_groups
from server.domain.wall_sheet import Sheet, WallText, sheets_of
from server.services.board import PostRow, open_posts
from server.services.market import MarketView, market_view
from server.services.open_market import OpenMarket
from server.staff.words import WEEKDAYS
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("wall", __name__, url_prefix="/wall-sheets")


@dataclass(frozen=True)
class WallPost:
    """A post as a sheet shows it: nothing of whom to call, because people come to the desk."""

    no: int
    trade_name: str
    left: int
    pay: str
    is_urgent: bool
    text: WallText


@dataclass(frozen=True)
class WallSheets:
    """The sheets of the moment. posts, places: how many they offer in all."""

    market: MarketView
    sheets: tuple[Sheet[WallPost], ...]
    posts: int
    places: int


def wall_sheets(opened: OpenMarket) -> WallSheets:
    """Return the open posts with free places, by group and trade, laid on sheets."""
    rows = sorted(open_posts(opened), key=_place)
    posts = [_wall_post(row) for row in rows]
    sheets = sheets_of(posts, lambda post: post.text)
    return WallSheets(market_view(opened), sheets, len(posts), sum(p.left for p in posts))


def _place(row: PostRow) -> tuple[int, int, bool, int]:
    """Return where a post stands: by group and trade as in the list, then day and number."""
    groups = trade_groups()
    group = next(n for n, found in enumerate(groups) if found.name == row.group)
    known = next(n for n, found in enumerate(groups[group].trades) if found.id == row.trade)
    return (group, known, not row.is_urgent, row.no)


def _wall_post(row: PostRow) -> WallPost:
    day = f"{row.work_day.month}月{row.work_day.day}日(周{WEEKDAYS[row.work_day.weekday()]})"
    meal = "管午饭" if row.lunch else "不管饭"
    lines = [
        f"时间：{day} {row.hours}",
        f"地点：{row.place}" + (f"　集合：{row.meeting}" if row.meeting else ""),
        f"{meal} · {row.transport} · {row.settlement}　用工：{row.employer}",
    ]
    if row.requirements:
        lines.append(f"要求：{row.requirements}")
    urgent = "急 " if row.is_urgent else ""
    title = f"{urgent}{row.trade_name} 招{row.left}人 {row.pay}"
    text = WallText(row.group, title, tuple(lines))
    return WallPost(row.no, row.trade_name, row.left, row.pay, row.is_urgent, text)


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show the sheets as they come out of the printer."""
    return render_template("staff/wall_sheets.html", shown=wall_sheets(market()))
