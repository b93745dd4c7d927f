"""Owns the closed lists of words for the handling of cases, and what people read for them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from server.domain.kinds import CaseKind


class CaseDays(StrEnum):
    """Say which days the clocks of cases count.

    The source of the 13710 rule does not say which, so it is a setting of the market. WORKING
    counts Monday to Friday and knows no public holidays.
    """

    CALENDAR = "calendar"
    WORKING = "working"


class CaseState(StrEnum):
    """Say how far a case has got; every state but CLOSED has a clock."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"


class CaseOutcome(StrEnum):
    """Name how a case ended."""

    PAID = "paid"
    AGREED = "agreed"
    ANSWERED = "answered"
    HELPED = "helped"
    HANDED_ON = "handed_on"
    WITHDRAWN = "withdrawn"
    UNFOUNDED = "unfounded"


CASE_DAYS_NAMES: Mapping[CaseDays, str] = {
    CaseDays.CALENDAR: "自然日",
    CaseDays.WORKING: "工作日(周一到周五)",
}
CASE_STATE_NAMES: Mapping[CaseState, str] = {
    CaseState.OPENED: "没人接办",
    CaseState.ASSIGNED: "办理中",
    CaseState.ANSWERED: "已回话",
    CaseState.CLOSED: "已办结",
}
CASE_OUTCOME_NAMES: Mapping[CaseOutcome, str] = {
    CaseOutcome.PAID: "工钱付清了",
    CaseOutcome.AGREED: "双方谈妥了",
    CaseOutcome.ANSWERED: "问题答清楚了",
    CaseOutcome.HELPED: "帮扶落实了",
    CaseOutcome.HANDED_ON: "转给有关部门办",
    CaseOutcome.WITHDRAWN: "本人不办了",
    CaseOutcome.UNFOUNDED: "查了，情况不属实",
}
# What a worker reads on the phone; it says nothing of what the case is about.
CASE_STATE_WORDS: Mapping[CaseState, str] = {
    CaseState.OPENED: "已经记下，正在安排专人",
    CaseState.ASSIGNED: "有专人在办",
    CaseState.ANSWERED: "已经给您回话，还在办",
    CaseState.CLOSED: "办结了",
}
_ANY_CASE = (CaseOutcome.HANDED_ON, CaseOutcome.WITHDRAWN, CaseOutcome.UNFOUNDED)
OUTCOMES_OF: Mapping[CaseKind, tuple[CaseOutcome, ...]] = {
    CaseKind.WAGE_ARREARS: (CaseOutcome.PAID, CaseOutcome.AGREED, *_ANY_CASE),
    CaseKind.COMPLAINT: (CaseOutcome.AGREED, CaseOutcome.ANSWERED, *_ANY_CASE),
    CaseKind.CONSULTATION: (
        CaseOutcome.ANSWERED,
        CaseOutcome.HANDED_ON,
        CaseOutcome.WITHDRAWN,
    ),
    CaseKind.HARDSHIP: (CaseOutcome.HELPED, CaseOutcome.ANSWERED, *_ANY_CASE),
}
