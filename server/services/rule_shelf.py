"""Owns where a market keeps its rules of review ready: made once for each version of them."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Any

from sqlalchemy import Connection, Row, func, select

from server.db.review_tables import minimum_wage, review_rule
from server.db.tables import market as market_table
from server.domain.errors import MarketMissing
from server.domain.kinds import BannedCategory
from server.domain.posts import PostRules
from server.domain.review_kinds import RuleKind, RuleOrigin
from server.domain.review_rules import ReviewRule, RuleScreen


class RuleShelf:
    """Keeps the newest rules that were asked for; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version: Hashable = None
        self._screen = RuleScreen(())

    def screen(self, connection: Connection) -> RuleScreen:
        """Return the rules as this transaction sees them, ready to read texts."""
        version = _version(connection)
        with self._lock:
            if version == self._version:
                return self._screen
        screen = RuleScreen(stored_rules(connection))
        with self._lock:
            self._version, self._screen = version, screen
        return screen

    def post_rules(self, connection: Connection) -> PostRules:
        """Return all that posts are checked by. Raises MarketMissing."""
        minimum = connection.scalar(select(market_table.c.min_hourly_pay_fen))
        if minimum is None:
            raise MarketMissing
        steps = select(minimum_wage.c.from_day, minimum_wage.c.hourly_fen)
        wages = connection.execute(steps.order_by(minimum_wage.c.from_day)).all()
        return PostRules(
            min_hourly_pay_fen=minimum,
            wages=tuple((row.from_day, row.hourly_fen) for row in wages),
            screen=self.screen(connection),
        )


def _version(connection: Connection) -> Hashable:
    """Return what no other state of the rules has: every change counts one version up."""
    newest = select(
        func.count(), func.sum(review_rule.c.entity_version), func.max(review_rule.c.changed_at)
    ).select_from(review_rule)
    return tuple(connection.execute(newest).one())


def stored_rules(connection: Connection) -> tuple[ReviewRule, ...]:
    """Return all rules of a market, switched on or off, the built-in ones first."""
    ordered = select(review_rule).order_by(review_rule.c.origin, review_rule.c.id)
    return tuple(rule_of_row(row) for row in connection.execute(ordered))


def rule_of_row(row: Row[Any]) -> ReviewRule:
    """Return the rule of a row of review_rule."""
    return ReviewRule(
        id=row.id,
        category=BannedCategory(row.category),
        kind=RuleKind(row.kind),
        origin=RuleOrigin(row.origin),
        name=row.name,
        sentence=row.sentence,
        basis=row.basis,
        pattern=row.pattern,
        words=tuple(row.words.splitlines()),
        exceptions=tuple(row.exceptions.splitlines()),
        shown_as=row.shown_as,
        can_be_denied=row.can_be_denied,
        is_enabled=row.is_enabled,
    )
