"""Cases opened at the desk: for who sits there, with what they agreed on, and whose they are."""

from __future__ import annotations

import pytest

from server.domain.case_kinds import CaseState
from server.domain.errors import (
    TicketNotYours,
    TicketStateForbids,
)
from server.domain.kinds import CaseKind, ReferralState, ServiceKind, TicketState
from server.services.calls import Move, call_ticket, move_ticket
from server.services.case_desk import DeskCase, open_case_at_desk
from server.services.case_views import (
    case_file,
    case_history,
    cases_of_ticket,
)
from server.services.cases import NewCase, open_case
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.records import jobs_of_worker
from server.services.referrals import NewReferral, record_referral
from server.services.tickets import queued_ticket
from tests.people import ANSWERS, Factory, new_key
from tests.services.office import Office


@pytest.fixture
def office(market: OpenMarket, make: Factory) -> Office:
    return Office(market, make)


def at_desk(office: Office, market: OpenMarket, desk_no: int = 1) -> str:
    """The code of a ticket that a desk serves."""
    code = office.make.checked_in(service=ServiceKind.COMPLAINT).ticket.code
    call_ticket(market, office.li.actor, code, desk_no, new_key())
    return code


def test_a_clerk_opens_a_case_for_who_sits_at_the_desk_and_has_it(
    office: Office, market: OpenMarket
) -> None:
    code = at_desk(office, market)
    new = DeskCase(code, 1, CaseKind.WAGE_ARREARS, None, "王老板欠两天工钱")
    opened = open_case_at_desk(market, office.li.actor, new, new_key())
    shown = case_file(market, opened.case.no)
    assert (opened.is_new, opened.print_job_id is not None) == (True, True)
    assert (shown.responsible_id, shown.note) == (office.li.id, "王老板欠两天工钱")
    assert "王老板" not in str(events_after(market, 0))
    [told] = cases_of_ticket(market, queued_ticket(market, code).ticket.id)
    assert (told.no, told.state) == (opened.case.no, CaseState.ASSIGNED)
    again = open_case_at_desk(market, office.li.actor, new, new_key())
    assert (again.is_new, again.case.no) == (False, opened.case.no)
    assert [line.event for line in case_history(market, opened.case.id)] == [
        "case.opened",
        "case.assigned",
        "case.noted",
    ]


def test_a_case_is_opened_only_for_the_ticket_at_the_own_desk(
    office: Office, market: OpenMarket
) -> None:
    code = at_desk(office, market)
    new = DeskCase(code, 2, CaseKind.COMPLAINT, None, "话")
    with pytest.raises(TicketNotYours):
        open_case_at_desk(market, office.wu.actor, new, new_key())
    move_ticket(market, office.li.actor, Move(code, TicketState.DONE, 1), new_key())
    new = DeskCase(code, 1, CaseKind.COMPLAINT, None, "话")
    with pytest.raises(TicketStateForbids):
        open_case_at_desk(market, office.li.actor, new, new_key())


def test_the_job_of_a_case_is_shown_as_evidence(office: Office, market: OpenMarket) -> None:
    person = office.make.person()
    code = office.make.checked_in(person=person).ticket.code
    post = office.make.published()
    record_referral(
        market, office.li.actor, NewReferral(code, post.id, 1, ReferralState.AGREED), new_key()
    )
    [job] = jobs_of_worker(market, queued_ticket(market, code).worker_id, 5)
    new = NewCase(person, CaseKind.WAGE_ARREARS, job.placement_id, ANSWERS)
    no = open_case(market, Actor("test"), new, new_key()).case.no
    evidence = case_file(market, no).evidence
    assert evidence is not None
    assert (evidence.post_no, evidence.trade_name, evidence.pay) == (post.no, "瓦工", "日薪320元")
