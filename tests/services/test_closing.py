"""The end of the day: closed once, with counts that are true and numbers that end with a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest

from server.domain.clock import SHANGHAI
from server.domain.closing import EndReason, PaperLeft
from server.domain.errors import (
    DomainError,
    PermissionMissing,
)
from server.domain.errors.hall import (
    MarketClosed,
    MarketNotClosed,
    MoreTicketsWaiting,
    TicketsAtDesks,
    TicketsWaiting,
)
from server.domain.kinds import CaseKind, ReferralState, TicketState
from server.services.calls import call_ticket
from server.services.closing import Closing, close_market, close_today, reopen_market
from server.services.closing_list import closing_list
from server.services.log import events_after, verify_chain
from server.services.open_market import OpenMarket
from server.services.referrals import NewReferral, record_referral
from server.services.tickets import ticket_view
from tests.people import Factory, new_key
from tests.services.office import Office


@pytest.fixture
def office(market: OpenMarket, make: Factory) -> Office:
    return Office(market, make)


def closing(seen: int = 0, reason: EndReason | None = None) -> Closing:
    return Closing(PaperLeft.ENOUGH, False, seen, reason)


def test_a_day_is_closed_with_its_counts_by_whoever_closed_it(
    office: Office, make: Factory, market: OpenMarket
) -> None:
    post = make.published(headcount=3)
    code = make.checked_in().ticket.code
    call_ticket(market, office.li.actor, code, 1, new_key())
    agreed = NewReferral(code, post.id, 1, ReferralState.AGREED)
    record_referral(market, office.li.actor, agreed, new_key())
    office.opened(CaseKind.COMPLAINT)
    close_market(market, office.wu.actor, closing(), new_key())
    closed = close_today(market)
    assert closed is not None
    assert (closed.closed_by, closed.is_closed, closed.ended_tickets) == ("李静", True, 0)
    totals = closed.totals
    assert (totals.visits, totals.posts, totals.places) == (1, 1, 3)
    assert (totals.placements, totals.cases) == (1, 1)
    event = events_after(market, 0)[-1]
    assert event.type == "market_day.closed"
    assert (event.body or {})["placements"] == 1
    verify_chain(market)


def test_waiting_numbers_end_only_when_the_clerk_says_so(
    office: Office, make: Factory, market: OpenMarket
) -> None:
    waiting = [make.checked_in().ticket.code for _ in range(3)]
    with pytest.raises(TicketsWaiting) as asked:
        close_market(market, office.li.actor, closing(3), new_key())
    assert asked.value.facts == {"count": 3}
    with pytest.raises(MoreTicketsWaiting):
        close_market(market, office.li.actor, closing(2, EndReason.WEATHER), new_key())
    assert close_today(market) is None
    ended = close_market(market, office.li.actor, closing(3, EndReason.WEATHER), new_key())
    assert (ended.ended_tickets, ended.end_reason) == (3, EndReason.WEATHER)
    for code in waiting:
        ticket = ticket_view(market, code)
        assert (ticket.state, ticket.cancel_reason) == (TicketState.CANCELLED, "closed")
    assert closing_list(market).waiting == ()


def test_who_comes_after_the_close_gets_a_number_also_with_one_that_ended(
    office: Office, make: Factory, market: OpenMarket
) -> None:
    person = make.person("李秀英")
    first = make.checked_in(person=person).ticket
    close_market(market, office.li.actor, closing(1, EndReason.GONE_HOME), new_key())
    second = make.checked_in(person=person).ticket
    assert second.code != first.code
    assert ticket_view(market, second.code).state is TicketState.WAITING


def test_nobody_closes_while_a_number_is_at_a_desk(
    office: Office, make: Factory, market: OpenMarket
) -> None:
    code = make.checked_in().ticket.code
    call_ticket(market, office.li.actor, code, 1, new_key())
    with pytest.raises(TicketsAtDesks):
        close_market(market, office.li.actor, closing(9, EndReason.OTHER), new_key())


def test_of_two_who_close_at_once_one_does_and_a_repeated_request_is_the_same_close(
    office: Office, market: OpenMarket
) -> None:
    def close(n: int) -> str:
        actor = (office.li, office.wu)[n % 2].actor
        try:
            close_market(market, actor, closing(), f"{n}-{new_key()}")
        except MarketClosed as refused:
            return refused.code
        return "closed"

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(close, range(8)))
    assert sorted(ends) == ["closed"] + ["market_closed"] * 7
    assert [e.type for e in events_after(market, 0)].count("market_day.closed") == 1


def test_only_a_manager_opens_it_again_and_then_it_can_be_closed_anew(
    office: Office, market: OpenMarket
) -> None:
    with pytest.raises(MarketNotClosed):
        reopen_market(market, office.boss.actor, new_key())
    key = new_key()
    close_market(market, office.li.actor, closing(), key)
    close_market(market, office.li.actor, closing(), key)
    with pytest.raises(PermissionMissing):
        reopen_market(market, office.li.actor, new_key())
    opened = reopen_market(market, office.boss.actor, new_key())
    assert not opened.is_closed
    again = close_market(market, office.wu.actor, closing(), new_key())
    assert again.is_closed
    versions = [e.entity_version for e in events_after(market, 0) if e.type.startswith("market_d")]
    assert versions == [1, 2, 3]


def test_the_list_names_the_posts_of_today_and_tomorrow_and_the_cases_that_come_due(
    office: Office, make: Factory, market: OpenMarket
) -> None:
    tomorrow = make.today + timedelta(days=1)
    today_post = make.published()
    next_post = make.published(work_day=tomorrow)
    midnight = datetime.combine(tomorrow, time(0), SHANGHAI).astimezone(UTC)
    late_post = make.published(work_day=tomorrow, valid_until=midnight - timedelta(minutes=1))
    make.published(work_day=tomorrow + timedelta(days=1))
    no = office.opened()
    left = closing_list(market)
    assert {post.row.no for post in left.ending_today} == {today_post.no, late_post.no}
    assert [post.row.no for post in left.ending_tomorrow] == [next_post.no]
    assert [case.no for case in left.cases] == [no]
    assert left.unfinished == 0


def test_a_job_of_today_that_nobody_has_reported_done_is_on_the_list(
    office: Office, make: Factory, market: OpenMarket
) -> None:
    for day in (make.today, make.today + timedelta(days=1)):
        post = make.published(work_day=day)
        code = make.checked_in().ticket.code
        call_ticket(market, office.li.actor, code, 1, new_key())
        agreed = NewReferral(code, post.id, 1, ReferralState.AGREED)
        record_referral(market, office.li.actor, agreed, new_key())
    assert closing_list(market).unfinished == 1


def test_a_closed_day_is_over_tomorrow(office: Office, make: Factory, market: OpenMarket) -> None:
    close_market(market, office.li.actor, closing(), new_key())
    make.later(days=1)
    assert close_today(market) is None
    try:
        close_market(market, office.li.actor, closing(), new_key())
    except DomainError as refused:
        pytest.fail(refused.code)
