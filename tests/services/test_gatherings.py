"""Calling many at once for a post, to a meeting point."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from server.domain.errors import (
    DeskUnknown,
    DomainError,
    GatheringUnknown,
    HeadcountOutOfRange,
    NobodyWaiting,
    PostFull,
    PostPlacesTooFew,
    TicketNotCalled,
    TicketStateForbids,
)
from server.domain.kinds import ReferralState, TicketState
from server.domain.meeting_points import MEETING_POINT_SOUNDS, MeetingPoint
from server.live.board_changes import board_change
from server.services.board import board
from server.services.calls import Move, call_next, call_ticket, move_ticket, recall, take_over
from server.services.gathering_rows import gathering_said, gatherings_of_post
from server.services.gatherings import CallAll, Gathered, call_all
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.posts import Post, post_of
from server.services.referrals import NewReferral, record_referral
from server.services.tickets import ticket_view
from server.voice.pinyin import gathering_pinyin
from tests.people import Factory, new_key


class Gate:
    """A clerk who calls many at once."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make
        self.clerk: Actor = make.staff("gate").actor

    def call(self, post: Post, count: int, desk_no: int = 1) -> Gathered:
        wanted = CallAll(post.id, count, desk_no)
        return call_all(self.market, self.clerk, wanted, new_key())

    def codes(self, count: int) -> list[str]:
        return [self.make.checked_in().ticket.code for _ in range(count)]

    def state(self, code: str) -> TicketState:
        return ticket_view(self.market, code).state


@pytest.fixture
def gate(market: OpenMarket, make: Factory) -> Gate:
    return Gate(market, make)


def test_the_first_of_the_ranking_are_called_with_one_call_each_and_stand_on_the_board(
    market: OpenMarket, make: Factory, gate: Gate
) -> None:
    post = make.published()
    gate.codes(5)
    before = board(market)
    done = gate.call(post, 3)
    assert (done.labels, done.people) == (("A001", "A002", "A003"), 3)
    told = [event.type for event in events_after(market, 0, 1000)]
    assert told.count("ticket.called") == 3
    (line,) = board(market).gatherings
    assert (line.labels, line.meeting_point) == (done.labels, "大厅门口")
    assert board(market).calls == ()
    change = board_change(before, board(market), (), is_queue=False)
    assert change["gatherings"][0]["labels"] == done.labels


def test_a_gathering_leaves_the_board_after_ten_minutes(
    market: OpenMarket, make: Factory, gate: Gate
) -> None:
    gate.codes(1)
    gate.call(make.published(), 1)
    make.later(minutes=10)
    assert board(market).gatherings == ()


def test_the_window_that_called_stays_free_and_any_window_may_take_or_agree(
    market: OpenMarket, make: Factory, gate: Gate
) -> None:
    post = make.published()
    first, second, third, fourth = gate.codes(4)
    gate.call(post, 3)
    assert call_next(market, gate.clerk, 1, (), new_key()).ticket_code == fourth
    assert take_over(market, gate.clerk, first, 2, new_key()).desk_no == 2
    agreed = NewReferral(second, post.id, 3, ReferralState.AGREED)
    record_referral(market, gate.clerk, agreed, new_key())
    move_ticket(market, gate.clerk, Move(third, TicketState.NO_SHOW, 1), new_key())
    assert gatherings_of_post(market, post.id) == ()
    states = [gate.state(code) for code in (first, second, third)]
    assert states == [TicketState.CALLED, TicketState.DONE, TicketState.NO_SHOW]
    assert post_of(market, post.id).filled == 1


def test_a_number_without_a_window_is_not_recalled_or_served(
    market: OpenMarket, make: Factory, gate: Gate
) -> None:
    (code,) = gate.codes(1)
    gate.call(make.published(), 1)
    with pytest.raises(TicketNotCalled):
        recall(market, gate.clerk, code, 1, new_key())
    with pytest.raises(TicketStateForbids):
        move_ticket(market, gate.clerk, Move(code, TicketState.SERVING, 1), new_key())
    back = move_ticket(market, gate.clerk, Move(code, TicketState.WAITING, 1), new_key())
    assert back.state is TicketState.WAITING


def test_a_crew_is_called_whole_where_it_fits_and_passed_over_where_not(
    market: OpenMarket, make: Factory, gate: Gate
) -> None:
    post = make.published(headcount=4)
    make.crew(*(make.person() for _ in range(3)))
    gate.codes(2)
    assert gate.call(post, 2).labels == ("A002", "A003")
    gate.codes(2)
    done = gate.call(post, 4)
    assert (done.labels, done.people) == (("A001", "A004"), 4)


def test_who_is_put_to_a_window_or_called_is_passed_over(
    market: OpenMarket, make: Factory, gate: Gate
) -> None:
    post = make.published()
    first, _ = gate.codes(2)
    call_ticket(market, gate.clerk, first, 2, new_key())
    assert gate.call(post, 2).labels == ("A002",)
    assert ticket_view(market, first).desk_no == 2


def test_what_cannot_be_called_is_refused(market: OpenMarket, make: Factory, gate: Gate) -> None:
    post = make.published(headcount=2)
    with pytest.raises(NobodyWaiting):
        gate.call(post, 1)
    gate.codes(3)
    with pytest.raises(DeskUnknown):
        gate.call(post, 1, 9)
    for count in (0, -1, 31):
        with pytest.raises(HeadcountOutOfRange):
            gate.call(post, count)
    with pytest.raises(PostPlacesTooFew):
        gate.call(post, 3)
    full = make.published(headcount=1)
    (code,) = gate.codes(1)
    new = NewReferral(code, full.id, 1, ReferralState.AGREED)
    record_referral(market, gate.clerk, new, new_key())
    with pytest.raises(PostFull):
        gate.call(full, 1)


def test_the_same_key_calls_once(market: OpenMarket, make: Factory, gate: Gate) -> None:
    gate.codes(4)
    wanted, key = CallAll(make.published().id, 2, 1), new_key()
    first = call_all(market, gate.clerk, wanted, key)
    assert call_all(market, gate.clerk, wanted, key) == first
    assert len(board(market).gatherings[0].labels) == 2


def test_windows_and_gatherings_at_once_never_call_one_number_twice(
    market: OpenMarket, make: Factory, gate: Gate
) -> None:
    posts = [make.published(headcount=4) for _ in range(3)]
    gate.codes(10)

    def press(n: int) -> tuple[str, ...]:
        try:
            if n < 3:
                return gate.call(posts[n], 3).labels
            return (call_next(market, gate.clerk, n - 2, (), new_key()).label,)
        except DomainError:
            return ()

    with ThreadPoolExecutor(7) as pool:
        called = [label for labels in pool.map(press, range(7)) for label in labels]
    assert len(called) == len(set(called)) == 10


def test_the_voice_says_the_numbers_and_the_place(
    market: OpenMarket, make: Factory, gate: Gate
) -> None:
    gate.codes(2)
    done = gate.call(make.published(), 2)
    said = gathering_said(market, done.id)
    assert said == (("A001", "A002"), MeetingPoint.HALL_DOOR)
    assert gathering_pinyin(*said).endswith("dao4 da4 ting1 men2 kou3 ji2 he2.")
    assert set(MEETING_POINT_SOUNDS) == set(MeetingPoint)
    with pytest.raises(GatheringUnknown):
        gathering_said(market, "none")
