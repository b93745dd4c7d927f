"""Missed numbers: kept a quarter of an hour, back behind the next once, then over."""

from __future__ import annotations

import pytest

from server.domain.errors import (
    SettingInvalid,
    TicketMissedTooLong,
    TicketNotMissed,
    TicketOfAnother,
    TicketOfCrew,
)
from server.domain.kinds import CancelReason, TicketState
from server.services.board import board
from server.services.calls import Move, call_next, call_ticket, move_ticket
from server.services.cancellations import Cancellation, cancel_ticket
from server.services.housekeeping import tidy_up
from server.services.log import events_after
from server.services.market import MarketChange, change_market
from server.services.missed import Return, come_back
from server.services.open_market import Actor, OpenMarket
from server.services.tickets import TicketView, queue_today, ticket_view
from server.services.workers import Person
from tests.people import CLI, Factory, new_key

CLERK = Actor("staff:test")
KIOSK = Actor("device:kiosk")


def miss(market: OpenMarket, code: str, desk_no: int = 1) -> TicketState:
    """Desk calls the next, who does not come."""
    assert call_next(market, CLERK, desk_no, (), new_key()).ticket_code == code
    return move_ticket(market, CLERK, Move(code, TicketState.NO_SHOW, desk_no), new_key()).state


def back(market: OpenMarket, person: Person, code: str) -> TicketView:
    return come_back(market, KIOSK, Return(person, code), new_key())


def labels(market: OpenMarket) -> list[str]:
    waiting = TicketState.WAITING
    return [one.ticket.label for one in queue_today(market) if one.ticket.state is waiting]


@pytest.fixture
def missed(market: OpenMarket, make: Factory) -> tuple[Person, str]:
    """Somebody whose number A001 was missed, with A002 to A004 behind."""
    person = make.person()
    code = make.checked_in(person=person).ticket.code
    for _ in range(3):
        make.later(seconds=5)
        make.checked_in()
    miss(market, code)
    return person, code


def test_a_missed_worker_comes_back_right_behind_the_next(
    market: OpenMarket, missed: tuple[Person, str]
) -> None:
    person, code = missed
    assert board(market).missed == ("A001",)
    assert back(market, person, code).ahead == 1
    assert (labels(market), board(market).missed) == (["A002", "A001", "A003", "A004"], ())
    third = queue_today(market)[2].ticket
    assert (third.label, third.ahead) == ("A003", 2)
    called = [call_next(market, CLERK, 1 + n, (), new_key()).label for n in range(2)]
    assert called == ["A002", "A001"]


def test_the_desk_may_put_a_missed_number_back(
    market: OpenMarket, missed: tuple[Person, str]
) -> None:
    _, code = missed
    move_ticket(market, CLERK, Move(code, TicketState.WAITING, 2), new_key())
    assert labels(market) == ["A002", "A001", "A003", "A004"]


def test_pressing_twice_keeps_the_place(market: OpenMarket, missed: tuple[Person, str]) -> None:
    person, code = missed
    back(market, person, code)
    back(market, person, code)
    assert labels(market) == ["A002", "A001", "A003", "A004"]


def test_the_second_miss_ends_the_number_and_the_worker_takes_another(
    market: OpenMarket, make: Factory, missed: tuple[Person, str]
) -> None:
    person, code = missed
    back(market, person, code)
    call_next(market, CLERK, 2, (), new_key())
    assert miss(market, code) is TicketState.CANCELLED
    assert ticket_view(market, code).cancel_reason == CancelReason.MISSED
    assert board(market).missed == ()
    with pytest.raises(TicketMissedTooLong):
        back(market, person, code)
    assert make.checked_in(person=person).ticket.label == "A005"


def test_after_a_quarter_of_an_hour_the_number_is_over(
    market: OpenMarket, make: Factory, missed: tuple[Person, str]
) -> None:
    person, code = missed
    make.later(minutes=14, seconds=59)
    tidy_up(market)
    assert ticket_view(market, code).state is TicketState.NO_SHOW
    make.later(seconds=1)
    with pytest.raises(TicketMissedTooLong) as refused:
        back(market, person, code)
    assert refused.value.facts == {"minutes": 15}
    with pytest.raises(TicketMissedTooLong):
        call_ticket(market, CLERK, code, 1, new_key())
    tidy_up(market)
    assert ticket_view(market, code).state is TicketState.CANCELLED
    assert board(market).missed == ()
    assert events_after(market, 0, 100)[-1].type == "ticket.cancelled"


def test_the_market_says_how_long_numbers_are_kept(
    market: OpenMarket, make: Factory, missed: tuple[Person, str]
) -> None:
    person, code = missed
    assert change_market(market, CLI, MarketChange(missed_minutes=30)).missed_minutes == 30
    make.later(minutes=29)
    tidy_up(market)
    assert back(market, person, code).state is TicketState.WAITING
    with pytest.raises(SettingInvalid):
        change_market(market, CLI, MarketChange(missed_minutes=0))


def test_only_the_holder_brings_a_number_back_and_only_a_missed_one(
    market: OpenMarket, make: Factory, missed: tuple[Person, str]
) -> None:
    person, code = missed
    with pytest.raises(TicketOfAnother):
        back(market, make.person(), code)
    call_ticket(market, CLERK, code, 1, new_key())
    with pytest.raises(TicketNotMissed):
        back(market, person, code)


def test_a_crews_missed_number_is_its_leaders(market: OpenMarket, make: Factory) -> None:
    leader, member = make.person(), make.person()
    code = make.crew(leader, member).ticket.code
    miss(market, code)
    with pytest.raises(TicketOfCrew):
        back(market, member, code)
    assert back(market, leader, code).state is TicketState.WAITING


def test_a_missed_number_is_given_back_at_the_kiosk(
    market: OpenMarket, missed: tuple[Person, str]
) -> None:
    person, code = missed
    given = cancel_ticket(
        market, KIOSK, Cancellation(person, code, CancelReason.LEAVING), new_key()
    )
    assert (given.state, board(market).missed) == (TicketState.CANCELLED, ())
