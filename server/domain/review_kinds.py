"""Owns the closed lists of words about the review of posts."""

from enum import StrEnum


class RuleKind(StrEnum):
    """Say what a hit does: BLOCK can never be published, REVIEW only with a reason."""

    BLOCK = "block"
    REVIEW = "review"


class RuleOrigin(StrEnum):
    """Say where a rule comes from: shipped with the market, or written by its managers."""

    BUILT_IN = "built_in"
    OWN = "own"
