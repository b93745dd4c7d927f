"""Posts: checked, reviewed, on the board, full, closed, repeated; bad ones leave nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from server.domain.clock import SHANGHAI
from server.domain.errors import (
    BannedWords,
    EmployerExists,
    EmployerUnknown,
    HeadcountOutOfRange,
    PayBelowMinimum,
    PayMissing,
    PieceUnitMissing,
    PostDayPast,
    PostHoursInvalid,
    PostStateForbids,
    PostUnknown,
    PostValidUntilPast,
    TextMissing,
    TextTooLong,
    TradeUnknown,
)
from server.domain.kinds import EmployerKind, PayUnit, PostState
from server.services.board import board, top_trades
from server.services.employers import employers
from server.services.housekeeping import tidy_up
from server.services.log import head_revision
from server.services.matching import best_posts
from server.services.open_market import Actor, OpenMarket
from server.services.posts import (
    add_post,
    change_post,
    end_post,
    post_of,
    posts_in,
    posts_to_repeat,
    publish_post,
    repeat_post,
    send_back_post,
)
from tests.people import CLI, Factory, citizen_number, new_key

CLERK = Actor("staff:test")


def test_a_post_is_on_the_board_only_after_review(market: OpenMarket, make: Factory) -> None:
    post = make.post_in_review(headcount=10, pay_fen=180_00, trade_id="general_labourer")
    assert board(market).posts == ()
    publish_post(market, CLI, post.id, new_key())
    [row] = board(market).posts
    assert (row.trade_name, row.left, row.pay) == ("普工", 10, "日薪180元")
    assert (row.hours, row.meeting, row.lunch) == ("7:00–18:00", "6:30 市场北门", True)
    assert board(market).counts.open_headcount == 10


def test_a_closed_or_withdrawn_post_leaves_the_board(market: OpenMarket, make: Factory) -> None:
    for state in (PostState.CLOSED, PostState.WITHDRAWN):
        post = make.published()
        end_post(market, CLERK, post.id, state, new_key())
        assert board(market).posts == ()


def test_a_post_whose_time_is_over_leaves_the_board_by_itself(
    market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    make.later(hours=7)
    assert board(market).posts == ()
    tidy_up(market)
    assert post_of(market, post.id).state is PostState.EXPIRED


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"headcount": 0}, HeadcountOutOfRange),
        ({"headcount": -3}, HeadcountOutOfRange),
        ({"headcount": 501}, HeadcountOutOfRange),
        ({"pay_fen": 0}, PayMissing),
        ({"pay_fen": 152_00}, PayBelowMinimum),
        ({"pay_fen": 19_09, "pay_unit": PayUnit.HOUR}, PayBelowMinimum),
        ({"pay_fen": 3_00, "pay_unit": PayUnit.PIECE}, PieceUnitMissing),
        ({"work_day": date(2026, 11, 23)}, PostDayPast),
        ({"valid_until": datetime(2026, 11, 23, 21, 10, tzinfo=UTC)}, PostValidUntilPast),
        ({"start_time": time(7), "end_time": time(7)}, PostHoursInvalid),
        ({"place": "  "}, TextMissing),
        ({"place": "路" * 61}, TextTooLong),
        ({"requirements": "字" * 201}, TextTooLong),
        ({"requirements": "只要男的"}, BannedWords),
        ({"requirements": "先交押金两百"}, BannedWords),
        ({"requirements": "加微信 abc12345"}, BannedWords),
        ({"trade_id": "astronaut"}, TradeUnknown),
        ({"employer_id": "nobody"}, EmployerUnknown),
    ],
)
def test_a_bad_post_is_refused_and_leaves_nothing(
    market: OpenMarket, make: Factory, given: dict[str, Any], refusal: type[Exception]
) -> None:
    draft = make.draft(**given)
    before = head_revision(market)
    with pytest.raises(refusal):
        add_post(market, CLERK, draft, new_key())
    assert head_revision(market) == before
    assert posts_in(market, tuple(PostState)) == ()


def test_the_same_form_sent_twice_makes_one_post(market: OpenMarket, make: Factory) -> None:
    draft, key = make.draft(), new_key()
    assert add_post(market, CLERK, draft, key).id == add_post(market, CLERK, draft, key).id
    assert len(posts_in(market, (PostState.IN_REVIEW,))) == 1


def test_repeating_yesterdays_post_makes_todays(market: OpenMarket, make: Factory) -> None:
    post = make.published()
    make.later(days=1)
    [old] = posts_to_repeat(market)
    again = repeat_post(market, CLERK, old.id, new_key())
    assert again.draft.work_day == post.draft.work_day + timedelta(days=1)
    assert again.draft.valid_until == post.draft.valid_until + timedelta(days=1)
    assert (again.state, again.draft.place) == (PostState.IN_REVIEW, post.draft.place)


def test_repeating_after_the_work_would_have_begun_is_for_tomorrow(
    market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    make.later(days=1, hours=5)  # 10:10, the work began at 7:00
    again = repeat_post(market, CLERK, post.id, new_key())
    assert again.draft.work_day == make.today + timedelta(days=1)


def test_a_post_sent_back_is_mended_and_published(market: OpenMarket, make: Factory) -> None:
    post = make.post_in_review()
    send_back_post(market, CLERK, post.id, new_key())
    draft = make.draft(employer_id=post.draft.employer_id, headcount=7)
    change_post(market, CLERK, post.id, draft, new_key())
    publish_post(market, CLI, post.id, new_key())
    assert board(market).posts[0].headcount == 7


def test_a_published_post_is_not_published_or_changed_again(
    market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    with pytest.raises(PostStateForbids):
        publish_post(market, CLI, post.id, new_key())
    with pytest.raises(PostStateForbids):
        change_post(market, CLERK, post.id, make.draft(), new_key())
    with pytest.raises(PostUnknown):
        publish_post(market, CLI, "no-such-post", new_key())


def test_a_post_that_waited_too_long_for_review_is_not_published(
    market: OpenMarket, make: Factory
) -> None:
    post = make.post_in_review()
    make.later(days=1)
    with pytest.raises(PostDayPast):
        publish_post(market, CLI, post.id, new_key())


def test_households_show_only_a_surname(market: OpenMarket, make: Factory) -> None:
    household = make.employer(
        kind=EmployerKind.HOUSEHOLD, name="欧阳秀英", identity=citizen_number(3)
    )
    other = make.employer(kind=EmployerKind.HOUSEHOLD, name="李秀英", identity=citizen_number(4))
    assert (household.public_name, other.public_name) == ("欧阳姓家庭", "李姓家庭")
    make.published(employer_id=household.id)
    assert board(market).posts[0].employer == "欧阳姓家庭"


@pytest.mark.parametrize("kind", list(EmployerKind))
def test_the_same_employer_twice_is_told_so(
    market: OpenMarket, make: Factory, kind: EmployerKind
) -> None:
    identity = {"identity": citizen_number(5)} if kind is EmployerKind.HOUSEHOLD else {}
    name = {"name": "王秀英"} if kind is EmployerKind.HOUSEHOLD else {}
    first = make.employer(kind=kind, **identity, **name)
    again = {"identity": first.credit_code} if kind is EmployerKind.UNIT else identity
    with pytest.raises(EmployerExists):
        make.employer(kind=kind, **again, **name)
    assert len(employers(market)) == 1


def test_an_employer_is_found_by_name_or_credit_code(market: OpenMarket, make: Factory) -> None:
    wanted = make.employer(name="盛源物流有限公司")
    make.employer()
    assert [e.id for e in employers(market, "盛源")] == [wanted.id]
    assert [e.id for e in employers(market, wanted.credit_code or "")] == [wanted.id]


def test_the_best_posts_are_the_workers_own_trade_first(market: OpenMarket, make: Factory) -> None:
    make.published(trade_id="cleaner", pay_fen=400_00)
    make.published(trade_id="plasterer", pay_fen=300_00)
    make.published(trade_id="bricklayer", pay_fen=200_00)
    names = [row.trade for row in best_posts(market, ("bricklayer",), 50)]
    assert names == ["bricklayer", "plasterer"]


def test_a_seventeen_year_old_is_not_shown_heavy_or_night_work(
    market: OpenMarket, make: Factory
) -> None:
    make.published(trade_id="loader")
    make.published(trade_id="packer", start_time=time(8), end_time=time(16))
    assert [row.trade for row in best_posts(market, (), 17)] == ["packer"]


def test_the_board_says_which_trades_are_most_wanted(market: OpenMarket, make: Factory) -> None:
    make.published(trade_id="loader", headcount=3)
    make.published(trade_id="cleaner", headcount=9)
    make.published(trade_id="loader", headcount=8)
    top = top_trades(board(market).posts)
    assert [(t.name, t.headcount) for t in top] == [("搬运工", 11), ("保洁员", 9)]


def test_the_newest_post_is_first(market: OpenMarket, make: Factory) -> None:
    make.published(trade_id="loader")
    make.later(minutes=1)
    make.published(trade_id="cleaner")
    assert [row.trade for row in board(market).posts] == ["cleaner", "loader"]


def test_a_valid_until_is_kept_to_the_minute_in_local_time(
    market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    assert post_of(market, post.id).draft.valid_until.astimezone(SHANGHAI).hour == 12
