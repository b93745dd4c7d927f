"""Owns what the rules a market comes with find in a post's free text."""

from dataclasses import dataclass

from server.domain.kinds import BannedCategory
from server.domain.review_rules import built_in_screen


@dataclass(frozen=True)
class Finding:
    """Hold one thing a text may not say.

    word: what was found, or for personal data only its kind. reason: a sentence for the clerk.
    """

    word: str
    category: BannedCategory
    reason: str


def screen_post_text(text: str) -> list[Finding]:
    """Find what a post may not say, in the order of the text, each thing once."""
    hits = built_in_screen().hits(text)
    return [Finding(hit.word, hit.rule.category, hit.rule.sentence) for hit in hits]
