"""The 117 counties, the figures of the provincial notice and the old codes on people's cards."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from server.domain.divisions import (
    County,
    cities,
    counties,
    county,
    division_name_on,
    market_name,
    residence_band,
)
from server.domain.errors import DivisionUnknown
from server.domain.kinds import ResidenceBand

OWN_HALL = (
    "晋源区 娄烦县 古交市 云冈区 云州区 广灵县 灵丘县 郊区 平定县 阳城县 高平市 朔城区 平鲁区 "
    "山阴县 应县 右玉县 怀仁市 榆次区 昔阳县 寿阳县 盐湖区 闻喜县 定襄县 神池县 河曲县 原平市 "
    "尧都区 乡宁县 蒲县 汾西县 侯马市 霍州市 临县 石楼县"
)
COUNTIES_PER_CITY = {
    "太原市": 10,
    "大同市": 10,
    "朔州市": 6,
    "忻州市": 14,
    "吕梁市": 13,
    "晋中市": 11,
    "阳泉市": 5,
    "长治市": 12,
    "晋城市": 6,
    "临汾市": 17,
    "运城市": 13,
}


def area(place: County) -> int:
    return int(place.planned_area.rstrip("+"))


def expected_tier(population: int) -> tuple[str, str]:
    if population < 100_000:
        return "150", "70.00"
    if population < 200_000:
        return "200", "80.00"
    if population < 400_000:
        return "200+", "90.00"
    if population < 700_000:
        return "300", "100.00"
    return "300+", "120.00"


def test_there_are_117_counties_with_distinct_codes() -> None:
    assert len({place.code for place in counties()}) == len(counties()) == 117


def test_34_8_million_people_live_in_them() -> None:
    assert sum(place.population_2022 for place in counties()) == 34_804_758


def test_cities_come_in_the_order_of_the_notice() -> None:
    assert list(dict.fromkeys(place.city for place in counties())) == list(cities())
    assert dict(Counter(place.city for place in counties())) == COUNTIES_PER_CITY


def test_83_counties_had_no_hall_and_34_had() -> None:
    with_hall = {place.name for place in counties() if place.has_own_hall}
    assert with_hall == set(OWN_HALL.split())
    assert sum(place.has_own_hall for place in counties()) == 34


def test_province_gave_93_million_yuan_for_22900_square_metres() -> None:
    assert sum(Decimal(place.province_fund_wan) for place in counties()) == Decimal("9320.00")
    assert sum(area(place) for place in counties()) == 22_900


def test_counties_without_a_hall_obey_the_tiers_of_the_notice() -> None:
    for place in counties():
        if not place.has_own_hall:
            tier = (place.planned_area, place.province_fund_wan)
            assert tier == expected_tier(place.population_2022), place.name


def test_counties_with_a_hall_got_sixty() -> None:
    assert {place.province_fund_wan for place in counties() if place.has_own_hall} == {"60.00"}


def test_statistical_areas_are_no_counties() -> None:
    for code in ("140171", "140271", "140671", "140971", "140100", "", "110105"):
        with pytest.raises(DivisionUnknown):
            county(code)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("140602", "朔城区零工市场"),
        ("140622", "应县零工市场"),
        ("140302", "阳泉市城区零工市场"),
        ("140502", "晋城市城区零工市场"),
        ("140303", "阳泉市矿区零工市场"),
        ("140311", "阳泉市郊区零工市场"),
    ],
)
def test_market_is_named_as_its_sign(code: str, name: str) -> None:
    assert market_name(code) == name


def test_no_two_markets_have_one_name() -> None:
    assert len({market_name(place.code) for place in counties()}) == 117


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("142128", 1975, "朔县"),
        ("142200", 1980, "忻县地区"),
        ("142200", 1990, "忻州地区"),
        ("140227", 2000, "大同县"),
        ("140624", 2010, "怀仁县"),
        ("140602", 1970, "朔城区"),
        ("140602", 2026, "朔城区"),
        ("142128", 2020, "朔县"),
    ],
)
def test_old_code_has_the_name_of_its_day(code: str, year: int, name: str) -> None:
    assert division_name_on(code, date(year, 6, 1)) == name


def test_code_that_never_was_has_no_name() -> None:
    assert division_name_on("149999", date(2000, 1, 1)) is None


@pytest.mark.parametrize(
    ("division", "market", "band"),
    [
        ("140602", "140602", ResidenceBand.COUNTY),
        ("142128", "140602", ResidenceBand.COUNTY),
        ("140624", "140681", ResidenceBand.COUNTY),
        ("142133", "140681", ResidenceBand.COUNTY),
        ("142721", "140802", ResidenceBand.COUNTY),
        ("142626", "141082", ResidenceBand.COUNTY),
        ("140726", "140703", ResidenceBand.COUNTY),
        ("140603", "140602", ResidenceBand.CITY),
        ("142126", "140602", ResidenceBand.CITY),
        ("142121", "140213", ResidenceBand.CITY),
        ("140302", "140311", ResidenceBand.CITY),
        ("142200", "140902", ResidenceBand.CITY),
        ("140502", "140302", ResidenceBand.PROVINCE),
        ("142121", "140602", ResidenceBand.PROVINCE),
        ("142701", "140602", ResidenceBand.PROVINCE),
        ("130727", "140602", ResidenceBand.ELSEWHERE),
        ("810000", "140602", ResidenceBand.ELSEWHERE),
    ],
)
def test_home_is_guessed_from_old_and_new_codes(
    division: str, market: str, band: ResidenceBand
) -> None:
    assert residence_band(division, market) is band


def test_every_county_is_its_own_home() -> None:
    bands = {residence_band(place.code, place.code) for place in counties()}
    assert bands == {ResidenceBand.COUNTY}
