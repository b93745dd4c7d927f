"""Owns how posts are laid on A4 sheets for a notice board: how tall they are, which go together.

The browser breaks the pages; the sheets are cut here so that every one knows its number, also in
browsers that cannot count pages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

# In millimetres, as `wall.css` draws them: what is left of 297 mm for posts, and their lines.
SHEET_MM = 232.0
GROUP_MM = 14.0
POST_MM = 8.0
TITLE_MM, TITLE_COLUMNS = 10.5, 20.0
LINE_MM, LINE_COLUMNS = 7.6, 32.0

Item = TypeVar("Item")


@dataclass(frozen=True)
class WallText:
    """What is written of a post: its title in large type, and paragraphs below it."""

    group: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Part(Generic[Item]):
    """Posts of one group on one sheet. is_continued: the group began on the sheet before."""

    group: str
    is_continued: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Sheet(Generic[Item]):
    """One A4 page; no begins with 1."""

    no: int
    parts: tuple[Part[Item], ...]


def columns(text: str) -> float:
    """Return how wide a text is, in widths of a Chinese character."""
    wide = sum(unicodedata.east_asian_width(sign) in {"W", "F", "A"} for sign in text)
    return wide + 0.6 * (len(text) - wide)


def height_mm(text: WallText) -> float:
    """Return how tall a post is at most on its sheet, in millimetres."""
    titles = _lines(text.title, TITLE_COLUMNS) * TITLE_MM
    return POST_MM + titles + sum(_lines(p, LINE_COLUMNS) * LINE_MM for p in text.paragraphs)


def _lines(text: str, width: float) -> int:
    # A word that does not fit goes to the next line whole, so a line is not quite full.
    return max(1, -int(-columns(text) // (width - 1)))


def sheets_of(
    items: Sequence[Item], text_of: Callable[[Item], WallText]
) -> tuple[Sheet[Item], ...]:
    """Lay items on sheets in their order; an item is never cut, a group's name is never alone."""
    pages: list[list[Part[Item]]] = []
    left, group = 0.0, None
    for item in items:
        text = text_of(item)
        is_new_group = text.group != group
        need = height_mm(text) + (GROUP_MM if is_new_group else 0)
        if not pages or need > left:
            pages.append([])
            left = SHEET_MM - GROUP_MM if not is_new_group else SHEET_MM
        if is_new_group or not pages[-1]:
            pages[-1].append(Part(text.group, not is_new_group, ()))
        part = pages[-1][-1]
        pages[-1][-1] = Part(part.group, part.is_continued, (*part.items, item))
        left, group = left - need, text.group
    return tuple(Sheet(no, tuple(parts)) for no, parts in enumerate(pages, 1))
