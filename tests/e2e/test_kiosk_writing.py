"""The name on the way: what an event makes of the screen that asks for it, as a pure function."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DemoMarket
from tests.e2e.kiosk_gallery import PANELS, draw, open_gallery
from tests.e2e.test_kiosk_dialogue import page, play
from tests.e2e.wish_gallery import FORM, READ, STROKES, asked, pinyin

__all__ = ["page"]

STROKE = [[1, 2], [3, 4]]
REFUSED = {"type": "refused", "key": "k0", "code": "name_needs_clerk", "message": "请到窗口。"}


def after(page: Page, screen: dict[str, Any], *events: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = play(page, *events, screen=screen)["screen"]
    return found


def test_a_sixteenth_character_is_not_taken(page: Page) -> None:
    chosen = {"type": "name_character_chosen", "characters": "欧阳"}
    assert after(page, asked("王" * 14, pinyin("ou")), chosen)["chosen"] == "王" * 14
    assert after(page, asked("王" * 13, pinyin("ou")), chosen)["chosen"] == f"{'王' * 13}欧阳"


def test_rare_characters_count_once_and_are_taken_back_whole(page: Page) -> None:
    rare = "\U0002bb62"
    screen = asked(rare * 14, pinyin(""))
    assert after(page, screen, {"type": "name_erased"})["chosen"] == rare * 13
    more = {"type": "name_character_chosen", "characters": rare}
    assert after(page, screen, more, more)["chosen"] == rare * 15


@pytest.mark.parametrize(("chosen", "dotted"), [("", ""), ("买", "买·"), ("买·", "买·")])
def test_a_dot_stands_between_characters(page: Page, chosen: str, dotted: str) -> None:
    assert after(page, asked(chosen, pinyin("")), {"type": "name_dot_typed"})["chosen"] == dotted


@pytest.mark.parametrize("chosen", ["", "王", "买买提·"])
def test_half_a_name_is_not_given(page: Page, chosen: str) -> None:
    assert after(page, asked(chosen, pinyin("")), {"type": "name_given"})["kind"] == "ask_name"


def test_a_late_answer_to_earlier_strokes_is_passed_over(page: Page) -> None:
    ink = asked("", {"way": "ink", "strokes": [], "read": None})
    drawn = {"type": "name_stroke_drawn", "stroke": STROKE}
    late = {"type": "name_ink_read", "strokes": STROKES, "read": READ}
    assert after(page, ink, drawn, late)["writing"] == {
        "way": "ink",
        "strokes": [STROKE],
        "read": None,
    }


def test_changing_the_way_keeps_what_was_chosen(page: Page) -> None:
    change = {"type": "name_way_chosen", "way": "ink"}
    screen = after(page, asked("张", pinyin("zh")), change)
    assert (screen["chosen"], screen["writing"]["strokes"]) == ("张", [])


def test_a_refused_name_comes_back_with_the_sentence(page: Page) -> None:
    form = {**FORM, "answers": {"name": "张三"}}
    request = {"kind": "check_in", "key": "k0", "form": form}
    waiting = {"kind": "taking_number", "form": form}
    screen = play(page, REFUSED, screen=waiting, request=request)["screen"]
    assert (screen["kind"], screen["chosen"], screen["error"]) == ("ask_name", "张三", "请到窗口。")


def test_without_the_extra_there_is_no_button_to_write(page: Page, demo_market: DemoMarket) -> None:
    open_gallery(page, demo_market.server_url)
    for has_handwriting, buttons in ((True, 1), (False, 0)):
        shown = {
            "screen": asked("", pinyin("")),
            "snapshot": {"has_handwriting": has_handwriting},
        }
        draw(page, shown, PANELS[0].inches)
        expect(page.locator(".name-ways button", has_text="手写")).to_have_count(buttons)
        expect(page.locator(".name-ways button", has_text="不填")).to_be_enabled()
