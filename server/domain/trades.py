"""Owns trades: the local names of day labour and their codes in 职业分类大典 (2022)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from server.domain.data_files import read_rows
from server.domain.errors import TradesMissing, TradesTooMany, TradeUnknown

MAX_TRADES_PER_WORKER = 6
MAX_TRADES_PER_PAGE = 6


@dataclass(frozen=True)
class Trade:
    """Hold one trade.

    short_name: at most 5 characters, for buttons and the board. code and occupation_name: of the
    occupation, which several trades may share. certificate: what the law asks for, or "". icon: the
    picture's name. is_heavy_or_high: work at heights, heavy, with vehicles or poisons, or closed to
    minors by its own rule, so nobody of 16 or 17 may do it.
    """

    id: str
    group: str
    name: str
    short_name: str
    code: str
    occupation_name: str
    certificate: str
    icon: str
    is_heavy_or_high: bool


@dataclass(frozen=True)
class TradeGroup:
    """Hold a group of trades in the order of the list."""

    name: str
    trades: tuple[Trade, ...]


@dataclass(frozen=True)
class TradePage:
    """Hold what one kiosk screen offers: page number of a group, from 1, and at most 6 trades."""

    group: str
    number: int
    pages_in_group: int
    trades: tuple[Trade, ...]


@cache
def trades() -> tuple[Trade, ...]:
    """Give all trades, by group, the usual ones first."""
    return tuple(_trade(row) for row in read_rows("trades.csv"))


def trade(trade_id: str) -> Trade:
    """Find a trade by its id. Raises TradeUnknown."""
    found = _trades_by_id().get(trade_id)
    if found is None:
        raise TradeUnknown()
    return found


@cache
def trade_groups() -> tuple[TradeGroup, ...]:
    """Give the groups in the order of the list."""
    grouped = groupby(trades(), key=lambda row: row.group)
    return tuple(TradeGroup(name, tuple(members)) for name, members in grouped)


@cache
def trade_pages() -> tuple[TradePage, ...]:
    """Cut every group into as few pages as hold at most 6 trades, of nearly equal length."""
    return tuple(page for group in trade_groups() for page in _pages(group))


def check_trades(trade_ids: tuple[str, ...]) -> tuple[Trade, ...]:
    """Check a worker's choice and return the trades, first wish first, doubles dropped.

    Raises TradesMissing, TradesTooMany(maximum) or TradeUnknown.
    """
    wanted = tuple(dict.fromkeys(trade_ids))
    if not wanted:
        raise TradesMissing()
    if len(wanted) > MAX_TRADES_PER_WORKER:
        raise TradesTooMany(maximum=MAX_TRADES_PER_WORKER)
    return tuple(trade(trade_id) for trade_id in wanted)


def _trade(row: Mapping[str, str]) -> Trade:
    return Trade(
        id=row["id"],
        group=row["group"],
        name=row["local_name"],
        short_name=row["short_name"],
        code=row["code"],
        occupation_name=row["dadian_name"],
        certificate=row["certificate"],
        icon=row["icon"],
        is_heavy_or_high=row["minors_barred"] == "1",
    )


@cache
def _trades_by_id() -> Mapping[str, Trade]:
    return {row.id: row for row in trades()}


def _pages(group: TradeGroup) -> list[TradePage]:
    count = -(-len(group.trades) // MAX_TRADES_PER_PAGE)
    length = -(-len(group.trades) // count)
    return [
        TradePage(group.name, number + 1, count, group.trades[number * length :][:length])
        for number in range(count)
    ]
