"""A ticket at a desk is that desk's: others are told so, may take it over, and none is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select

from server.db.tables import ticket
from server.domain.errors import DeskBusy, DomainError, TicketAtNoOtherDesk, TicketNotYours
from server.domain.kinds import ReferralState, TicketState
from server.services.board import board
from server.services.calls import (
    Move,
    call_next,
    call_ticket,
    move_ticket,
    recall,
    take_over,
    ticket_at_desk,
)
from server.services.log import events_after
from server.services.missed import end_missed
from server.services.open_market import Actor, OpenMarket
from server.services.referrals import NewReferral, record_referral
from server.services.tickets import ticket_view
from tests.people import Factory, new_key

CLERK = Actor("staff:test")
DESKS = (1, 2, 3)


@pytest.fixture
def called(market: OpenMarket, make: Factory) -> str:
    """The code of a ticket that desk 1 has called."""
    make.checked_in()
    return call_next(market, CLERK, 1, (), new_key()).ticket_code


@pytest.mark.parametrize(
    "state", [TicketState.SERVING, TicketState.DONE, TicketState.NO_SHOW, TicketState.WAITING]
)
def test_another_desk_cannot_move_a_called_number(
    market: OpenMarket, called: str, state: TicketState
) -> None:
    with pytest.raises(TicketNotYours) as refused:
        move_ticket(market, CLERK, Move(called, state, 2), new_key())
    assert refused.value.facts == {"desk_no": 1}
    assert ticket_view(market, called).state is TicketState.CALLED


def test_another_desk_can_neither_recall_nor_refer_it(
    market: OpenMarket, make: Factory, called: str
) -> None:
    with pytest.raises(TicketNotYours):
        recall(market, CLERK, called, 2, new_key())
    post, clerk = make.published(), make.staff().actor
    new = NewReferral(called, post.id, 2, ReferralState.AGREED)
    with pytest.raises(TicketNotYours):
        record_referral(market, clerk, new, new_key())


def test_a_desk_takes_a_number_over_and_it_is_called_there(market: OpenMarket, called: str) -> None:
    taken = take_over(market, CLERK, called, 2, new_key())
    assert (taken.state, taken.desk_no) == (TicketState.CALLED, 2)
    [shown] = board(market).calls
    assert (shown.label, shown.desk_no, shown.is_recall) == ("A001", 2, False)
    assert (ticket_at_desk(market, 1), ticket_at_desk(market, 2)) == (None, called)
    last = events_after(market, 0, 100)[-1]
    assert (last.type, (last.body or {})["from_desk_no"]) == ("ticket.taken_over", 1)
    move_ticket(market, CLERK, Move(called, TicketState.DONE, 2), new_key())


def test_only_a_free_desk_takes_over_and_only_what_another_desk_has(
    market: OpenMarket, make: Factory, called: str
) -> None:
    with pytest.raises(TicketAtNoOtherDesk):
        take_over(market, CLERK, make.checked_in().ticket.code, 2, new_key())
    call_next(market, CLERK, 2, (), new_key())
    with pytest.raises(DeskBusy):
        take_over(market, CLERK, called, 2, new_key())


@pytest.mark.parametrize("seed", range(6))
def test_whatever_three_desks_press_no_number_is_at_two_desks_and_none_is_lost(
    market: OpenMarket, make: Factory, seed: int
) -> None:
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - a seeded history, not a secret
    codes = [make.checked_in().ticket.code for _ in range(6)]
    for _ in range(80):
        make.later(seconds=chance.randrange(240))
        try:
            any_press(market, chance, codes)()
        except DomainError:
            continue
        finally:
            check_desks(market, codes)


def any_press(market: OpenMarket, chance: random.Random, codes: list[str]) -> Callable[[], object]:
    """Something a clerk at some desk may press, sensible or not."""
    code, desk_no, key = chance.choice(codes), chance.choice(DESKS), new_key()
    state = chance.choice(list(TicketState))
    return chance.choice(
        [
            partial(call_next, market, CLERK, desk_no, (), key),
            partial(call_ticket, market, CLERK, code, desk_no, key),
            partial(recall, market, CLERK, code, desk_no, key),
            partial(take_over, market, CLERK, code, desk_no, key),
            partial(move_ticket, market, CLERK, Move(code, state, desk_no), key),
            partial(end_missed, market),
        ]
    )


def check_desks(market: OpenMarket, codes: list[str]) -> None:
    at_desk = (TicketState.CALLED.value, TicketState.SERVING.value)
    with market.database.read() as connection:
        rows = connection.execute(select(ticket).order_by(ticket.c.id)).all()
    assert [row.code for row in rows] == codes
    desks = [row.desk_no for row in rows if row.state in at_desk]
    assert None not in desks
    assert len(desks) == len(set(desks))
    assert {row.misses for row in rows} <= {0, 1}
