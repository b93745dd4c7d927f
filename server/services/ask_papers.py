"""Owns the words on the papers of asks: the receipt of a case, a list of posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from server.domain.cases import ARREARS_HINT, LABOUR_LINE
from server.domain.clock import market_day
from server.domain.kinds import CaseKind, PostState
from server.domain.phrases import (
    CASE_KIND_NAMES,
    CASE_STEP_WORDS,
    SETTLEMENT_NAMES,
    TOOLS_NAMES,
    TRANSPORT_NAMES,
)
from server.services.board import PostRow
from server.services.cases import case_of
from server.services.market import market_view
from server.services.open_market import OpenMarket
from server.services.paper_words import day_text, moment_text, post_words
from server.services.posts import Post, meeting_text
from server.services.worker_posts import listed_posts


@dataclass(frozen=True)
class ReceiptPaper:
    """The words of a case's receipt; it names no person.

    deadlines: each with step and by, in the order of the clocks. hint: where else to report
    unpaid wages, "" for other kinds.
    """

    market_name: str
    case_no: str
    kind: str
    employer: str
    opened_at: str
    deadlines: tuple[dict[str, str], ...]
    hotline: str
    complaint_line: str
    labour_line: str
    hint: str
    copy_no: int


def receipt_paper(market: OpenMarket, case_id: str, copy_no: int) -> ReceiptPaper:
    """Return the receipt of a case. Raises PrintJobUnknown."""
    opened, shown = case_of(market, case_id), market_view(market)
    days = (
        opened.deadlines.assign_by_day,
        opened.deadlines.feedback_by_day,
        opened.deadlines.close_by_day,
    )
    return ReceiptPaper(
        shown.name,
        opened.no,
        CASE_KIND_NAMES[opened.kind],
        opened.employer,
        moment_text(opened.opened_at),
        tuple(
            {"step": step, "by": f"{day_text(day)}前"}
            for step, day in zip(CASE_STEP_WORDS.values(), days, strict=True)
        ),
        shown.hotline,
        shown.complaint_line,
        LABOUR_LINE,
        ARREARS_HINT if opened.kind is CaseKind.WAGE_ARREARS else "",
        copy_no,
    )


@dataclass(frozen=True)
class PostListPaper:
    """The words of a list of posts; it names no person.

    posts: each with no, title, pay, left, place, when, meeting, more and, where nobody is taken
    any more, over.
    """

    market_name: str
    posts: tuple[dict[str, str], ...]
    hotline: str
    complaint_line: str
    issued_at: str


def post_list_paper(market: OpenMarket, list_id: str, asked_at: datetime) -> PostListPaper:
    """Return a list of posts with what is left of them now. Raises PrintJobUnknown."""
    shown, today = market_view(market), market_day(asked_at)
    return PostListPaper(
        shown.name,
        tuple(_listed(found, row, today) for found, row in listed_posts(market, list_id)),
        shown.hotline,
        shown.complaint_line,
        moment_text(asked_at),
    )


def _listed(found: Post, row: PostRow, today: date) -> dict[str, str]:
    draft = found.draft
    meeting = meeting_text(draft)
    more = [
        "管午饭" if draft.has_lunch else "不管饭",
        SETTLEMENT_NAMES[draft.settlement],
        TRANSPORT_NAMES[draft.transport],
        TOOLS_NAMES[draft.tools],
    ]
    is_over = found.state is not PostState.OPEN or found.left == 0
    return {
        **post_words(row, today),
        "no": str(row.no),
        "meeting": f"{meeting} 集合" if meeting else "",
        "more": " ".join(more),
        "over": "不招了" if is_over else "",
    }
