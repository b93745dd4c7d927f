"""Makes a believable morning with the services themselves, the same one each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from stdnum.cn import uscc

from kiosk.agent.reader import demo_cards
from server.cli.seed_opinions import seed_questionnaires, seed_wishes
from server.cli.seed_people import (
    EMPLOYERS,
    SKETCHES,
    UNITS,
    InventedPerson,
    PostSketch,
    invent_person,
)
from server.domain.clock import SHANGHAI, FixedClock, local_time, market_day
from server.domain.divisions import county
from server.domain.errors import DomainError
from server.domain.kinds import (
    CardKind,
    DeclineReason,
    EmployerKind,
    PostState,
    PrintJobState,
    ReferralState,
    ServiceKind,
    TicketState,
)
from server.domain.posts import PostDraft
from server.domain.privacy import NOTICE_VERSION
from server.services.calls import Move, call_next, move_ticket
from server.services.check_in import CheckIn, CheckInAnswer, check_in
from server.services.crews import NewCrew, check_in_crew
from server.services.employers import NewEmployer, register_employer
from server.services.market import market_view
from server.services.matching import best_posts
from server.services.open_market import Actor, OpenMarket
from server.services.posts import add_post, end_post, publish_post
from server.services.print_jobs import PrintResult, claim_print_job, queued_jobs, report_print_job
from server.services.referrals import NewReferral, record_referral
from server.services.tickets import queued_ticket
from server.services.workers import (
    CardFields,
    Person,
    WorkerAnswers,
    person_of_card,
    person_of_number,
)

WORKERS = 120
CREW_SIZES = (6, 5, 4)
POSTS_LEFT_IN_REVIEW = 3
CALLS = 62
MORNING = timedelta(hours=3)
# The last papers stay in the spool, so that a demo's printer has something to do.
PAPERS_LEFT = 2
KNOWN_CARDS = 3


@dataclass(frozen=True)
class Cast:
    """Who acts in the seeded morning."""

    kiosk: Actor
    agent: Actor
    clerk: Actor


class Day:
    """One seeded day: a clock that walks, keys that count, people who come."""

    def __init__(self, market: OpenMarket, clock: FixedClock, cast: Cast, now: datetime) -> None:
        self._market = market
        self._clock = clock
        self._cast = cast
        self._now = now
        self._random = Random(140602)  # noqa: S311 - a fixed seed, not a secret
        self._keys = (f"seed-{n:06d}" for n in range(10**6))
        self._posts: list[str] = []
        shown = market_view(market)
        self._county, self._desks = county(shown.division_code), len(shown.desks)

    def play(self) -> None:
        """Seed yesterday's posts, the employers, the posts, the people and the calls."""
        midnight = datetime.combine(market_day(self._now), time(0), SHANGHAI)
        start = max(self._now - MORNING, midnight.astimezone(UTC) + timedelta(seconds=1))
        employers = self._register_employers(start - timedelta(days=1))
        self._post_yesterday(employers)
        self._receive_yesterday()
        self._set(start)
        step = (self._now - start) / (WORKERS + len(SKETCHES) + CALLS + 10)
        self._post_today(employers, step)
        waiting = self._receive(step)
        next(waiting)
        self._serve(step, waiting)
        self._set(self._now)

    def _set(self, at: datetime) -> None:
        self._clock.advance(at - self._clock.now())

    def _key(self) -> str:
        return next(self._keys)

    def _register_employers(self, at: datetime) -> list[str]:
        self._set(at)
        return [self._register_employer(n) for n in range(EMPLOYERS)]

    def _register_employer(self, n: int) -> str:
        person = invent_person(self._random, market_day(self._now))
        here = self._county
        if n < len(UNITS):
            first17 = f"{'92' if n % 3 else '91'}{here.code}MA{n:04d}{'ABCDEFGHJK'[n % 10]}X1"
            code = first17 + uscc.calc_check_digit(first17)
            name = UNITS[n].format(county=here.name, city=here.city)
            kind, identity = EmployerKind.UNIT, code
        else:
            kind, identity, name = EmployerKind.HOUSEHOLD, person.id_no, person.name
        new = NewEmployer(kind, name, identity, person.name, person.phone, here.name)
        return register_employer(self._market, self._cast.clerk, new, self._key()).id

    def _post_yesterday(self, employers: list[str]) -> None:
        for sketch in SKETCHES[:12]:
            draft = draft_of(sketch, employers[sketch.unit], market_day(self._clock.now()))
            post_id = self._publish(draft)
            self._clock.advance(timedelta(seconds=20))
            end_post(self._market, self._cast.clerk, post_id, PostState.CLOSED, self._key())

    def _receive_yesterday(self) -> None:
        """Let some of the simulated reader's cards be known: their holders came yesterday."""
        today = market_day(self._now)
        cards = demo_cards(today)[1 : 1 + KNOWN_CARDS]
        for card in cards:
            shown = invent_person(self._random, today)
            read = card.content
            person = InventedPerson(
                read.name, read.id_no, shown.phone, ("bricklayer", "general_labourer"), "71", "0"
            )
            self._clock.advance(timedelta(seconds=20))
            code = self._check_in(person, ServiceKind.FIND_WORK).ticket.code
            call_next(self._market, self._cast.clerk, 1, (), self._key())
            self._move(Move(code, TicketState.SERVING, 1))
            self._move(Move(code, TicketState.DONE, 1))
        people = [person_of_number(card.content.id_no, today) for card in cards]
        seed_wishes(self._market, self._cast.kiosk, people, self._keys)
        seed_questionnaires(self._market, self._keys)

    def _publish(self, draft: PostDraft) -> str:
        post_id = add_post(self._market, self._cast.clerk, draft, self._key()).id
        return publish_post(self._market, self._cast.clerk, post_id, self._key()).id

    def _post_today(self, employers: list[str], step: timedelta) -> None:
        # After noon the posts are for the next day, as in a real market's evening.
        day = market_day(self._now)
        if local_time(self._now).hour >= 12:
            day += timedelta(days=1)
        for n, sketch in enumerate(SKETCHES):
            self._clock.advance(step)
            draft = draft_of(sketch, employers[sketch.unit], day)
            if n < len(SKETCHES) - POSTS_LEFT_IN_REVIEW:
                self._posts.append(self._publish(draft))
            else:
                add_post(self._market, self._cast.clerk, draft, self._key())

    def _receive(self, step: timedelta) -> Iterator[int]:
        """Let people come; yields how many have arrived, half of them before the first call."""
        arrived = 0
        crews = list(CREW_SIZES)
        while arrived < WORKERS:
            if crews and arrived in {18, 44, 71}:
                size = crews.pop()
                self._arrive_together(size)
                arrived += size
            else:
                self._arrive(arrived)
                arrived += 1
            self._clock.advance(step)
            if arrived >= WORKERS // 2:
                yield arrived

    def _arrive(self, n: int) -> CheckInAnswer:
        person = invent_person(self._random, market_day(self._now))
        service = ServiceKind.FIND_WORK if n % 11 else ServiceKind.CONSULT
        return self._check_in(person, service if n % 29 else ServiceKind.HARDSHIP)

    def _arrive_together(self, size: int) -> None:
        """Let a leader and the members check in as a crew."""
        invented = [invent_person(self._random, market_day(self._now)) for _ in range(size)]
        leader, *members = (self._at_kiosk(person) for person in invented)
        new = NewCrew(leader, tuple(members), answers_of(invented[0]), NOTICE_VERSION)
        check_in_crew(self._market, self._cast.kiosk, new, self._key())
        self._print_all_but(PAPERS_LEFT)

    def _check_in(self, person: InventedPerson, service: ServiceKind) -> CheckInAnswer:
        asked = CheckIn(self._at_kiosk(person), service, answers_of(person))
        answer = check_in(self._market, self._cast.kiosk, asked, self._key())
        self._print_all_but(PAPERS_LEFT)
        return answer

    def _at_kiosk(self, person: InventedPerson) -> Person:
        today = market_day(self._clock.now())
        number = person.id_no
        card = CardFields(
            CardKind.RESIDENT,
            person.name,
            "",
            date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
            number,
            date(today.year + 8, 1, 1),
        )
        return person_of_card(card, today)

    def _print_all_but(self, left: int) -> None:
        agent = self._cast.agent
        jobs = queued_jobs(self._market, agent.device_id or "")
        for job in jobs[: max(len(jobs) - left, 0)]:
            claim_print_job(self._market, agent, job.id)
            result = PrintResult(PrintJobState.PRINTED, "")
            report_print_job(self._market, agent, job.id, result)

    def _serve(self, step: timedelta, waiting: Iterator[int]) -> None:
        for n in range(CALLS):
            self._clock.advance(step)
            next(waiting, None)
            desk_no = n % self._desks + 1
            called = call_next(self._market, self._cast.clerk, desk_no, (), self._key())
            if n < CALLS - self._desks:
                self._finish(n, called.ticket_code, desk_no)
            elif n < CALLS - 2:
                self._move(Move(called.ticket_code, TicketState.SERVING, desk_no))
        for _ in waiting:
            pass

    def _move(self, move: Move) -> None:
        move_ticket(self._market, self._cast.clerk, move, self._key())

    def _finish(self, n: int, code: str, desk_no: int) -> None:
        if n % 9 == 4:
            self._move(Move(code, TicketState.NO_SHOW, desk_no))
            return
        self._move(Move(code, TicketState.SERVING, desk_no))
        if not self._refer(n, code, desk_no):
            self._move(Move(code, TicketState.DONE, desk_no))
        self._print_all_but(PAPERS_LEFT)

    def _refer(self, n: int, code: str, desk_no: int) -> bool:
        queued = queued_ticket(self._market, code)
        people = queued.ticket.people
        offers = best_posts(self._market, queued.trades, queued.age, 2, people)
        if queued.ticket.service is not ServiceKind.FIND_WORK or not offers:
            return False
        new = NewReferral(code, offers[0].id, desk_no, ReferralState.AGREED)
        if n % 5 == 2:
            reason = self._random.choice(list(DeclineReason))
            new = replace(new, state=ReferralState.DECLINED, decline_reason=reason)
        try:
            record_referral(self._market, self._cast.clerk, new, self._key())
        except DomainError:
            return False
        return new.state is ReferralState.AGREED


def draft_of(sketch: PostSketch, employer_id: str, day: date) -> PostDraft:
    """Return the post of a sketch for a day; it leaves the board when that day's work ends."""
    until = datetime.combine(day, time(23, 30), SHANGHAI).astimezone(UTC)
    return PostDraft(
        employer_id=employer_id,
        trade_id=sketch.trade,
        headcount=sketch.headcount,
        pay_fen=sketch.pay_yuan * 100,
        pay_unit=sketch.unit_of_pay,
        piece_unit=sketch.piece_unit,
        settlement=sketch.settlement,
        work_day=day,
        start_time=sketch.start,
        end_time=sketch.end,
        place=sketch.place,
        meeting_point=sketch.meeting,
        meeting_time=min(sketch.meet_at, sketch.start),
        has_lunch=sketch.has_lunch,
        transport=sketch.transport,
        tools=sketch.tools,
        requirements=sketch.requirements,
        has_insurance=sketch.has_insurance,
        valid_until=until,
    )


def answers_of(person: InventedPerson) -> WorkerAnswers:
    """Return what an invented person tells the kiosk."""
    return WorkerAnswers(
        person.phone, person.trades, person.education, person.skill, NOTICE_VERSION
    )
