"""Owns the queue of the workbench: a page of the line, and the number somebody looks for."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.order_rules import ORDER_RULE_NAMES
from server.domain.phrases import SERVICE_NAMES
from server.services.line import Line, LineView, Listed, line_of
from server.services.open_market import OpenMarket
from server.staff.bench import BenchView, QueueLine, queue_line

GROUPS = (("窗口正在办", "at_desks"), ("先放一放", "parked"), ("过号", "missed"))


@dataclass(frozen=True)
class PlacedLine:
    """A line of the queue. position: its place in the line, 0 outside it.

    is_next: nobody is passed over when it is called.
    """

    line: QueueLine
    position: int
    is_next: bool


@dataclass(frozen=True)
class Group:
    """Numbers under one heading. more: how many are not shown."""

    name: str
    title: str
    lines: tuple[PlacedLine, ...]
    count: int

    @property
    def more(self) -> int:
        """Return how many are left out."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class QueueShown:
    """A page of today's line, and what stands beside it.

    by_service: service, its name and how many wait for it. rule: the order rule in words.
    first: the number whose turn it is, "" when nobody's.
    """

    groups: tuple[Group, ...]
    total: int
    page: int
    pages: int
    find: str
    is_found: bool
    by_service: tuple[tuple[str, str, int], ...]
    rule: str
    is_draw_pending: bool

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of the numbers that are shown."""
        return frozenset(one.line.code for group in self.groups for one in group.lines)


def queue_shown(market: OpenMarket, view: BenchView) -> QueueShown:
    """Return the queue as the workbench lists it."""
    line = line_of(market, LineView(view.service, view.page, view.find))
    found = line.found
    by_service = tuple(
        (kind.value, name, line.by_service[kind]) for kind, name in SERVICE_NAMES.items()
    )
    groups = _groups(market, line) if found is None else (_group(market, line, "查到的号", found),)
    return QueueShown(
        groups,
        line.total,
        line.page,
        line.pages,
        view.find,
        bool(found),
        by_service,
        ORDER_RULE_NAMES[line.rule],
        line.is_draw_pending,
    )


def _groups(market: OpenMarket, line: Line) -> tuple[Group, ...]:
    waiting = _group(market, line, "等候", line.waiting)
    waiting = Group("waiting", waiting.title, waiting.lines, len(waiting.lines))
    beside = {
        name: Group(name, title, shown.lines, line.aside[name])
        for title, name in GROUPS
        if (shown := _group(market, line, title, getattr(line, name))).lines
    }
    if line.page > 1:
        return (waiting,)
    at_desks = (beside.pop("at_desks"),) if "at_desks" in beside else ()
    return (*at_desks, waiting, *beside.values())


def _group(market: OpenMarket, line: Line, title: str, listed: tuple[Listed, ...]) -> Group:
    now = market.database.now()
    lines = tuple(
        PlacedLine(queue_line(one.entry, now, line.kept), one.position, one.is_next)
        for one in listed
    )
    return Group("found", title, lines, len(lines))
