"""Seeded mornings of whatever may happen: no post is oversold, no referral is lost."""

from __future__ import annotations

import random

import pytest

from server.domain.desk_reasons import UndoReason
from server.domain.errors import DomainError
from server.domain.kinds import CancelReason, PlacementState, StaffRole
from server.domain.placement_kinds import FellReason, Side
from server.domain.proposal_kinds import Party
from server.services.applications import withdraw_application
from server.services.cancellations import Cancellation, cancel_ticket
from server.services.housekeeping import tidy_up
from server.services.open_market import OpenMarket
from server.services.placements import JobMove, move_placements
from server.services.posts import Post
from server.services.undo import Undo, undo_agreement
from tests.people import Factory, new_key
from tests.services.hall import (
    KIOSK,
    Hall,
    Somebody,
    check_log_equals_tables,
    check_never_oversold,
)

WORKER, EMPLOYER = Party.WORKER, Party.EMPLOYER


@pytest.fixture
def hall(market: OpenMarket, make: Factory) -> Hall:
    return Hall(market, make)


class History:
    """One seeded morning of whatever may happen to two posts."""

    def __init__(self, hall: Hall, seed: int) -> None:
        self.hall, self.dice = hall, random.Random(seed)  # noqa: S311 - a history to repeat, no secret
        self.boss = hall.make.staff("boss", StaffRole.MANAGER).actor
        self.posts = [hall.make.published(headcount=n) for n in (1, 3)]
        self.people = [hall.somebody() for _ in range(7)]
        self.proposals: list[str] = []
        self.placements: list[str] = []

    def step(self) -> None:
        act = self.dice.choice(
            [
                self.propose,
                self.propose,
                self.accept,
                self.accept,
                self.decline,
                self.apply,
                self.apply,
                self.agree,
                self.undo,
                self.fall,
                self.withdraw,
                self.leave,
                self.wait,
            ]
        )
        try:
            act()
        except DomainError:
            return

    def someone(self) -> Somebody:
        return self.dice.choice(self.people)

    def post(self) -> Post:
        return self.dice.choice(self.posts)

    def propose(self) -> None:
        side = self.dice.choice([None, WORKER, EMPLOYER])
        self.proposals.append(self.hall.propose(self.someone(), self.post(), side).id)

    def _held(self) -> str:
        held = [one.id for post in self.posts for one in self.hall.holds(post)]
        return self.dice.choice([*held, *self.proposals, "nobody"])

    def accept(self) -> None:
        done = self.hall.accept(self._held(), self.dice.choice(list(Party)))
        if done.placement_id:
            self.placements.append(done.placement_id)

    def decline(self) -> None:
        self.hall.decline(self._held(), self.dice.choice(list(Party)))

    def apply(self) -> None:
        self.hall.apply(self.someone(), self.post())

    def agree(self) -> None:
        self.placements.append(str(self.hall.agree(self.someone(), self.post()).placement_id))

    def undo(self) -> None:
        wish = Undo((self.dice.choice([*self.placements, "none"]),), None, UndoReason.MISTAKE)
        undo_agreement(self.hall.market, self.boss, wish, new_key())

    def fall(self) -> None:
        ids = (self.dice.choice([*self.placements, "none"]),)
        reason, side = FellReason.WORKER_NO_SHOW, Side.WORKER
        move = JobMove(ids, PlacementState.FELL_THROUGH, reason, side)
        move_placements(self.hall.market, self.boss, move, new_key())

    def withdraw(self) -> None:
        who, post = self.someone(), self.post()
        withdraw_application(self.hall.market, KIOSK, who.person, post.id, new_key())

    def leave(self) -> None:
        who = self.someone()
        wish = Cancellation(who.person, who.code, CancelReason.LEAVING)
        cancel_ticket(self.hall.market, KIOSK, wish, new_key())
        who.code = self.hall.make.checked_in(person=who.person).ticket.code

    def wait(self) -> None:
        self.hall.make.later(minutes=self.dice.choice([1, 10, 31]))
        if self.dice.random() < 0.5:
            tidy_up(self.hall.market)


@pytest.mark.parametrize("seed", range(6))
def test_no_history_oversells_a_post_or_loses_a_referral(
    market: OpenMarket, make: Factory, hall: Hall, seed: int
) -> None:
    print(f"seed {seed}")
    history = History(hall, seed)
    for _ in range(120):
        history.step()
        for post in history.posts:
            check_never_oversold(market, post)
    check_log_equals_tables(market)
    told = hall.told()
    assert "proposal.made" in told
    assert "placement.agreed" in told
