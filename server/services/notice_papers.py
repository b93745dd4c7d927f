"""Owns the words on a one-time notice (一次性告知单)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.domain.phrases import SERVICE_NAMES
from server.services.market import market_view
from server.services.open_market import OpenMarket
from server.services.paper_words import moment_text
from server.services.service_notices import notice_of


@dataclass(frozen=True)
class NoticePaper:
    """The words of a notice; it names no person. things: what to bring, each with its text."""

    market_name: str
    service_name: str
    things: tuple[dict[str, str], ...]
    hotline: str
    complaint_line: str
    issued_at: str


def notice_paper(market: OpenMarket, notice_id: str, asked_at: datetime) -> NoticePaper:
    """Return the paper of a notice. Raises PrintJobUnknown."""
    found, shown = notice_of(market, notice_id), market_view(market)
    return NoticePaper(
        shown.name,
        SERVICE_NAMES[found.service],
        tuple({"text": line} for line in found.lines),
        shown.hotline,
        shown.complaint_line,
        moment_text(asked_at),
    )
