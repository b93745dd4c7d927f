"""The pages of posts: typed, reviewed, published, repeated; and nothing typed is ever lost."""

from __future__ import annotations

import re
from html import escape

import pytest

from server.domain.kinds import PostState
from server.services.open_market import OpenMarket
from server.services.posts import post_of, posts_in
from tests.people import Factory, new_key
from tests.staff.conftest import Clerk, seen, ticket_codes

ALL = tuple(PostState)


def post_id_in(location: str) -> str:
    return location.rsplit("/", 1)[1]


def test_a_typed_post_is_reviewed_and_then_on_the_board(
    clerk: Clerk, market: OpenMarket, typed: dict[str, str]
) -> None:
    answer = clerk.send("/staff/posts/new", **typed)
    post_id = post_id_in(answer.headers["Location"])
    assert post_of(market, post_id).state is PostState.IN_REVIEW
    assert "法律要求写明的" in clerk.read(f"/staff/posts/{post_id}")
    done = clerk.send(f"/staff/posts/{post_id}/publish", has_seen="on")
    assert done.status_code == 303
    assert post_of(market, post_id).state is PostState.OPEN


def test_sending_the_same_drawing_twice_adds_one_post(
    clerk: Clerk, market: OpenMarket, typed: dict[str, str]
) -> None:
    key = new_key()
    places = {clerk.send("/staff/posts/new", key, **typed).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert len(posts_in(market, ALL)) == 1


def test_a_script_is_told_where_the_new_post_is(clerk: Clerk, typed: dict[str, str]) -> None:
    clerk.read("/staff/")
    clerk.client.environ_base["HTTP_HX_REQUEST"] = "true"
    answer = clerk.send("/staff/posts/new", **typed)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/staff/posts/")


REFUSED = [
    ({"headcount": "0"}, "headcount", "人数要在1到500之间"),
    ({"headcount": "501"}, "headcount", "人数要在1到500之间"),
    ({"headcount": "abc"}, "headcount", "人数要在1到500之间"),
    ({"pay": "abc"}, "pay", "请只填数字"),
    ({"pay": "1"}, "pay", "最低工资"),
    ({"pay": "99999"}, "pay", "多打了零"),
    ({"work_day": "2026-11-01"}, "work_day", "日期已经过了"),
    ({"work_day": "2027-11-01"}, "work_day", "日期最多能选到60天以后"),
    ({"start_time": "4:00"}, "valid_until", "有效期已经过了"),
    ({"start_time": "26:00"}, "start_time", "时间不对"),
    ({"place": ""}, "place", "干活地点"),
    ({"place": "工" * 61}, "place", "最多写60个字"),
    ({"requirements": "只限男工"}, "requirements", "规则：只要一种性别"),
    ({"requirements": "字" * 5000}, "requirements", "最多写200个字"),
    ({"trade_id": "astronaut"}, "trade_id", "没有这个工种"),
    ({"employer_id": "no-such-employer"}, "employer_id", "没有找到这个用工主体"),
    ({"employer_id": ""}, "employer_id", "还没有填"),
    ({"pay_unit": "piece", "pay": "3"}, "piece_unit", "一件是什么"),
    ({"pay_unit": "soul"}, "pay_unit", "格式不对"),
    ({"meeting_time": "12:00"}, "start_time", "时间不对"),
]


@pytest.mark.parametrize("refused", REFUSED)
def test_a_fault_is_said_at_its_field_and_everything_typed_stays(
    clerk: Clerk,
    market: OpenMarket,
    typed: dict[str, str],
    refused: tuple[dict[str, str], str, str],
) -> None:
    change, name, says = refused
    sent = {**typed, "meeting_point": "市场西门口", **change}
    answer = clerk.send("/staff/posts/new", **sent)
    page = answer.get_data(as_text=True)
    fault = re.search(rf'id="fault-{name}">([^<]+)<', page)
    assert 400 <= answer.status_code < 500
    assert fault is not None
    assert says in fault[1]
    assert f'value="{escape(sent["place"])}"' in page
    assert 'value="市场西门口"' in page
    assert posts_in(market, ALL) == ()


def test_a_refused_form_keeps_its_key_because_nothing_was_written(
    clerk: Clerk, market: OpenMarket, typed: dict[str, str]
) -> None:
    key = new_key()
    page = clerk.send("/staff/posts/new", key, **{**typed, "pay": "abc"})
    assert f'name="key" value="{key}"' in page.get_data(as_text=True)
    assert clerk.send("/staff/posts/new", key, **typed).status_code == 303


def test_a_used_key_with_another_post_is_refused_and_drawn_with_a_new_one(
    clerk: Clerk, market: OpenMarket, typed: dict[str, str]
) -> None:
    key = new_key()
    clerk.send("/staff/posts/new", key, **typed)
    answer = clerk.send("/staff/posts/new", key, **{**typed, "headcount": "3"})
    assert answer.status_code == 409
    assert key not in answer.get_data(as_text=True)


def test_a_form_of_another_site_is_refused_with_everything_typed(
    clerk: Clerk, market: OpenMarket, typed: dict[str, str]
) -> None:
    answer = clerk.client.post("/staff/posts/new", data={**typed, "key": new_key()})
    assert answer.status_code == 403
    assert 'value="开发区3号工地"' in answer.get_data(as_text=True)
    assert posts_in(market, ALL) == ()


def test_a_script_in_typed_text_is_only_text(clerk: Clerk, typed: dict[str, str]) -> None:
    evil = "<script>alert(1)</script>"
    answer = clerk.send("/staff/posts/new", **{**typed, "place": evil, "pay": ""})
    assert evil not in answer.get_data(as_text=True)


def test_a_post_is_not_published_before_the_papers_were_seen(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.post_in_review()
    answer = clerk.send(f"/staff/posts/{post.id}/publish", at="publish")
    assert answer.status_code == 422
    assert post_of(market, post.id).state is PostState.IN_REVIEW


def test_a_post_that_waited_too_long_is_refused_at_its_button(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.post_in_review()
    make.later(hours=30)
    answer = clerk.send(f"/staff/posts/{post.id}/publish", at="publish", has_seen="on")
    assert answer.status_code == 422
    assert "日期已经过了" in seen(answer)


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_a_post_on_the_board_is_ended_by_its_button(
    clerk: Clerk, market: OpenMarket, make: Factory, state: str
) -> None:
    post = make.published()
    assert clerk.send(f"/staff/posts/{post.id}/end", state=state).status_code == 303
    assert post_of(market, post.id).state == state


def test_a_post_cannot_be_ended_into_the_open(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.post_in_review()
    assert clerk.send(f"/staff/posts/{post.id}/end", state="open").status_code == 400
    assert post_of(market, post.id).state is PostState.IN_REVIEW


def test_a_post_that_ended_elsewhere_is_said_at_the_button(clerk: Clerk, make: Factory) -> None:
    post = make.published()
    clerk.send(f"/staff/posts/{post.id}/end", state="closed")
    answer = clerk.send(f"/staff/posts/{post.id}/publish", at="publish", has_seen="on")
    assert answer.status_code == 409
    assert "已结束" in seen(answer)


def test_a_post_sent_back_can_be_mended_and_published(
    clerk: Clerk, market: OpenMarket, make: Factory, typed: dict[str, str]
) -> None:
    post = make.post_in_review()
    clerk.send(f"/staff/posts/{post.id}/send-back")
    assert post_of(market, post.id).state is PostState.DRAFT
    changed = {**typed, "headcount": "7"}
    assert clerk.send(f"/staff/posts/{post.id}/edit", **changed).status_code == 303
    clerk.send(f"/staff/posts/{post.id}/publish", has_seen="on")
    after = post_of(market, post.id)
    assert (after.state, after.draft.headcount) == (PostState.OPEN, 7)


def test_yesterday_s_post_is_repeated_with_one_touch(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    make.later(hours=24)
    assert "照样再发" in clerk.read("/staff/posts")
    answer = clerk.send(f"/staff/posts/{post.id}/repeat", at="list")
    again = post_of(market, post_id_in(answer.headers["Location"]))
    assert (again.state, again.draft.work_day) == (PostState.IN_REVIEW, make.today)


def test_a_post_that_is_not_there_is_refused_in_a_sentence(clerk: Clerk) -> None:
    for path in ("/staff/posts/nothing", "/staff/posts/nothing/edit"):
        answer = clerk.get(path)
        assert answer.status_code == 404
        assert "没有找到这条用工信息" in seen(answer)
    for step in ("publish", "end", "repeat", "send-back"):
        fields = {"state": "closed", "has_seen": "on"}
        assert clerk.send(f"/staff/posts/nothing/{step}", **fields).status_code == 404


def test_who_waits_for_a_post_is_listed_in_order_and_without_a_name(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    ticket_codes(market, make, 2)
    page = seen(clerk.get(f"/staff/posts/{post.id}"))
    assert page.index("A001 张师傅") < page.index("A002 张师傅")
    assert "张建国" not in page


def test_recommending_somebody_calls_them_to_the_window(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    first, _ = ticket_codes(market, make, 2)
    answer = at_desk.send(f"/staff/posts/{post.id}/recommend", code=first)
    assert answer.headers["Location"] == f"/staff/?post={post.id}"
    assert "A001" in at_desk.read(answer.headers["Location"])


def test_the_preview_follows_what_is_typed(clerk: Clerk, typed: dict[str, str]) -> None:
    page = seen(clerk.send("/staff/posts/look", **typed))
    assert "瓦工" in page
    assert "日薪180元" in page


@pytest.mark.parametrize("tab", ["review", "open", "full", "ended", "nonsense", ""])
def test_every_tab_opens(clerk: Clerk, make: Factory, tab: str) -> None:
    make.published()
    make.post_in_review()
    assert "瓦工" in clerk.read("/staff/posts") + clerk.read(f"/staff/posts?tab={tab}")
