"""Referrals: agreed ones take a place, print a slip and end the ticket; declined ones say why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from server.db.tables import placement, referral
from server.domain.errors import (
    DeskUnknown,
    DomainError,
    PostFull,
    PostNotOpen,
    PostUnknown,
    ReasonMissing,
    TicketStateForbids,
    TicketUnknown,
    WorkerAlreadyPlaced,
    WorkerAlreadyReferred,
    WorkerTooYoungForPost,
)
from server.domain.kinds import DeclineReason, PostState, ReferralState, ServiceKind, TicketState
from server.services.board import board
from server.services.calls import call_next
from server.services.log import events_after
from server.services.matching import ranked_for_post
from server.services.open_market import OpenMarket
from server.services.posts import Post, end_post, post_of
from server.services.print_jobs import queued_jobs
from server.services.referral_rows import referrals_of_ticket
from server.services.referrals import (
    NewReferral,
    ReferralAnswer,
    record_referral,
)
from server.services.slips import slip_view
from server.services.tickets import ticket_view
from tests.people import Factory, citizen_number, new_key


class Desk:
    """A clerk at desk 1 who records referrals."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make
        self.clerk = make.staff().actor

    def agree(self, code: str, post: Post, key: str | None = None) -> ReferralAnswer:
        new = NewReferral(code, post.id, 1, ReferralState.AGREED)
        return record_referral(self.market, self.clerk, new, key or new_key())

    def decline(self, code: str, post: Post, reason: DeclineReason | None) -> ReferralAnswer:
        new = NewReferral(code, post.id, 1, ReferralState.DECLINED, reason)
        return record_referral(self.market, self.clerk, new, new_key())


@pytest.fixture
def desk(market: OpenMarket, make: Factory) -> Desk:
    return Desk(market, make)


def count(market: OpenMarket, table: object) -> int:
    with market.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]  # a table


def test_an_agreed_referral_takes_a_place_prints_a_slip_and_ends_the_ticket(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post, code = make.published(headcount=2), make.checked_in().ticket.code
    call_next(market, desk.clerk, 1, (), new_key())
    answer = desk.agree(code, post)
    assert (answer.left, board(market).posts[0].left) == (1, 1)
    assert ticket_view(market, code).state is TicketState.DONE
    assert answer.print_job_id in {job.id for job in queued_jobs(market, "any-agent")}
    assert board(market).counts.placements == 1
    types = [event.type for event in events_after(market, 0)]
    assert types[-2:] == ["placement.agreed", "ticket.done"]


def test_the_last_place_makes_the_post_full_and_takes_it_off_the_board(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post = make.published(headcount=1)
    desk.agree(make.checked_in().ticket.code, post)
    assert board(market).posts == ()
    assert post_of(market, post.id).state is PostState.FULL
    with pytest.raises(PostFull):
        desk.agree(make.checked_in().ticket.code, post)


def test_eight_clerks_at_once_never_fill_more_places_than_there_are(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post = make.published(headcount=3)
    codes = [make.checked_in().ticket.code for _ in range(8)]

    def agree(code: str) -> bool:
        try:
            desk.agree(code, post)
        except PostFull:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(agree, codes)).count(True) == 3
    assert (count(market, placement), count(market, referral)) == (3, 3)


def test_the_same_press_twice_takes_one_place_and_prints_one_slip(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post, code, key = make.published(), make.checked_in().ticket.code, new_key()
    assert desk.agree(code, post, key) == desk.agree(code, post, key)
    assert count(market, placement) == 1
    assert len([j for j in queued_jobs(market, "agent") if j.kind == "slip"]) == 1


def test_a_declined_referral_keeps_its_reason_and_leaves_the_ticket_open(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post, code = make.published(), make.checked_in().ticket.code
    desk.decline(code, post, DeclineReason.PAY)
    [told] = referrals_of_ticket(market, code)
    assert (told.state, told.decline_reason) == (ReferralState.DECLINED, "pay")
    assert ticket_view(market, code).state is TicketState.WAITING
    assert board(market).posts[0].left == post.left


def test_declining_needs_a_reason_and_leaves_nothing_without(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    with pytest.raises(ReasonMissing):
        desk.decline(make.checked_in().ticket.code, make.published(), None)
    assert count(market, referral) == 0


def test_a_worker_is_not_placed_twice_on_one_day(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    person, first, second = make.person(), make.published(), make.published()
    desk.agree(make.checked_in(person=person).ticket.code, first)
    other_ticket = make.checked_in(person=person, service=ServiceKind.CONSULT).ticket.code
    with pytest.raises(WorkerAlreadyPlaced):
        desk.agree(other_ticket, second)
    with pytest.raises(WorkerAlreadyReferred):
        desk.agree(other_ticket, first)
    tomorrow = make.published(work_day=make.today + timedelta(days=1))
    assert desk.agree(other_ticket, tomorrow).placement_id


def test_a_seventeen_year_old_gets_no_heavy_work(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    young = make.person(id_no=citizen_number(born=date(2009, 5, 5)))
    code = make.checked_in(person=young).ticket.code
    with pytest.raises(WorkerTooYoungForPost):
        desk.agree(code, make.published(trade_id="loader"))
    light = make.published(trade_id="packer", start_time=time(8), end_time=time(16))
    assert desk.agree(code, light).placement_id


def test_what_cannot_be_agreed_is_refused_and_leaves_nothing(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post, code = make.published(), make.checked_in().ticket.code
    closed = make.published()
    end_post(market, desk.clerk, closed.id, PostState.CLOSED, new_key())
    done = make.checked_in().ticket.code
    desk.agree(done, post)
    refusals: list[tuple[type[DomainError], NewReferral]] = [
        (DeskUnknown, NewReferral(code, post.id, 9, ReferralState.AGREED)),
        (TicketUnknown, NewReferral("NOSUCHCODE", post.id, 1, ReferralState.AGREED)),
        (PostUnknown, NewReferral(code, "no-such-post", 1, ReferralState.AGREED)),
        (PostNotOpen, NewReferral(code, closed.id, 1, ReferralState.AGREED)),
        (TicketStateForbids, NewReferral(done, post.id, 1, ReferralState.AGREED)),
    ]
    for refusal, new in refusals:
        with pytest.raises(refusal):
            record_referral(market, desk.clerk, new, new_key())
    assert count(market, referral) == 1


def test_a_posts_workers_wait_in_order_of_arrival_without_a_full_name(
    market: OpenMarket, make: Factory
) -> None:
    make.checked_in(person=make.person("王海"), trades=["loader"])
    make.later(seconds=1)
    make.checked_in(person=make.person("欧阳建国"), trades=["bricklayer", "loader"])
    make.checked_in(person=make.person("李四"), trades=["cleaner"])
    waiting = ranked_for_post(market, make.published(trade_id="loader").id)
    assert [w.call_name for w in waiting] == ["王师傅", "欧阳师傅"]
    assert waiting[0].age_band == "50–59"


def test_a_slips_code_proves_the_job_without_naming_the_worker(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post = make.published()
    answer = desk.agree(make.checked_in(person=make.person("张建国")).ticket.code, post)
    slip = slip_view(market, (answer.slip_code or "").lower())
    assert (slip.pay, slip.work_day, slip.place) == ("日薪320元", make.today, "北旺庄工地")
    assert "张" not in repr(slip)
