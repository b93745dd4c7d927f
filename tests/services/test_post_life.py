"""The life of posts: paused, expired by the clock, several days, several trades, repeated."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from server.domain.errors import (
    ApplicantHasWork,
    CertificateNotAsked,
    DomainError,
    EmployerSanctioned,
    OrderPostsInvalid,
    PayBelowMinimum,
    PostDaysInvalid,
    PostStateForbids,
    PostUnknown,
    SettlementTooLate,
    WorkerAlreadyPlaced,
)
from server.domain.kinds import PayUnit, PostState, ReferralState, ServiceKind, Settlement
from server.services.applications import (
    NewApplication,
    applications_of_ticket,
    apply_for_post,
)
from server.services.board import board
from server.services.employer_history import employer_history
from server.services.housekeeping import tidy_up
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.post_history import post_history
from server.services.post_orders import add_order, repeat_at_once
from server.services.posts import (
    Post,
    end_post,
    pause_post,
    post_of,
    posts_in,
    posts_of_order,
    publish_post,
    repeat_post,
    send_back_post,
    submit_post,
)
from server.services.referrals import NewReferral, record_referral
from tests.people import ANSWERS, CLI, Factory, new_key
from tests.services.test_sanctions import sanctioned


@pytest.fixture
def clerk(make: Factory) -> Actor:
    return make.staff().actor


def agree(market: OpenMarket, clerk: Actor, code: str, post: Post) -> None:
    record_referral(market, clerk, NewReferral(code, post.id, 1, ReferralState.AGREED), new_key())


def types_of(market: OpenMarket, post_id: str) -> list[str]:
    events = events_after(market, 0, 10_000)
    return [event.type for event in events if event.subject == f"post/{post_id}"]


def test_a_post_is_expired_the_moment_its_time_is_over(market: OpenMarket, make: Factory) -> None:
    post = make.published()
    make.later(hours=7)
    assert post_of(market, post.id).state is PostState.EXPIRED
    assert [p.id for p in posts_in(market, (PostState.EXPIRED,))] == [post.id]
    assert posts_in(market, (PostState.OPEN,)) == ()
    assert employer_history(market, post.draft.employer_id).posts == {PostState.EXPIRED: 1}
    with pytest.raises(PostStateForbids):
        pause_post(market, CLI, post.id, new_key())
    tidy_up(market)
    tidy_up(market)
    assert types_of(market, post.id) == ["post.submitted", "post.published", "post.expired"]
    assert post_of(market, post.id).state is PostState.EXPIRED
    assert post_history(market, post.id)[-1].name == "到期，自动下大屏"


def test_a_full_post_whose_time_is_over_has_what_it_wanted(
    market: OpenMarket, make: Factory, clerk: Actor
) -> None:
    post = make.published(headcount=1)
    agree(market, clerk, make.checked_in().ticket.code, post)
    make.later(hours=7)
    tidy_up(market)
    assert post_of(market, post.id).state is PostState.CLOSED


def test_an_expired_post_does_not_come_back_but_is_repeated(
    market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    make.later(hours=7)
    tidy_up(market)
    for act in (
        lambda: publish_post(market, CLI, post.id, new_key()),
        lambda: end_post(market, CLI, post.id, PostState.CLOSED, new_key()),
    ):
        with pytest.raises(PostStateForbids):
            act()
    assert repeat_post(market, CLI, post.id, new_key()).state is PostState.IN_REVIEW


def test_a_clerk_pauses_a_post_and_brings_it_back(market: OpenMarket, make: Factory) -> None:
    post = make.published()
    assert pause_post(market, CLI, post.id, new_key()).state is PostState.PAUSED
    assert board(market).posts == ()
    with pytest.raises(PostStateForbids):
        pause_post(market, CLI, post.id, new_key())
    assert publish_post(market, CLI, post.id, new_key()).state is PostState.OPEN
    assert len(board(market).posts) == 1
    assert types_of(market, post.id)[-2:] == ["post.paused", "post.published"]


def test_a_post_that_was_sent_back_is_submitted_again(market: OpenMarket, make: Factory) -> None:
    post = make.post_in_review()
    send_back_post(market, CLI, post.id, new_key())
    assert submit_post(market, CLI, post.id, new_key()).state is PostState.IN_REVIEW
    with pytest.raises(PostStateForbids):
        submit_post(market, CLI, post.id, new_key())


THREE_DAYS = timedelta(days=2)


def test_who_agrees_to_three_days_has_no_other_work_on_any_of_them(
    market: OpenMarket, make: Factory, clerk: Actor
) -> None:
    long = make.published(last_day=make.today + THREE_DAYS)
    person = make.person()
    agree(market, clerk, make.checked_in(person=person).ticket.code, long)
    other = make.checked_in(person=person, service=ServiceKind.CONSULT).ticket.code
    for days in range(3):
        day = make.today + timedelta(days=days)
        with pytest.raises(WorkerAlreadyPlaced):
            agree(market, clerk, other, make.published(work_day=day))
    wanted = make.published(work_day=make.today + THREE_DAYS)
    new = NewApplication(person, wanted.id, ANSWERS)
    with pytest.raises(ApplicantHasWork):
        apply_for_post(market, CLI, new, new_key())
    agree(market, clerk, other, make.published(work_day=make.today + timedelta(days=3)))


def test_who_has_work_on_the_last_day_does_not_agree_to_three_days(
    market: OpenMarket, make: Factory, clerk: Actor
) -> None:
    person = make.person()
    agree(
        market,
        clerk,
        make.checked_in(person=person).ticket.code,
        make.published(work_day=make.today + THREE_DAYS),
    )
    other = make.checked_in(person=person, service=ServiceKind.CONSULT).ticket.code
    with pytest.raises(WorkerAlreadyPlaced):
        agree(market, clerk, other, make.published(last_day=make.today + THREE_DAYS))


def test_an_agreement_to_three_days_ends_applications_for_each_of_them(
    market: OpenMarket, make: Factory, clerk: Actor
) -> None:
    person, long = make.person(), make.published(last_day=make.today + THREE_DAYS)
    code = make.checked_in(person=person).ticket.code
    within = make.published(work_day=make.today + timedelta(days=1))
    after = make.published(work_day=make.today + timedelta(days=3))
    for post in (within, after):
        apply_for_post(market, CLI, NewApplication(person, post.id, ANSWERS), new_key())
    agree(market, clerk, code, long)
    waiting = {a.post_id: a.order for a in applications_of_ticket(market, code)}
    assert (waiting.get(within.id, 0), waiting[after.id]) == (0, 1)


def test_the_board_says_for_how_many_days(market: OpenMarket, make: Factory) -> None:
    make.published(last_day=make.today + THREE_DAYS)
    [row] = board(market).posts
    assert row.hours == "7:00–18:00 连3天"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"settlement": Settlement.MONTHLY}, SettlementTooLate),
        ({"settlement": Settlement.ON_COMPLETION, "last": 16}, SettlementTooLate),
        ({"last": -1}, PostDaysInvalid),
        ({"last": 31}, PostDaysInvalid),
        ({"trade_id": "welder", "asks_certificate": False}, CertificateNotAsked),
        ({"pay_unit": PayUnit.HOUR, "pay_fen": 19_00}, PayBelowMinimum),
        ({"pay_fen": 152_00}, PayBelowMinimum),
        ({"pay_fen": 95_00, "end_time": time(12, 0)}, PayBelowMinimum),
    ],
)
def test_what_the_law_does_not_allow_is_refused(
    make: Factory, given: dict[str, Any], refusal: type[DomainError]
) -> None:
    last = given.pop("last", None)
    days = {} if last is None else {"last_day": make.today + timedelta(days=last)}
    with pytest.raises(refusal):
        make.post_in_review(**given, **days)


@pytest.mark.parametrize(
    "given",
    [
        {"settlement": Settlement.ON_COMPLETION, "last": 14},
        {"settlement": Settlement.WEEKLY, "last": 30},
        {"trade_id": "welder"},
        {"trade_id": "bricklayer", "asks_certificate": False},
        {"pay_unit": PayUnit.HOUR, "pay_fen": 19_10},
        {"pay_fen": 152_80},
        {"pay_fen": 95_50, "end_time": time(12, 0)},
        {"pay_unit": PayUnit.JOB, "pay_fen": 1_00},
    ],
)
def test_what_is_just_lawful_is_published(make: Factory, given: dict[str, Any]) -> None:
    last = given.pop("last", None)
    days = {} if last is None else {"last_day": make.today + timedelta(days=last)}
    assert make.published(**given, **days).state is PostState.OPEN


def test_a_licensed_trade_asks_for_its_certificate_on_the_board(
    market: OpenMarket, make: Factory
) -> None:
    make.published(trade_id="welder", requirements="自带面罩")
    [row] = board(market).posts
    assert row.requirements == "须持特种作业操作证（焊接与热切割）；自带面罩"


def test_an_order_of_three_trades_is_three_posts_that_belong_together(
    market: OpenMarket, make: Factory
) -> None:
    employer = make.employer()
    drafts = tuple(
        make.draft(employer_id=employer.id, trade_id=trade_id)
        for trade_id in ("bricklayer", "plasterer", "general_labourer")
    )
    key = new_key()
    made = add_order(market, CLI, drafts, key)
    assert add_order(market, CLI, drafts, key) == made
    [order_id] = {post.order_id for post in made}
    assert order_id is not None
    assert posts_of_order(market, order_id) == made
    assert [post.state for post in made] == [PostState.IN_REVIEW] * 3


def test_an_order_is_made_whole_or_not_at_all(market: OpenMarket, make: Factory) -> None:
    employer = make.employer()
    good = make.draft(employer_id=employer.id)
    bad = make.draft(employer_id=employer.id, pay_fen=1)
    with pytest.raises(PayBelowMinimum):
        add_order(market, CLI, (good, bad), new_key())
    for drafts in ((), (good,) * 7, (good, make.draft())):
        with pytest.raises(OrderPostsInvalid):
            add_order(market, CLI, drafts, new_key())
    assert posts_in(market, (PostState.IN_REVIEW,)) == ()


def test_one_trade_is_no_order(market: OpenMarket, make: Factory) -> None:
    [post] = add_order(market, CLI, (make.draft(),), new_key())
    assert post.order_id is None


def test_a_returning_employers_post_is_on_the_board_in_one_step(
    market: OpenMarket, make: Factory
) -> None:
    post = make.published(last_day=make.today + THREE_DAYS)
    make.later(days=1)
    key = new_key()
    again = repeat_at_once(market, CLI, post.id, key)
    assert repeat_at_once(market, CLI, post.id, key) == again
    assert (again.state, again.draft.work_day) == (PostState.OPEN, make.today)
    assert again.draft.last_day == make.today + THREE_DAYS
    assert again.repeats_post_id == post.id
    assert types_of(market, again.id) == ["post.submitted", "post.published"]
    assert [row.id for row in board(market).posts] == [again.id]


def test_what_needs_a_look_stays_in_review_in_the_fast_lane(
    market: OpenMarket, make: Factory
) -> None:
    unseen = make.post_in_review()
    assert repeat_at_once(market, CLI, unseen.id, new_key()).state is PostState.IN_REVIEW
    worded = make.post_in_review(requirements="50岁以下，登高")
    publish_post(market, CLI, worded.id, new_key(), "登高作业")
    assert repeat_at_once(market, CLI, worded.id, new_key()).state is PostState.IN_REVIEW


def test_a_sanctioned_employer_has_no_fast_lane(market: OpenMarket, make: Factory) -> None:
    post = make.published()
    sanctioned(market, post.draft.employer_id, make.today)
    with pytest.raises(EmployerSanctioned):
        repeat_at_once(market, CLI, post.id, new_key())
    with pytest.raises(PostUnknown):
        repeat_at_once(market, CLI, "no-such-post", new_key())
