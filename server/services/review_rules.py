"""Owns the rules of review as managers keep them: listed, tried, added, changed, switched off."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from server.db.review_tables import review_rule
from server.db.tables import staff
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    PermissionMissing,
    RuleChanged,
    RuleUnknown,
    RuleWordsInvalid,
    TextMissing,
    TextTooLong,
)
from server.domain.kinds import BannedCategory, StaffRole
from server.domain.posts import PostRules
from server.domain.review_kinds import RuleKind, RuleOrigin
from server.domain.review_rules import ReviewRule, RuleScreen, TextHit
from server.domain.review_words import clean_words
from server.services.open_market import OpenMarket
from server.services.rule_shelf import rule_of_row

MAX_NAME, MAX_SENTENCE = 30, 80


@dataclass(frozen=True)
class RuleDraft:
    """A rule as a manager writes it. words, exceptions: one a line, with wildcards.

    words: "" for a built-in rule, whose pattern stays as it is.
    """

    category: BannedCategory
    kind: RuleKind
    name: str
    sentence: str
    words: str = ""
    exceptions: str = ""
    can_be_denied: bool = False
    is_enabled: bool = True


@dataclass(frozen=True)
class KeptRule:
    """A rule with its version, which a change must name, and when it was last changed."""

    rule: ReviewRule
    version: int
    changed_at: datetime

    def with_pattern(self, changed: ReviewRule) -> ReviewRule:
        """Return what a change would make of this rule: what shipped with it stays."""
        after = replace(changed, id=self.rule.id, basis=self.rule.basis)
        if self.rule.origin is RuleOrigin.OWN:
            return after
        return replace(
            after,
            category=self.rule.category,
            pattern=self.rule.pattern,
            shown_as=self.rule.shown_as,
        )


def post_rules(market: OpenMarket) -> PostRules:
    """Return all that posts are checked by now. Raises MarketMissing."""
    with market.database.read() as connection:
        return market.rules.post_rules(connection)


def kept_rules(market: OpenMarket) -> tuple[KeptRule, ...]:
    """Return every rule: the market's own first, latest first, then the built-in by category."""
    ordered = select(review_rule).order_by(
        review_rule.c.origin.desc(), review_rule.c.created_at.desc(), review_rule.c.id
    )
    with market.database.read() as connection:
        found = [_kept(row) for row in connection.execute(ordered)]
    order = {category: place for place, category in enumerate(BannedCategory)}

    def place(kept: KeptRule) -> tuple[bool, int]:
        is_built_in = kept.rule.origin is RuleOrigin.BUILT_IN
        return is_built_in, order[kept.rule.category] if is_built_in else 0

    return tuple(sorted(found, key=place))


def kept_rule(market: OpenMarket, rule_id: str) -> KeptRule:
    """Return one rule. Raises RuleUnknown."""
    with market.database.read() as connection:
        row = connection.execute(select(review_rule).where(review_rule.c.id == rule_id)).first()
    if row is None:
        raise RuleUnknown
    return _kept(row)


def add_rule(market: OpenMarket, manager: Actor, draft: RuleDraft, key: str) -> str:
    """Add a rule of the market's own and return its id; it reads the next post.

    Raises TextMissing, TextTooLong, RuleWordsInvalid, PermissionMissing for anybody but a
    manager. Records review_rule.added.
    """
    asked = Asked(key, "add_rule", asdict(draft))
    with market.database.write(manager) as tx:
        return tx.once(asked, str, lambda: _add(tx, draft))


def _add(tx: Transaction, draft: RuleDraft) -> str:
    _check_manager(tx)
    new = rule_of_draft(draft, RuleOrigin.OWN)
    values = {**_columns(replace(new, id=tx.new_id())), "created_at": tx.now}
    _write(tx, values, 1, "review_rule.added")
    return str(values["id"])


@dataclass(frozen=True)
class RuleEdit:
    """A change of a rule. version: the one the manager saw."""

    rule_id: str
    version: int
    draft: RuleDraft


def change_rule(market: OpenMarket, manager: Actor, edit: RuleEdit, key: str) -> str:
    """Change a rule, or switch it off; posts on the board stay.

    A built-in rule keeps its pattern and category. Raises
    RuleUnknown, RuleChanged, and what `add_rule` raises. Records review_rule.changed.
    """
    asked = Asked(key, "change_rule", asdict(edit))
    with market.database.write(manager) as tx:
        return tx.once(asked, str, lambda: _change(tx, edit))


def _change(tx: Transaction, edit: RuleEdit) -> str:
    _check_manager(tx)
    row = tx.connection.execute(select(review_rule).where(review_rule.c.id == edit.rule_id)).first()
    if row is None:
        raise RuleUnknown
    if row.entity_version != edit.version:
        raise RuleChanged
    before = _kept(row)
    after = before.with_pattern(rule_of_draft(edit.draft, before.rule.origin))
    values = {**_columns(after), "created_at": row.created_at}
    _write(tx, values, edit.version + 1, "review_rule.changed")
    return edit.rule_id


def rule_of_draft(draft: RuleDraft, origin: RuleOrigin) -> ReviewRule:
    """Return the rule a manager means, without an id yet.

    Raises TextMissing, TextTooLong, RuleWordsInvalid.
    """
    words = clean_words(draft.words) if origin is RuleOrigin.OWN else ()
    if origin is RuleOrigin.OWN and not words:
        raise RuleWordsInvalid(reason="missing")
    return ReviewRule(
        id="",
        category=draft.category,
        kind=draft.kind,
        origin=origin,
        name=_text(draft.name, "rule_name", MAX_NAME),
        sentence=_text(draft.sentence, "rule_sentence", MAX_SENTENCE),
        words=words,
        exceptions=clean_words(draft.exceptions),
        can_be_denied=draft.can_be_denied,
        is_enabled=draft.is_enabled,
    )


def try_text(
    market: OpenMarket, text: str, tried: ReviewRule | None = None, instead_of: str = ""
) -> tuple[TextHit, ...]:
    """Return what the rules find in a text, and what a rule that is not saved yet would find.

    instead_of: id of the rule that the tried one would replace.
    """
    with market.database.read() as connection:
        screen = market.rules.screen(connection)
    if tried is not None:
        others = tuple(rule for rule in screen.rules if rule.id != instead_of)
        screen = RuleScreen((*others, replace(tried, is_enabled=True)))
    return screen.hits(text)


def _text(text: str, field: str, limit: int) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise TextMissing(field=field)
    if len(clean) > limit:
        raise TextTooLong(field=field, limit=limit)
    return clean


def _check_manager(tx: Transaction) -> None:
    role = tx.connection.scalar(
        select(staff.c.role).where(staff.c.id == (tx.actor.staff_id or ""), staff.c.is_active)
    )
    if role != StaffRole.MANAGER:
        raise PermissionMissing


def _columns(rule: ReviewRule) -> dict[str, Any]:
    columns = asdict(rule)
    for name in ("words", "exceptions"):
        columns[name] = "\n".join(columns[name])
    return {name: getattr(value, "value", value) for name, value in columns.items()}


def _write(tx: Transaction, values: dict[str, Any], version: int, event_type: str) -> None:
    row = {**values, "entity_version": version, "changed_at": tx.now}
    if version == 1:
        tx.connection.execute(insert(review_rule), row)
    else:
        tx.connection.execute(
            update(review_rule).where(review_rule.c.id == row["id"]),
            {name: value for name, value in row.items() if name != "id"},
        )
    tx.record(Event(event_type, f"review_rule/{row['id']}", version, row))


def _kept(row: Row[Any]) -> KeptRule:
    return KeptRule(rule_of_row(row), row.entity_version, row.changed_at)
