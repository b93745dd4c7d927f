"""Owns the words on the papers of asks: the receipt of a case."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.cases import ARREARS_HINT, LABOUR_LINE
from server.domain.kinds import CaseKind
from server.domain.phrases import CASE_KIND_NAMES, CASE_STEP_WORDS
from server.services.cases import case_of
from server.services.market import market_view
from server.services.open_market import OpenMarket
from server.services.paper_words import day_text, moment_text


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
