"""Trades and education: lists a kiosk can show and a report can count."""

import re

import pytest

from server.domain.education import education_choices, education_name, education_names
from server.domain.errors import (
    EducationUnknown,
    TradesMissing,
    TradesTooMany,
    TradeUnknown,
)
from server.domain.phrases import sentence
from server.domain.trades import check_trades, trade, trade_groups, trade_pages, trades

DEMANDED_GROUPS = {"建筑建材", "搬家货运", "家政服务", "快递外卖"}


def test_there_are_54_trades_with_distinct_ids_and_names() -> None:
    assert len(trades()) == 54
    assert len({row.id for row in trades()}) == 54
    assert len({row.name for row in trades()}) == 54
    assert len({row.short_name for row in trades()}) == 54


def test_ids_and_icons_are_slugs() -> None:
    for row in trades():
        assert re.fullmatch(r"[a-z][a-z_]*", row.id), row.id
        assert re.fullmatch(r"[a-z][a-z_]*", row.icon), row.id


def test_codes_have_the_form_of_the_occupation_list() -> None:
    for row in trades():
        assert re.fullmatch(r"\d-\d\d-\d\d-\d\d", row.code), row.id
        assert row.occupation_name


def test_short_names_fit_a_button() -> None:
    assert max(len(row.short_name) for row in trades()) <= 5


def test_one_code_has_one_occupation_name() -> None:
    assert len({(row.code, row.occupation_name) for row in trades()}) == len(
        {row.code for row in trades()}
    )


@pytest.mark.parametrize(
    ("trade_id", "certificate"),
    [
        ("electrician", "特种作业操作证"),
        ("welder", "特种作业操作证"),
        ("scaffolder", "特种作业操作证"),
        ("forklift_driver", "特种设备作业人员证"),
        ("crane_driver", "特种设备作业人员证"),
        ("truck_driver", "驾驶证"),
        ("security_guard", "保安员证"),
        ("cook", "健康证"),
        ("elder_carer", "健康证"),
    ],
)
def test_licensed_trade_asks_for_its_certificate(trade_id: str, certificate: str) -> None:
    assert trade(trade_id).certificate.startswith(certificate)


def test_certificates_that_need_18_years_bar_minors() -> None:
    for row in trades():
        if row.certificate.startswith(("特种", "驾驶", "保安")):
            assert row.is_heavy_or_high, row.id


def test_minors_keep_some_trades() -> None:
    assert sum(not row.is_heavy_or_high for row in trades()) >= 20


def test_groups_hold_every_trade_once_and_the_four_the_notice_names() -> None:
    members = [row for group in trade_groups() for row in group.trades]
    assert members == list(trades())
    assert {group.name for group in trade_groups()} >= DEMANDED_GROUPS
    assert len({group.name for group in trade_groups()}) == len(trade_groups())


def test_no_page_shows_more_than_six_trades_or_only_one() -> None:
    assert all(2 <= len(page.trades) <= 6 for page in trade_pages())


def test_pages_hold_every_trade_once_in_order() -> None:
    assert [row for page in trade_pages() for row in page.trades] == list(trades())


def test_pages_of_a_group_are_numbered_from_one() -> None:
    numbers = [page.number for page in trade_pages() if page.group == "建筑建材"]
    assert numbers == [1, 2]
    assert {page.pages_in_group for page in trade_pages() if page.group == "建筑建材"} == {2}


def test_unknown_trade_is_refused() -> None:
    with pytest.raises(TradeUnknown):
        trade("astronaut")


def test_choice_keeps_its_order_and_drops_doubles() -> None:
    chosen = check_trades(("bricklayer", "loader", "bricklayer"))
    assert [row.id for row in chosen] == ["bricklayer", "loader"]


def test_choice_needs_one_trade() -> None:
    with pytest.raises(TradesMissing):
        check_trades(())


def test_choice_of_seven_trades_is_told_the_limit() -> None:
    with pytest.raises(TradesTooMany) as refusal:
        check_trades(tuple(row.id for row in trades()[:7]))
    assert "6个" in sentence(refusal.value)


def test_kiosk_offers_eight_levels_that_the_standard_knows() -> None:
    assert [choice.code for choice in education_choices()] == [
        "81",
        "71",
        "61",
        "41",
        "47",
        "31",
        "21",
        "90",
    ]
    assert all(choice.code in education_names() for choice in education_choices())


def test_levels_have_the_names_of_the_standard() -> None:
    assert education_name("71") == "初中毕业"
    assert len(education_names()) == 40


def test_code_51_of_an_older_list_is_refused() -> None:
    with pytest.raises(EducationUnknown):
        education_name("51")
