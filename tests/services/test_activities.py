"""Job fairs and trainings: never more sign up than there are places, and only who came counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from server.domain.activities import ActivityKind, ActivityPlan
from server.domain.employer_kinds import SanctionReason
from server.domain.errors import (
    DomainError,
    EmployerSanctioned,
    EmployerUnknown,
    TextMissing,
    TradeUnknown,
)
from server.domain.errors.hall import (
    ActivityCancelled,
    ActivityDayInvalid,
    ActivityFull,
    ActivityHeld,
    ActivityNotYet,
    ActivityPlacesInvalid,
    ActivityUnknown,
    AlreadySignedUp,
    SignupAttended,
    SignupUnknown,
    WishUnknown,
)
from server.domain.kinds import FreeTime
from server.services.activities import (
    SignUp,
    cancel_activity,
    plan_activity,
    sign_off,
    sign_up,
    tick_attendance,
)
from server.services.activity_views import activities, activity_of, months, signups_of, wishes_for
from server.services.log import events_after, verify_chain
from server.services.open_market import Actor, OpenMarket
from server.services.sanctions import NewSanction, set_sanction
from server.services.training import NewWish, training_wishes, wish_training
from tests.people import ANSWERS, Factory, new_key

FAIR = ActivityPlan(
    ActivityKind.JOB_FAIR, "秋收用工专场", date(2026, 11, 24), time(9), "市场大厅", 3, 2, ()
)


class Planner:
    """A clerk who plans and signs people up."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make
        self.li: Actor = make.staff("lijing").actor

    def plan(self, **given: object) -> str:
        return plan_activity(self.market, self.li, replace(FAIR, **given), new_key())  # type: ignore[arg-type]  # a test names the fields it means

    def worker(self, activity_id: str, text: str = "") -> str:
        who = text or self.make.checked_in().ticket.label
        return sign_up(self.market, self.li, SignUp(activity_id, worker_text=who), new_key())

    def employer(self, activity_id: str, employer_id: str) -> str:
        who = SignUp(activity_id, employer_id=employer_id)
        return sign_up(self.market, self.li, who, new_key())

    def tick(self, activity_id: str, *came: str) -> None:
        tick_attendance(self.market, self.li, activity_id, frozenset(came), new_key())


@pytest.fixture
def planner(market: OpenMarket, make: Factory) -> Planner:
    return Planner(market, make)


def test_never_more_sign_up_than_there_are_places_however_many_desks_try(
    planner: Planner, make: Factory, market: OpenMarket
) -> None:
    fair = planner.plan(capacity=3)
    labels = [make.checked_in().ticket.label for _ in range(12)]

    def try_it(label: str) -> bool:
        try:
            planner.worker(fair, label)
        except ActivityFull:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        signed = sum(pool.map(try_it, labels))
    assert signed == 3
    assert activity_of(market, fair).workers == 3
    verify_chain(market)


def test_a_place_given_back_is_free_again_and_nobody_signs_up_twice(
    planner: Planner, make: Factory, market: OpenMarket
) -> None:
    fair = planner.plan(capacity=1)
    label = make.checked_in().ticket.label
    first = planner.worker(fair, label)
    with pytest.raises(AlreadySignedUp):
        planner.worker(fair, label)
    with pytest.raises(ActivityFull):
        planner.worker(fair)
    sign_off(market, planner.li, first, new_key())
    with pytest.raises(SignupUnknown):
        sign_off(market, planner.li, first, new_key())
    assert planner.worker(fair, label) != first


def test_employers_have_booths_of_their_own_and_sanctioned_ones_none(
    planner: Planner, make: Factory, market: OpenMarket
) -> None:
    fair, course = planner.plan(booths=1), planner.plan(kind=ActivityKind.TRAINING, booths=0)
    good, other, bad = (make.employer().id for _ in range(3))
    why = NewSanction(bad, SanctionReason.FEES, make.today, None, "收押金")
    set_sanction(market, planner.li, why, new_key())
    for employer_id, refusal in ((bad, EmployerSanctioned), ("none", EmployerUnknown)):
        with pytest.raises(refusal):
            planner.employer(fair, employer_id)
    planner.employer(fair, good)
    for activity_id in (fair, course):
        with pytest.raises(ActivityFull):
            planner.employer(activity_id, other)
    planner.worker(fair)
    assert [one.is_employer for one in signups_of(market, fair)] == [True, False]


def test_the_months_count_who_came_and_leave_out_what_was_called_off(
    planner: Planner, make: Factory, market: OpenMarket
) -> None:
    fair, off = planner.plan(), planner.plan(day=make.today + timedelta(days=1))
    course = planner.plan(kind=ActivityKind.TRAINING, booths=0)
    came, stayed = planner.worker(fair), planner.worker(fair)
    firm = planner.employer(fair, make.employer().id)
    learner = planner.worker(course)
    cancel_activity(market, planner.li, off, new_key())
    planner.tick(fair, came, firm, stayed)
    planner.tick(fair, came, firm)
    planner.tick(course, learner)
    make.later(days=2)
    [month] = months(market)
    assert (month.month, month.fairs, month.fair_workers, month.fair_employers) == (
        "2026-11",
        1,
        1,
        1,
    )
    assert (month.trainings, month.trained) == (1, 1)
    types = [event.type for event in events_after(market, 0)]
    assert (types.count("activity.attended"), types.count("activity.not_attended")) == (4, 1)
    coming, over = activities(market)
    assert (len(coming), len(over)) == (0, 3)


def test_attendance_waits_for_its_day_and_what_was_held_stays(
    planner: Planner, make: Factory, market: OpenMarket
) -> None:
    later = planner.plan(day=make.today + timedelta(days=1))
    signed = planner.worker(later)
    with pytest.raises(ActivityNotYet):
        planner.tick(later, signed)
    make.later(days=1)
    with pytest.raises(SignupUnknown):
        planner.tick(later, signed, "somebody-else")
    planner.tick(later, signed)
    with pytest.raises(SignupAttended):
        sign_off(market, planner.li, signed, new_key())
    with pytest.raises(ActivityHeld):
        cancel_activity(market, planner.li, later, new_key())
    make.later(days=1)
    with pytest.raises(ActivityHeld):
        planner.worker(later)


def test_a_training_wish_becomes_a_sign_up_and_still_counts(
    planner: Planner, make: Factory, market: OpenMarket
) -> None:
    wish = NewWish(make.person("李秀英"), ("welder", "bricklayer"), FreeTime.WINTER, ANSWERS)
    wish_training(market, Actor("test"), wish, new_key())
    other = NewWish(make.person(), ("truck_driver",), FreeTime.WINTER, ANSWERS)
    wish_training(market, Actor("test"), other, new_key())
    course = planner.plan(kind=ActivityKind.TRAINING, booths=0, trades=("bricklayer",))
    [line] = wishes_for(market, activity_of(market, course))
    assert line.masked_name == "李*英"
    sign_up(market, planner.li, SignUp(course, wish_id=line.wish_id), new_key())
    assert wishes_for(market, activity_of(market, course)) == ()
    assert training_wishes(market).total == 2
    with pytest.raises(WishUnknown):
        sign_up(market, planner.li, SignUp(course, wish_id="none"), new_key())


def test_a_plan_that_cannot_be_kept_is_refused(planner: Planner, make: Factory) -> None:
    plans: list[tuple[type[DomainError], dict[str, object]]] = [
        (TextMissing, {"title": ""}),
        (ActivityDayInvalid, {"day": make.today - timedelta(days=32)}),
        (ActivityDayInvalid, {"day": make.today + timedelta(days=400)}),
        (ActivityPlacesInvalid, {"capacity": 0}),
        (ActivityPlacesInvalid, {"kind": ActivityKind.TRAINING, "booths": 1}),
        (TradeUnknown, {"trades": ("alchemist",)}),
    ]
    for refusal, given in plans:
        with pytest.raises(refusal):
            planner.plan(**given)
    with pytest.raises(ActivityUnknown):
        planner.worker("none")


def test_what_was_called_off_takes_nobody(planner: Planner, market: OpenMarket) -> None:
    fair = planner.plan()
    signed = planner.worker(fair)
    cancel_activity(market, planner.li, fair, new_key())
    for act in (
        lambda: planner.worker(fair),
        lambda: planner.tick(fair, signed),
        lambda: cancel_activity(market, planner.li, fair, new_key()),
    ):
        with pytest.raises(ActivityCancelled):
            act()
