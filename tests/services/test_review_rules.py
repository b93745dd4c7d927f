"""Rules of review: kept by managers, read at once, let through with a reason that stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.domain.errors import (
    BannedWords,
    DomainError,
    PayBelowMinimum,
    PayInvalid,
    PermissionMissing,
    ReviewReasonMissing,
    RuleChanged,
    RuleUnknown,
    RuleWordsInvalid,
    TextMissing,
    TextTooLong,
    WageDayInvalid,
)
from server.domain.kinds import BannedCategory, PayUnit, PostState, StaffRole
from server.domain.review_kinds import RuleKind, RuleOrigin
from server.domain.review_rules import built_in_rules
from server.services.log import events_after
from server.services.market import MarketChange, change_market
from server.services.open_market import Actor, OpenMarket
from server.services.post_history import post_history
from server.services.posts import add_post, publish_post
from server.services.review_rules import (
    RuleDraft,
    RuleEdit,
    add_rule,
    change_rule,
    kept_rule,
    kept_rules,
    post_rules,
    rule_of_draft,
    try_text,
)
from server.services.wages import set_wage, wages
from tests.people import CLI, Factory, new_key

WORDS = RuleDraft(
    BannedCategory.SCAM, RuleKind.BLOCK, "传单拉客", "不能发传单拉客。", "地铁口*传单\n拉客"
)


@pytest.fixture
def manager(make: Factory) -> Actor:
    return make.staff("manager", StaffRole.MANAGER).actor


def own(market: OpenMarket, manager: Actor, draft: RuleDraft = WORDS) -> str:
    return add_rule(market, manager, draft, new_key())


def last_event(market: OpenMarket) -> tuple[str, dict[str, object]]:
    event = events_after(market, 0, 10_000)[-1]
    return event.type, event.body or {}


def test_a_market_comes_with_the_built_in_rules(market: OpenMarket) -> None:
    stored = {kept.rule for kept in kept_rules(market)}
    assert stored == set(built_in_rules())


def test_a_rule_of_the_market_reads_the_next_post(
    market: OpenMarket, make: Factory, manager: Actor
) -> None:
    add_post(market, CLI, make.draft(requirements="去地铁口发传单"), new_key())
    own(market, manager)
    assert last_event(market)[0] == "review_rule.added"
    with pytest.raises(BannedWords) as refused:
        add_post(market, CLI, make.draft(requirements="去地铁口发传单"), new_key())
    assert refused.value.facts["words"] == "地铁口发传单"
    assert refused.value.facts["rule"] == "传单拉客"
    assert refused.value.facts["field"] == "requirements"


def test_a_wildcard_stays_within_its_clause_and_signs_mean_themselves(
    market: OpenMarket, manager: Actor
) -> None:
    own(market, manager)
    assert try_text(market, "地铁口集合，发传单") == ()
    dotted = RuleDraft(BannedCategory.LURE, RuleKind.REVIEW, "点", "请改。", "a.b（日结）")
    own(market, manager, dotted)
    assert [hit.word for hit in try_text(market, "写着A.B(日结)的")] == ["A.B(日结)"]
    assert try_text(market, "写着axb(日结)的") == ()


def test_a_rule_is_switched_off_and_on_and_every_change_is_told(
    market: OpenMarket, make: Factory, manager: Actor
) -> None:
    rule_id = own(market, manager)
    off = RuleDraft(**{**vars(WORDS), "is_enabled": False})
    change_rule(market, manager, RuleEdit(rule_id, 1, off), new_key())
    kind, body = last_event(market)
    assert (kind, body["is_enabled"], body["entity_version"]) == ("review_rule.changed", False, 2)
    add_post(market, CLI, make.draft(requirements="拉客"), new_key())
    change_rule(market, manager, RuleEdit(rule_id, 2, WORDS), new_key())
    with pytest.raises(BannedWords):
        add_post(market, CLI, make.draft(requirements="拉客"), new_key())


def test_an_exception_lets_its_words_through_and_no_others(
    market: OpenMarket, manager: Actor
) -> None:
    shipped = kept_rule(market, "fees.deposit")
    draft = RuleDraft(
        shipped.rule.category,
        RuleKind.BLOCK,
        shipped.rule.name,
        shipped.rule.sentence,
        exceptions="押金条样本",
        can_be_denied=True,
    )
    change_rule(market, manager, RuleEdit("fees.deposit", 1, draft), new_key())
    assert try_text(market, "印押金条样本") == ()
    assert [hit.word for hit in try_text(market, "印押金条样本，另收押金")] == ["押金"]
    assert [hit.word for hit in try_text(market, "押金条")] == ["押金"]


def test_a_built_in_rule_keeps_its_pattern_whatever_is_sent(
    market: OpenMarket, manager: Actor
) -> None:
    before = kept_rule(market, "scam.sexual").rule
    change_rule(market, manager, RuleEdit("scam.sexual", 1, WORDS), new_key())
    after = kept_rule(market, "scam.sexual").rule
    assert (after.pattern, after.category, after.basis, after.words) == (
        before.pattern,
        before.category,
        before.basis,
        (),
    )
    assert after.sentence == WORDS.sentence


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "missing"),
        (" \n ", "missing"),
        ("*", "too_short"),
        ("押", "too_short"),
        ("押*", "too_short"),
        ("**押金**", "too_wild"),
        ("一*二*三*四", "too_wild"),
        ("长" * 31, "too_long"),
        ("\n".join(f"词语{n}" for n in range(61)), "too_many"),
    ],
)
def test_words_that_would_hit_everything_are_refused(
    market: OpenMarket, manager: Actor, words: str, reason: str
) -> None:
    with pytest.raises(RuleWordsInvalid) as refused:
        own(market, manager, RuleDraft(**{**vars(WORDS), "words": words}))
    assert refused.value.facts["reason"] == reason


def test_a_regular_expression_is_taken_as_plain_words(market: OpenMarket, manager: Actor) -> None:
    """What would backtrack for ever as a pattern is only a strange word."""
    own(market, manager, RuleDraft(**{**vars(WORDS), "words": "(a+)+$bc"}))
    assert try_text(market, "a" * 200) == ()
    assert [hit.word for hit in try_text(market, "x(a+)+$bcx")] == ["(a+)+$bc"]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": " "}, TextMissing),
        ({"sentence": ""}, TextMissing),
        ({"name": "名" * 31}, TextTooLong),
        ({"sentence": "话" * 81}, TextTooLong),
        ({"exceptions": "一"}, RuleWordsInvalid),
    ],
)
def test_a_rule_needs_a_name_and_a_sentence(
    market: OpenMarket, manager: Actor, changed: dict[str, str], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        own(market, manager, RuleDraft(**{**vars(WORDS), **changed}))


def test_only_managers_keep_rules_and_wages(market: OpenMarket, make: Factory) -> None:
    clerk = make.staff().actor
    for act in (
        lambda: own(market, clerk),
        lambda: change_rule(market, clerk, RuleEdit("fees.deposit", 1, WORDS), new_key()),
        lambda: set_wage(market, clerk, make.today, 20_00, new_key()),
    ):
        with pytest.raises(PermissionMissing):
            act()


def test_of_two_managers_the_second_sees_what_the_first_changed(
    market: OpenMarket, manager: Actor
) -> None:
    rule_id = own(market, manager)
    change_rule(market, manager, RuleEdit(rule_id, 1, WORDS), new_key())
    with pytest.raises(RuleChanged):
        change_rule(market, manager, RuleEdit(rule_id, 1, WORDS), new_key())
    with pytest.raises(RuleUnknown):
        change_rule(market, manager, RuleEdit("no-such", 1, WORDS), new_key())


def test_an_unsaved_rule_is_tried_and_changes_nothing(market: OpenMarket, manager: Actor) -> None:
    tried = rule_of_draft(WORDS, RuleOrigin.OWN)
    assert [hit.word for hit in try_text(market, "去拉客", tried)] == ["拉客"]
    assert try_text(market, "去拉客") == ()


def test_the_rules_are_made_ready_once_for_each_version(market: OpenMarket, manager: Actor) -> None:
    first = post_rules(market).screen
    assert post_rules(market).screen is first
    own(market, manager)
    second = post_rules(market).screen
    assert second is not first
    assert post_rules(market).screen is second


def test_words_to_look_at_are_published_only_with_a_reason_which_stays(
    market: OpenMarket, make: Factory
) -> None:
    member = make.staff()
    post = make.post_in_review(requirements="要50岁以下，上高架")
    assert post.state is PostState.IN_REVIEW
    with pytest.raises(ReviewReasonMissing) as refused:
        publish_post(market, member.actor, post.id, new_key())
    assert refused.value.facts["words"] == "50岁以下"
    with pytest.raises(TextTooLong):
        publish_post(market, member.actor, post.id, new_key(), "长" * 101)
    with pytest.raises(BannedWords):
        publish_post(market, member.actor, post.id, new_key(), "问了老板13812345678")
    reason = "高处作业，甲方安全规定"
    opened = publish_post(market, member.actor, post.id, new_key(), reason)
    assert opened.state is PostState.OPEN
    _, body = last_event(market)
    assert body["second_look"] == {
        "reason": reason,
        "hits": [
            {
                "rule_id": "age.under",
                "rule": "多少岁以下",
                "field": "requirements",
                "words": "50岁以下",
            }
        ],
    }
    step = post_history(market, post.id)[-1]
    assert (step.name, step.by, step.reason) == ("发布，上大屏", "李静", reason)


def test_no_reason_lets_a_blocked_word_through(
    market: OpenMarket, make: Factory, manager: Actor
) -> None:
    post = make.post_in_review(requirements="要会拉客")
    own(market, manager)
    with pytest.raises(BannedWords):
        publish_post(market, manager, post.id, new_key(), "老板说的")


def test_the_wage_of_the_first_day_of_work_is_the_one_that_counts(
    market: OpenMarket, make: Factory, manager: Actor
) -> None:
    new_year = date(2027, 1, 1)
    set_wage(market, manager, new_year, 25_00, new_key())
    hourly = {"pay_unit": PayUnit.HOUR, "pay_fen": 20_00}
    make.published(work_day=date(2026, 12, 31), **hourly)
    with pytest.raises(PayBelowMinimum) as refused:
        make.published(work_day=new_year, **hourly)
    assert refused.value.facts["minimum_fen"] == 25_00
    assert [(w.from_day, w.hourly_fen, w.is_in_force) for w in wages(market)] == [
        (new_year, 25_00, False)
    ]


def test_a_wage_is_mended_on_its_day_and_refused_out_of_reach(
    market: OpenMarket, make: Factory, manager: Actor
) -> None:
    set_wage(market, manager, make.today, 20_00, new_key())
    set_wage(market, manager, make.today, 21_30, new_key())
    assert [(w.hourly_fen, w.by, w.is_in_force) for w in wages(market)] == [(21_30, "李静", True)]
    for day in (make.today - timedelta(days=1), make.today + timedelta(days=731)):
        with pytest.raises(WageDayInvalid):
            set_wage(market, manager, day, 21_30, new_key())
    with pytest.raises(PayInvalid):
        set_wage(market, manager, make.today, 2130_00, new_key())


def test_a_wage_set_for_the_whole_market_holds_from_today(
    market: OpenMarket, make: Factory, manager: Actor
) -> None:
    set_wage(market, manager, make.today, 20_00, new_key())
    make.later(days=1)
    change_market(market, CLI, MarketChange(min_hourly_pay_fen=22_00))
    assert post_rules(market).hourly_minimum_on(make.today) == 22_00
