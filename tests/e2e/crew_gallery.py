"""The screens of a crew's check-in, as states of the kiosk's dialogue."""

from __future__ import annotations

from typing import Any

from tests.e2e.kiosk_people import PERSON, TICKETS

SURNAMES = "王李赵孙刘陈杨黄吴周徐朱马胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
TWICE = {"code": "crew_member_twice", "message": "这位已经在班组里了，请下一位放身份证。"}
BUSY = {
    "code": "crew_member_busy",
    "message": "这位今天的号正在办、办完了或者过号了，加不进班组，请到服务台。",
}


def members(count: int) -> list[dict[str, Any]]:
    """That many members; the third has a number of their own, some are new."""
    return [
        {
            "identity_token": f"m{n}",
            "masked_name": "欧阳**" if n == 1 else f"{SURNAMES[n % len(SURNAMES)]}*军",
            "needs_notice": n % 2 == 0,
            "own_label": "A007" if n == 2 else "",
        }
        for n in range(count)
    ]


def crew(count: int, word: dict[str, str] | None = None, before: int = 0) -> dict[str, Any]:
    return {
        "kind": "crew",
        "person": PERSON,
        "members": members(count),
        "before": before,
        "laid": [],
        "word": word,
    }


def notice(count: int) -> dict[str, Any]:
    goal = {"kind": "check_in_crew", "members": members(count), "notice": None}
    form = {"person": PERSON, "service": "find_work", "answers": {}, "goal": goal}
    return {"kind": "crew_notice", "form": form, "page": 0}


CREW_SCREENS: dict[str, dict[str, Any]] = {
    "crew_empty": crew(0),
    "crew": crew(4),
    "crew_twice": crew(4, TWICE),
    "crew_full_list": crew(11),
    "crew_busy": crew(29, BUSY),
    "crew_grows": crew(2, before=6),
    "crew_remove": {"kind": "crew_remove", "members": members(3), "page": 0},
    "crew_remove_pages": {"kind": "crew_remove", "members": members(15), "page": 1},
    "crew_notice": notice(9),
    "crew_ticket": {
        "kind": "ticket",
        "ticket": {**TICKETS[0], "people": 30},
        "jobId": "j",
        "paper": "printed",
        "waited_s": 1,
        "left_s": 8,
        "isCopy": False,
    },
    "crew_today": {
        "kind": "tickets",
        "person": {**PERSON, "tickets_today": [{**TICKETS[0], "people": 8}, TICKETS[1]]},
    },
    "crew_cancel": {"kind": "cancel", "person": PERSON, "ticket": {**TICKETS[0], "people": 8}},
}
