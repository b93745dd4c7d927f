"""A crew and a post: one slip a person, all of them or a chosen part, never more than places."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from server.db.tables import placement, referral
from server.domain.errors import (
    DomainError,
    PeopleMissing,
    PostFull,
    PostPlacesTooFew,
    TicketStateForbids,
    WorkerAlreadyPlaced,
    WorkerTooYoungForPost,
    WorkerUnknown,
)
from server.domain.kinds import DeclineReason, PostState, ReferralState, TicketState
from server.services.board import board
from server.services.calls import call_next
from server.services.log import events_after
from server.services.matching import best_posts
from server.services.open_market import OpenMarket
from server.services.papers import document_of
from server.services.posts import Post, post_of
from server.services.print_jobs import print_job_of, queued_jobs
from server.services.referral_rows import referrals_of_ticket
from server.services.referrals import (
    NewReferral,
    ReferralAnswer,
    record_referral,
)
from server.services.tickets import people_on, ticket_view
from tests.people import Factory, citizen_number, new_key


class CrewDesk:
    """A clerk at desk 1 who has called a crew."""

    def __init__(self, market: OpenMarket, make: Factory, names: tuple[str, ...]) -> None:
        self.market, self.make = market, make
        self.clerk = make.staff().actor
        self.ticket = make.crew(*(make.person(name=name) for name in names)).ticket
        call_next(market, self.clerk, 1, (), new_key())
        self.ids = tuple(one.worker_id for one in people_on(market, self.ticket.id))

    def agree(
        self, post: Post, ids: tuple[str, ...] | None = None, key: str | None = None
    ) -> ReferralAnswer:
        new = NewReferral(self.ticket.code, post.id, 1, ReferralState.AGREED, None, ids)
        return record_referral(self.market, self.clerk, new, key or new_key())

    @property
    def state(self) -> TicketState:
        return ticket_view(self.market, self.ticket.code).state

    def count(self, table: object) -> int:
        with self.market.database.read() as connection:
            statement = select(func.count()).select_from(table)  # type: ignore[arg-type]  # a table
            return int(connection.scalar(statement) or 0)


@pytest.fixture
def desk(market: OpenMarket, make: Factory) -> CrewDesk:
    return CrewDesk(market, make, ("王大海", "李小河", "赵长江"))


def slip_names(market: OpenMarket, answer: ReferralAnswer) -> list[str]:
    jobs = [print_job_of(market, slip.print_job_id) for slip in answer.slips]
    return [document_of(market, job)["worker_name"] for job in jobs]


def test_a_crew_that_agrees_gets_a_slip_each_and_its_ticket_is_done(
    market: OpenMarket, make: Factory, desk: CrewDesk
) -> None:
    post = make.published(headcount=5)
    answer = desk.agree(post)
    assert (answer.left, board(market).posts[0].left) == (2, 2)
    assert slip_names(market, answer) == ["王大海", "李小河", "赵长江"]
    assert len({slip.slip_code for slip in answer.slips}) == 3
    assert {slip.print_job_id for slip in answer.slips} <= {
        job.id for job in queued_jobs(market, "agent")
    }
    assert (desk.state, board(market).counts.placements) == (TicketState.DONE, 3)
    types = [event.type for event in events_after(market, 0)]
    assert types[-4:] == ["placement.agreed"] * 3 + ["ticket.done"]


def test_the_same_press_twice_places_a_crew_once(make: Factory, desk: CrewDesk) -> None:
    post, key = make.published(headcount=5), new_key()
    assert desk.agree(post, key=key) == desk.agree(post, key=key)
    assert desk.count(placement) == 3


def test_a_post_with_fewer_places_takes_none_of_the_crew_until_some_are_chosen(
    market: OpenMarket, make: Factory, desk: CrewDesk
) -> None:
    post = make.published(headcount=2)
    with pytest.raises(PostPlacesTooFew) as refused:
        desk.agree(post)
    assert refused.value.facts == {"left": 2}
    assert (desk.count(placement), desk.count(referral)) == (0, 0)
    answer = desk.agree(post, desk.ids[:2])
    assert (answer.left, post_of(market, post.id).state) == (0, PostState.FULL)
    assert desk.state is TicketState.CALLED
    assert [one.is_placed for one in people_on(market, desk.ticket.id)] == [True, True, False]


def test_the_rest_of_a_crew_goes_to_another_post_and_then_the_ticket_is_done(
    market: OpenMarket, make: Factory, desk: CrewDesk
) -> None:
    desk.agree(make.published(headcount=2), desk.ids[:2])
    answer = desk.agree(make.published(headcount=4))
    assert slip_names(market, answer) == ["赵长江"]
    assert desk.state is TicketState.DONE
    assert len(referrals_of_ticket(market, desk.ticket.code)) == 3
    with pytest.raises(TicketStateForbids):
        desk.agree(make.published())


def test_ticking_nobody_or_a_stranger_places_nobody(make: Factory, desk: CrewDesk) -> None:
    post = make.published()
    with pytest.raises(PeopleMissing):
        desk.agree(post, ())
    with pytest.raises(WorkerUnknown):
        desk.agree(post, (desk.ids[0], "somebody-else"))
    assert desk.count(placement) == 0


def test_who_is_placed_already_is_not_placed_again(make: Factory, desk: CrewDesk) -> None:
    post = make.published(headcount=4)
    desk.agree(post, desk.ids[:1])
    with pytest.raises(WorkerUnknown):
        desk.agree(post, desk.ids[:2])


def test_one_who_may_not_go_stops_all_so_that_nobody_is_half_placed(
    market: OpenMarket, make: Factory
) -> None:
    desk = CrewDesk(market, make, ("王大海",) * 2)
    young = make.person(id_no=citizen_number(born=date(2009, 3, 1)))
    grown = make.crew(make.person(), young).ticket
    post = make.published(headcount=9)
    new = NewReferral(grown.code, post.id, 1, ReferralState.AGREED)
    with pytest.raises(WorkerTooYoungForPost):
        record_referral(market, desk.clerk, new, new_key())
    assert (desk.count(placement), board(market).posts[0].left) == (0, 9)


def test_a_member_with_another_job_that_day_stops_the_crew_until_left_out(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    early = make.published(work_day=make.today + timedelta(days=1))
    desk = CrewDesk(market, make, ("王大海", "李小河"))
    alone = make.checked_in(person=person).ticket
    record_referral(
        market,
        desk.clerk,
        NewReferral(alone.code, early.id, 2, ReferralState.AGREED),
        new_key(),
    )
    make.later(days=1)
    crew = make.crew(make.person(), person).ticket
    new = NewReferral(crew.code, make.published().id, 1, ReferralState.AGREED)
    with pytest.raises(WorkerAlreadyPlaced):
        record_referral(market, desk.clerk, new, new_key())
    leader = people_on(market, crew.id)[0].worker_id
    done = record_referral(market, desk.clerk, replace(new, worker_ids=(leader,)), new_key())
    assert [slip.worker_id for slip in done.slips] == [leader]


def test_two_crews_and_six_others_at_once_never_fill_more_places_than_there_are(
    market: OpenMarket, make: Factory
) -> None:
    clerk = make.staff().actor
    post = make.published(headcount=5)
    codes = [make.crew(*(make.person() for _ in range(3))).ticket.code for _ in range(2)]
    codes += [make.checked_in().ticket.code for _ in range(6)]

    def agree(code: str) -> int:
        new = NewReferral(code, post.id, 1, ReferralState.AGREED)
        try:
            return len(record_referral(market, clerk, new, new_key()).slips)
        except (PostFull, PostPlacesTooFew):
            return 0

    with ThreadPoolExecutor(8) as pool:
        placed = list(pool.map(agree, codes))
    assert set(placed[:2]) <= {0, 3}
    with market.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(placement)) == sum(placed) == 5


def test_a_crew_that_declines_stays_and_one_reason_is_kept(
    market: OpenMarket, make: Factory, desk: CrewDesk
) -> None:
    new = NewReferral(
        desk.ticket.code, make.published().id, 1, ReferralState.DECLINED, DeclineReason.PAY
    )
    record_referral(market, desk.clerk, new, new_key())
    assert (desk.count(referral), desk.state) == (1, TicketState.CALLED)


def test_a_crew_is_offered_posts_with_a_place_for_everybody(
    market: OpenMarket, make: Factory
) -> None:
    small = make.published(headcount=2, pay_fen=400_00)
    large = make.published(headcount=8, pay_fen=200_00)
    related = make.published(trade_id="plasterer", headcount=9, pay_fen=400_00)
    wanted = ("bricklayer",)
    alone = [row.id for row in best_posts(market, wanted, 40)]
    crew = [row.id for row in best_posts(market, wanted, 40, people=3)]
    assert alone == [small.id, large.id, related.id]
    assert crew == [large.id, related.id]


@pytest.mark.parametrize("ids", [None, ()])
def test_one_person_s_ticket_goes_on_as_it_did(
    market: OpenMarket, make: Factory, ids: tuple[str, ...] | None
) -> None:
    clerk, code = make.staff().actor, make.checked_in().ticket.code
    new = NewReferral(code, make.published().id, 1, ReferralState.AGREED, None, ids)
    if ids is None:
        assert len(record_referral(market, clerk, new, new_key()).slips) == 1
        return
    with pytest.raises(DomainError):
        record_referral(market, clerk, new, new_key())
