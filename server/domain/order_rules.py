"""Owns the order rules of the line: by arrival, by rotation, by a lottery anybody can recompute."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Where a number stands before its place of arrival counts; the smaller comes first.
BY_ARRIVAL = 0
# Nobody waits longer than this for the rule: 27 years without work are like never.
NEVER_PLACED_DAYS = 10_000
# Who came after the draw, or before it is held, stands behind everybody drawn.
NOT_DRAWN = 1_000_000


class OrderRule(StrEnum):
    """Name who is next among those who look for work (排队规则)."""

    ARRIVAL = "arrival"
    ROTATION = "rotation"
    LOTTERY = "lottery"


class OutOfTurn(StrEnum):
    """Name why a desk takes somebody whose turn it is not."""

    EMPLOYER_ASKED = "employer_asked"
    FRAIL = "frail"
    WAS_HERE = "was_here"
    ONLY_FIT = "only_fit"
    MISTAKE = "mistake"
    OTHER = "other"


ORDER_RULE_NAMES: Mapping[OrderRule, str] = {
    OrderRule.ARRIVAL: "按到场先后",
    OrderRule.ROTATION: "轮流：多少天没上工的在前",
    OrderRule.LOTTERY: "抽签",
}
OUT_OF_TURN_NAMES: Mapping[OutOfTurn, str] = {
    OutOfTurn.EMPLOYER_ASKED: "老板点名要",
    OutOfTurn.FRAIL: "年老体弱，照顾一下",
    OutOfTurn.WAS_HERE: "刚才办到一半",
    OutOfTurn.ONLY_FIT: "这活只有他合适",
    OutOfTurn.MISTAKE: "纠正叫错的号",
    OutOfTurn.OTHER: "别的原因",
}


def rotation_turn(last_placed_day: date | None, today: date) -> int:
    """Return the turn of somebody last placed on a day: the longer ago, the smaller; never is 0."""
    if last_placed_day is None:
        return 0
    days = min(max((today - last_placed_day).days, 0), NEVER_PLACED_DAYS - 1)
    return NEVER_PLACED_DAYS - days


def turn_words(rule: OrderRule, turn: int) -> str:
    """Return what a turn says of somebody, "" where arrival alone counts."""
    if rule is OrderRule.ROTATION:
        days = NEVER_PLACED_DAYS - turn
        return "在这里还没上过工" if turn == 0 else f"{days}天没上工" if days else "今天上过工"
    if rule is OrderRule.LOTTERY:
        return "没赶上抽签" if turn >= NOT_DRAWN else f"抽签第{turn}个"
    return ""


@dataclass(frozen=True)
class Draw:
    """What a lottery is drawn from: the secret, and who was in the line, by their marks.

    seed: 64 hex digits that nobody knew before the draw, bound by `commitment_of`. marks: of the
    tickets in the order they were issued (`mark_of`).
    """

    seed: str
    marks: tuple[str, ...]


def commitment_of(seed: str) -> str:
    """Return what is published of a seed before the day's first number: its SHA-256, in hex."""
    return _sha256(seed)


def mark_of(code: str) -> str:
    """Return what is published of a ticket: the SHA-256 of its code, in hex.

    The code itself opens the holder's page; it stays on the paper, whose holder finds the mark.
    """
    return _sha256(code)


def drawn_order(draw: Draw) -> tuple[int, ...]:
    """Return the places of the tickets in the drawn order: first comes `draw.marks[result[0]]`.

    A ticket's lot is the SHA-256 of "seed:digest:mark", where digest is the SHA-256 of all marks
    joined by newlines; the smallest lot comes first. Every ticket moves every lot, so that a seed
    that got out tells nobody which number to take.
    """
    digest = _sha256("\n".join(draw.marks))
    lots = [_sha256(f"{draw.seed}:{digest}:{mark}") for mark in draw.marks]
    return tuple(sorted(range(len(lots)), key=lots.__getitem__))


def turns_of(draw: Draw) -> Mapping[str, int]:
    """Return the turn of each mark, 1 upwards."""
    return {draw.marks[place]: turn for turn, place in enumerate(drawn_order(draw), 1)}


def is_of(commitment: str, seed: str) -> bool:
    """Tell whether a published seed is the one that was bound."""
    return commitment_of(seed) == commitment


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
