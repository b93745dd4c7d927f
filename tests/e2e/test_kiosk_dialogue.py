"""The kiosk's dialogue as a pure function: what an event makes of a state."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import DemoMarket
from tests.e2e.kiosk_gallery import FORM
from tests.e2e.kiosk_people import PERSON, TICKETS

_PLAY = """
async ({ from, events }) => {
  const { step } = await import("/kiosk/static/js/dialogue.js");
  const { begin } = await import("/kiosk/static/js/trail.js");
  let state = { ...begin("k0"), ...from };
  events.forEach((event, at) => { state = step(state, event, `k${at + 1}`); });
  return state;
}
"""

Event = dict[str, Any]
Dialogue = dict[str, Any]
NEEDY = {**PERSON, "tickets_today": []}
EASY = {**NEEDY, "needs": []}
CARD: Event = {"type": "card_read", "token": "t1"}
FOUND: Event = {"type": "identified", "key": "k1", "candidates": [NEEDY]}
YES: Event = {"type": "person_affirmed"}
WORK: Event = {"type": "service_chosen", "service": "find_work"}
TICK: Event = {"type": "tick"}
WITH_JOB: Dialogue = {
    "screen": {"kind": "taking_number", "form": FORM},
    "request": {"kind": "check_in", "key": "k0", "form": FORM},
}


def checked_in(job: str | None) -> Event:
    printed = None if job is None else {"id": job, "state": "queued", "copy_no": 1}
    answer = {"ticket": TICKETS[0], "is_new": job is not None, "print_job": printed}
    return {"type": "checked_in", "key": "k0", "answer": answer}


def refused(code: str, key: str = "k0") -> Event:
    return {"type": "refused", "key": key, "code": code, "message": f"sentence of {code}"}


def told(job: str, state: str) -> Event:
    return {"type": "print_told", "jobId": job, "state": state}


@pytest.fixture(scope="module")
def page(demo_market: DemoMarket, browser: Any) -> Any:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(f"{demo_market.server_url}/kiosk/")
    yield opened
    context.close()


def play(page: Page, *events: Event, **given: Any) -> Dialogue:
    """The state after events, from the state that nobody has touched or the one given."""
    state: Dialogue = page.evaluate(_PLAY, {"from": given, "events": list(events)})
    return state


def test_a_first_visit_is_asked_one_thing_at_a_time_in_order(page: Page) -> None:
    answers: list[Event] = [
        {"type": "notice_accepted", "version": "2026-11"},
        *({"type": "digit_typed", "digit": d} for d in "13800138000"),
        {"type": "number_given"},
        {"type": "group_opened", "group": "餐饮"},
        {"type": "trade_toggled", "trade": "cook"},
        {"type": "trades_given"},
        {"type": "education_chosen", "education": "71"},
        {"type": "skill_chosen", "skill": "0"},
    ]
    state = play(page, CARD, FOUND, YES, WORK, *answers)
    assert state["screen"]["kind"] == "taking_number"
    assert state["request"]["form"]["answers"] == {
        "notice_version": "2026-11",
        "phone": "13800138000",
        "trades": ["cook"],
        "education": "71",
        "skill": "0",
    }
    asked = [screen["kind"] for screen in state["trail"]]
    assert asked[-5:] == ["notice", "ask_phone", "ask_trades", "ask_education", "ask_skill"]


def test_the_key_of_the_check_in_is_that_of_the_screen_that_led_to_it(page: Page) -> None:
    easy = {**FOUND, "candidates": [EASY]}
    state = play(page, CARD, easy, YES, WORK)
    assert state["request"]["key"] == "k3"
    assert state["screen"]["kind"] == "taking_number"


def test_an_answer_to_a_request_that_was_dropped_changes_nothing(page: Page) -> None:
    state = play(page, {"type": "went_back"}, checked_in("j1"), **WITH_JOB)
    assert state["screen"]["kind"] == "attract"


def test_a_seventh_trade_is_not_taken(page: Page) -> None:
    screen = {"kind": "ask_trades", "form": FORM, "group": None, "page": 0}
    state = play(page, {"type": "trade_toggled", "trade": "welder"}, screen=screen)
    assert len(state["screen"]["form"]["answers"]["trades"]) == 6
    assert "welder" not in state["screen"]["form"]["answers"]["trades"]


@pytest.mark.parametrize(
    ("state", "paper"), [("printed", "printed"), ("failed", "missing"), ("uncertain", "uncertain")]
)
def test_a_print_result_before_the_answer_still_counts(page: Page, state: str, paper: str) -> None:
    after = play(page, told("j1", state), checked_in("j1"), **WITH_JOB)
    assert after["screen"]["paper"] == paper


def test_paper_that_nobody_tells_of_is_not_promised_for_ever(page: Page) -> None:
    waiting = play(page, checked_in("j1"), *[TICK] * 14, **WITH_JOB)
    assert waiting["screen"]["paper"] == "printing"
    late = play(page, checked_in("j1"), *[TICK] * 15, **WITH_JOB)
    assert late["screen"]["paper"] == "late"
    assert late["screen"]["left_s"] == 30


def test_a_printer_known_to_be_empty_promises_nothing(page: Page) -> None:
    state = play(page, checked_in("j1"), printer="paper_out", **WITH_JOB)
    assert state["screen"]["paper"] == "missing"


def test_the_ticket_leaves_ten_seconds_after_the_paper(page: Page) -> None:
    nearly = play(page, checked_in("j1"), told("j1", "printed"), *[TICK] * 9, **WITH_JOB)
    assert nearly["screen"]["kind"] == "ticket"
    gone = play(page, checked_in("j1"), told("j1", "printed"), *[TICK] * 10, **WITH_JOB)
    assert gone["screen"]["kind"] == "attract"
    assert gone["trail"] == []


def test_the_next_card_on_the_ticket_screen_belongs_to_the_next_worker(page: Page) -> None:
    state = play(page, checked_in("j1"), CARD, **WITH_JOB)
    assert state["screen"]["kind"] == "reading"
    assert state["request"]["value"] == "t1"


def test_a_scanned_ticket_asks_whose_it_is_and_leads_to_the_card_if_it_is_not(page: Page) -> None:
    for way in ("scan", "ticket_code"):
        scanned: Event = {"type": "scanned", "way": way, "value": "7K3M9QXA01"}
        asked = play(page, scanned)
        assert asked["screen"]["kind"] == "reading"
        assert asked["request"]["way"] == way
        found = play(page, scanned, FOUND)
        assert (found["screen"]["kind"], found["screen"]["way"]) == ("confirm", way)
        denied = play(page, scanned, FOUND, {"type": "person_denied"})
        assert denied["screen"] == {"kind": "not_you", "way": way}
        answering = {"kind": "ask_skill", "form": FORM}
        assert play(page, scanned, screen=answering)["screen"]["kind"] == "ask_skill"


def test_a_card_in_the_middle_of_somebody_s_answers_is_left_alone(page: Page) -> None:
    screen = {"kind": "ask_skill", "form": FORM}
    assert play(page, CARD, screen=screen)["screen"]["kind"] == "ask_skill"
    gone = {"kind": "still_there", "left_s": 5}
    assert play(page, CARD, screen=screen, overlay=gone)["screen"]["kind"] == "reading"


def test_a_refused_phone_leads_back_to_the_pad_with_its_digits(page: Page) -> None:
    form = {**FORM, "answers": {"phone": "19900000000"}}
    asked = {
        "screen": {"kind": "taking_number", "form": form},
        "request": {"kind": "check_in", "key": "k0", "form": form},
    }
    state = play(page, refused("phone_invalid"), **asked)
    assert state["screen"]["kind"] == "ask_phone"
    assert state["screen"]["typed"] == "19900000000"
    assert state["screen"]["error"] == "sentence of phone_invalid"
    assert state["key"] != "k0"


def test_an_outdated_notice_is_shown_again(page: Page) -> None:
    state = play(page, refused("privacy_notice_outdated"), **WITH_JOB)
    assert state["screen"]["kind"] == "notice"


def test_help_covers_the_screen_and_keeps_it(page: Page) -> None:
    screen = {"kind": "ask_skill", "form": FORM}
    rung = play(page, {"type": "help_wanted"}, screen=screen)
    assert rung["overlay"]["kind"] == "help"
    state = play(page, {"type": "help_wanted"}, {"type": "went_back"}, screen=screen)
    assert state["overlay"] is None
    assert state["screen"]["kind"] == "ask_skill"


def test_an_x_is_taken_in_the_last_place_only(page: Page) -> None:
    press = {"type": "digit_typed", "digit": "X"}
    pad = {"kind": "id_pad", "typed": "1406021974081", "error": ""}
    assert play(page, press, screen=pad)["screen"]["typed"] == "1406021974081"
    whole = {**pad, "typed": "14060219740815999"}
    assert play(page, press, screen=whole)["screen"]["typed"] == "14060219740815999X"
