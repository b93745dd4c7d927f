"""The form of a post: what clerks type is understood, what nobody can mean is said at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from server.domain.errors import MarketBusy
from server.domain.kinds import PayUnit, Settlement, Tools, Transport
from server.staff.forms import FormFaulty, refusal_of
from server.staff.post_form import (
    PostFields,
    board_look,
    fields_of_draft,
    fresh_fields,
    read_post,
    typed_fields,
)

USUAL = PostFields(
    employer_id="e1",
    trade_id="bricklayer",
    headcount="10",
    pay="180",
    work_day="2026-11-25",
    start_time="7:00",
    end_time="18:00",
    place="开发区3号工地",
    meeting_point="北门",
    meeting_time="6:30",
    has_lunch="on",
    transport="both",
)


def codes_of(**typed: str) -> dict[str, str]:
    """Field name to the code of what is wrong with it."""
    with pytest.raises(FormFaulty) as caught:
        read_post(replace(USUAL, **typed))
    return {name: fault.code for name, fault in caught.value.faults.items()}


def test_a_usual_post_is_read_as_its_employer_means_it() -> None:
    draft = read_post(USUAL)
    assert (draft.headcount, draft.pay_fen, draft.pay_unit) == (10, 18000, PayUnit.DAY)
    assert (draft.start_time, draft.meeting_time) == (time(7), time(6, 30))
    assert (draft.transport, draft.tools) == (Transport.BOTH, Tools.SUPPLIED)
    assert (draft.has_lunch, draft.has_insurance) == (True, False)
    assert draft.settlement is Settlement.DAILY


def test_a_post_without_an_end_is_on_the_board_until_work_begins() -> None:
    assert read_post(USUAL).valid_until == datetime(2026, 11, 24, 23, 0, tzinfo=UTC)


def test_an_end_that_was_typed_is_kept() -> None:
    draft = read_post(replace(USUAL, valid_until="2026-11-25T06:15"))
    assert draft.valid_until == datetime(2026, 11, 24, 22, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("6:30", time(6, 30)),
        ("06:30", time(6, 30)),
        ("\uff16\uff1a\uff13\uff10", time(6, 30)),
        ("630", time(6, 30)),
        ("0630", time(6, 30)),
        ("6", time(6)),
        ("6点", time(6)),
        ("6点半", time(6, 30)),
        ("18点05分", time(18, 5)),
    ],
)
def test_a_time_of_day_is_read_as_clerks_type_it(text: str, meant: time) -> None:
    assert read_post(replace(USUAL, meeting_time=text)).meeting_time == meant


@pytest.mark.parametrize("text", ["24:00", "6:75", "早上", "-1", "6:30:99:1", "99999999"])
def test_a_time_nobody_can_mean_is_refused_at_its_field(text: str) -> None:
    assert codes_of(start_time=text)["start_time"] == "post_hours_invalid"


@pytest.mark.parametrize("text", ["", "0", "501", "-3", "2.5", "十个", "1e3", "9" * 400])
def test_a_headcount_out_of_range_is_refused_at_its_field(text: str) -> None:
    assert codes_of(headcount=text) == {"headcount": "headcount_out_of_range"}


@pytest.mark.parametrize(("text", "count"), [("10人", 10), ("3个", 3), ("12", 12), ("500", 500)])
def test_a_headcount_is_read_with_its_counting_word(text: str, count: int) -> None:
    assert read_post(replace(USUAL, headcount=text)).headcount == count


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "pay_missing"), ("0", "pay_missing"), ("abc", "pay_invalid"), ("1e9", "pay_invalid")],
)
def test_pay_that_is_no_amount_is_refused_at_its_field(text: str, code: str) -> None:
    assert codes_of(pay=text) == {"pay": code}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_missing"),
        ("明天", "text_missing"),
        ("2026-02-30", "text_missing"),
        ("0001-01-01", "post_day_past"),
        ("9999-12-31", "post_day_too_far"),
    ],
)
def test_a_day_nobody_can_mean_is_refused_at_its_field(text: str, code: str) -> None:
    assert codes_of(work_day=text) == {"work_day": code}


@pytest.mark.parametrize("name", ["pay_unit", "settlement", "transport", "tools"])
def test_a_choice_that_is_not_in_the_list_is_refused_at_its_field(name: str) -> None:
    assert codes_of(**{name: "bribe"}) == {name: "request_malformed"}


@pytest.mark.parametrize("text", ["soon", "2026-11-25", "2026-11-25T25:00", "T", "x" * 300])
def test_an_end_nobody_can_mean_is_refused_at_its_field(text: str) -> None:
    assert codes_of(valid_until=text) == {"valid_until": "request_malformed"}


def test_every_fault_of_a_form_is_told_at_once() -> None:
    faults = codes_of(employer_id="", trade_id="", headcount="0", pay="abc", place="")
    assert set(faults) == {"employer_id", "trade_id", "headcount", "pay", "place"}


def test_the_word_for_a_piece_is_kept_for_piece_pay_only() -> None:
    by_piece = replace(USUAL, pay_unit="piece", piece_unit="块")
    assert read_post(by_piece).piece_unit == "块"
    assert read_post(replace(by_piece, pay_unit="day")).piece_unit == ""


def test_a_post_read_back_into_its_form_means_the_same() -> None:
    draft = read_post(replace(USUAL, pay="21.30", pay_unit="hour", has_insurance="on"))
    assert read_post(fields_of_draft(draft)) == draft


def test_nul_and_spaces_around_typed_text_are_dropped() -> None:
    assert typed_fields({"place": " 开发\x00区 "}).place == "开发区"


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 23, 21, 10, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 1, 0, tzinfo=UTC), date(2026, 11, 25)),
    ],
    ids=["05:10 is for today", "09:00 is for tomorrow"],
)
def test_a_fresh_form_is_for_today_only_before_work_begins(now: datetime, day: date) -> None:
    assert fresh_fields(now).work_day == day.isoformat()


def test_an_empty_form_has_a_row_of_dashes_on_the_board() -> None:
    look = board_look(PostFields(start_time="", end_time="", settlement=""), "")
    assert (look.trade_name, look.employer, look.pay, look.headcount) == ("—", "—", "—", "—")
    assert (look.day, look.hours, look.place) == (None, "—", "—")


def test_a_full_form_looks_like_its_row_on_the_board() -> None:
    look = board_look(USUAL, "宏远建筑劳务有限公司")
    assert (look.trade_name, look.pay, look.settlement) == ("瓦工", "日薪180元", "日结")
    assert (look.hours, look.meeting) == ("7:00–18:00", "6:30 北门")


def test_a_sentence_without_a_field_belongs_to_the_page() -> None:
    shown = refusal_of(MarketBusy(), at="ticket")
    assert (shown.code, shown.at, dict(shown.fields)) == ("market_busy", "ticket", {})
