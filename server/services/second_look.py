"""Owns the second look: words a member of staff may let through, and the reason that is kept."""

from __future__ import annotations

from typing import Any

from server.domain.errors import BannedWords, ReviewReasonMissing, TextTooLong
from server.domain.kinds import BannedCategory
from server.domain.posts import PostDraft, PostRules, ReviewHit, second_looks

MAX_REASON = 100


def looked_at(draft: PostDraft, rules: PostRules, reason: str) -> dict[str, Any]:
    """Return what the event of a publishing says of words that were let through; {} for none.

    Raises ReviewReasonMissing, TextTooLong, and BannedWords for personal data in the reason.
    """
    hits = second_looks(draft, rules)
    if not hits:
        return {}
    said = reason.strip()
    if not said:
        raise ReviewReasonMissing(words=words_of(hits))
    if len(said) > MAX_REASON:
        raise TextTooLong(field="review_reason", limit=MAX_REASON)
    _refuse_personal_data(said, rules)
    return {"second_look": {"reason": said, "hits": [_told(hit) for hit in hits]}}


def words_of(hits: tuple[ReviewHit, ...]) -> str:
    """Return the words that were hit, each once: "35岁以下、身高170"."""
    return "、".join(dict.fromkeys(hit.words for hit in hits))


def _told(hit: ReviewHit) -> dict[str, str]:
    return {"rule_id": hit.rule_id, "rule": hit.rule_name, "field": hit.field, "words": hit.words}


def _refuse_personal_data(said: str, rules: PostRules) -> None:
    """Keep phones and numbers out of the event log, which nobody can change later."""
    for hit in rules.screen.hits(said):
        if hit.rule.category is BannedCategory.PERSONAL_DATA:
            raise BannedWords(
                words=hit.word,
                category=hit.rule.category.value,
                field="review_reason",
                rule=hit.rule.name,
                said=hit.rule.sentence,
            )
