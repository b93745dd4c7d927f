"""Training wishes: up to three trades, one open wish a worker, counted for the staff."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from server.db.tables import training_wish, training_wish_trade, worker
from server.domain.errors import (
    PrivacyNoticeNotAccepted,
    TradesMissing,
    TradesTooMany,
    TradeUnknown,
)
from server.domain.kinds import FreeTime
from server.domain.privacy import NOTICE_VERSION
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.training import NewWish, Wish, training_wishes, wish_training
from server.services.workers import Person, WorkerAnswers
from tests.people import Factory, new_key

CALLABLE = WorkerAnswers("13812345678", None, None, None, NOTICE_VERSION)


def wish(
    market: OpenMarket,
    person: Person,
    *trades: str,
    answers: WorkerAnswers = CALLABLE,
    key: str | None = None,
) -> Wish:
    new = NewWish(person, trades, FreeTime.WINTER, answers)
    return wish_training(market, Actor("test"), new, key or new_key())


def rows(market: OpenMarket, table: object) -> int:
    with market.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]


def test_a_wish_is_kept_and_told_to_the_log_without_the_person(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person("欧阳建国")
    kept = wish(market, person, "welder", "cook", "welder")
    assert (kept.trades, kept.is_new) == (("welder", "cook"), True)
    event = events_after(market, 0)[-1]
    assert event.type == "training_wish.made"
    assert (event.body or {})["trades"] == ["welder", "cook"]
    for secret in ("欧阳", person.id_no, "13812345678"):
        assert secret not in str(event)


def test_a_new_wish_takes_the_place_of_the_old(market: OpenMarket, make: Factory) -> None:
    person = make.person()
    first = wish(market, person, "welder", "cook", "bricklayer")
    second = wish(market, person, "plasterer")
    assert (second.id, second.is_new) == (first.id, False)
    found = training_wishes(market)
    assert [row.trade_names for row in found.rows] == [("抹灰工",)]
    assert (rows(market, training_wish), rows(market, training_wish_trade)) == (1, 1)
    assert events_after(market, 0)[-1].type == "training_wish.changed"


def test_the_same_key_is_the_same_wish(market: OpenMarket, make: Factory) -> None:
    person, key = make.person(), new_key()
    first = wish(market, person, "welder", key=key)
    assert wish(market, person, "welder", key=key) == first
    assert [e.type for e in events_after(market, 0)].count("training_wish.changed") == 0


def test_the_staff_see_how_many_want_what_and_when(market: OpenMarket, make: Factory) -> None:
    wish(market, make.person("欧阳建国"), "welder", "cook")
    make.later(minutes=1)
    wish(market, make.person("王海"), "cook")
    found = training_wishes(market)
    assert (found.total, found.counts) == (2, (("厨师帮厨", 2), ("焊工", 1)))
    assert dict(found.by_time) == {FreeTime.DAYTIME: 0, FreeTime.EVENING: 0, FreeTime.WINTER: 2}
    assert [row.masked_name for row in found.rows] == ["王*", "欧阳**"]


@pytest.mark.parametrize(
    ("trades", "refusal"),
    [
        ((), TradesMissing),
        (("welder", "cook", "bricklayer", "plasterer"), TradesTooMany),
        (("astronaut",), TradeUnknown),
    ],
)
def test_a_faulty_wish_is_refused_and_nobody_is_kept(
    market: OpenMarket, make: Factory, trades: tuple[str, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        wish(market, make.person(), *trades)
    assert (rows(market, worker), rows(market, training_wish)) == (0, 0)


def test_who_is_new_must_have_agreed(market: OpenMarket, make: Factory) -> None:
    with pytest.raises(PrivacyNoticeNotAccepted):
        wish(market, make.person(), "welder", answers=WorkerAnswers())
