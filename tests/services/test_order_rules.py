"""Who is next: three rules recomputed by hand, draws that verify, and reasons for exceptions."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import time

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from server.db.tables import call, event_log, lottery_draw, placement, ticket, visit
from server.domain.errors import (
    DomainError,
    DrawPending,
    DrawUnknown,
    NobodyWaiting,
    OutOfTurnReasonMissing,
    TextTooLong,
)
from server.domain.kinds import ReferralState, ServiceKind, TicketState
from server.domain.order_rules import OrderRule, OutOfTurn
from server.services.calls import Move, NamedCall, call_named, call_next, move_ticket
from server.services.housekeeping import tidy_up
from server.services.line import LineView, line_of
from server.services.lottery import draw_of, verify_draw
from server.services.market import MarketChange, change_market, market_view
from server.services.matching import ranked_for_post
from server.services.open_market import OpenMarket
from server.services.out_of_turn import out_of_turn_today, why_called
from server.services.referrals import NewReferral, record_referral
from server.services.tickets import ticket_view
from server.services.workers import Person
from tests.people import CLI, Factory, new_key


def call_all(market: OpenMarket, make: Factory) -> list[str]:
    """Call and finish everybody who waits, in order; their labels."""
    clerk = make.staff("caller").actor
    called = []
    while True:
        try:
            answer = call_next(market, clerk, 1, (), new_key())
        except NobodyWaiting:
            return called
        called.append(answer.label)
        move_ticket(market, clerk, Move(answer.ticket_code, TicketState.DONE, 1), new_key())


def use(market: OpenMarket, rule: OrderRule, at: time | None = None) -> None:
    change_market(market, CLI, MarketChange(order_rule=rule, draw_at=at))


def places(market: OpenMarket, make: Factory, person: Person) -> None:
    """Somebody comes, agrees on a job, and goes."""
    code = make.checked_in(person=person).ticket.code
    new = NewReferral(code, make.published().id, 1, ReferralState.AGREED)
    clerk = make.staff(f"clerk{code.lower()}").actor
    record_referral(market, clerk, new, new_key())


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def mixed_arrivals(make: Factory, people: list[Person], rng: random.Random) -> list[str]:
    """People come for work and for other things in any order; the labels as they came."""
    labels = []
    for person in people:
        service = rng.choice([ServiceKind.FIND_WORK, ServiceKind.FIND_WORK, ServiceKind.CONSULT])
        labels.append(make.checked_in(person=person, service=service).ticket.label)
        make.later(seconds=rng.randint(1, 60))
    return labels


def two_lanes(work: list[str], others: list[str], arrived: list[str]) -> list[str]:
    """Merge two lines: of the two in front the one who came earlier is next."""
    called = []
    while work or others:
        fronts = [lane for lane in (work, others) if lane]
        called.append(min(fronts, key=lambda lane: arrived.index(lane[0])).pop(0))
    return called


@pytest.mark.parametrize("seed", range(3))
def test_by_arrival_everybody_is_called_as_they_came(
    market: OpenMarket, make: Factory, seed: int
) -> None:
    print(f"seed {seed}")
    rng = random.Random(seed)  # noqa: S311 - nothing secret.
    arrived = mixed_arrivals(make, [make.person() for _ in range(12)], rng)
    assert [one.entry.ticket.label for one in line_of(market, LineView()).waiting] == arrived
    assert call_all(market, make) == arrived


@pytest.mark.parametrize("seed", range(4))
def test_by_rotation_the_longest_without_work_is_next(
    market: OpenMarket, make: Factory, seed: int
) -> None:
    print(f"seed {seed}")
    rng = random.Random(seed)  # noqa: S311 - nothing secret.
    use(market, OrderRule.ROTATION)
    people = [make.person() for _ in range(12)]
    last: dict[str, int] = {}
    for day in range(4):
        for n in rng.sample(range(12), 3):
            places(market, make, people[n])
            last[people[n].id_no] = day
        make.later(days=1)
    rng.shuffle(people)
    arrived = mixed_arrivals(make, people, rng)
    came = dict(zip(arrived, people, strict=True))
    work = [label for label in arrived if label[0] == "A"]
    work.sort(key=lambda label: last.get(came[label].id_no, -1))
    expected = two_lanes(work, [one for one in arrived if one[0] != "A"], arrived)
    assert [one.entry.ticket.label for one in line_of(market, LineView()).waiting] == expected
    assert call_all(market, make) == expected


@pytest.mark.parametrize("seed", range(4))
def test_a_lottery_is_recomputed_by_anybody_and_late_ones_come_after(
    market: OpenMarket, make: Factory, seed: int
) -> None:
    print(f"seed {seed}")
    rng = random.Random(seed)  # noqa: S311 - nothing secret.
    use(market, OrderRule.LOTTERY, time(6))
    arrived = mixed_arrivals(make, [make.person() for _ in range(12)], rng)
    drawn = [label for label in arrived if label[0] == "A"]
    make.later(hours=1)
    tidy_up(market)
    late = [make.checked_in().ticket.label for _ in range(3)]
    arrived += late
    with market.database.read() as connection:
        rows = connection.execute(select(ticket).where(ticket.c.series == "A")).all()
    marks = {f"A{row.number:03d}": sha(row.code) for row in rows}
    shown = draw_of(market, make.today)
    digest = sha("\n".join(marks[label] for label in drawn))
    work = sorted(drawn, key=lambda label: sha(f"{shown.seed}:{digest}:{marks[label]}")) + late
    assert sha(shown.seed or "") == shown.commitment
    expected = two_lanes(work, [one for one in arrived if one[0] != "A"], arrived)
    assert [one.entry.ticket.label for one in line_of(market, LineView()).waiting] == expected
    assert call_all(market, make) == expected
    assert verify_draw(market, make.today).faults == ()


def test_the_ranking_breaks_ties_by_the_draw_and_says_so(market: OpenMarket, make: Factory) -> None:
    use(market, OrderRule.LOTTERY)
    for _ in range(6):
        make.checked_in()
    make.later(hours=1)
    tidy_up(market)
    labels = [one.label for one in sorted(draw_of(market, make.today).tickets, key=turn)]
    listed = ranked_for_post(market, make.published().id)
    assert [one.label for one in listed] == labels
    assert "抽签第1个" in listed[0].reasons


def turn(one: object) -> int:
    return int(getattr(one, "turn", 0))


def test_nobody_is_next_for_work_before_the_draw(market: OpenMarket, make: Factory) -> None:
    use(market, OrderRule.LOTTERY)
    first = make.checked_in().ticket.code
    with pytest.raises(DrawPending) as refused:
        call_next(market, CLI, 1, (), new_key())
    assert refused.value.facts == {"at": "06:00"}
    asks = make.checked_in(service=ServiceKind.CONSULT).ticket.code
    assert call_next(market, CLI, 1, (), new_key()).ticket_code == asks
    with pytest.raises(OutOfTurnReasonMissing):
        call_named(market, CLI, NamedCall(first, 2), new_key())
    make.later(hours=1)
    assert call_next(market, CLI, 2, (), new_key()).ticket_code == first
    assert draw_of(market, make.today).drawn_at is not None


def test_the_seed_is_bound_before_the_first_number_and_sealed_until_drawn(
    market: OpenMarket, make: Factory
) -> None:
    use(market, OrderRule.LOTTERY)
    shown = draw_of(market, make.today)
    assert (shown.seed, len(shown.commitment)) == (None, 64)
    with market.database.read() as connection:
        row = connection.execute(
            select(lottery_draw).where(lottery_draw.c.market_day == make.today)
        ).one()
        told = [body for body in connection.scalars(select(event_log.c.body)) if body]
    seed = market.seal.open(row.seed_sealed, "lottery.seed")
    assert sha(seed) == shown.commitment
    assert not [body for body in told if seed in body]


def test_a_rule_that_comes_after_the_first_number_draws_tomorrow(
    market: OpenMarket, make: Factory
) -> None:
    label = make.checked_in().ticket.label
    use(market, OrderRule.LOTTERY)
    with pytest.raises(DrawUnknown):
        draw_of(market, make.today)
    make.later(hours=2)
    tidy_up(market)
    assert call_next(market, CLI, 1, (), new_key()).label == label
    make.later(hours=24)
    assert draw_of(market, make.today).seed is None


@pytest.mark.parametrize("what", ["seed", "code", "late"])
def test_a_draw_that_was_tampered_with_is_found_out(
    market: OpenMarket, make: Factory, what: str
) -> None:
    use(market, OrderRule.LOTTERY)
    code = make.checked_in().ticket.code
    make.later(hours=1)
    tidy_up(market)
    with market.database.write(CLI) as tx:
        if what == "seed":
            tx.connection.execute(update(lottery_draw).values(seed="0" * 64))
        elif what == "code":
            change = update(ticket).where(ticket.c.code == code)
            tx.connection.execute(change.values(code="ANOTHER000"))
        else:
            bound = (event_log.c.type == "lottery.committed") & (
                event_log.c.subject == f"lottery/{make.today}"
            )
            tx.connection.execute(update(event_log).where(bound).values(id=10**6))
    assert verify_draw(market, make.today).faults != ()


def test_a_crew_stands_where_its_member_stands_who_worked_last(
    market: OpenMarket, make: Factory
) -> None:
    use(market, OrderRule.ROTATION)
    worked = make.person()
    places(market, make, worked)
    make.later(days=1)
    make.crew(make.person(), worked)
    make.checked_in()
    assert call_all(market, make) == ["A002", "A001"]


def test_an_undone_agreement_does_not_count_as_work(market: OpenMarket, make: Factory) -> None:
    use(market, OrderRule.ROTATION)
    worked = make.person()
    places(market, make, worked)
    with market.database.write(CLI) as tx:
        tx.connection.execute(update(placement).values(state="withdrawn"))
    make.later(days=1)
    make.checked_in(person=worked)
    make.checked_in()
    assert call_all(market, make) == ["A001", "A002"]


def test_who_passed_their_turn_comes_back_behind_the_next_by_the_rule(
    market: OpenMarket, make: Factory
) -> None:
    use(market, OrderRule.LOTTERY)
    for _ in range(4):
        make.checked_in()
    make.later(hours=1)
    missed = call_next(market, CLI, 1, (), new_key())
    move_ticket(market, CLI, Move(missed.ticket_code, TicketState.NO_SHOW, 1), new_key())
    move_ticket(market, CLI, Move(missed.ticket_code, TicketState.WAITING, None), new_key())
    order = [one.entry.ticket.label for one in line_of(market, LineView()).waiting]
    assert order.index(missed.label) == 1
    assert call_all(market, make) == order


def test_somebody_passed_over_needs_a_reason_and_the_reason_is_kept(
    market: OpenMarket, make: Factory
) -> None:
    first = make.checked_in().ticket.code
    second = make.checked_in().ticket.code
    with pytest.raises(OutOfTurnReasonMissing):
        call_named(market, CLI, NamedCall(second, 1), new_key())
    with pytest.raises(OutOfTurnReasonMissing):
        call_named(market, CLI, NamedCall(second, 1, OutOfTurn.OTHER), new_key())
    with pytest.raises(TextTooLong):
        call_named(market, CLI, NamedCall(second, 1, OutOfTurn.OTHER, "长" * 41), new_key())
    wanted = NamedCall(second, 1, OutOfTurn.OTHER, "家里孩子病了，王师傅说的")
    call_named(market, CLI, wanted, new_key())
    [kept] = out_of_turn_today(market)
    assert (kept.label, kept.desk_no) == ("A002", 1)
    assert kept.why == "别的原因：家里孩子病了，王师傅说的"
    assert why_called(market, ticket_view(market, second).id) == kept.why
    with market.database.read() as connection:
        bodies = [body for body in connection.scalars(select(event_log.c.body)) if body]
        told = [json.loads(body).get("out_of_turn") for body in bodies]
        assert connection.scalar(select(call.c.out_of_turn)) == "other"
    assert told.count("other") == 1
    assert not [body for body in bodies if "王师傅" in body]
    call_named(market, CLI, NamedCall(first, 2), new_key())
    assert len(out_of_turn_today(market)) == 1


def test_the_first_in_a_post_s_ranking_is_called_without_a_reason_and_nobody_else(
    market: OpenMarket, make: Factory
) -> None:
    make.checked_in(trades=["cleaner"])
    best, other = (make.checked_in().ticket.code for _ in range(2))
    post = make.published()
    with pytest.raises(OutOfTurnReasonMissing):
        call_named(market, CLI, NamedCall(other, 1, post_id=post.id), new_key())
    call_named(market, CLI, NamedCall(best, 1, post_id=post.id), new_key())
    assert out_of_turn_today(market) == ()
    why = NamedCall(other, 2, OutOfTurn.EMPLOYER_ASKED, post_id=post.id)
    # With the best one at a desk the other is first of those who wait.
    call_named(market, CLI, why, new_key())
    assert out_of_turn_today(market) == ()


def test_a_new_rule_orders_those_who_wait_already(market: OpenMarket, make: Factory) -> None:
    worked = make.person()
    places(market, make, worked)
    make.later(days=1)
    make.checked_in(person=worked)
    make.checked_in()
    use(market, OrderRule.ROTATION)
    order = [one.entry.ticket.label for one in line_of(market, LineView()).waiting]
    assert order == ["A002", "A001"]
    use(market, OrderRule.ARRIVAL)
    assert call_all(market, make) == ["A001", "A002"]


@pytest.mark.parametrize("find", ["", "A", "Z9", "999999", "'; --", "A012 A013"])
def test_looking_for_nonsense_finds_nothing(market: OpenMarket, make: Factory, find: str) -> None:
    make.checked_in()
    found = line_of(market, LineView(find=find)).found
    assert found is None if not find else found == ()


def test_a_number_is_found_wherever_it_is(market: OpenMarket, make: Factory) -> None:
    code = make.checked_in().ticket.code
    make.checked_in()
    for find in ("A2", "a002", "2", "A002"):
        [one] = line_of(market, LineView(find=find)).found or ()
        assert (one.entry.ticket.label, one.position, one.is_next) == ("A002", 2, False)
    call_named(market, CLI, NamedCall(code, 1), new_key())
    [one] = line_of(market, LineView(find="A001")).found or ()
    assert one.entry.ticket.state is TicketState.CALLED


def test_the_rule_is_part_of_what_the_market_says_of_itself(market: OpenMarket) -> None:
    use(market, OrderRule.LOTTERY, time(5, 30))
    view = market_view(market)
    assert (view.order_rule, view.draw_at) == (OrderRule.LOTTERY, time(5, 30))


def test_every_history_of_rules_calls_each_once(market: OpenMarket, make: Factory) -> None:
    rng = random.Random(5)  # noqa: S311 - nothing secret.
    print("seed 5")
    called: list[str] = []
    for _ in range(60):
        what = rng.randrange(4)
        try:
            if what == 0:
                make.checked_in()
            elif what == 1:
                use(market, rng.choice(list(OrderRule)))
            elif what == 2:
                answer = call_next(market, CLI, 1, (), new_key())
                called.append(answer.label)
                done = Move(answer.ticket_code, TicketState.DONE, 1)
                move_ticket(market, CLI, done, new_key())
            else:
                make.later(minutes=rng.randint(1, 20))
        except DomainError as refusal:
            print(refusal.code)
    assert len(called) == len(set(called)) > 5
    with market.database.read() as connection:
        assert connection.execute(select(visit.c.id)).all()


def test_the_command_recomputes_a_draw(
    market: OpenMarket, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.cli import main

    use(market, OrderRule.LOTTERY)
    make.checked_in()
    make.later(hours=1)
    tidy_up(market)

    class Session:
        def __enter__(self) -> OpenMarket:
            return market

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(main, "open_session", Session)
    day = make.today.isoformat()
    answer = CliRunner().invoke(main.market, ["lottery", "--verify", day])
    assert (answer.exit_code, "1 tickets, the draw holds" in answer.output) == (0, True)
