"""The screens of what a worker asks for besides a number, as states of the kiosk's dialogue."""

from __future__ import annotations

from typing import Any

from tests.e2e.kiosk_people import PERSON, TICKETS

HOLDER = {**PERSON, "tickets_today": TICKETS}


def told(word: str, detail: str = "") -> dict[str, Any]:
    return {"kind": "told", "word": word, "detail": detail, "left_s": 12}


ASK_SCREENS: dict[str, dict[str, Any]] = {
    "cancel_which": {"kind": "cancel_which", "person": HOLDER},
    "cancel": {"kind": "cancel", "person": HOLDER, "ticket": TICKETS[0]},
    "sending": {"kind": "sending", "form": None},
    "told_cancelled": told("cancelled", "A128"),
    "told_refused": told("refused", "这个号现在是“已办完”，不能这样办。请刷新后再看。"),
}
