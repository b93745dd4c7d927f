"""The ranking: hard rules hold for everybody, the rest only orders, and it says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.kinds import Transport
from server.domain.order_rules import OrderRule
from server.domain.ranking import (
    NO_BOND,
    Bond,
    Offer,
    Place,
    Seeker,
    fits,
    group_mask,
    line_reasons,
    post_key,
    reasons,
    trade_bit,
    trades_mask,
    worker_key,
)
from server.domain.trades import trades

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
OFFER = Offer(
    post_id="p",
    no=1,
    trade_id="bricklayer",
    left=3,
    day_pay_fen=180_00,
    has_lunch=False,
    transport=Transport.NONE,
    is_night=False,
    suits_minors=False,
    published_at=NOW,
)
SEEKER = Seeker(trades=("bricklayer",), place=Place(0, "t", 0, "t"))
IDS = [one.id for one in trades()]

offers = st.builds(
    Offer,
    post_id=st.just("p"),
    no=st.integers(1, 9),
    trade_id=st.sampled_from(IDS),
    left=st.integers(0, 12),
    day_pay_fen=st.none() | st.integers(50_00, 500_00),
    has_lunch=st.booleans(),
    transport=st.sampled_from(Transport),
    is_night=st.booleans(),
    suits_minors=st.booleans(),
    skill_asked=st.integers(0, 4),
    published_at=st.just(NOW),
)
seekers = st.builds(
    Seeker,
    trades=st.lists(st.sampled_from(IDS), max_size=6, unique=True).map(tuple),
    skill=st.integers(0, 4),
    people=st.integers(1, 12),
    has_minor=st.booleans(),
    pay_wanted_fen=st.none() | st.integers(50_00, 500_00),
    needs_ride=st.booleans(),
    no_nights=st.booleans(),
    is_hardship=st.booleans(),
    is_parked=st.booleans(),
    place=st.integers(0, 99).map(lambda n: Place(0, f"{n:03d}", 0, f"{n:03d}")),
)
bonds = st.builds(Bond, st.booleans(), st.integers(0, 5), st.booleans())


@given(offers, seekers, bonds)
def test_a_crew_is_never_split_and_a_minor_never_gets_what_the_law_forbids(
    offer: Offer, seeker: Seeker, bond: Bond
) -> None:
    if fits(offer, seeker, bond):
        assert seeker.people <= offer.left
        assert offer.suits_minors or not seeker.has_minor


@given(offers, seekers, bonds, st.integers(0, 4), st.none() | st.integers(1, 10**6))
def test_nobody_is_left_out_for_skill_pay_ride_or_hours(
    offer: Offer, seeker: Seeker, bond: Bond, skill: int, pay: int | None
) -> None:
    other = replace(
        seeker, skill=skill, pay_wanted_fen=pay, needs_ride=True, no_nights=True, is_parked=True
    )
    assert fits(offer, seeker, bond) == fits(offer, other, bond)


@given(offers, seekers, bonds)
def test_every_offer_says_why(offer: Offer, seeker: Seeker, bond: Bond) -> None:
    if not fits(offer, seeker, bond):
        return
    said = (*reasons(offer, seeker, bond), *line_reasons(seeker, OrderRule.ARRIVAL, 42))
    assert all(said)
    assert ("困难优先" in said) is seeker.is_hardship
    assert "已等42分钟" in said
    assert any("点名" in words for words in said) is bond.is_named
    assert not any("分数" in words for words in said)


def first(left: tuple[Seeker, Bond], right: tuple[Seeker, Bond], offer: Offer = OFFER) -> bool:
    return worker_key(offer, *left) < worker_key(offer, *right)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ((SEEKER, Bond(is_named=True)), (SEEKER, Bond(applied=1))),
        ((SEEKER, Bond(applied=1)), (SEEKER, Bond(applied=2))),
        ((SEEKER, Bond(applied=9)), (SEEKER, NO_BOND)),
        ((SEEKER, NO_BOND), (replace(SEEKER, trades=("plasterer",)), NO_BOND)),
        ((SEEKER, NO_BOND), (replace(SEEKER, pay_wanted_fen=200_00), NO_BOND)),
        ((replace(SEEKER, is_hardship=True), NO_BOND), (SEEKER, NO_BOND)),
        (
            (SEEKER, NO_BOND),
            (replace(SEEKER, is_hardship=True, needs_ride=True), NO_BOND),
        ),
        ((SEEKER, NO_BOND), (SEEKER, Bond(has_declined=True, is_named=True))),
        ((SEEKER, NO_BOND), (replace(SEEKER, is_parked=True), NO_BOND)),
    ],
    ids=[
        "named",
        "applied earlier",
        "applied",
        "own trade",
        "content with the pay",
        "hardship among equals",
        "wishes before hardship",
        "not turned down",
        "here and not put aside",
    ],
)
def test_who_comes_first(better: tuple[Seeker, Bond], worse: tuple[Seeker, Bond]) -> None:
    early = replace(worse[0], place=Place(0, "a", 0, "a"))
    assert first(better, (early, worse[1]))


def test_a_higher_skill_covers_the_lower_and_more_is_no_merit() -> None:
    asked = replace(OFFER, skill_asked=1)
    low, enough, more = (replace(SEEKER, skill=n) for n in (0, 1, 4))
    assert first((enough, NO_BOND), (low, NO_BOND), asked)
    assert worker_key(asked, enough, NO_BOND) == worker_key(asked, more, NO_BOND)
    assert "技师以上，够初级" in reasons(asked, more, NO_BOND)


def test_among_equals_the_line_decides() -> None:
    early, late = (replace(SEEKER, place=Place(0, p, 0, p)) for p in ("a", "b"))
    assert first((early, NO_BOND), (late, NO_BOND))
    drawn = replace(late, place=Place(-1, "b", 0, "b"))
    assert first((drawn, NO_BOND), (early, NO_BOND))


def test_the_posts_of_somebody_are_sorted_by_wish_then_pay() -> None:
    seeker = replace(SEEKER, trades=("loader", "bricklayer"))
    wish = replace(OFFER, trade_id="loader", day_pay_fen=100_00)
    second = replace(OFFER, day_pay_fen=300_00)
    poor = replace(OFFER, day_pay_fen=None)
    near = replace(OFFER, trade_id="plasterer", day_pay_fen=900_00)
    ranked = sorted([near, poor, second, wish], key=lambda one: post_key(one, seeker, NO_BOND))
    assert ranked == [wish, second, poor, near]


def test_the_reasons_read_like_a_sentence_of_the_desk() -> None:
    poor = replace(SEEKER, skill=1, is_hardship=True, pay_wanted_fen=150_00)
    said = (*reasons(OFFER, poor, NO_BOND), *line_reasons(poor, OrderRule.ARRIVAL, 42))
    assert " · ".join(said) == "会干瓦工 · 初级 · 工钱够想要的150元 · 困难优先 · 已等42分钟"


def test_the_bits_of_trades_fit_a_bigint_and_tell_them_apart() -> None:
    assert len(IDS) < 63
    assert trades_mask(IDS) == sum(trade_bit(one) for one in IDS)
    assert trade_bit("plasterer") & group_mask("bricklayer")
    assert not trade_bit("loader") & group_mask("bricklayer")
