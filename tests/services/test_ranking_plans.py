"""The pick of the ranking reads indices alone, whatever the post or the worker."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, text

from server.domain.ranking import Seeker
from server.services import candidates, line, offers
from server.services.open_market import OpenMarket
from tests.people import Factory


def plan_of(connection: Connection, statement: Any) -> list[str]:
    """The steps in which SQLite would run a statement."""
    compiled = str(statement.compile(connection))
    rows = connection.execute(text("EXPLAIN QUERY PLAN " + bound(compiled)))
    return [row.detail for row in rows]


def bound(sql: str) -> str:
    """A statement with something in the place of each parameter."""
    return sql.replace("?", "1")


@pytest.mark.parametrize("pick", ["_EXACT", "_NEAR"])
def test_who_waits_for_a_post_is_picked_from_one_index(market: OpenMarket, pick: str) -> None:
    with market.database.read() as connection:
        steps = plan_of(connection, getattr(candidates, pick)._statement)
    assert steps[0].startswith("SEARCH ticket USING COVERING INDEX ix_ticket_line")
    assert not [step for step in steps if step.startswith("SCAN")], steps


def test_what_binds_workers_to_a_post_is_found_by_index(market: OpenMarket) -> None:
    with market.database.read() as connection:
        for name in ("_NAMED", "_APPLIED", "_DECLINED", "_HARDSHIP", "_OFFER"):
            steps = plan_of(connection, getattr(candidates, name)._statement)
            assert not [step for step in steps if step.startswith("SCAN")], (name, steps)
        for name in ("_NAMED", "_APPLIED", "_DECLINED"):
            steps = plan_of(connection, getattr(offers, name)._statement)
            assert not [step for step in steps if step.startswith("SCAN")], (name, steps)


@pytest.mark.parametrize("people", [1, 4])
def test_the_posts_of_a_worker_are_picked_by_their_trades(
    market: OpenMarket, make: Factory, people: int
) -> None:
    trades = ("bricklayer", "loader")
    seeker = Seeker(trades=trades, people=people, pay_wanted_fen=1, no_nights=True)
    asker = offers.Asker(seeker, {}, market.database.now())
    with market.database.read() as connection:
        statement = offers._pick(asker, seeker.trades).limit(12)
        compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
        steps = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert "SEARCH post USING INDEX ix_post_state_trade (state=? AND trade_id=?)" in steps
    # The sanctions in force are few and read once.
    scans = [step for step in steps if step.startswith("SCAN")]
    assert scans in ([], ["SCAN employer_sanction"])


def test_the_line_is_read_by_index(market: OpenMarket) -> None:
    with market.database.read() as connection:
        steps = plan_of(connection, line._SPOTS._statement)
    assert steps[0].startswith("SEARCH ticket USING INDEX")
