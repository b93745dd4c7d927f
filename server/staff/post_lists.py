"""Owns the lists of posts: one tab for each stretch of a post's life, and the days before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.domain.kinds import PostState
from server.services.applications import applied_counts
from server.services.board import PostRow, post_row
from server.services.open_market import OpenMarket
from server.services.posts import Post, posts_in, posts_to_repeat
from server.services.sanctions import sanctioned_posts

LIMIT = 200
REPEATABLE = 12


@dataclass(frozen=True)
class Tab:
    """One tab: its name in the address, its word and the states it holds."""

    name: str
    word: str
    states: tuple[PostState, ...]


TABS = (
    Tab("review", "待审核", (PostState.DRAFT, PostState.IN_REVIEW)),
    Tab("open", "招人中", (PostState.OPEN,)),
    Tab("full", "已招满", (PostState.FULL,)),
    Tab("paused", "已暂停", (PostState.PAUSED,)),
    Tab("ended", "已结束", (PostState.CLOSED, PostState.EXPIRED, PostState.WITHDRAWN)),
)


@dataclass(frozen=True)
class PostLine:
    """A post in a list: what anybody may see of it, where it stands, how many applied.

    is_sanctioned: its employer may not publish today.
    """

    post: Post
    row: PostRow
    applied: int
    is_sanctioned: bool


@dataclass(frozen=True)
class PostLists:
    """What the page of posts shows. counts: how many posts each tab holds, at most LIMIT."""

    tabs: tuple[Tab, ...]
    tab: Tab
    lines: tuple[PostLine, ...]
    counts: Mapping[str, int]
    before: tuple[PostLine, ...]


def tab_of(name: str) -> Tab | None:
    """Return the tab of that name, or None."""
    return next((tab for tab in TABS if tab.name == name), None)


def post_lists(market: OpenMarket, wanted: Tab | None) -> PostLists:
    """Return one tab of posts; none wanted: what needs review, or else what is on the board."""
    found = {tab.name: posts_in(market, tab.states, LIMIT) for tab in TABS}
    tab = wanted or (TABS[0] if found[TABS[0].name] else TABS[1])
    return PostLists(
        TABS,
        tab,
        post_lines(market, found[tab.name]),
        {name: len(posts) for name, posts in found.items()},
        post_lines(market, posts_to_repeat(market, REPEATABLE)),
    )


def post_lines(market: OpenMarket, posts: tuple[Post, ...]) -> tuple[PostLine, ...]:
    """Return posts with how many have applied for each, and whose employer is sanctioned."""
    applied = applied_counts(market)
    barred = sanctioned_posts(market, tuple(post.id for post in posts))
    return tuple(
        PostLine(post, post_row(post), applied.get(post.id, 0), post.id in barred) for post in posts
    )
