"""Owns the columns of posts and tickets that the ranking sorts by in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.domain.kinds import SkillLevel
from server.domain.posts import PostDraft, is_night_work, suits_minor
from server.domain.ranking import SKILL_RANKS, day_pay_fen, trades_mask
from server.domain.trades import trade


def ranked_columns(draft: PostDraft) -> dict[str, Any]:
    """Return what follows from a post's pay, hours and trade."""
    return {
        "day_pay_fen": day_pay_fen(draft.pay_fen, draft.pay_unit, draft),
        "is_night": is_night_work(draft),
        "suits_minors": suits_minor(draft, trade(draft.trade_id)),
    }


def skill_rank(skill: str | None) -> int:
    """Return the rank of a stored skill level; one that nobody was asked for counts as none."""
    return SKILL_RANKS[SkillLevel(skill)] if skill else 0


def line_columns(trades: Sequence[str], skill: str | None, row: Any) -> dict[str, Any]:
    """Return what a ticket keeps of its holder. row: the worker's, None for somebody new."""
    return {
        "trades_mask": trades_mask(trades),
        "skill_rank": skill_rank(skill),
        "pay_wanted_fen": None if row is None else row.pay_wanted_fen,
        "needs_ride": row is not None and row.needs_ride,
        "no_nights": row is not None and row.no_nights,
    }
