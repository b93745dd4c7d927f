"""Merging: two registrations become one employer, and within a day become two again exactly."""

from __future__ import annotations

import random
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from server.db.columns import metadata
from server.domain.employer_kinds import DuplicateSign, SanctionReason
from server.domain.errors import (
    DomainError,
    EmployerExists,
    EmployerMerged,
    EmployersSame,
    EmployerUnknown,
    MergeNotLast,
    MergeOver,
    MergeTooOld,
    MergeUnknown,
)
from server.domain.kinds import PostState
from server.services.board import board
from server.services.employer_lookup import duplicates_of, look_up
from server.services.employer_merges import merge_employers, merges_into, undo_merge
from server.services.employers import employer_of, employers
from server.services.log import verify_chain
from server.services.open_market import OpenMarket
from server.services.posts import add_post, end_post, post_of, posts_of_employer
from server.services.sanctions import NewSanction, lift_sanction, sanctions_of, set_sanction
from tests.people import CLI, Factory, credit_code, new_key

# The log, its answers, and the merges themselves only grow; versions must not go back.
GROWING = {"event_log", "answered_request", "employer_merge", "employer_merge_move", "signal"}
ROUNDS = 12


def dump(market: OpenMarket) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without the version that counts changes."""
    with market.database.read() as connection:
        return {
            table.name: [
                {name: value for name, value in row._mapping.items() if name != "entity_version"}
                for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name not in GROWING
        }


def merge(market: OpenMarket, kept_id: str, gone_id: str) -> str:
    return merge_employers(market, CLI, kept_id, gone_id, new_key()).id


def sanction(market: OpenMarket, make: Factory, employer_id: str) -> str:
    new = NewSanction(employer_id, SanctionReason.FEES, make.today, None, "收据在卷")
    return set_sanction(market, CLI, new, new_key()).id


def test_posts_and_sanctions_move_and_the_old_id_leads_to_the_kept_one(
    market: OpenMarket, make: Factory
) -> None:
    kept, gone = make.employer(), make.employer()
    mine, theirs = make.published(employer_id=kept.id), make.published(employer_id=gone.id)
    sanction_id = sanction(market, make, gone.id)
    lift_sanction(market, CLI, sanction_id, "退了", new_key())
    merge(market, kept.id, gone.id)
    assert [p.id for p in posts_of_employer(market, kept.id)] == [theirs.id, mine.id]
    assert [s.id for s in sanctions_of(market, gone.id)] == [sanction_id]
    assert employer_of(market, gone.id).id == kept.id
    assert [e.id for e in employers(market)] == [kept.id]
    added = add_post(market, CLI, make.draft(employer_id=gone.id), new_key())
    assert added.draft.employer_id == kept.id
    assert verify_chain(market).broken_at is None


def test_a_sanction_cannot_be_shaken_off_by_registering_anew(
    market: OpenMarket, make: Factory
) -> None:
    bad, fresh = make.employer(), make.employer()
    sanction(market, make, bad.id)
    post = make.published(employer_id=fresh.id)
    merge_id = merge(market, fresh.id, bad.id)
    assert board(market).posts == ()
    assert post_of(market, post.id).state is PostState.PAUSED
    undo_merge(market, CLI, merge_id, new_key())
    assert [row.id for row in board(market).posts] == [post.id]


def test_merging_and_undoing_leaves_every_row_as_before(market: OpenMarket, make: Factory) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    crowd = [make.employer() for _ in range(4)]
    for _ in range(ROUNDS):
        for _ in range(chance.randrange(4)):
            happen(market, make, chance, chance.choice(crowd).id)
        kept, gone = chance.sample(crowd, 2)
        before = dump(market)
        merge_id = merge(market, kept.id, gone.id)
        undo_merge(market, CLI, merge_id, new_key())
        assert dump(market) == before


def test_a_chain_of_merges_is_undone_from_its_end(market: OpenMarket, make: Factory) -> None:
    first, second, third = (make.employer() for _ in range(3))
    for one in (first, second, third):
        make.published(employer_id=one.id)
    before = dump(market)
    inner = merge(market, second.id, first.id)
    outer = merge(market, third.id, second.id)
    assert employer_of(market, first.id).id == third.id
    with pytest.raises(MergeNotLast):
        undo_merge(market, CLI, inner, new_key())
    undo_merge(market, CLI, outer, new_key())
    undo_merge(market, CLI, inner, new_key())
    assert dump(market) == before


def happen(market: OpenMarket, make: Factory, chance: random.Random, employer_id: str) -> None:
    """Something that happens to an employer."""
    what = chance.randrange(4)
    is_barred = employer_of(market, employer_id).is_sanctioned
    if what == 0 and not is_barred:
        make.published(employer_id=employer_id)
    elif what == 1 and not is_barred:
        closed = make.published(employer_id=employer_id)
        end_post(market, CLI, closed.id, PostState.CLOSED, new_key())
    elif what == 2:
        sanction(market, make, employer_id)
    else:
        for one in sanctions_of(market, employer_id):
            if one.state == "in_force":
                lift_sanction(market, CLI, one.id, "好了", new_key())


def test_what_came_after_the_merge_stays_with_the_kept_one(
    market: OpenMarket, make: Factory
) -> None:
    kept, gone = make.employer(), make.employer()
    old = make.published(employer_id=gone.id)
    merge_id = merge(market, kept.id, gone.id)
    new = make.published(employer_id=gone.id)
    undo_merge(market, CLI, merge_id, new_key())
    assert [p.id for p in posts_of_employer(market, gone.id)] == [old.id]
    assert [p.id for p in posts_of_employer(market, kept.id)] == [new.id]
    assert merges_into(market, kept.id) == ()


def test_after_a_day_it_stays_merged(market: OpenMarket, make: Factory) -> None:
    kept, gone = make.employer(), make.employer()
    merge_id = merge(market, kept.id, gone.id)
    make.later(days=1)
    [done] = merges_into(market, kept.id)
    assert done.can_be_undone(make.clock.now())
    make.later(seconds=1)
    assert not done.can_be_undone(make.clock.now())
    with pytest.raises(MergeTooOld):
        undo_merge(market, CLI, merge_id, new_key())


@pytest.mark.parametrize("is_crossed", [False, True])
def test_two_clerks_who_merge_the_same_pair_at_once_merge_it_once(
    market: OpenMarket, make: Factory, is_crossed: bool
) -> None:
    one, other = make.employer(), make.employer()
    for owner in (one, other):
        make.published(employer_id=owner.id)
    pairs = [(one.id, other.id), (other.id, one.id) if is_crossed else (one.id, other.id)]

    def clerk(pair: tuple[str, str]) -> str:
        try:
            return merge(market, *pair)
        except DomainError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(clerk, pairs * 4))
    assert answers.count("employer_merged") == len(answers) - 1
    [left] = employers(market)
    assert len(posts_of_employer(market, left.id)) == 2


def test_what_makes_no_sense_is_refused(market: OpenMarket, make: Factory) -> None:
    one, other, third = (make.employer() for _ in range(3))
    with pytest.raises(EmployersSame):
        merge(market, one.id, one.id)
    for pair in (("nobody", one.id), (one.id, "nobody")):
        with pytest.raises(EmployerUnknown):
            merge(market, *pair)
    with pytest.raises(MergeUnknown):
        undo_merge(market, CLI, "nothing", new_key())
    merge_id = merge(market, one.id, other.id)
    for pair in ((other.id, third.id), (third.id, other.id)):
        with pytest.raises(EmployerMerged):
            merge(market, *pair)
    undo_merge(market, CLI, merge_id, new_key())
    with pytest.raises(MergeOver):
        undo_merge(market, CLI, merge_id, new_key())


def test_registering_a_merged_unit_again_names_the_kept_one(
    market: OpenMarket, make: Factory
) -> None:
    kept, gone = make.employer(), make.employer(identity=credit_code(700))
    merge(market, kept.id, gone.id)
    with pytest.raises(EmployerExists) as refused:
        make.employer(identity=credit_code(700))
    assert refused.value.facts == {"employer_id": kept.id}


def test_the_same_phone_and_the_same_name_are_signs_of_a_duplicate(
    market: OpenMarket, make: Factory
) -> None:
    own = make.employer(name="山西恒泰商砼有限公司", phone="13900000001")
    both = make.employer(name="山西恒泰商砼有限责任公司", phone="13900000001")
    phone = make.employer(name="盛源物流", phone="13900000001")
    name = make.employer(name="山西 恒泰商砼（公司）", phone="13900000002")
    make.employer(name="山西恒泰商混", phone="13900000003")
    found = {d.employer.id: set(d.signs) for d in duplicates_of(market, own.id)}
    assert found == {
        both.id: {DuplicateSign.PHONE, DuplicateSign.NAME},
        phone.id: {DuplicateSign.PHONE},
        name.id: {DuplicateSign.NAME},
    }
    merge(market, own.id, both.id)
    assert {d.employer.id for d in duplicates_of(market, own.id)} == {phone.id, name.id}


def test_a_search_for_the_merged_one_finds_the_kept_one(market: OpenMarket, make: Factory) -> None:
    kept, gone = make.employer(name="恒泰商砼"), make.employer(name="盛源物流")
    merge(market, kept.id, gone.id)
    assert [e.id for e in look_up(market, "盛源")] == [kept.id]
