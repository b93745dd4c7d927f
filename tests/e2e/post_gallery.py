"""The screens of posts, applications, records and registering, as states of the dialogue."""

from __future__ import annotations

from typing import Any

from tests.e2e.kiosk_people import PERSON, TICKETS

POST: dict[str, Any] = {
    "id": "p1",
    "no": 118,
    "trade_name": "瓦工",
    "icon": "bricks",
    "employer": "朔州市天成市政工程有限公司",
    "left": 4,
    "pay": "日薪320元",
    "settlement": "日结",
    "when": "今天 7:00–18:00",
    "place": "井坪镇南关新农村二期安置楼7号楼东侧工地",
    "meeting": "6:30 市场北门",
    "lunch": True,
    "transport": "管接送",
    "tools": "自带工具",
    "requirements": "会看图纸，三年以上经验",
    "is_exact": True,
    "application": None,
}
MADE = {"post_id": "p1", "state": "made", "order": 2}
APPLIED = {**POST, "application": MADE}
POSTS = [
    POST,
    {**APPLIED, "id": "p2", "no": 104, "pay": "计件每块0.35元", "place": "北旺庄工地"},
    {**POST, "id": "p3", "no": 97, "trade_name": "混凝土工", "icon": "mixer", "left": 12},
    {**POST, "id": "p4", "no": 96, "pay": "包活12000元", "when": "11月26日 22:30–6:00"},
    {**POST, "id": "p5", "no": 90},
]
LOOKING = {
    "person": PERSON,
    "service": "find_work",
    "answers": {},
    "goal": {"kind": "find_posts"},
}
RECORDS = {
    "employments": [
        {
            "work_day": "2026-11-21",
            "trade_name": "混凝土工",
            "employer": "朔州市天成市政工程有限公司",
            "pay": "日薪320元",
            "state_name": "达成意向",
        }
    ]
    * 7,
    "days_this_month": 12,
    "cases": [
        {
            "no": "S2026-0001",
            "kind_name": "讨要工钱",
            "step_name": "有人专门管",
            "by_day": "2026-11-25",
        }
    ],
}
NO_RECORDS = {"employments": [], "days_this_month": 0, "cases": []}


def on_paper(kind: str, paper: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "jobId": "j", "paper": paper, "waited_s": 1, "left_s": 8, **more}


def applied(paper: str, is_new: bool = True) -> dict[str, Any]:
    told = {"application": MADE, "ticket": TICKETS[0], "is_new": is_new, "print_job": None}
    return on_paper("applied", paper, form=LOOKING, post=POST, applied=told)


def told(word: str) -> dict[str, Any]:
    return {"kind": "told", "word": word, "detail": "", "left_s": 12}


POST_SCREENS: dict[str, dict[str, Any]] = {
    "posts": {"kind": "posts", "form": LOOKING, "posts": POSTS, "page": 0},
    "posts_few": {"kind": "posts", "form": LOOKING, "posts": POSTS[:2], "page": 0},
    "posts_none": {"kind": "posts", "form": LOOKING, "posts": [], "page": 0},
    "post": {"kind": "post", "form": LOOKING, "post": POST},
    "post_applied": {"kind": "post", "form": LOOKING, "post": APPLIED},
    "applied": applied("printed"),
    "applied_again": applied("not_asked", is_new=False),
    "applied_missing": applied("missing"),
    "post_list": on_paper("post_list", "printed", posts=12),
    "post_list_missing": on_paper("post_list", "missing", posts=12),
    "records": {"kind": "records", "person": PERSON, "records": RECORDS, "page": 0},
    "records_none": {"kind": "records", "person": PERSON, "records": NO_RECORDS, "page": 0},
    "told_left_post": told("left_post"),
    "told_registered": told("registered"),
    "told_registered_before": told("registered_before"),
}
