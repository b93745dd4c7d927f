"""The ranked lists: what SQL picks is what ranking everybody by hand would give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.db.hardship_tables import hardship_entry
from server.db.tables import (
    application,
    named_worker,
    referral,
    ticket,
    visit,
    worker,
    worker_trade,
)
from server.domain.citizen_number import age_on
from server.domain.kinds import PayUnit, SkillLevel, Transport
from server.domain.order_rules import OrderRule
from server.domain.posts import is_night_work, suits_minor, work_minutes
from server.domain.trades import trade
from server.services.job_wishes import (
    JobWishes,
    ask_skill,
    code_of_label,
    name_worker,
    named_for,
    skill_asked_of,
    state_wishes,
    unname_worker,
    wishes_of,
)
from server.services.log import events_after
from server.services.market import MarketChange, change_market
from server.services.matching import best_posts, ranked_for_post, ranked_for_ticket
from server.services.open_market import OpenMarket
from server.services.posts import Post, post_of
from tests.people import CLI, Factory, citizen_number, new_key
from tests.services.ranked_hall import RandomHall

SEEDS = range(1, 5)
SKILLS = ["0", "5", "4", "3", "2"]


@dataclass(frozen=True)
class Waiting:
    """Somebody as a person with a list on paper would know them."""

    row: Any
    trades: tuple[str, ...]
    people: int
    youngest: int
    is_poor: bool


def all_waiting(market: OpenMarket) -> Iterator[Waiting]:
    """Everybody in the hall, read from the plain tables."""
    with market.database.read() as connection:
        rows = connection.execute(
            select(ticket, worker, worker.c.id.label("worker_id"))
            .join_from(ticket, visit, visit.c.ticket_id == ticket.c.id)
            .join(worker, worker.c.id == visit.c.worker_id)
            .where(visit.c.holds_ticket, ticket.c.state.in_(["waiting", "called", "serving"]))
        ).mappings()
        for row in [dict(one) for one in rows]:
            of = worker_trade.c.worker_id == row["worker_id"]
            named = select(worker_trade.c.trade_id).where(of).order_by(worker_trade.c.rank)
            people = connection.execute(
                select(worker.c.birth_day, worker.c.id)
                .join_from(visit, worker, worker.c.id == visit.c.worker_id)
                .where(visit.c.ticket_id == row["id"])
            ).all()
            entries = select(hardship_entry.c.id).where(
                hardship_entry.c.worker_id.in_([one.id for one in people])
            )
            yield Waiting(
                row,
                tuple(connection.scalars(named)),
                len(people),
                min(age_on(one.birth_day, row["market_day"]) for one in people),
                connection.execute(entries).first() is not None,
            )


def ties(market: OpenMarket, post_id: str, worker_id: str) -> tuple[bool, int, bool]:
    """Whether the employer named them, their place among who applied, whether they declined."""
    with market.database.read() as connection:
        named = connection.execute(
            select(named_worker).where(
                named_worker.c.post_id == post_id, named_worker.c.worker_id == worker_id
            )
        ).first()
        made = select(application.c.worker_id).where(
            application.c.post_id == post_id, application.c.state == "made"
        )
        order = list(connection.scalars(made.order_by(application.c.place_no)))
        declined = connection.execute(
            select(referral).where(
                referral.c.post_id == post_id,
                referral.c.worker_id == worker_id,
                referral.c.state == "declined",
            )
        ).first()
    applied = order.index(worker_id) + 1 if worker_id in order else 0
    return named is not None, applied, declined is not None


def day_pay(post: Post) -> int | None:
    draft = post.draft
    if draft.pay_unit is PayUnit.DAY:
        return draft.pay_fen
    per_hour = draft.pay_unit is PayUnit.HOUR
    return draft.pay_fen * work_minutes(draft) // 60 if per_hour else None


def may_be_offered(post: Post, one: Waiting, tie: tuple[bool, int, bool]) -> bool:
    kind = trade(post.draft.trade_id)
    if one.people > post.left or (one.youngest < 18 and not suits_minor(post.draft, kind)):
        return False
    near = any(trade(named).group == kind.group for named in one.trades)
    return near or tie[0] or tie[1] > 0


def unmet(post: Post, row: Any) -> int:
    pay = day_pay(post)
    wants = row["pay_wanted_fen_1"]
    return sum(
        [
            wants is not None and pay is not None and pay < wants,
            row["needs_ride_1"] and post.draft.transport is Transport.NONE,
            row["no_nights_1"] and is_night_work(post.draft),
        ]
    )


def by_hand(market: OpenMarket, post: Post, asked: int) -> list[str]:
    """The codes of everybody who may be offered a post, sorted one criterion after the other."""
    found = []
    for one in all_waiting(market):
        row = one.row
        tie = ties(market, post.id, row["worker_id"])
        if not may_be_offered(post, one, tie):
            continue
        key = (
            tie[2] or row["parked_reason"] is not None,
            not tie[0],
            tie[1] or 10**9,
            post.draft.trade_id not in one.trades,
            SKILLS.index(row["skill"] or "0") < asked,
            unmet(post, row),
            not one.is_poor,
            row["turn"],
            row["place_id"] or row["id"],
            row["place_no"],
            row["id"],
        )
        found.append((key, row["code"]))
    return [code for _, code in sorted(found)]


@pytest.mark.parametrize("rule", OrderRule)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_picked_list_of_a_post_is_the_one_of_ranking_everybody(
    market: OpenMarket, make: Factory, seed: int, rule: OrderRule
) -> None:
    hall = RandomHall(market, make, seed)
    hall.fill(people=24, posts=8)
    change_market(market, CLI, MarketChange(order_rule=rule))
    for offered in hall.posts:
        post = post_of(market, offered.id)
        expected = by_hand(market, post, skill_asked_of(market, post.id))
        for limit in (1, 5, 50):
            listed = ranked_for_post(market, post.id, limit)
            assert [one.ticket_code for one in listed] == expected[:limit]
            assert all(one.reasons for one in listed)
            assert all(one.people <= post.left for one in listed)


def posts_by_hand(market: OpenMarket, posts: list[Post], one: Waiting) -> list[str]:
    """The ids of every post that may be offered to somebody, sorted by hand."""
    found = []
    groups = [trade(named).group for named in one.trades]
    for post in posts:
        tie = ties(market, post.id, one.row["worker_id"])
        if not may_be_offered(post, one, tie):
            continue
        kind = trade(post.draft.trade_id)
        wish = 10**9
        if kind.group in groups:
            wish = 100 + groups.index(kind.group)
        if kind.id in one.trades:
            wish = one.trades.index(kind.id)
        pay = day_pay(post)
        key = (
            tie[2],
            not tie[0],
            tie[1] == 0,
            wish,
            SKILLS.index(one.row["skill"] or "0") < skill_asked_of(market, post.id),
            unmet(post, one.row),
            -(150_00 if pay is None else pay),
            not post.draft.has_lunch,
            -(post.published_at or post.created_at).timestamp(),
            -post.no,
        )
        found.append((key, post.id))
    return [post_id for _, post_id in sorted(found)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_picked_list_of_a_worker_is_the_one_of_ranking_every_post(
    market: OpenMarket, make: Factory, seed: int
) -> None:
    hall = RandomHall(market, make, seed)
    hall.fill(people=10, posts=30)
    posts = [post_of(market, one.id) for one in hall.posts]
    for one in all_waiting(market):
        expected = posts_by_hand(market, posts, one)
        for limit in (1, 4, 40):
            listed = ranked_for_ticket(market, one.row["code"], limit)
            assert [ranked.post.id for ranked in listed] == expected[:limit]
            assert all(ranked.post.left >= one.people for ranked in listed)


def test_somebody_the_employer_named_comes_first_and_it_says_so(
    market: OpenMarket, make: Factory
) -> None:
    make.checked_in()
    cleaner = make.checked_in(trades=["cleaner"]).ticket
    post = make.published()
    assert [one.label for one in ranked_for_post(market, post.id)] == ["A001"]
    worker_id = name_worker(market, CLI, post.id, code_of_label(market, "a2"), new_key())
    first, second = ranked_for_post(market, post.id)
    assert (first.label, second.label) == ("A002", "A001")
    assert "老板点名要" in first.reasons[0]
    [own] = ranked_for_ticket(market, cleaner.code)
    assert "老板点名要" in own.reasons[0]
    assert [one.label for one in named_for(market, post.id)] == ["A002"]
    unname_worker(market, CLI, post.id, worker_id, new_key())
    assert [one.label for one in ranked_for_post(market, post.id)] == ["A001"]
    assert named_for(market, post.id) == ()


def test_what_somebody_wants_moves_them_down_but_never_out(
    market: OpenMarket, make: Factory
) -> None:
    proud = make.checked_in().ticket.code
    make.checked_in()
    post = make.published(pay_fen=180_00)
    state_wishes(market, CLI, proud, JobWishes(200_00, needs_ride=True), new_key())
    assert wishes_of(market, proud) == JobWishes(200_00, True, False)
    listed = ranked_for_post(market, post.id)
    assert [one.label for one in listed] == ["A002", "A001"]
    assert "想要200元一天，这活180元" in listed[1].reasons
    assert "要接送，这活不接送" in listed[1].reasons
    [best] = ranked_for_ticket(market, proud)
    assert "想要200元一天，这活180元" in best.reasons


def test_wishes_are_kept_for_the_next_day(market: OpenMarket, make: Factory) -> None:
    person = make.person()
    code = make.checked_in(person=person).ticket.code
    state_wishes(market, CLI, code, JobWishes(200_00), new_key())
    make.later(hours=24)
    make.checked_in(person=person)
    [one] = ranked_for_post(market, make.published(pay_fen=180_00).id)
    assert "想要200元一天，这活180元" in one.reasons


def test_nobody_is_left_out_for_their_age(market: OpenMarket, make: Factory) -> None:
    make.checked_in(person=make.person(id_no=citizen_number(1, make.today.replace(year=1950))))
    assert len(ranked_for_post(market, make.published(trade_id="bricklayer").id)) == 1


def test_a_minor_is_offered_light_work_by_day_only(market: OpenMarket, make: Factory) -> None:
    young = make.person(id_no=citizen_number(1, make.today - timedelta(days=17 * 365)))
    code = make.checked_in(person=young, trades=["packer", "bricklayer"]).ticket.code
    light = make.published(trade_id="packer", end_time=make.draft().end_time.replace(hour=15))
    heavy = make.published(trade_id="bricklayer")
    assert ranked_for_post(market, heavy.id) == ()
    [one] = ranked_for_post(market, light.id)
    assert "16到17岁，这活能干" in one.reasons
    assert [ranked.post.id for ranked in ranked_for_ticket(market, code)] == [light.id]


def test_a_crew_of_four_is_not_offered_three_places(market: OpenMarket, make: Factory) -> None:
    crew = make.crew(*(make.person() for _ in range(4))).ticket.code
    small, large = make.published(headcount=3), make.published(headcount=4)
    assert ranked_for_post(market, small.id) == ()
    [one] = ranked_for_post(market, large.id)
    assert (one.people, "班组4人，名额够" in one.reasons) == (4, True)
    assert [ranked.post.id for ranked in ranked_for_ticket(market, crew)] == [large.id]
    assert [row.id for row in best_posts(market, ("bricklayer",), 40, 9, 4)] == [large.id]


def test_a_post_that_asks_for_skill_says_who_has_it(market: OpenMarket, make: Factory) -> None:
    make.checked_in()
    post = make.published()
    ask_skill(market, CLI, post.id, SkillLevel.JUNIOR, new_key())
    [one] = ranked_for_post(market, post.id)
    assert "要初级，本人没证" in one.reasons


def test_what_the_log_keeps_of_wishes_names_nobody(market: OpenMarket, make: Factory) -> None:
    code = make.checked_in(person=make.person("欧阳建国")).ticket.code
    post = make.published()
    state_wishes(market, CLI, code, JobWishes(200_00), new_key())
    name_worker(market, CLI, post.id, code, new_key())
    told = json.dumps([event.body for event in events_after(market, 0)], default=str)
    assert "欧阳" not in told
