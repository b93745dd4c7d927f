"""The same services on PostgreSQL: numbers, calls, headcount and the log hold there too."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.db.schema import downgrade, revisions, upgrade
from server.db.seal import FieldSeal, make_keys
from server.db.unit_of_work import Database
from server.domain.clock import FixedClock
from server.domain.employer_kinds import SanctionReason
from server.domain.errors import (
    EmployerMerged,
    InAnotherCrew,
    NobodyWaiting,
    PlacesHeld,
    PostFull,
)
from server.domain.kinds import ReferralState, ServiceKind
from server.domain.proposal_kinds import Party
from server.services.applications import NewApplication, apply_for_post
from server.services.board import board
from server.services.calls import call_next
from server.services.check_in import CheckIn, check_in
from server.services.employer_lookup import look_up
from server.services.employer_merges import merge_employers
from server.services.log import events_after, verify_chain
from server.services.market import MarketPlan, init_market
from server.services.matching import ranked_for_post
from server.services.open_market import Actor, OpenMarket
from server.services.posts import post_of
from server.services.referrals import NewReferral, record_referral
from server.services.sanctions import NewSanction, set_sanction
from server.services.waiting_list import lapse_proposals
from server.services.workers import Person, person_of_number
from tests.people import ANSWERS, CLI, Factory, many_numbers, new_key
from tests.postgres import running_postgres
from tests.services.hall import Hall, check_log_equals_tables, check_never_oversold

THREADS = 8
PEOPLE = 160


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture
def market(address: str, clock: FixedClock) -> Iterator[OpenMarket]:
    upgrade(address)
    keys = make_keys()
    opened = OpenMarket(
        Database(address, clock), FieldSeal(keys), keys.session_key, "http://10.0.0.5:8000"
    )
    init_market(opened, CLI, MarketPlan("140602", 4, "0349-12333", "12345", "朔城区", 1910))
    yield opened
    opened.database.close()
    downgrade(address, "base")


def arrive(market: OpenMarket, number: str, make: Factory) -> int:
    asked = CheckIn(person_of_number(number, make.today), ServiceKind.FIND_WORK, ANSWERS)
    return check_in(market, Actor("test"), asked, new_key()).ticket.number


def test_eight_threads_give_numbers_without_gap_and_a_log_in_commit_order(
    market: OpenMarket, make: Factory
) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        numbers = list(pool.map(lambda n: arrive(market, n, make), many_numbers(PEOPLE)))
    assert sorted(numbers) == list(range(1, PEOPLE + 1))
    ids = [event.id for event in events_after(market, 0, 10_000)]
    assert ids == sorted(ids)
    assert verify_chain(market).broken_at is None


def test_four_desks_never_call_the_same_ticket(market: OpenMarket, make: Factory) -> None:
    for number in many_numbers(4):
        arrive(market, number, make)
    clerk = make.staff().actor
    with ThreadPoolExecutor(4) as pool:
        called = list(
            pool.map(lambda no: call_next(market, clerk, no, (), new_key()).label, (1, 2, 3, 4))
        )
    assert sorted(called) == ["A001", "A002", "A003", "A004"]


def test_the_last_place_of_a_post_goes_to_one_of_four(market: OpenMarket, make: Factory) -> None:
    post, clerk = make.published(headcount=1), make.staff().actor
    codes = [make.checked_in().ticket.code for _ in range(4)]

    def agree(code: str) -> bool:
        try:
            record_referral(
                market, clerk, NewReferral(code, post.id, 1, ReferralState.AGREED), new_key()
            )
        except PostFull:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(agree, codes)) == [False, False, False, True]
    assert board(market).posts == ()


def test_nobody_waiting_is_said(market: OpenMarket, make: Factory) -> None:
    with pytest.raises(NobodyWaiting):
        call_next(market, make.staff().actor, 1, (), new_key())


def test_the_schema_goes_up_down_and_up_again(address: str, market: OpenMarket) -> None:
    present, newest = revisions(address)
    assert present == newest
    market.database.close()
    downgrade(address, "base")
    upgrade(address)
    assert revisions(address) == (newest, newest)


def test_eight_who_apply_at_once_get_every_place_once(market: OpenMarket, make: Factory) -> None:
    post = make.published(headcount=1)
    people = [person_of_number(number, make.today) for number in many_numbers(THREADS)]

    def apply(n: int) -> int:
        new = NewApplication(people[n], post.id, ANSWERS)
        return apply_for_post(market, Actor("test"), new, new_key()).application.order

    with ThreadPoolExecutor(THREADS) as pool:
        assert sorted(pool.map(apply, range(THREADS))) == list(range(1, THREADS + 1))
    assert [one.applied for one in ranked_for_post(market, post.id)] == list(range(1, THREADS + 1))
    assert verify_chain(market).broken_at is None


def test_of_two_leaders_who_add_the_same_member_at_once_one_wins(
    market: OpenMarket, make: Factory
) -> None:
    wanted, leaders = make.person(), [make.person() for _ in range(THREADS)]

    def press(leader: Person) -> str:
        try:
            return make.crew(leader, wanted).ticket.label
        except InAnotherCrew as refusal:
            return refusal.code

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(press, leaders))
    assert sorted(answers) == ["A001", *["in_another_crew"] * (THREADS - 1)]
    assert board(market).counts.visits == 2


def test_two_clerks_merge_a_pair_once_and_a_piece_of_a_name_finds_it(
    market: OpenMarket, make: Factory
) -> None:
    one, other = make.employer(name="山西恒泰商砼有限公司"), make.employer()
    post = make.published(employer_id=other.id)

    def merge(pair: tuple[str, str]) -> str:
        try:
            return merge_employers(market, CLI, *pair, new_key()).kept_id
        except EmployerMerged as error:
            return error.code

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(merge, [(one.id, other.id)] * THREADS))
    assert sorted(answers, key=len) == [*["employer_merged"] * (THREADS - 1), one.id]
    assert [found.id for found in look_up(market, "恒泰")] == [one.id]
    assert [found.id for found in look_up(market, other.credit_code or "")] == [one.id]
    new = NewSanction(one.id, SanctionReason.FALSE_POST, make.today, None, "没有这个工地")
    set_sanction(market, CLI, new, new_key())
    assert board(market).posts == ()
    assert post_of(market, post.id).draft.employer_id == one.id


def test_held_places_and_agreements_at_once_never_oversell_a_post(
    market: OpenMarket, make: Factory
) -> None:
    hall, post = Hall(market, make), make.published(headcount=3)
    people = [hall.somebody() for _ in range(THREADS)]
    held = [hall.propose(who, post, Party.WORKER).id for who in people[:2]]

    def press(n: int) -> None:
        try:
            if n < 2:
                hall.accept(held[n], Party.EMPLOYER)
            elif n % 2:
                hall.agree(people[n], post)
            else:
                hall.propose(people[n], post)
        except (PlacesHeld, PostFull):
            return

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(press, range(THREADS)))
    check_never_oversold(market, post)
    check_log_equals_tables(market)
    assert hall.left(post) == 0
    make.later(minutes=30)
    assert lapse_proposals(market) == 3 - post_of(market, post.id).filled
    check_log_equals_tables(market)
    assert verify_chain(market).broken_at is None
