"""Owns the form of a rule of review: what was typed and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from server.domain.errors import RequestMalformed
from server.domain.kinds import BannedCategory
from server.domain.phrases import BANNED_CATEGORY_NAMES, RULE_KIND_NAMES
from server.domain.review_kinds import RuleKind, RuleOrigin
from server.services.review_rules import KeptRule, RuleDraft
from server.staff.forms import choice_of, clean_text

CATEGORY_NAMES: Mapping[BannedCategory, str] = BANNED_CATEGORY_NAMES
KIND_NAMES: Mapping[RuleKind, str] = RULE_KIND_NAMES
MOST_TRIED = 200


@dataclass(frozen=True, kw_only=True)
class RuleFields:
    """What stands in the fields of the form, as typed; the two checks are "" or "on"."""

    category: str = BannedCategory.FEES.value
    kind: str = RuleKind.REVIEW.value
    rule_name: str = ""
    rule_sentence: str = ""
    words: str = ""
    exceptions: str = ""
    can_be_denied: str = ""
    is_enabled: str = "on"
    tried: str = ""


def rule_fields(form: Mapping[str, str]) -> RuleFields:
    """Return what was typed; a field that did not come is empty."""
    return RuleFields(**{f.name: clean_text(form.get(f.name, "")) for f in fields(RuleFields)})


def fields_of_rule(kept: KeptRule) -> RuleFields:
    """Return the form of a rule that is to be changed."""
    rule = kept.rule
    return RuleFields(
        category=rule.category.value,
        kind=rule.kind.value,
        rule_name=rule.name,
        rule_sentence=rule.sentence,
        words="\n".join(rule.words),
        exceptions="\n".join(rule.exceptions),
        can_be_denied="on" if rule.can_be_denied else "",
        is_enabled="on" if rule.is_enabled else "",
    )


def read_rule(typed: RuleFields) -> RuleDraft:
    """Return the rule a form asks for. Raises RequestMalformed for a choice that is not offered."""
    return RuleDraft(
        category=choice_of(BannedCategory, typed.category),
        kind=choice_of(RuleKind, typed.kind),
        name=typed.rule_name,
        sentence=typed.rule_sentence,
        words=typed.words,
        exceptions=typed.exceptions,
        can_be_denied=bool(typed.can_be_denied),
        is_enabled=bool(typed.is_enabled),
    )


def version_of_form(form: Mapping[str, str]) -> int:
    """Return the version of the rule that the form was drawn with. Raises RequestMalformed."""
    text = form.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise RequestMalformed
    return int(text)


def origin_of(kept: KeptRule | None) -> RuleOrigin:
    """Return where the rule of a form comes from: a new one is the market's own."""
    return RuleOrigin.OWN if kept is None else kept.rule.origin
