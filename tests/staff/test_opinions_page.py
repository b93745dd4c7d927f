"""The page of wishes and of the survey: numbers for the staff, nobody to be recognised."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from server.domain.kinds import FreeTime
from server.domain.survey import VERSION
from server.services.open_market import Actor, OpenMarket
from server.services.surveys import answer_survey
from server.services.training import NewWish, wish_training
from tests.people import ANSWERS, Factory, new_key
from tests.staff.conftest import Clerk, seen


def answered(market: OpenMarket, times: int, pay: str) -> None:
    for _ in range(times):
        answer_survey(market, VERSION, {"pay": pay}, new_key())


def test_an_empty_page_says_so(clerk: Clerk) -> None:
    page = seen(clerk.get("/staff/opinions"))
    for words in ("0/150", "还差150份", "还没有人登记想学什么"):
        assert words in page


def test_wishes_are_counted_and_listed_with_masked_names(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    for name, trades in [("欧阳建国", ("welder", "cook")), ("王海", ("welder",))]:
        new = NewWish(make.person(name), trades, FreeTime.WINTER, ANSWERS)
        wish_training(market, Actor("test"), new, new_key())
    page = seen(clerk.get("/staff/opinions"))
    for words in ("培训意愿 2人", "焊工 2", "厨师帮厨 1", "冬天农闲 2人", "欧阳** 焊工、厨师帮厨"):
        assert words in page
    assert "欧阳建国" not in page


def test_the_survey_is_counted_at_once_and_told_the_day_after(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    answered(market, 8, "below_150")
    answered(market, 6, "over_300")
    page = seen(clerk.get("/staff/opinions"))
    assert "14/150" in page
    assert "300元往上" not in page
    make.clock.advance(timedelta(days=1))
    later = seen(clerk.get("/staff/opinions"))
    assert "截至11月24日的14份" in later
    assert "300元往上 6" in later


def test_the_table_has_no_more_than_the_page(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    answered(market, 9, "below_150")
    answered(market, 2, "over_300")
    make.clock.advance(timedelta(days=1))
    answer = clerk.get("/staff/opinions/survey.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    counts = {row[2]: row[3] for row in rows if row and "挣多少" in row[1]}
    assert counts["300元往上"] == counts["不到150元"] == "人少不公布"
    assert counts["150到200元"] == "0"
    assert ["", "已收问卷", "", "11"] in rows


def test_nobody_reads_it_without_signing_in(clerk: Clerk) -> None:
    clerk.client.delete_cookie("session")
    for path in ("/staff/opinions", "/staff/opinions/survey.csv"):
        assert clerk.get(path).status_code == 303
