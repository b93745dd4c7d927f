"""Owns the words on paper: what a ticket and a slip say, ready for an agent to draw."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import bindparam, select

from server.db.tables import employer, placement, post, referral, staff, visit, worker
from server.domain.citizen_number import age_on
from server.domain.clock import local_time
from server.domain.errors import PrintJobUnknown
from server.domain.kinds import PrintJobKind, Transport
from server.domain.money import pay_sentence
from server.domain.phrases import SERVICE_NAMES, SETTLEMENT_WORDS, TOOLS_NAMES
from server.domain.posts import PostDraft
from server.domain.trades import trade
from server.services.ask_papers import post_list_paper, receipt_paper
from server.services.market import market_view
from server.services.matching import best_posts
from server.services.notice_papers import notice_paper
from server.services.open_market import OpenMarket
from server.services.paper_words import day_text, moment_text, post_words
from server.services.posts import POSTS, hours_text, meeting_text, post_of_row
from server.services.print_jobs import PrintJob
from server.services.tickets import ticket_of_id
from server.services.workers import trades_of

TRANSPORT_WORDS = {
    Transport.NONE: "自己去",
    Transport.THERE: "管接,不管送回",
    Transport.BOTH: "管接管送",
}


@dataclass(frozen=True)
class TicketPaper:
    """The words of a ticket; posts at most 3, each with title, pay, left, place and when.

    people: how many it is for, more than 1 with a crew.
    """

    market_name: str
    label: str
    people: int
    service_name: str
    ahead: int
    posts: tuple[dict[str, str], ...]
    hotline: str
    complaint_line: str
    qr: str
    issued_at: str
    copy_no: int


@dataclass(frozen=True)
class SlipPaper:
    """The words of a 推荐介绍信 with its tear-off 回执: the worker's evidence, in full."""

    market_name: str
    slip_no: str
    worker_name: str
    employer_name: str
    trade_name: str
    work_day: str
    hours: str
    place: str
    meeting: str
    pay_words: str
    settlement_words: str
    lunch: str
    transport: str
    tools: str
    requirements: str
    desk_no: int
    clerk_name: str
    qr: str
    code: str
    hotline: str
    complaint_line: str
    issued_at: str
    copy_no: int


def document_of(market: OpenMarket, job: PrintJob) -> dict[str, Any]:
    """Return what a print job prints, as JSON-able words. Raises PrintJobUnknown."""
    if job.kind is PrintJobKind.TICKET and job.ticket_id is not None:
        return asdict(_ticket_paper(market, job, job.ticket_id))
    if job.case_id is not None:
        return asdict(receipt_paper(market, job.case_id, job.copy_no))
    if job.post_list_id is not None:
        return asdict(post_list_paper(market, job.post_list_id, job.created_at))
    if job.notice_id is not None:
        return asdict(notice_paper(market, job.notice_id, job.created_at))
    if job.placement_id is not None:
        return asdict(_slip_paper(market, job, job.placement_id))
    raise PrintJobUnknown


def _ticket_paper(market: OpenMarket, job: PrintJob, ticket_id: str) -> TicketPaper:
    view, shown = ticket_of_id(market, ticket_id), market_view(market)
    with market.database.read() as connection:
        holder = connection.execute(
            select(worker.c.id, worker.c.birth_day)
            .join_from(visit, worker, worker.c.id == visit.c.worker_id)
            .where(visit.c.ticket_id == ticket_id, visit.c.holds_ticket.is_(True))
        ).first()
        trades = () if holder is None else trades_of(connection, holder.id)
    # Nobody holds a number any more that was given back for another one.
    age = None if holder is None else age_on(holder.birth_day, view.market_day)
    posts = best_posts(market, trades, age, people=view.people)
    return TicketPaper(
        shown.name,
        view.label,
        view.people,
        SERVICE_NAMES[view.service],
        view.ahead_when_issued,
        tuple(post_words(row, view.market_day) for row in posts),
        shown.hotline,
        shown.complaint_line,
        code_address(market, view.code),
        moment_text(view.issued_at),
        job.copy_no,
    )


def code_address(market: OpenMarket, code: str) -> str:
    """Return the address behind the QR code of a ticket or slip.

    Upper case keeps the QR code in its alphanumeric mode, two sizes smaller.
    """
    return f"{market.public_url}/t/{code}".upper()


_SLIP_FACTS = (
    select(
        placement.c.slip_code,
        placement.c.created_at,
        placement.c.post_id,
        worker.c.name_sealed.label("worker_name"),
        employer.c.name_sealed.label("employer_name"),
        referral.c.desk_no,
        staff.c.display_name,
    )
    .join_from(placement, referral, referral.c.id == placement.c.referral_id)
    .join(worker, worker.c.id == placement.c.worker_id)
    .join(post, post.c.id == placement.c.post_id)
    .join(employer, employer.c.id == post.c.employer_id)
    .join(staff, staff.c.id == referral.c.staff_id)
    .where(placement.c.id == bindparam("placement_id"))
)


def _slip_paper(market: OpenMarket, job: PrintJob, placement_id: str) -> SlipPaper:
    shown = market_view(market)
    with market.database.read() as connection:
        found = connection.execute(_SLIP_FACTS, {"placement_id": placement_id}).first()
        if found is None:
            raise PrintJobUnknown
        agreed = post_of_row(connection.execute(POSTS.where(post.c.id == found.post_id)).one())
    name = market.seal.open_optional(found.worker_name, "worker.name")
    issued = local_time(found.created_at)
    return SlipPaper(
        market_name=shown.name,
        slip_no=f"{issued:%Y%m%d}-{found.slip_code[:4]}",
        worker_name=name or "（凭身份证核对）",
        employer_name=market.seal.open(found.employer_name, "employer.name"),
        **_terms_of(agreed.draft),
        desk_no=found.desk_no,
        clerk_name=found.display_name,
        qr=code_address(market, found.slip_code),
        code=found.slip_code,
        hotline=shown.hotline,
        complaint_line=shown.complaint_line,
        issued_at=moment_text(found.created_at),
        copy_no=job.copy_no,
    )


def _terms_of(agreed: PostDraft) -> dict[str, str]:
    return {
        "trade_name": trade(agreed.trade_id).name,
        "work_day": day_text(agreed.work_day),
        "hours": hours_text(agreed),
        "place": agreed.place,
        "meeting": meeting_text(agreed),
        "pay_words": pay_sentence(agreed.pay_fen, agreed.pay_unit, agreed.piece_unit),
        "settlement_words": SETTLEMENT_WORDS[agreed.settlement],
        "lunch": "管午饭" if agreed.has_lunch else "不管饭",
        "transport": TRANSPORT_WORDS[agreed.transport],
        "tools": TOOLS_NAMES[agreed.tools],
        "requirements": agreed.requirements,
    }
