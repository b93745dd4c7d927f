"""The screens of what a worker asks for besides a number, as states of the kiosk's dialogue."""

from __future__ import annotations

from typing import Any

from tests.e2e.crew_gallery import CREW_SCREENS
from tests.e2e.kiosk_people import PERSON, TICKETS
from tests.e2e.post_gallery import POST_SCREENS

HOLDER = {**PERSON, "tickets_today": TICKETS}


def told(word: str, detail: str = "") -> dict[str, Any]:
    return {"kind": "told", "word": word, "detail": detail, "left_s": 12}


NEW = {**PERSON, "is_known": False}
JOB = {
    "placement_id": "p",
    "work_day": "2026-11-21",
    "trade_name": "混凝土工",
    "employer": "朔州市天成市政工程有限公司",
}
ABOUT_CASE = {"kind": "open_case", "caseKind": "wage_arrears", "about": JOB}
CASE_FORM = {"person": PERSON, "service": "complaint", "answers": {}, "goal": ABOUT_CASE}
CASE = {
    "no": "S2026-0001",
    "kind_name": "讨要工钱",
    "employer": JOB["employer"],
    "deadlines": [
        {"step": "assign", "name": "有人专门管", "by_day": "2026-11-25"},
        {"step": "feedback", "name": "给您回话", "by_day": "2026-11-27"},
        {"step": "close", "name": "办结", "by_day": "2026-12-01"},
    ],
}


def on_paper(kind: str, paper: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "jobId": "j", "paper": paper, "waited_s": 1, "left_s": 8, **more}


def case_opened(paper: str, is_new: bool = True) -> dict[str, Any]:
    opened = {"case": CASE, "is_new": is_new, "print_job": None}
    return on_paper("case_opened", paper, opened=opened)


ASK_SCREENS: dict[str, dict[str, Any]] = {
    **CREW_SCREENS,
    "cancel_which": {"kind": "cancel_which", "person": HOLDER},
    "cancel": {"kind": "cancel", "person": HOLDER, "ticket": TICKETS[0]},
    "asks": {"kind": "asks", "person": PERSON, "page": 0},
    "case_kind": {"kind": "case_kind", "person": PERSON, "chosen": None},
    "case_about": {
        "kind": "case_about",
        "person": PERSON,
        "caseKind": "wage_arrears",
        "employments": [{**JOB, "placement_id": str(n)} for n in range(3)],
    },
    "case_confirm": {
        "kind": "case_confirm",
        "form": CASE_FORM,
        "caseKind": "wage_arrears",
        "about": JOB,
    },
    "case_opened": case_opened("printed"),
    "case_opened_again": case_opened("missing", is_new=False),
    "sending": {"kind": "sending", "form": None},
    "told_cancelled": told("cancelled", "A128"),
    "told_refused": told("refused", "这个号现在是“已办完”，不能这样办。请刷新后再看。"),
    **POST_SCREENS,
}
