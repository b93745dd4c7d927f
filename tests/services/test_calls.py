"""Calling: in order of arrival, never to two desks, recalled, missed, taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from server.domain.errors import (
    DeskBusy,
    DeskUnknown,
    NobodyWaiting,
    RecallsExhausted,
    TicketNotCalled,
    TicketNotToday,
    TicketNotWaiting,
    TicketStateForbids,
    TicketUnknown,
)
from server.domain.kinds import ServiceKind, TicketState
from server.domain.tickets import MAX_RECALLS
from server.services.board import board
from server.services.calls import Move, call_next, call_ticket, move_ticket, recall, ticket_at_desk
from server.services.open_market import Actor, OpenMarket
from server.services.tickets import queue_today, ticket_view
from tests.people import Factory, new_key

CLERK = Actor("staff:test")


def call(market: OpenMarket, desk_no: int = 1, *services: ServiceKind) -> str:
    return call_next(market, CLERK, desk_no, services, new_key()).label


def test_whoever_came_first_is_called_first_across_services(
    market: OpenMarket, make: Factory
) -> None:
    make.checked_in(service=ServiceKind.CONSULT)
    make.later(seconds=5)
    make.checked_in()
    assert [call(market, 1), call(market, 2)] == ["B001", "A001"]


def test_a_desk_for_one_service_calls_only_that(market: OpenMarket, make: Factory) -> None:
    make.checked_in()
    make.checked_in(service=ServiceKind.COMPLAINT)
    assert call(market, 1, ServiceKind.COMPLAINT) == "E001"


def test_a_called_number_stands_on_the_board_with_its_desk(
    market: OpenMarket, make: Factory
) -> None:
    make.checked_in()
    call(market, 3)
    [called] = board(market).calls
    assert (called.label, called.desk_no, called.is_recall) == ("A001", 3, False)


def test_a_desk_must_finish_one_ticket_before_the_next(market: OpenMarket, make: Factory) -> None:
    make.checked_in()
    make.checked_in()
    call(market)
    with pytest.raises(DeskBusy) as refused:
        call(market)
    assert refused.value.facts == {"label": "A001"}


def test_two_desks_pressing_at_once_never_get_the_same_ticket(
    market: OpenMarket, make: Factory
) -> None:
    for _ in range(3):
        make.checked_in()

    def press(desk_no: int) -> str:
        try:
            return call(market, desk_no)
        except NobodyWaiting:
            return "nobody"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, (1, 2, 3, 4))) == ["A001", "A002", "A003", "nobody"]


def test_the_same_press_sent_twice_calls_one_ticket(market: OpenMarket, make: Factory) -> None:
    make.checked_in()
    make.checked_in()
    key = new_key()
    first = call_next(market, CLERK, 1, (), key)
    assert call_next(market, CLERK, 1, (), key) == first
    assert [q.ticket.state for q in queue_today(market)] == [
        TicketState.CALLED,
        TicketState.WAITING,
    ]


def test_a_recall_is_told_and_ends_after_five(market: OpenMarket, make: Factory) -> None:
    code = make.checked_in().ticket.code
    call(market)
    for n in range(1, MAX_RECALLS + 1):
        assert recall(market, CLERK, code, 1, new_key()).recalls == n
    assert board(market).calls[0].is_recall
    with pytest.raises(RecallsExhausted):
        recall(market, CLERK, code, 1, new_key())


def test_a_missed_number_stays_in_the_strip_and_can_be_called_again(
    market: OpenMarket, make: Factory
) -> None:
    code = make.checked_in().ticket.code
    call(market)
    move_ticket(market, CLERK, Move(code, TicketState.NO_SHOW, 1), new_key())
    assert (board(market).missed, board(market).calls) == (("A001",), ())
    assert ticket_at_desk(market, 1) is None
    again = call_ticket(market, CLERK, code, 2, new_key())
    assert (again.state, again.desk_no) == (TicketState.CALLED, 2)
    assert board(market).missed == ()


def test_back_to_the_queue_keeps_the_old_place(market: OpenMarket, make: Factory) -> None:
    first = make.checked_in().ticket.code
    make.later(seconds=5)
    second = make.checked_in().ticket.code
    call(market)
    move_ticket(market, CLERK, Move(first, TicketState.WAITING, 1), new_key())
    assert ticket_view(market, second).ahead == 1
    assert call(market) == "A001"


def test_a_holder_sees_how_many_are_ahead_go_down(market: OpenMarket, make: Factory) -> None:
    codes = [make.checked_in().ticket.code for _ in range(3)]
    assert ticket_view(market, codes[2]).ahead == 2
    call(market)
    assert ticket_view(market, codes[2]).ahead == 1


@pytest.mark.parametrize("state", [TicketState.CALLED, TicketState.WAITING, TicketState.SERVING])
def test_a_finished_ticket_moves_no_more(
    market: OpenMarket, make: Factory, state: TicketState
) -> None:
    code = make.checked_in().ticket.code
    call(market)
    move_ticket(market, CLERK, Move(code, TicketState.DONE, 1), new_key())
    with pytest.raises(TicketStateForbids):
        move_ticket(market, CLERK, Move(code, state, 1), new_key())


def test_what_cannot_be_called_is_refused(market: OpenMarket, make: Factory) -> None:
    code = make.checked_in().ticket.code
    with pytest.raises(DeskUnknown):
        call(market, 9)
    with pytest.raises(TicketUnknown):
        call_ticket(market, CLERK, "NOSUCHCODE", 1, new_key())
    with pytest.raises(TicketNotCalled):
        recall(market, CLERK, code, 1, new_key())
    call(market)
    with pytest.raises(TicketNotWaiting):
        call_ticket(market, CLERK, code, 2, new_key())


def test_yesterdays_ticket_is_not_called_today(market: OpenMarket, make: Factory) -> None:
    code = make.checked_in().ticket.code
    make.later(days=1)
    with pytest.raises(NobodyWaiting):
        call(market)
    with pytest.raises(TicketNotToday):
        call_ticket(market, CLERK, code, 1, new_key())
