"""The look-up at the desk: two letters find an employer, among thousands, by an index."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, text

from server.db.employer_tables import employer_gram, employer_lookup
from server.domain.kinds import EmployerKind
from server.services.employer_lookup import _ways, index_new_employers, look_up
from server.services.housekeeping import tidy_up
from server.services.open_market import OpenMarket
from tests.people import CLI, Factory, citizen_number, credit_code

WAYS = [
    ("恒泰", "a piece of the name"),
    ("恒泰 商砼", "with a space"),
    ("（恒泰）", "with brackets of any width"),
    ("htst", "pinyin initials"),
    ("SXHT", "in capitals"),
    ("0077", "the phone's last four"),
    ("13900000077", "the whole phone"),
    (credit_code(41)[:14], "the beginning of the credit code"),
    (credit_code(41).lower(), "the credit code in small letters"),
    ("山西恒泰商砼有限责任公司", "the name with another form of company"),
]


NOBODY = ["", "恒", " 恒 ", "%_", "恒盛", "00", "zzzz", "\x00\x00", "恒" * 500]


@pytest.fixture
def wanted(make: Factory) -> str:
    for _ in range(12):
        make.employer()
    name = "山西恒泰商砼有限公司"
    return make.employer(name=name, phone="13900000077", identity=credit_code(41)).id


@pytest.mark.parametrize(("typed", "what"), WAYS, ids=[what for _, what in WAYS])
def test_an_employer_is_found_by(market: OpenMarket, wanted: str, typed: str, what: str) -> None:
    assert [e.id for e in look_up(market, typed)] == [wanted], what


@pytest.mark.parametrize("typed", NOBODY)
def test_nobody_is_found_by(market: OpenMarket, wanted: str, typed: str) -> None:
    assert look_up(market, typed) == ()


def test_ten_are_enough_and_the_newest_come_first(market: OpenMarket, make: Factory) -> None:
    ids = [make.employer().id for _ in range(13)]
    assert [e.id for e in look_up(market, "宏远建筑")] == ids[:2:-1]


def test_a_household_is_found_by_its_whole_name_only(market: OpenMarket, make: Factory) -> None:
    home = make.employer(kind=EmployerKind.HOUSEHOLD, name="李春花", identity=citizen_number(5))
    assert [e.id for e in look_up(market, "李春花")] == [home.id]
    assert look_up(market, "春花") == ()
    assert [e.id for e in look_up(market, "李姓")] == [home.id]


def test_employers_of_before_the_look_up_are_found_after_the_housekeeping(
    market: OpenMarket, wanted: str
) -> None:
    with market.database.write(CLI) as tx:
        tx.connection.execute(delete(employer_lookup))
        tx.connection.execute(delete(employer_gram))
    assert look_up(market, "恒泰") == ()
    tidy_up(market)
    assert [e.id for e in look_up(market, "恒泰")] == [wanted]
    assert index_new_employers(market) == 0


@pytest.mark.parametrize("typed", ["恒泰商砼", "htst", "0077", "13900000077", "91140602MA"])
def test_every_way_of_looking_uses_an_index(market: OpenMarket, typed: str) -> None:
    with market.database.read() as connection:
        for statement in _ways(market.seal, typed):
            compiled = statement.limit(10).compile(
                connection, compile_kwargs={"literal_binds": True}
            )
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}")).all()
            steps = [row.detail for row in plan]
            assert any("USING" in step for step in steps)
            assert not [step for step in steps if step.startswith("SCAN")], steps
            # Few share a phone or a whole name; thousands may share two characters.
            assert "employer_gram" not in str(statement) or "TEMP" not in str(steps)
