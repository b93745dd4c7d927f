"""Clerks, a manager and cases at every stage, for the tests of cases at the desk."""

from __future__ import annotations

from server.domain.case_kinds import CaseOutcome
from server.domain.kinds import CaseKind, StaffRole
from server.services.case_handling import (
    CaseStanding,
    Closing,
    close_case,
    give_feedback,
    take_on,
)
from server.services.cases import NewCase, open_case
from server.services.open_market import Actor, OpenMarket
from tests.people import ANSWERS, Factory, new_key


class Office:
    """Two clerks, a manager, and cases to handle."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make
        self.li, self.wu = make.staff("lijing"), make.staff("wumin")
        self.boss = make.staff("zhao", StaffRole.MANAGER)

    def opened(self, kind: CaseKind = CaseKind.WAGE_ARREARS) -> str:
        new = NewCase(self.make.person("欧阳建国"), kind, None, ANSWERS)
        return open_case(self.market, Actor("test"), new, new_key()).case.no

    def taken(self, kind: CaseKind = CaseKind.WAGE_ARREARS) -> str:
        no = self.opened(kind)
        take_on(self.market, self.li.actor, no, new_key())
        return no

    def answered(self) -> str:
        no = self.taken()
        give_feedback(self.market, self.li.actor, no, "电话里说了", new_key())
        return no

    def closed(self) -> str:
        no = self.answered()
        self.close(no)
        return no

    def close(self, no: str, outcome: CaseOutcome = CaseOutcome.PAID) -> CaseStanding:
        closing = Closing(outcome, "刘老板当面付清")
        return close_case(self.market, self.li.actor, no, closing, new_key())
