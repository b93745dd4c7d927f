"""The tool ledger: lent for nothing, never more than there are, and every piece comes back once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from server.db.tool_tables import tool_loan
from server.domain.errors import (
    DomainError,
    TextTooLong,
    WorkerUnknown,
)
from server.domain.errors.hall import (
    LoanDueInvalid,
    LoanOver,
    ToolCountBelowLent,
    ToolCountInvalid,
    ToolExists,
    ToolsTooFew,
    ToolUnknown,
    WorkerAmbiguous,
)
from server.domain.tools import ToolCondition
from server.services.log import events_after, verify_chain
from server.services.open_market import OpenMarket
from server.services.staff import StaffMember
from server.services.tool_ledger import tool_ledger
from server.services.tools import (
    Lent,
    NewLoan,
    Return,
    add_tool,
    count_tool,
    lend_tool,
    return_tool,
)
from tests.people import Factory, citizen_number, new_key

GOOD = Return(ToolCondition.GOOD)


class Shed:
    """A clerk, spades and somebody who is here."""

    def __init__(self, market: OpenMarket, make: Factory, spades: int) -> None:
        self.market, self.make = market, make
        self.li: StaffMember = make.staff("lijing")
        self.spade = add_tool(market, self.li.actor, "铁锹", spades, new_key())
        self.label = make.checked_in().ticket.label

    def lend(self, quantity: int = 1, who: str = "", days: int = 0, key: str = "") -> Lent:
        due = self.make.today + timedelta(days=days)
        new = NewLoan(self.spade, who or self.label, quantity, due)
        return lend_tool(self.market, self.li.actor, new, key or new_key())

    def back(self, loan_id: str, how: Return = GOOD) -> None:
        return_tool(self.market, self.li.actor, loan_id, how, new_key())


@pytest.fixture
def shed(market: OpenMarket, make: Factory) -> Shed:
    return Shed(market, make, 5)


def test_what_is_lent_is_missing_until_it_comes_back(shed: Shed, market: OpenMarket) -> None:
    lent = shed.lend(3)
    assert (len(lent.loan_ids), lent.left) == (3, 2)
    ledger = tool_ledger(market)
    assert [(tool.name, tool.pieces, tool.left) for tool in ledger.tools] == [("铁锹", 5, 2)]
    assert ledger.out[0].masked_name == "张*国"
    shed.back(lent.loan_ids[0])
    assert tool_ledger(market).tools[0].left == 3
    with pytest.raises(LoanOver):
        shed.back(lent.loan_ids[0])
    types = [event.type for event in events_after(market, 0)]
    assert (types.count("tool.lent"), types.count("tool.returned")) == (3, 1)
    verify_chain(market)


def test_never_more_is_lent_than_there_is_however_many_desks_lend_at_once(
    shed: Shed, market: OpenMarket
) -> None:
    def lend(n: int) -> int:
        try:
            return len(shed.lend(1 + n % 2).loan_ids)
        except ToolsTooFew:
            return 0

    with ThreadPoolExecutor(8) as pool:
        given = sum(pool.map(lend, range(16)))
    assert given == 5
    assert tool_ledger(market).lent == 5
    assert tool_ledger(market).tools[0].left == 0


def test_a_request_that_comes_twice_lends_once(shed: Shed, market: OpenMarket) -> None:
    key = new_key()
    assert shed.lend(2, key=key) == shed.lend(2, key=key)
    assert tool_ledger(market).lent == 2


def test_a_broken_or_lost_piece_is_one_less_and_a_worn_one_is_not(
    shed: Shed, market: OpenMarket
) -> None:
    ids = shed.lend(4).loan_ids
    ways = (ToolCondition.BROKEN, ToolCondition.LOST, ToolCondition.WORN, ToolCondition.GOOD)
    for loan_id, how in zip(ids, ways, strict=True):
        shed.back(loan_id, Return(how, "锹把裂了"))
    ledger = tool_ledger(market)
    assert (ledger.tools[0].pieces, ledger.tools[0].out) == (3, 0)
    assert {loan.note for loan in ledger.back} == {"锹把裂了"}
    assert "锹把裂了" not in str([event.body for event in events_after(market, 0)])


def test_a_piece_is_overdue_when_the_desks_closed_on_its_day(
    shed: Shed, make: Factory, market: OpenMarket
) -> None:
    shed.lend(1, days=1)
    shed.lend(1)
    assert tool_ledger(market).overdue == 0
    make.later(hours=13)
    ledger = tool_ledger(market)
    assert (ledger.overdue, ledger.lent) == (1, 2)
    assert [loan.is_overdue for loan in ledger.out] == [True, False]
    shed.lend(1)
    assert tool_ledger(market).overdue == 1, "after closing time a loan of today lasts to midnight"


def test_the_borrower_is_said_by_number_code_identity_or_phone(
    shed: Shed, make: Factory, market: OpenMarket
) -> None:
    number = citizen_number(900)
    here = make.checked_in(person=make.person("李秀英", id_no=number)).ticket
    for text in (here.label.lower(), here.code, f" {number} "):
        shed.lend(1, who=text)
    assert [loan.masked_name for loan in tool_ledger(market).out] == ["李*英"] * 3
    with pytest.raises(WorkerAmbiguous):
        shed.lend(1, who="13812345678")
    for text in ("A999", "13800000000", citizen_number(901), "小张"):
        with pytest.raises(WorkerUnknown):
            shed.lend(1, who=text)


def test_a_number_of_yesterday_names_nobody_today(shed: Shed, make: Factory) -> None:
    make.later(days=1)
    with pytest.raises(WorkerUnknown):
        shed.lend(1)


def test_the_ledger_refuses_what_cannot_be(shed: Shed, make: Factory, market: OpenMarket) -> None:
    shed.lend(3)
    li = shed.li.actor
    wishes: list[tuple[type[DomainError], object]] = [
        (ToolExists, lambda: add_tool(market, li, " 铁锹 ", 1, new_key())),
        (TextTooLong, lambda: add_tool(market, li, "锹" * 21, 1, new_key())),
        (ToolCountInvalid, lambda: add_tool(market, li, "撬棍", 501, new_key())),
        (ToolCountBelowLent, lambda: count_tool(market, li, shed.spade, 2, new_key())),
        (ToolUnknown, lambda: count_tool(market, li, "none", 2, new_key())),
        (ToolCountInvalid, lambda: shed.lend(0)),
        (LoanDueInvalid, lambda: shed.lend(1, days=15)),
        (LoanDueInvalid, lambda: shed.lend(1, days=-1)),
    ]
    for refusal, wish in wishes:
        with pytest.raises(refusal):
            wish()  # type: ignore[operator]  # each is a function without arguments
    assert count_tool(market, li, shed.spade, 3, new_key()) == 3


def test_no_column_of_a_loan_could_hold_a_deposit() -> None:
    assert not [c.name for c in tool_loan.columns if "fen" in c.name or "deposit" in c.name]
