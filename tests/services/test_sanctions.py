"""Sanctions: nobody publishes for a sanctioned employer, and the board forgets it at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.domain.employer_kinds import SanctionReason, SanctionState
from server.domain.errors import (
    EmployerSanctioned,
    EmployerUnknown,
    SanctionDaysInvalid,
    SanctionOver,
    SanctionUnknown,
    TextMissing,
)
from server.domain.kinds import PostState, StaffRole
from server.services.board import board
from server.services.employers import employer_of, employers
from server.services.housekeeping import tidy_up
from server.services.log import events_after, verify_chain
from server.services.matching import best_posts
from server.services.open_market import Actor, OpenMarket
from server.services.posts import add_post, change_post, post_of, publish_post, repeat_post
from server.services.sanctions import (
    NewSanction,
    Sanction,
    lift_sanction,
    sanctioned_posts,
    sanctions_of,
    set_sanction,
)
from tests.people import CLI, Factory, new_key

EVIDENCE = "工友张建国说三天的钱没给"


def sanctioned(
    market: OpenMarket,
    employer_id: str,
    from_day: date,
    to_day: date | None = None,
    actor: Actor = CLI,
) -> Sanction:
    new = NewSanction(employer_id, SanctionReason.WAGE_ARREARS, from_day, to_day, EVIDENCE)
    return set_sanction(market, actor, new, new_key())


def test_the_posts_of_a_sanctioned_employer_leave_the_board_at_once(
    market: OpenMarket, make: Factory
) -> None:
    bad, good = make.employer(), make.employer()
    post = make.published(employer_id=bad.id)
    other = make.published(employer_id=good.id)
    sanctioned(market, bad.id, make.today)
    assert [row.id for row in board(market).posts] == [other.id]
    assert [row.id for row in best_posts(market, (), None, 9)] == [other.id]
    assert post_of(market, post.id).state is PostState.PAUSED
    assert sanctioned_posts(market, (post.id, other.id)) == {post.id}
    assert [e.is_sanctioned for e in employers(market)] == [False, True]


def test_nobody_posts_or_publishes_for_a_sanctioned_employer(
    market: OpenMarket, make: Factory
) -> None:
    bad = make.employer()
    waiting = make.post_in_review(employer_id=bad.id)
    paused = make.published(employer_id=bad.id)
    sanctioned(market, bad.id, make.today)
    draft = make.draft(employer_id=bad.id)
    for wish in (
        lambda: add_post(market, CLI, draft, new_key()),
        lambda: change_post(market, CLI, waiting.id, draft, new_key()),
        lambda: publish_post(market, CLI, waiting.id, new_key()),
        lambda: publish_post(market, CLI, paused.id, new_key()),
        lambda: repeat_post(market, CLI, paused.id, new_key()),
    ):
        with pytest.raises(EmployerSanctioned):
            wish()
    assert board(market).posts == ()


def test_a_lifted_sanction_leaves_the_posts_to_be_published_by_hand(
    market: OpenMarket, make: Factory
) -> None:
    clerk, boss = make.staff(), make.staff("boss", StaffRole.MANAGER)
    bad = make.employer()
    post = make.published(employer_id=bad.id)
    made = sanctioned(market, bad.id, make.today, actor=Actor(f"staff:{clerk.id}"))
    lifted = lift_sanction(market, Actor(f"staff:{boss.id}"), made.id, "钱已经付清", new_key())
    assert (lifted.state, lifted.lift_reason) == (SanctionState.LIFTED, "钱已经付清")
    assert (lifted.set_by, lifted.lifted_by) == ("李静", "李静")
    assert board(market).posts == ()
    publish_post(market, CLI, post.id, new_key())
    assert [row.id for row in board(market).posts] == [post.id]
    with pytest.raises(SanctionOver):
        lift_sanction(market, CLI, made.id, "再来一次", new_key())


def test_a_sanction_ends_with_its_last_day_without_anybody_doing_anything(
    market: OpenMarket, make: Factory
) -> None:
    bad = make.employer()
    tomorrow = make.today + timedelta(days=1)
    made = sanctioned(market, bad.id, make.today, tomorrow)
    make.later(days=1)
    assert employer_of(market, bad.id).is_sanctioned
    make.later(days=1)
    assert not employer_of(market, bad.id).is_sanctioned
    assert sanctions_of(market, bad.id)[0].state is SanctionState.OVER
    make.published(employer_id=bad.id)
    with pytest.raises(SanctionOver):
        lift_sanction(market, CLI, made.id, "已经过了", new_key())


def test_a_sanction_of_tomorrow_takes_the_posts_off_tomorrow(
    market: OpenMarket, make: Factory
) -> None:
    bad = make.employer()
    day = make.today + timedelta(days=2)
    post = make.published(employer_id=bad.id, work_day=day)
    made = sanctioned(market, bad.id, make.today + timedelta(days=1))
    assert made.state is SanctionState.COMING
    assert [row.id for row in board(market).posts] == [post.id]
    make.later(days=1)
    assert board(market).posts == (), "the board looks at the day, not at the housekeeping"
    tidy_up(market)
    assert post_of(market, post.id).state is PostState.PAUSED


def test_a_paused_post_expires_when_its_time_is_over(market: OpenMarket, make: Factory) -> None:
    bad = make.employer()
    post = make.published(employer_id=bad.id)
    sanctioned(market, bad.id, make.today)
    make.later(days=1)
    tidy_up(market)
    assert post_of(market, post.id).state is PostState.EXPIRED


def test_each_step_is_in_the_log_without_a_word_of_the_evidence(
    market: OpenMarket, make: Factory
) -> None:
    bad = make.employer()
    make.published(employer_id=bad.id)
    made = sanctioned(market, bad.id, make.today)
    lift_sanction(market, CLI, made.id, "张建国的钱给了", new_key())
    log = events_after(market, 0)
    types = [event.type for event in log]
    assert types[-3:] == ["employer.sanctioned", "post.paused", "employer.sanction_lifted"]
    assert "张建国" not in repr(log)
    assert verify_chain(market).broken_at is None


def test_the_same_request_twice_makes_one_sanction(market: OpenMarket, make: Factory) -> None:
    bad, key = make.employer(), new_key()
    new = NewSanction(bad.id, SanctionReason.OTHER, make.today, None, EVIDENCE, "打人")
    first, again = (set_sanction(market, CLI, new, key) for _ in range(2))
    assert first == again
    assert [s.other_text for s in sanctions_of(market, bad.id)] == ["打人"]


def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    market: OpenMarket, make: Factory
) -> None:
    bad, today = make.employer(), make.today
    yesterday = today - timedelta(days=1)

    def wish(reason: SanctionReason = SanctionReason.FEES, **given: object) -> None:
        values = {"employer_id": bad.id, "from_day": today, "to_day": None, "evidence_text": "有"}
        set_sanction(market, CLI, NewSanction(reason=reason, **{**values, **given}), new_key())  # type: ignore[arg-type]  # each test gives the right ones

    for days in (
        {"to_day": yesterday},
        {"from_day": yesterday, "to_day": yesterday},
        {"from_day": date(1999, 1, 1)},
    ):
        with pytest.raises(SanctionDaysInvalid):
            wish(**days)
    with pytest.raises(TextMissing):
        wish(evidence_text="  ")
    with pytest.raises(TextMissing):
        wish(SanctionReason.OTHER)
    with pytest.raises(EmployerUnknown):
        wish(employer_id="nobody")
    with pytest.raises(SanctionUnknown):
        lift_sanction(market, CLI, "nothing", "没有", new_key())
    assert sanctions_of(market, bad.id) == ()
