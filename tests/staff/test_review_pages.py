"""The managers' pages of rules, and what the rules say on the form and at the review."""

from __future__ import annotations

import pytest
from flask import Flask

from server.domain.kinds import PostState, StaffRole
from server.services.open_market import OpenMarket
from server.services.posts import post_of, posts_in
from server.services.review_rules import kept_rule, kept_rules
from server.services.wages import wages
from tests.people import Factory
from tests.staff.conftest import Clerk, seen

RULE = {
    "category": "lure",
    "kind": "review",
    "rule_name": "招工热线",
    "rule_sentence": "不写热线。",
    "words": "全国*热线",
    "exceptions": "",
    "is_enabled": "on",
}


@pytest.fixture
def manager(app: Flask, make: Factory) -> Clerk:
    member = make.staff("manager", StaffRole.MANAGER)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = member.id
        session["_fresh"] = True
    return Clerk(client)


def test_a_clerk_sees_no_rules_and_changes_none(clerk: Clerk) -> None:
    assert clerk.get("/staff/review-rules").status_code == 403
    assert clerk.send("/staff/review-rules/new", **RULE).status_code == 403
    assert "审核规则" not in clerk.read("/staff/posts")


def test_a_manager_adds_a_rule_tries_it_and_changes_it(market: OpenMarket, manager: Clerk) -> None:
    assert "审核规则" in manager.read("/staff/posts")
    tried = manager.send("/staff/review-rules/new/try", tried="打全国招工热线问", **RULE)
    assert "<mark>全国招工热线</mark>" in tried.get_data(as_text=True)
    assert 'value="招工热线"' in tried.get_data(as_text=True)
    assert len(kept_rules(market)) == 62
    assert manager.send("/staff/review-rules/new", **RULE).status_code == 303
    first = kept_rules(market)[0]
    assert first.rule.name == "招工热线"
    page = manager.read("/staff/review-rules")
    assert "招工热线" in page
    path = f"/staff/review-rules/{first.rule.id}"
    assert "全国*热线" in manager.read(path)
    off = {name: text for name, text in RULE.items() if name != "is_enabled"}
    assert manager.send(path, version="1", **off).status_code == 303
    assert not kept_rule(market, first.rule.id).rule.is_enabled
    again = manager.send(path, version="1", **RULE)
    assert again.status_code == 409
    assert "别人改过" in seen(again)


def test_a_bad_rule_keeps_what_was_typed_and_says_what_to_do(manager: Clerk) -> None:
    answer = manager.send("/staff/review-rules/new", **{**RULE, "words": "**"})
    assert answer.status_code == 422
    assert "至少要写两个字" in seen(answer)
    assert 'value="招工热线"' in answer.get_data(as_text=True)
    tried = manager.send("/staff/review-rules/new/try", tried="x", **{**RULE, "words": "**"})
    assert tried.status_code == 422
    assert manager.send("/staff/review-rules/new", **{**RULE, "kind": "x"}).status_code == 400
    assert manager.send("/staff/review-rules/fees.deposit", **RULE).status_code == 400
    assert manager.get("/staff/review-rules/no-such").status_code == 404


def test_a_sentence_is_tried_against_the_rules_as_they_are(manager: Clerk) -> None:
    page = manager.send("/staff/review-rules/try", tried="要交押金<b>200").get_data(as_text=True)
    assert "<mark>押金</mark>" in page
    assert "&lt;b&gt;" in page
    assert "规则：押金、保证金" in page
    clean = manager.send("/staff/review-rules/try", tried="不收押金")
    assert "没有碰到规则" in seen(clean)


def test_a_minimum_wage_is_set_from_a_day_on(
    market: OpenMarket, manager: Clerk, make: Factory
) -> None:
    fields = {"at": "wage", "from_day": make.today.isoformat(), "hourly_fen": "21.3"}
    assert manager.send("/staff/review-rules/wages", **fields).status_code == 303
    assert [wage.hourly_fen for wage in wages(market)] == [21_30]
    past = manager.send("/staff/review-rules/wages", **{**fields, "from_day": "2020-01-01"})
    assert (past.status_code, "今天或以后" in seen(past)) == (422, True)
    assert 'value="21.3"' in past.get_data(as_text=True)


def test_the_form_marks_the_very_words_and_names_the_rule(
    clerk: Clerk, typed: dict[str, str]
) -> None:
    answer = clerk.send("/staff/posts/new", **{**typed, "requirements": "手脚快，要交押金"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "手脚快，要交<mark>押金</mark>" in page
    assert "规则：押金、保证金" in page


def test_a_word_to_look_at_is_published_with_a_reason_that_the_history_shows(
    market: OpenMarket, clerk: Clerk, typed: dict[str, str]
) -> None:
    clerk.send("/staff/posts/new", **{**typed, "requirements": "50岁以下，登高"})
    [post] = posts_in(market, (PostState.IN_REVIEW,))
    page = clerk.read(f"/staff/posts/{post.id}")
    assert "<mark>50岁以下</mark>" in page
    path = f"/staff/posts/{post.id}/publish"
    refused = clerk.send(path, at="publish", has_seen="on")
    assert refused.status_code == 409
    assert "写明保留的理由" in seen(refused)
    clerk.send(path, at="publish", has_seen="on", review_reason="甲方登高规定")
    assert post_of(market, post.id).state is PostState.OPEN
    assert "理由：甲方登高规定" in seen(clerk.get(f"/staff/posts/{post.id}"))


def test_three_trades_of_one_form_are_shown_together(
    market: OpenMarket, clerk: Clerk, typed: dict[str, str]
) -> None:
    lines = {
        "trade_id_2": "welder",
        "headcount_2": "2",
        "pay_2": "350",
        "pay_unit_2": "day",
        "trade_id_3": "general_labourer",
        "headcount_3": "8",
        "pay_3": "20",
        "pay_unit_3": "hour",
    }
    answer = clerk.send("/staff/posts/new", **typed, **lines)
    assert answer.status_code == 303
    page = seen(clerk.get(answer.headers["Location"]))
    assert "同一单的岗位 2" in page
    assert len(posts_in(market, (PostState.IN_REVIEW,))) == 3
    bad = clerk.send("/staff/posts/new", **typed, **{**lines, "pay_3": "1", "headcount_2": "x"})
    shown = bad.get_data(as_text=True)
    assert 'id="fault-pay_3"' in shown
    assert 'id="fault-headcount_2"' in shown
    assert len(posts_in(market, (PostState.IN_REVIEW,))) == 3


def test_a_template_fills_in_the_usual_and_keeps_what_was_typed(
    clerk: Clerk, typed: dict[str, str]
) -> None:
    page = clerk.send(
        "/staff/posts/template", **{**typed, "trade_id": "tiler", "pay": "45"}
    ).get_data(as_text=True)
    assert 'value="平米"' in page
    assert 'value="45"' in page
    assert "自带工具" in page
    assert 'value="开发区3号工地"' in page


def test_a_post_is_paused_and_a_returned_one_submitted_at_the_page(
    market: OpenMarket, clerk: Clerk, make: Factory
) -> None:
    post = make.published()
    assert clerk.send(f"/staff/posts/{post.id}/pause", at="end").status_code == 303
    assert "重新发布" in clerk.read(f"/staff/posts/{post.id}")
    returned = make.post_in_review()
    clerk.send(f"/staff/posts/{returned.id}/send-back", at="end")
    assert "交审核" in clerk.read(f"/staff/posts/{returned.id}")
    clerk.send(f"/staff/posts/{returned.id}/submit", at="end")
    assert post_of(market, returned.id).state is PostState.IN_REVIEW


def test_a_licensed_trade_must_ask_for_its_certificate(clerk: Clerk, typed: dict[str, str]) -> None:
    answer = clerk.send("/staff/posts/new", **{**typed, "trade_id": "welder"})
    assert 'id="fault-asks_certificate"' in answer.get_data(as_text=True)
    fields = {**typed, "trade_id": "welder", "asks_certificate": "on"}
    assert clerk.send("/staff/posts/new", **fields).status_code == 303
