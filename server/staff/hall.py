"""Owns the page that leads to what else is done in the hall, besides numbers, posts and cases."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from server.services.hardship_views import may_look_at_roster
from server.web.auth import needs_staff, this_staff
from server.web.context import market

blueprint = Blueprint("hall", __name__, url_prefix="/hall")


@dataclass(frozen=True)
class Way:
    """A way from the page: where it leads, its name, and in a sentence what is done there."""

    endpoint: str
    name: str
    what: str


ROSTER = "staff.hardship.page"
WAYS = (
    Way("staff.wall.page", "打印招工栏", "把正在招人的岗位打成A4大字，贴到信息公告栏上。"),
    Way("staff.tools.page", "工具借用", "借出、归还、到期没还的；不收费，不收押金。"),
    Way(
        "staff.activities.page",
        "专场和培训",
        "安排专场招聘和培训，给工友、用工主体报名，点名，看每月的数。",
    ),
    Way(
        ROSTER,
        "困难人员台账",
        "谁有困难、哪一级、帮过什么；只给负责人和指定的人看。",
    ),
    Way("staff.closing.page", "收市", "看看还有什么没办完，查登记机的纸，记下今天的数。"),
)


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show what else is done in the hall."""
    hidden = set() if may_look_at_roster(market(), this_staff().actor) else {ROSTER}
    ways = [way for way in WAYS if way.endpoint not in hidden]
    return render_template("staff/hall.html", ways=ways)
