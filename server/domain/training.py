"""Owns what somebody may wish to learn, and when they have time for it."""

from __future__ import annotations

from server.domain.errors import TradesMissing, TradesTooMany
from server.domain.trades import Trade, trade

MAX_WISHES = 3


def check_wishes(trade_ids: tuple[str, ...]) -> tuple[Trade, ...]:
    """Check what somebody wants to learn and return the trades, first wish first, doubles dropped.

    Raises TradesMissing, TradesTooMany(maximum) or TradeUnknown.
    """
    wanted = tuple(dict.fromkeys(trade_ids))
    if not wanted:
        raise TradesMissing
    if len(wanted) > MAX_WISHES:
        raise TradesTooMany(maximum=MAX_WISHES)
    return tuple(trade(trade_id) for trade_id in wanted)
