"""Owns the words of sanctions on employers and of duplicates, as codes."""

from __future__ import annotations

from enum import StrEnum


class SanctionReason(StrEnum):
    """Name why an employer may not publish posts."""

    WAGE_ARREARS = "wage_arrears"
    FALSE_POST = "false_post"
    FEES = "fees"
    OTHER = "other"


class SanctionState(StrEnum):
    """Say whether a sanction is to come, in force, past by its days, or lifted."""

    COMING = "coming"
    IN_FORCE = "in_force"
    OVER = "over"
    LIFTED = "lifted"


class DuplicateSign(StrEnum):
    """Name what two employers have in common."""

    PHONE = "phone"
    NAME = "name"
