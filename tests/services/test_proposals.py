"""Held places: for how long, for whom, what fills them, and that no post is ever oversold."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from server.domain.desk_reasons import UndoReason
from server.domain.errors import (
    DeskUnknown,
    DomainError,
    PlacesHeld,
    PostFull,
    PostNotOpen,
    ProposalLapsed,
    ProposalOfCrew,
    ProposalOpen,
    ProposalOver,
    ProposalUnknown,
    SettingInvalid,
    TicketStateForbids,
    TicketUnknown,
    WorkerAlreadyPlaced,
)
from server.domain.kinds import (
    ApplicationState,
    CancelReason,
    PlacementState,
    PostState,
    TicketState,
)
from server.domain.placement_kinds import FellReason, Side
from server.domain.proposal_kinds import Party, ProposalState
from server.services.applications import applications_of_ticket, withdraw_application
from server.services.board import board
from server.services.cancellations import Cancellation, cancel_ticket
from server.services.housekeeping import tidy_up
from server.services.market import MarketChange, change_market
from server.services.open_market import OpenMarket
from server.services.placements import JobMove, move_placements
from server.services.posts import end_post, post_of
from server.services.print_jobs import queued_jobs
from server.services.proposals import NewProposal, holds_of_ticket, propose
from server.services.referral_rows import referrals_of_ticket
from server.services.tickets import ticket_view
from server.services.undo import Undo, undo_agreement
from tests.people import CLI, Factory, new_key
from tests.services.hall import (
    KIOSK,
    Hall,
    Somebody,
    check_log_equals_tables,
    check_never_oversold,
)

WORKER, EMPLOYER = Party.WORKER, Party.EMPLOYER
STATES = ProposalState


@pytest.fixture
def hall(market: OpenMarket, make: Factory) -> Hall:
    return Hall(market, make)


def test_a_held_place_is_gone_from_the_board_and_agreed_when_both_said_yes(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post, who = make.published(headcount=1), hall.somebody()
    made = hall.propose(who, post, WORKER)
    assert (made.state, hall.left(post), board(market).posts) == (STATES.WORKER_ACCEPTED, 0, ())
    assert post_of(market, post.id).state is PostState.OPEN
    done = hall.accept(made.id, EMPLOYER)
    assert done.state is STATES.AGREED
    assert done.print_job_id in [job.id for job in queued_jobs(market, "any")]
    assert post_of(market, post.id).state is PostState.FULL
    assert ticket_view(market, who.code).state is TicketState.DONE
    assert hall.told().count("proposal.agreed") == 1


def test_either_may_say_yes_first_and_saying_it_twice_changes_nothing(
    make: Factory, hall: Hall
) -> None:
    made = hall.propose(hall.somebody(), make.published())
    assert made.state is STATES.PROPOSED
    assert hall.accept(made.id, EMPLOYER).state is STATES.EMPLOYER_ACCEPTED
    assert hall.accept(made.id, EMPLOYER).state is STATES.EMPLOYER_ACCEPTED
    assert hall.accept(made.id, WORKER).state is STATES.AGREED
    assert hall.told().count("placement.agreed") == 1


def test_the_same_key_holds_one_place(market: OpenMarket, make: Factory, hall: Hall) -> None:
    post, key = make.published(), new_key()
    new = NewProposal(hall.somebody().code, post.id, 1)
    first = propose(market, hall.clerk, new, key)
    assert propose(market, hall.clerk, new, key) == first
    assert hall.left(post) == 3


def test_a_held_place_lapses_by_the_clock_and_reading_shows_it_at_once(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post, who = make.published(headcount=1), hall.somebody()
    made = hall.propose(who, post)
    make.later(minutes=29, seconds=59)
    assert hall.left(post) == 0
    make.later(seconds=1)
    assert (hall.left(post), len(board(market).posts), hall.holds(post)) == (1, 1, ())
    assert [one.state for one in holds_of_ticket(market, who.code)] == [STATES.LAPSED]
    with pytest.raises(ProposalLapsed):
        hall.accept(made.id, WORKER)
    assert "proposal.lapsed" not in hall.told()
    tidy_up(market)
    tidy_up(market)
    assert hall.told().count("proposal.lapsed") == 1
    with pytest.raises(ProposalLapsed):
        hall.accept(made.id, WORKER)


def test_the_market_says_for_how_long_places_are_held(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    assert change_market(market, CLI, MarketChange(hold_minutes=5)).hold_minutes == 5
    post = make.published(headcount=1)
    hall.propose(hall.somebody(), post)
    make.later(minutes=5)
    assert hall.left(post) == 1
    with pytest.raises(SettingInvalid):
        change_market(market, CLI, MarketChange(hold_minutes=0))


def test_what_is_held_for_one_is_not_sold_to_another_but_agreed_with_the_one(
    make: Factory, hall: Hall
) -> None:
    post, who, other = make.published(headcount=1), hall.somebody(), hall.somebody()
    hall.propose(who, post)
    with pytest.raises(PlacesHeld):
        hall.agree(other, post)
    with pytest.raises(PlacesHeld):
        hall.propose(other, post)
    assert hall.agree(who, post).placement_id
    assert hall.told().count("proposal.agreed") == 1
    with pytest.raises(PostFull):
        hall.propose(other, post)


def test_what_cannot_be_held_is_refused(market: OpenMarket, make: Factory, hall: Hall) -> None:
    post, who = make.published(), hall.somebody()
    made = hall.propose(who, post)
    with pytest.raises(ProposalOpen):
        hall.propose(who, make.published())
    with pytest.raises(DeskUnknown):
        propose(market, hall.clerk, NewProposal(who.code, post.id, 9), new_key())
    with pytest.raises(TicketUnknown):
        propose(market, hall.clerk, NewProposal("AAAAAAAAAA", post.id, 1), new_key())
    with pytest.raises(ProposalUnknown):
        hall.accept("no-such-proposal", WORKER)
    crew = make.crew(make.person(), make.person()).ticket.code
    with pytest.raises(ProposalOfCrew):
        propose(market, hall.clerk, NewProposal(crew, post.id, 1), new_key())
    hall.decline(made.id, WORKER)
    placed = hall.somebody()
    hall.agree(placed, post)
    with pytest.raises(TicketStateForbids):
        hall.propose(placed, make.published())
    end_post(market, CLI, post.id, PostState.CLOSED, new_key())
    with pytest.raises(PostNotOpen):
        hall.propose(hall.somebody(), post)


def test_a_freed_place_is_held_for_the_next_applicant_and_so_on_down_the_list(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post = make.published(headcount=1)
    first, second, third = (hall.somebody() for _ in range(3))
    made = hall.propose(first, post, WORKER)
    for who in (second, third):
        assert hall.apply(who, post).application.state is ApplicationState.MADE
    hall.decline(made.id, EMPLOYER)
    (held,) = hall.holds(post)
    assert (held.ticket_code, held.is_from_list) == (second.code, True)
    make.later(minutes=30)
    tidy_up(market)
    (held,) = hall.holds(post)
    assert held.ticket_code == third.code
    make.later(minutes=30)
    tidy_up(market)
    assert (hall.holds(post), hall.left(post)) == ((), 1)


def test_a_worker_with_a_held_place_accepts_it_by_saying_i_go_at_the_kiosk(
    make: Factory, hall: Hall
) -> None:
    post, who = make.published(headcount=1), hall.somebody()
    hall.propose(who, post, EMPLOYER)
    answer = hall.apply(who, post)
    assert answer.application.state is ApplicationState.AGREED
    assert hall.left(post) == 0
    assert hall.told().count("placement.agreed") == 1


@pytest.mark.parametrize("leaving", ["application", "ticket", "other_work"])
def test_who_leaves_gives_the_held_place_to_the_next(
    market: OpenMarket, make: Factory, hall: Hall, leaving: str
) -> None:
    post, other = make.published(headcount=1), make.published()
    who, following = hall.somebody(), hall.somebody()
    hall.apply(who, post)
    hall.propose(who, post)
    hall.apply(following, post)
    if leaving == "application":
        withdraw_application(market, KIOSK, who.person, post.id, new_key())
    elif leaving == "ticket":
        wish = Cancellation(who.person, who.code, CancelReason.LEAVING)
        cancel_ticket(market, KIOSK, wish, new_key())
    else:
        hall.agree(who, other)
    (held,) = hall.holds(post)
    assert held.ticket_code == following.code


def test_a_declined_place_is_a_referral_that_came_to_nothing(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    who = hall.somebody()
    made = hall.propose(who, make.published())
    hall.decline(made.id, EMPLOYER)
    (row,) = referrals_of_ticket(market, who.code)
    assert row.decline_reason == "employer_chose_other"
    check_log_equals_tables(market)


def test_a_post_that_ends_holds_nothing_any_more(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post = make.published()
    made = hall.propose(hall.somebody(), post)
    end_post(market, CLI, post.id, PostState.WITHDRAWN, new_key())
    assert hall.holds(post) == ()
    with pytest.raises(ProposalOver):
        hall.accept(made.id, WORKER)


def test_a_second_yes_to_work_that_is_taken_by_then_is_refused_and_loses_nothing(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post, who = make.published(), hall.somebody()
    made = hall.propose(who, post, WORKER)
    hall.agree(who, post)
    with pytest.raises(ProposalOver):
        hall.accept(made.id, EMPLOYER)
    check_log_equals_tables(market)


def test_an_undone_agreement_brings_back_whom_the_full_post_sent_away(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post = make.published(headcount=1)
    waiting, placed, who = hall.somebody(), hall.somebody(), hall.somebody()
    for one in (waiting, placed):
        hall.apply(one, post)
    done = hall.agree(who, post)
    assert applications_of_ticket(market, waiting.code) == ()
    hall.agree(placed, make.published())
    undo = Undo((str(done.placement_id),), 1, UndoReason.MISTAKE)
    undo_agreement(market, hall.clerk, undo, new_key())
    (again,) = applications_of_ticket(market, waiting.code)
    assert (again.post_id, again.order) == (post.id, 1)
    assert applications_of_ticket(market, placed.code) == ()


def test_the_place_of_who_did_not_go_is_held_for_the_next(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post = make.published(headcount=1)
    waiting, who = hall.somebody(), hall.somebody()
    hall.apply(waiting, post)
    done = hall.agree(who, post)
    gone = JobMove(
        (str(done.placement_id),),
        PlacementState.FELL_THROUGH,
        FellReason.WORKER_NO_SHOW,
        Side.WORKER,
    )
    move_placements(market, hall.clerk, gone, new_key())
    (held,) = hall.holds(post)
    assert held.ticket_code == waiting.code
    check_never_oversold(market, post)


def test_who_has_work_that_day_by_now_cannot_take_a_held_place(make: Factory, hall: Hall) -> None:
    who = hall.somebody()
    hall.agree(who, make.published())
    with pytest.raises((WorkerAlreadyPlaced, TicketStateForbids)):
        hall.propose(who, make.published())


def test_eight_desks_hold_three_places_three_times(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post, people = make.published(headcount=3), [hall.somebody() for _ in range(8)]

    def press(who: Somebody) -> bool:
        try:
            hall.propose(who, post)
        except PlacesHeld:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, people)) == 3
    check_never_oversold(market, post)


def test_held_places_and_agreements_at_once_never_oversell(
    market: OpenMarket, make: Factory, hall: Hall
) -> None:
    post, people = make.published(headcount=3), [hall.somebody() for _ in range(10)]
    held = [hall.propose(who, post, WORKER).id for who in people[:2]]

    def press(n: int) -> None:
        try:
            if n < 2:
                hall.accept(held[n], EMPLOYER)
            elif n % 2:
                hall.agree(people[n], post)
            else:
                hall.propose(people[n], post)
        except DomainError:
            return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, range(10)))
    check_never_oversold(market, post)
    check_log_equals_tables(market)
    assert hall.left(post) == 0
