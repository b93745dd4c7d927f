"""Owns the marks of what the rules found: which words of which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.domain.review_rules import Piece, RuleScreen, TextHit, marked


@dataclass(frozen=True)
class FieldMarks:
    """One field in which rules found something. pieces: its text, cut at what they found."""

    field: str
    pieces: tuple[Piece, ...]
    hits: tuple[TextHit, ...]


def marks_of(texts: Mapping[str, str], screen: RuleScreen) -> dict[str, FieldMarks]:
    """Return the fields in which the rules found something, by name."""
    found = {name: (text, screen.hits(text)) for name, text in texts.items()}
    return {
        name: FieldMarks(name, marked(text, hits), hits)
        for name, (text, hits) in found.items()
        if hits
    }
