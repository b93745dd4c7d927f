"""Posts and places in their order in the kiosk's dialogue: what is asked, sent and forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import DemoMarket
from tests.e2e.kiosk_people import PERSON, TICKETS
from tests.e2e.post_gallery import POST, POST_SCREENS, POSTS
from tests.e2e.test_kiosk_dialogue import CARD, TICK, Dialogue, Event, play

NEW = {**PERSON, "is_known": False, "tickets_today": [], "way": "card"}
KNOWN = {**NEW, "is_known": True, "needs": [], "trades": ["bricklayer"]}
LOOK: Event = {"type": "ask_chosen", "choice": "posts"}
NAME_TRADES: list[Event] = [
    {"type": "group_opened", "group": "建筑建材"},
    {"type": "trade_toggled", "trade": "plasterer"},
    {"type": "trades_given"},
]
READ: Event = {"type": "ask_post_opened", "post": POST}
GO: Event = {"type": "ask_post_wanted"}
APPLIED = {
    "application": {"post_id": "p1", "state": "made", "order": 2},
    "ticket": TICKETS[0],
    "is_new": True,
    "print_job": {"id": "j7"},
}


@pytest.fixture(scope="module")
def page(demo_market: DemoMarket, browser: Any) -> Any:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(f"{demo_market.server_url}/kiosk/")
    yield opened
    context.close()


def at_menu(person: dict[str, Any]) -> Dialogue:
    return {
        "screen": {"kind": "asks", "person": person, "page": 0},
        "trail": [{"kind": "attract"}, {"kind": "service", "person": person}],
    }


def found(key: str) -> Event:
    answer = {"ask": "find_posts", "told": {"posts": POSTS}}
    return {"type": "ask_answered", "key": key, "answer": answer}


def test_who_is_new_is_asked_for_trades_alone_before_looking(page: Page) -> None:
    asked = play(page, LOOK, **at_menu(NEW))
    assert asked["screen"]["kind"] == "ask_trades"
    state = play(page, LOOK, *NAME_TRADES, **at_menu(NEW))
    assert state["request"]["path"] == "/api/v1/posts/suitable"
    assert state["request"]["body"] == {"identity_token": "x", "trades": ["plasterer"]}


def test_a_known_worker_sees_posts_at_once_and_goes_back_to_the_menu(page: Page) -> None:
    state = play(page, LOOK, found("k0"), **at_menu(KNOWN))
    assert [post["id"] for post in state["screen"]["posts"]] == [post["id"] for post in POSTS]
    back = play(page, LOOK, found("k0"), {"type": "went_back"}, **at_menu(KNOWN))
    assert back["screen"]["kind"] == "asks"


def test_who_is_new_answers_the_rest_before_going(page: Page) -> None:
    key = play(page, LOOK, *NAME_TRADES, **at_menu(NEW))["request"]["key"]
    events = [LOOK, *NAME_TRADES, found(key), READ, GO]
    state = play(page, *events, **at_menu(NEW))
    assert state["screen"]["kind"] == "notice"
    rest: list[Event] = [
        {"type": "notice_accepted", "version": "2026-11"},
        *({"type": "digit_typed", "digit": d} for d in "13800138000"),
        {"type": "number_given"},
        {"type": "education_chosen", "education": "71"},
        {"type": "skill_chosen", "skill": "0"},
    ]
    sent = play(page, *events, *rest, **at_menu(NEW))["request"]
    assert sent["path"] == "/api/v1/applications"
    assert (sent["body"]["post_id"], sent["body"]["trades"]) == ("p1", ["plasterer"])


def test_trades_named_to_look_around_do_not_replace_those_of_a_known_worker(page: Page) -> None:
    looked: list[Event] = [LOOK, found("k0"), {"type": "ask_other_trades"}, *NAME_TRADES]
    state = play(page, *looked, **at_menu(KNOWN))
    assert state["request"]["body"]["trades"] == ["plasterer"]
    key = state["request"]["key"]
    sent = play(page, *looked, found(key), READ, GO, **at_menu(KNOWN))["request"]
    assert sent["body"] == {"identity_token": "x", "post_id": "p1"}


def test_the_paper_of_the_number_is_told_on_the_screen_of_the_place(page: Page) -> None:
    answer = {"ask": "apply", "told": APPLIED}
    events = [LOOK, found("k0"), READ, GO]
    key = play(page, *events, **at_menu(KNOWN))["request"]["key"]
    applied: Event = {"type": "ask_answered", "key": key, "answer": answer}
    state = play(page, *events, applied, **at_menu(KNOWN))
    assert (state["screen"]["kind"], state["screen"]["paper"]) == ("applied", "printing")
    assert state["trail"] == []
    told: Event = {"type": "print_told", "jobId": "j7", "state": "failed"}
    assert play(page, *events, applied, told, **at_menu(KNOWN))["screen"]["paper"] == "missing"


def test_a_printed_list_goes_and_leaves_nothing(page: Page) -> None:
    state = play(page, *[TICK] * 8, screen=POST_SCREENS["post_list"])
    assert (state["screen"], state["trail"]) == ({"kind": "attract"}, [])


def test_who_walks_away_from_the_posts_is_asked_and_then_forgotten(page: Page) -> None:
    given = {"screen": POST_SCREENS["posts"], "trail": [{"kind": "attract"}]}
    assert play(page, *[TICK] * 89, **given)["overlay"] is None
    assert play(page, *[TICK] * 90, **given)["overlay"]["kind"] == "still_there"
    state = play(page, *[TICK] * 110, **given)
    assert (state["screen"], state["trail"]) == ({"kind": "leaving"}, [])


@pytest.mark.parametrize(
    ("screen", "is_taken"),
    [("posts", False), ("post", False), ("records", False), ("applied", True), ("post_list", True)],
)
def test_a_card_counts_only_where_the_worker_is_done(
    page: Page, screen: str, is_taken: bool
) -> None:
    state = play(page, CARD, screen=POST_SCREENS[screen])
    assert state["screen"]["kind"] == ("reading" if is_taken else screen)
