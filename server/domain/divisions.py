"""Owns administrative divisions: the 117 counties of Shanxi and the codes cards still carry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from server.domain.data_files import read_rows
from server.domain.errors import DivisionUnknown
from server.domain.kinds import ResidenceBand

PROVINCE_PREFIX = "14"

# The order of the provincial notice of April 2023, annex 2; monthly reports follow it.
_CITIES = (
    ("太原市", "1401"),
    ("大同市", "1402"),
    ("朔州市", "1406"),
    ("忻州市", "1409"),
    ("吕梁市", "1411"),
    ("晋中市", "1407"),
    ("阳泉市", "1403"),
    ("长治市", "1404"),
    ("晋城市", "1405"),
    ("临汾市", "1410"),
    ("运城市", "1408"),
)
_NAMES_NEEDING_CITY = frozenset({"城区", "郊区", "矿区"})

# Prefectures that have gone, by the city that took most of their counties.
_OLD_PREFECTURES: Mapping[str, str] = {
    "1421": "1406",
    "1422": "1409",
    "1423": "1411",
    "1424": "1407",
    "1425": "1404",
    "1426": "1410",
    "1427": "1408",
}
# Old counties whose present county has another name; the rest is found by the name's stem.
_RENAMED: Mapping[str, str] = {
    "140111": "140181",
    "140227": "140215",
    "140211": "140214",
    "140202": "140213",
    "140421": "140404",
    "140402": "140403",
    "140511": "140525",
    "142128": "140602",
    "142132": "140215",
    "142201": "140902",
    "142221": "140902",
    "142501": "140502",
    "142521": "140404",
    "142527": "140525",
    "142601": "141002",
    "142624": "141002",
    "142626": "141082",
    "142701": "140802",
    "142721": "140802",
    "149001": "140181",
}


@dataclass(frozen=True)
class County:
    """Hold one county-level division and its line in annex 2 of the notice of April 2023.

    planned_area: square metres as printed, "200" or "200+". province_fund_wan: 10,000 yuan with two
    decimals, "60.00".
    """

    code: str
    city: str
    name: str
    population_2022: int
    planned_area: str
    province_fund_wan: str
    has_own_hall: bool


@dataclass(frozen=True)
class _NamePeriod:
    name: str
    from_year: int
    to_year: int

    def distance(self, year: int) -> int:
        """Count the years between a year and the period; 0 inside, later periods win a tie."""
        return max(self.from_year - year, year - self.to_year, 0)


@cache
def counties() -> tuple[County, ...]:
    """Give the 117 counties: cities in the notice's order, codes ascending within a city."""
    order = {prefix: place for place, (_, prefix) in enumerate(_CITIES)}
    rows = [_county(row) for row in read_rows("shanxi_counties.csv")]
    return tuple(sorted(rows, key=lambda row: (order[row.code[:4]], row.code)))


def cities() -> tuple[str, ...]:
    """Give the 11 cities in the notice's order."""
    return tuple(name for name, _ in _CITIES)


def county(code: str) -> County:
    """Find a county in force by its code. Raises DivisionUnknown."""
    found = _counties_by_code().get(code)
    if found is None:
        raise DivisionUnknown()
    return found


def market_name(code: str) -> str:
    """Name the market as its sign does: "朔城区零工市场", "阳泉市城区零工市场".

    Raises DivisionUnknown. Source: the notice of April 2023, annex 4 item 6.
    """
    place = county(code)
    city = place.city if place.name in _NAMES_NEEDING_CITY else ""
    return f"{city}{place.name}零工市场"


def division_name_on(code: str, day: date) -> str | None:
    """Name a Shanxi division, old or new, as it was called on a day.

    A day outside the code's years gives its nearest name; a code that never was gives None.
    """
    periods = _history().get(code)
    if periods is None:
        return None
    return min(reversed(periods), key=lambda period: period.distance(day.year)).name


def residence_band(division_code: str, market_code: str) -> ResidenceBand:
    """Guess from a card's first six digits how far home is from the market.

    Only a proxy: the digits name the place of first registration, maybe under an old code.
    """
    if division_code == market_code:
        return ResidenceBand.COUNTY
    if not division_code.startswith(PROVINCE_PREFIX):
        return ResidenceBand.ELSEWHERE
    present = _present_code(division_code)
    if present == market_code:
        return ResidenceBand.COUNTY
    if present[:4] == market_code[:4]:
        return ResidenceBand.CITY
    return ResidenceBand.PROVINCE


def _county(row: Mapping[str, str]) -> County:
    return County(
        code=row["code"],
        city=row["city"],
        name=row["county"],
        population_2022=int(row["population_2022"]),
        planned_area=row["planned_area_m2"],
        province_fund_wan=f"{Decimal(row['province_fund_wan']):.2f}",
        has_own_hall=row["own_hall_inferred"] == "1",
    )


@cache
def _counties_by_code() -> Mapping[str, County]:
    return {row.code: row for row in counties()}


@cache
def _history() -> Mapping[str, tuple[_NamePeriod, ...]]:
    periods: dict[str, tuple[_NamePeriod, ...]] = {}
    for row in read_rows("divisions_history.csv"):
        from_year, to_year = int(row["valid_from"] or 0), int(row["valid_to"] or 9999)
        period = _NamePeriod(row["name"], from_year, to_year)
        periods[row["code"]] = (*periods.get(row["code"], ()), period)
    return periods


@cache
def _codes_by_stem() -> Mapping[str, str]:
    """Map a county's name without its last character to its code, where that is unique."""
    return {row.name[:-1]: row.code for row in counties() if row.name not in _NAMES_NEEDING_CITY}


def _present_code(division_code: str) -> str:
    """Find the present code of an old one, or at least one that begins with its city."""
    if division_code in _counties_by_code():
        return division_code
    if division_code in _RENAMED:
        return _RENAMED[division_code]
    periods = _history().get(division_code, ())
    for period in periods:
        if period.name[:-1] in _codes_by_stem():
            return _codes_by_stem()[period.name[:-1]]
    return _OLD_PREFECTURES.get(division_code[:4], division_code[:4])
