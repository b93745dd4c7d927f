"""Makes a random hall: people of all kinds who wait, and posts of all kinds that wait for them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, time

from server.domain.desk_reasons import ParkReason
from server.domain.errors import DomainError
from server.domain.hardship import HardshipCategory, HardshipGrade
from server.domain.kinds import (
    DeclineReason,
    PayUnit,
    ReferralState,
    SkillLevel,
    StaffRole,
    TicketState,
    Transport,
)
from server.domain.order_rules import OutOfTurn
from server.services.applications import NewApplication, apply_for_post
from server.services.calls import Move, NamedCall, call_named, move_ticket
from server.services.hardship import NewEntry, enter
from server.services.job_wishes import JobWishes, ask_skill, name_worker, state_wishes
from server.services.open_market import Actor, OpenMarket
from server.services.passing_on import Parking, park_ticket
from server.services.posts import Post
from server.services.referrals import NewReferral, record_referral
from server.services.tickets import ticket_view
from server.services.workers import Person
from tests.people import ANSWERS, CLI, Factory, citizen_number, new_key

TRADES = ("bricklayer", "plasterer", "general_labourer", "loader", "packer", "cleaner", "courier")
KIOSK = Actor("test")


@dataclass
class RandomHall:
    """A morning made of one seed, which is printed."""

    market: OpenMarket
    make: Factory
    seed: int
    codes: list[str] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def __post_init__(self) -> None:
        print(f"hall of seed {self.seed}")
        self.rng = random.Random(self.seed)  # noqa: S311 - nothing secret.
        self.clerk = self.make.staff(f"clerk{self.seed}").actor
        self.boss = self.make.staff(f"boss{self.seed}", StaffRole.MANAGER).actor
        self.employer = self.make.employer().id

    def fill(self, people: int, posts: int) -> None:
        """Let people come and posts be published, and some of them get to know each other."""
        holders = [self._comes() for _ in range(people)]
        self.posts = [self._post() for _ in range(posts)]
        for _ in range(people // 2):
            self._happens(holders)

    def _comes(self) -> Person:
        rng = self.rng
        born = date(2010 - rng.choice([1, 15, 30, 40, 55]), 1, 1)
        people = [
            self.make.person(id_no=citizen_number(len(self.codes) * 9 + n, born))
            for n in range(rng.choice([1, 1, 1, 2, 4]))
        ]
        skill = rng.choice(list(SkillLevel))
        trades = tuple(rng.sample(TRADES, rng.randint(1, 4)))
        answers = replace(ANSWERS, trades=trades, skill=skill)
        self.make.checked_in(person=people[0], answers=answers)
        if len(people) > 1:
            code = self.make.crew(*people).ticket.code
        else:
            code = self.make.checked_in(person=people[0]).ticket.code
        if rng.random() < 0.5:
            pay = rng.choice([None, 100_00, 180_00, 300_00])
            wishes = JobWishes(pay, rng.random() < 0.3, rng.random() < 0.3)
            state_wishes(self.market, self.clerk, code, wishes, new_key())
        if rng.random() < 0.2:
            self._enter_on_roster(ticket_view(self.market, code).label)
        self.codes.append(code)
        self.make.later(seconds=rng.randint(1, 90))
        return people[0]

    def _enter_on_roster(self, label: str) -> None:
        categories, grade = (HardshipCategory.DISABLED,), HardshipGrade.SECOND
        new = NewEntry(label, "", categories, grade, self.make.today, None)
        enter(self.market, self.boss, new, new_key())

    def _post(self) -> Post:
        rng = self.rng
        unit = rng.choice([PayUnit.DAY, PayUnit.HOUR, PayUnit.JOB])
        start, end = rng.choice([(time(7), time(18)), (time(8), time(15)), (time(20), time(4))])
        made = self.make.published(
            employer_id=self.employer,
            trade_id=rng.choice(TRADES),
            headcount=rng.randint(1, 6),
            pay_unit=unit,
            pay_fen=rng.choice([20, 25, 40]) * 100 * (1 if unit is PayUnit.HOUR else 9),
            start_time=start,
            end_time=end,
            meeting_time=None,
            transport=rng.choice(list(Transport)),
            has_lunch=rng.random() < 0.5,
        )
        if rng.random() < 0.4:
            ask_skill(self.market, CLI, made.id, rng.choice(list(SkillLevel)), new_key())
        self.make.later(seconds=rng.randint(0, 3))
        return made

    def _happens(self, holders: list[Person]) -> None:
        """Somebody applies, is named, does not agree, or is put aside; refusals are nothing."""
        rng, n = self.rng, self.rng.randrange(len(self.codes))
        post, code = rng.choice(self.posts), self.codes[n]
        try:
            what = rng.randrange(4)
            if what == 0:
                new = NewApplication(holders[n], post.id, ANSWERS)
                apply_for_post(self.market, KIOSK, new, new_key())
            elif what == 1:
                name_worker(self.market, self.clerk, post.id, code, new_key())
            elif what == 2:
                self._call(code)
                self._declines(code, post)
            else:
                self._call(code)
                parking = Parking(code, 1, ParkReason.AWAY)
                park_ticket(self.market, self.clerk, parking, new_key())
        except DomainError as refusal:
            print(f"refused: {refusal.code}")

    def _call(self, code: str) -> None:
        call_named(self.market, self.clerk, NamedCall(code, 1, OutOfTurn.FRAIL), new_key())

    def _declines(self, code: str, post: Post) -> None:
        new = NewReferral(code, post.id, 1, ReferralState.DECLINED, DeclineReason.PAY)
        record_referral(self.market, self.clerk, new, new_key())
        move_ticket(self.market, self.clerk, Move(code, TicketState.WAITING, 1), new_key())
