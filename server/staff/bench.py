"""Owns what the workbench shows: the queue, the ticket at the desk and the posts that suit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.domain.desk_reasons import PARK_REASONS, ParkReason
from server.domain.errors import DomainError
from server.domain.kinds import (
    DeclineReason,
    DeviceKind,
    PostState,
    PrinterState,
    PrintJobState,
    ServiceKind,
    TicketState,
)
from server.domain.phrases import DECLINE_REASONS, SERVICE_NAMES
from server.domain.tickets import MAX_RECALLS
from server.domain.trades import trade
from server.services.agreements import Agreement, agreements
from server.services.applications import applications_of_ticket
from server.services.board import PostRow, post_row
from server.services.calls import ticket_at_desk
from server.services.devices import devices, printer_state_now
from server.services.job_wishes import JobWishes, wishes_of
from server.services.jobs_listed import no_shows_of
from server.services.matching import best_posts, ranked_for_post, ranked_for_ticket
from server.services.open_market import OpenMarket
from server.services.out_of_turn import why_called
from server.services.passing_on import TicketNote, notes_of
from server.services.posts import Post, post_of
from server.services.print_jobs import print_job_of
from server.services.proposals import holds_of_ticket
from server.services.referral_rows import referrals_of_ticket
from server.services.sanctions import sanctioned_posts
from server.services.tickets import (
    OnTicketToday,
    QueuedTicket,
    people_on,
    queued_ticket,
)
from server.services.waiting import WaitingWorker
from server.staff.desk_choice import LastSlip
from server.staff.forms import clean_text

MATCHES = 12
NEXT_WORKERS = 5
LOOKED_AT = 60
AGREEMENTS_LOOKED_AT = 60
UNDOABLE = 3


@dataclass(frozen=True)
class BenchView:
    """What the address of the workbench asks for: one service only, one post to talk about.

    page: of the queue. find: a number to look for. ask: "queue:" or "post:" and the code of the
    ticket that shall be called out of turn.
    """

    service: ServiceKind | None = None
    post_id: str = ""
    page: int = 1
    find: str = ""
    ask: str = ""


def bench_view(arguments: Mapping[str, str]) -> BenchView:
    """Return what an address asks for; an unknown service means all of them."""
    name = arguments.get("service", "")
    service = ServiceKind(name) if name in set(ServiceKind) else None
    text = {name: clean_text(arguments.get(name, ""))[:60] for name in ("post", "find", "ask")}
    page = clean_text(arguments.get("page", ""))
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    return BenchView(service, text["post"], number, text["find"], text["ask"])


@dataclass(frozen=True)
class QueueLine:
    """A ticket in the list.

    waited: whole minutes since it was issued; people: 1, or a crew. for_desk_no: the only desk
    it waits for, None for any. parked: why it was put aside, "" for who is in line. kept_until:
    until when a missed one may come back, None for others.
    was_missed: nobody came before; the next miss ends it.
    """

    code: str
    label: str
    series: str
    service_name: str
    state: TicketState
    desk_no: int | None
    masked_name: str
    age: int
    trade_names: tuple[str, ...]
    waited: int
    is_card_expired: bool
    recalls: int
    people: int
    for_desk_no: int | None
    parked: str
    kept_until: datetime | None
    was_missed: bool

    @property
    def is_late(self) -> bool:
        """Tell whether somebody has waited for more than an hour."""
        return self.waited >= 60


def queue_line(entry: QueuedTicket, now: datetime, kept: timedelta = timedelta()) -> QueueLine:
    """Return the line of a ticket. kept: how long a missed one may come back."""
    ticket = entry.ticket
    is_missed = ticket.state is TicketState.NO_SHOW and ticket.missed_at is not None
    parked = ticket.parked_reason
    return QueueLine(
        ticket.code,
        ticket.label,
        ticket.series,
        SERVICE_NAMES[ticket.service],
        ticket.state,
        ticket.desk_no,
        entry.masked_name or "(凭身份证核对)",
        entry.age,
        tuple(trade(trade_id).short_name for trade_id in entry.trades),
        max(int((now - ticket.issued_at).total_seconds() // 60), 0),
        entry.is_card_expired,
        ticket.recalls,
        ticket.people,
        ticket.for_desk_no,
        "" if parked is None else PARK_REASONS[ParkReason(parked)],
        ticket.missed_at + kept if is_missed and ticket.missed_at else None,
        ticket.misses > 0,
    )


@dataclass(frozen=True)
class Match:
    """A post for the ticket's holder.

    declined: why the two did not agree before, "" if never. applied: the holder's place in the
    order of the post, 0 if they did not apply. takes_all: it has a place for everybody on the
    ticket who has no job yet. is_sanctioned: its employer may not publish today. held_until: until
    when a place is held for the holder, "" where none is.
    """

    post: PostRow
    is_pinned: bool
    declined: str
    applied: int
    takes_all: bool
    is_sanctioned: bool
    held_until: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class SlipShown:
    """The last slip of this desk and how its paper is doing.

    printer: why it may have to wait, None when a printer is ready or the paper is out.
    """

    slip: LastSlip
    state: PrintJobState
    reason: str
    printer: PrinterState | None


@dataclass(frozen=True)
class PinnedPost:
    """The post that the desk fills just now, and who waits for it, best first.

    is_sanctioned: its employer may not publish today. first_code: who is called without a reason.
    """

    post: Post
    row: PostRow
    next_workers: tuple[WaitingWorker, ...]
    is_sanctioned: bool
    first_code: str = ""

    @property
    def takes_people(self) -> bool:
        """Tell whether the post has a free place on the board."""
        return self.post.state is PostState.OPEN and self.post.left > 0


@dataclass(frozen=True)
class WorkShown:
    """What this desk does now. current: the ticket it called or serves, None when it is free.

    offers: the newest posts, for a free desk to pick one and look for people. crew: everybody on
    a crew's ticket, the leader first; nobody for other tickets. notes: what desks before this one
    wrote. undoable: agreements of this desk that it may still undo. no_shows: how often the
    ticket's holder did not go to an agreed job lately. out_of_turn: why the ticket was called
    before its turn, "" where it was not. wishes: what its holder wants of a job.
    """

    current: QueueLine | None
    is_find_work: bool
    recalls_left: int
    matches: tuple[Match, ...]
    slip: SlipShown | None
    pinned: PinnedPost | None
    offers: tuple[PostRow, ...]
    crew: tuple[OnTicketToday, ...]
    notes: tuple[TicketNote, ...]
    undoable: tuple[Agreement, ...]
    no_shows: int = 0
    out_of_turn: str = ""
    wishes: JobWishes | None = None

    @property
    def without_job(self) -> tuple[OnTicketToday, ...]:
        """Return who of the crew is not placed yet."""
        return tuple(person for person in self.crew if not person.is_placed)


def work_shown(
    market: OpenMarket, view: BenchView, desk_no: int | None, slip: LastSlip | None
) -> WorkShown:
    """Return what the desk does now, with the posts that suit the ticket's holder, best first."""
    code = None if desk_no is None else ticket_at_desk(market, desk_no)
    held = None if code is None else queued_ticket(market, code)
    pinned = _pinned(market, view)
    current = None if held is None else queue_line(held, market.database.now())
    is_find_work = held is not None and held.ticket.service is ServiceKind.FIND_WORK
    is_idle = current is None and pinned is None
    is_crew = held is not None and held.ticket.people > 1
    crew = people_on(market, held.ticket.id) if held is not None and is_crew else ()
    wanting = sum(not person.is_placed for person in crew) or 1
    return WorkShown(
        current,
        is_find_work,
        MAX_RECALLS - (0 if current is None else current.recalls),
        _matches(market, held, pinned, wanting) if held is not None and is_find_work else (),
        _slip_shown(market, slip),
        pinned,
        best_posts(market, (), None, MATCHES) if is_idle else (),
        crew,
        () if held is None else notes_of(market, held.ticket.id),
        () if desk_no is None else _undoable(market, desk_no),
        0 if held is None else no_shows_of(market, held.worker_id),
        "" if held is None else why_called(market, held.ticket.id),
        wishes_of(market, held.ticket.code) if held is not None and is_find_work else None,
    )


def _undoable(market: OpenMarket, desk_no: int) -> tuple[Agreement, ...]:
    latest = agreements(market, desk_no, AGREEMENTS_LOOKED_AT)
    return tuple(one for one in latest if one.is_fresh)[:UNDOABLE]


def _pinned(market: OpenMarket, view: BenchView) -> PinnedPost | None:
    if not view.post_id:
        return None
    try:
        post = post_of(market, view.post_id)
    except DomainError:
        return None
    barred = bool(sanctioned_posts(market, (post.id,)))
    found = ranked_for_post(market, post.id, LOOKED_AT)
    first = next((one.ticket_code for one in found if one.can_be_called), "")
    return PinnedPost(post, post_row(post), _next_of(found, view.ask), barred, first)


def _next_of(found: tuple[WaitingWorker, ...], ask: str) -> tuple[WaitingWorker, ...]:
    """Return the best few, and whoever is asked about further down."""
    asked = (one for one in found[NEXT_WORKERS:] if ask == f"post:{one.ticket_code}")
    return (*found[:NEXT_WORKERS], *asked)


def _matches(
    market: OpenMarket, held: QueuedTicket, pinned: PinnedPost | None, wanting: int
) -> tuple[Match, ...]:
    applied = {one.post_id: one.order for one in applications_of_ticket(market, held.ticket.code)}
    places = holds_of_ticket(market, held.ticket.code)
    until = {one.post_id: one.until for one in places if one.state.holds}
    ranked = ranked_for_ticket(market, held.ticket.code, MATCHES, wanting)
    reasons = {one.post.id: one.reasons for one in ranked}
    # A held place is none that is left, so its post may be missing from the ranked list.
    kept = [post_row(post_of(market, post_id)) for post_id in until if post_id not in reasons]
    rows = [*kept, *(one.post for one in ranked)]
    if pinned is not None and pinned.takes_people:
        rows = [pinned.row, *(row for row in rows if row.id != pinned.row.id)]
    declined = {
        past.post_id: _reason(past.decline_reason)
        for past in referrals_of_ticket(market, held.ticket.code)
    }
    pinned_id = None if pinned is None else pinned.row.id
    barred = sanctioned_posts(market, tuple(row.id for row in rows))
    return tuple(
        Match(
            row,
            row.id == pinned_id,
            declined.get(row.id, ""),
            applied.get(row.id, 0),
            row.left >= wanting,
            row.id in barred,
            until.get(row.id, ""),
            reasons.get(row.id, ()),
        )
        for row in rows
    )


def _reason(code: str | None) -> str:
    return "" if code is None else DECLINE_REASONS[DeclineReason(code)]


def _slip_shown(market: OpenMarket, slip: LastSlip | None) -> SlipShown | None:
    if slip is None:
        return None
    try:
        job = print_job_of(market, slip.job_id)
    except DomainError:
        return None
    waits = job.state in {PrintJobState.QUEUED, PrintJobState.CLAIMED}
    return SlipShown(slip, job.state, job.reason, _printer_trouble(market) if waits else None)


def _printer_trouble(market: OpenMarket) -> PrinterState | None:
    now = market.database.now()
    agents = (d for d in devices(market) if d.kind is DeviceKind.AGENT and not d.is_revoked)
    states = [printer_state_now(agent, now) for agent in agents] or [PrinterState.UNKNOWN]
    can_print = {PrinterState.READY, PrinterState.PAPER_LOW}
    return None if can_print & set(states) else states[0]
