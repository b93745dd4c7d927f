"""Names that people say themselves: kept sealed, marked, and below what a card says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from server.db.tables import event_log, worker
from server.domain.errors import NameInvalid, NameNeedsClerk
from server.domain.kinds import NeedKind, ServiceKind
from server.services.identities import identify_number
from server.services.open_market import OpenMarket
from server.services.workers import Person, person_of_number
from tests.people import ANSWERS, Factory, citizen_number

NUMBER = citizen_number(7)


@pytest.fixture
def typed(make: Factory) -> Person:
    """Somebody who typed the number of their card."""
    return person_of_number(NUMBER, make.today)


def name_in(market: OpenMarket) -> tuple[str | None, bool]:
    """The only worker's name, and whether it was stated."""
    with market.database.read() as connection:
        row = connection.execute(select(worker)).one()
    return market.seal.open_optional(row.name_sealed, "worker.name"), row.is_name_stated


def come(make: Factory, person: Person, service: ServiceKind, name: str | None = None) -> None:
    make.checked_in(person=person, service=service, answers=replace(ANSWERS, name=name))


def test_a_stated_name_is_kept_marked_and_shown_masked(
    market: OpenMarket, make: Factory, typed: Person
) -> None:
    come(make, typed, ServiceKind.FIND_WORK, "令狐 冲")
    assert name_in(market) == ("令狐冲", True)
    assert identify_number(market, NUMBER).masked_name == "令狐*"


def test_the_name_is_in_no_event(market: OpenMarket, make: Factory, typed: Person) -> None:
    come(make, typed, ServiceKind.FIND_WORK, "令狐冲")
    with market.database.read() as connection:
        bodies = connection.scalars(select(event_log.c.body)).all()
    assert any('"is_name_stated":true' in body for body in bodies)
    assert not any("令狐" in body for body in bodies)


def test_who_says_no_name_has_none(market: OpenMarket, make: Factory, typed: Person) -> None:
    come(make, typed, ServiceKind.FIND_WORK)
    assert name_in(market) == (None, False)


def test_a_card_overrides_a_stated_name(market: OpenMarket, make: Factory, typed: Person) -> None:
    come(make, typed, ServiceKind.FIND_WORK, "张建国")
    come(make, make.person("张健国", id_no=NUMBER), ServiceKind.CONSULT)
    assert name_in(market) == ("张健国", False)


def test_a_card_with_the_same_name_takes_the_mark_away(
    market: OpenMarket, make: Factory, typed: Person
) -> None:
    come(make, typed, ServiceKind.FIND_WORK, "张建国")
    come(make, make.person("张建国", id_no=NUMBER), ServiceKind.CONSULT)
    assert name_in(market) == ("张建国", False)


def test_a_stated_name_never_overrides_a_card_s(
    market: OpenMarket, make: Factory, typed: Person
) -> None:
    come(make, make.person("张建国", id_no=NUMBER), ServiceKind.CONSULT)
    come(make, typed, ServiceKind.FIND_WORK, "李四")
    assert name_in(market) == ("张建国", False)


def test_a_stated_name_is_stated_once(market: OpenMarket, make: Factory, typed: Person) -> None:
    come(make, typed, ServiceKind.FIND_WORK, "张建国")
    come(make, typed, ServiceKind.CONSULT, "李四")
    assert name_in(market) == ("张建国", True)


def test_coming_back_by_number_leaves_the_mark(
    market: OpenMarket, make: Factory, typed: Person
) -> None:
    come(make, typed, ServiceKind.FIND_WORK, "张建国")
    with market.database.read() as connection:
        row = connection.execute(select(worker)).one()
    from_row = replace(typed, name="张建国", is_name_stated=row.is_name_stated)
    come(make, from_row, ServiceKind.CONSULT)
    assert name_in(market) == ("张建国", True)


def test_only_somebody_new_without_a_card_is_asked_for_the_name(
    market: OpenMarket, make: Factory, typed: Person
) -> None:
    assert identify_number(market, NUMBER).needs[:3] == (
        NeedKind.PRIVACY,
        NeedKind.NAME,
        NeedKind.PHONE,
    )
    come(make, typed, ServiceKind.FIND_WORK)
    assert NeedKind.NAME not in identify_number(market, NUMBER).needs


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("王", NameInvalid), ("Zhang San", NameInvalid), ("张\ue5e5", NameNeedsClerk)],
)
def test_what_is_no_name_is_refused_and_nobody_is_kept(
    market: OpenMarket, make: Factory, typed: Person, name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        come(make, typed, ServiceKind.FIND_WORK, name)
    with market.database.read() as connection:
        assert connection.execute(select(worker)).first() is None
