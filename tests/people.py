"""Makes the people and things that tests arrange with; only the fields that matter are given."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from stdnum.cn import uscc

from server.domain.citizen_number import check_digit
from server.domain.clock import SHANGHAI, FixedClock, market_day
from server.domain.kinds import (
    CardKind,
    DeviceKind,
    EmployerKind,
    PayUnit,
    ServiceKind,
    Settlement,
    StaffRole,
)
from server.domain.posts import PostDraft
from server.domain.privacy import NOTICE_VERSION
from server.services.check_in import CheckIn, CheckInAnswer, check_in
from server.services.crews import NewCrew, check_in_crew
from server.services.devices import Device, NewDevice, add_device
from server.services.employers import Employer, NewEmployer, register_employer
from server.services.open_market import Actor, OpenMarket
from server.services.posts import Post, add_post, publish_post
from server.services.staff import NewStaff, StaffMember, add_staff
from server.services.workers import CardFields, Person, WorkerAnswers, person_of_card

CLI = Actor("cli")
PASSWORD = "a-long-test-password"


def new_key() -> str:
    """A fresh idempotency key."""
    return uuid.uuid4().hex


def citizen_number(n: int = 0, born: date = date(1970, 1, 1), division: str = "140602") -> str:
    """A citizen number of the right form; n (0-999) tells people of one birthday apart."""
    first17 = f"{division}{born:%Y%m%d}{n:03d}"
    return first17 + check_digit(first17)


def many_numbers(count: int) -> list[str]:
    """`count` different citizen numbers of adults."""
    return [citizen_number(n % 1000, date(1965 + n // 1000, 3, 4)) for n in range(count)]


def credit_code(n: int = 0) -> str:
    """A 统一社会信用代码 of the right form."""
    first17 = f"91140602MA{n:05d}X1"
    return first17 + uscc.calc_check_digit(first17)


ANSWERS = WorkerAnswers("13812345678", ("bricklayer",), "71", "0", NOTICE_VERSION)


class Factory:
    """Makes things in one market through its services."""

    def __init__(self, market: OpenMarket, clock: FixedClock) -> None:
        self.market = market
        self.clock = clock
        self._count = 0

    @property
    def today(self) -> date:
        return market_day(self.clock.now())

    def _next(self) -> int:
        self._count += 1
        return self._count

    def staff(self, username: str = "lijing", role: StaffRole = StaffRole.CLERK) -> StaffMember:
        return add_staff(self.market, CLI, NewStaff(username, "李静", role, PASSWORD))

    def device(self, kind: DeviceKind, **given: Any) -> tuple[Device, str]:
        return add_device(self.market, CLI, NewDevice(kind, f"{kind}-{self._next()}", **given))

    def person(self, name: str = "张建国", **given: Any) -> Person:
        number = given.get("id_no") or citizen_number(self._next())
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        until = given.get("valid_until", date(2040, 1, 1))
        card = CardFields(CardKind.RESIDENT, name, "", born, number, until)
        return person_of_card(card, self.today)

    def checked_in(self, **given: Any) -> CheckInAnswer:
        """Somebody checks in; give person, service, answers or actor to say more."""
        actor = given.get("actor", Actor("test"))
        service = given.get("service", ServiceKind.FIND_WORK)
        answers = given.get("answers", ANSWERS)
        if trades := given.get("trades"):
            answers = replace(answers, trades=tuple(trades))
        asked = CheckIn(given.get("person") or self.person(), service, answers)
        return check_in(self.market, actor, asked, given.get("key") or new_key())

    def crew(self, *people: Person, **given: Any) -> CheckInAnswer:
        """A leader and members check in together."""
        new = NewCrew(people[0], people[1:], ANSWERS, NOTICE_VERSION)
        key = given.get("key") or new_key()
        return check_in_crew(self.market, given.get("actor", Actor("test")), new, key)

    def employer(self, **given: Any) -> Employer:
        n = self._next()
        values: dict[str, Any] = {
            "kind": EmployerKind.UNIT,
            "name": f"宏远建筑劳务有限公司{n}",
            "identity": credit_code(n),
            "contact_name": "王海",
            "phone": "13900001234",
        }
        return register_employer(self.market, CLI, NewEmployer(**{**values, **given}), new_key())

    def draft(self, **given: Any) -> PostDraft:
        day = given.get("work_day", self.today)
        values: dict[str, Any] = {
            "trade_id": "bricklayer",
            "headcount": 4,
            "pay_fen": 320_00,
            "pay_unit": PayUnit.DAY,
            "settlement": Settlement.DAILY,
            "work_day": day,
            "start_time": time(7, 0),
            "end_time": time(18, 0),
            "place": "北旺庄工地",
            "meeting_point": "市场北门",
            "meeting_time": time(6, 30),
            "has_lunch": True,
            "valid_until": datetime.combine(day, time(12, 0), SHANGHAI).astimezone(UTC),
        }
        if "employer_id" not in given:
            values["employer_id"] = self.employer().id
        return PostDraft(**{**values, **given})

    def post_in_review(self, **given: Any) -> Post:
        return add_post(self.market, CLI, self.draft(**given), new_key())

    def published(self, **given: Any) -> Post:
        return publish_post(self.market, CLI, self.post_in_review(**given).id, new_key())

    def later(self, **given: float) -> None:
        """Let time pass."""
        self.clock.advance(timedelta(**given))
