"""Cases: opened once, numbered by year, due by the clocks of 13710, with a receipt."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from server.db.tables import complaint_case, event_log, print_job, worker
from server.domain.errors import PhoneMissing, PlacementUnknown, PrivacyNoticeNotAccepted
from server.domain.kinds import CaseKind, PrintJobKind, ReferralState
from server.domain.privacy import NOTICE_VERSION
from server.services.cases import CaseAnswer, NewCase, cases, open_case
from server.services.log import events_after, verify_chain
from server.services.open_market import Actor, OpenMarket
from server.services.papers import document_of
from server.services.print_jobs import queued_jobs
from server.services.records import employments_of
from server.services.referrals import NewReferral, record_referral
from server.services.signals import signals_after
from server.services.workers import Person, WorkerAnswers
from tests.people import Factory, citizen_number, new_key

THREADS = 8
KNOWN = WorkerAnswers()
CALLABLE = WorkerAnswers("13812345678", None, None, None, NOTICE_VERSION)


class Hall:
    """A kiosk at which people open cases."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make
        self.clerk = make.staff().actor

    def ask(
        self,
        person: Person,
        kind: CaseKind = CaseKind.WAGE_ARREARS,
        placement_id: str | None = None,
        key: str | None = None,
        answers: WorkerAnswers = CALLABLE,
    ) -> CaseAnswer:
        new = NewCase(person, kind, placement_id, answers)
        return open_case(self.market, Actor("test"), new, key or new_key())

    def placed(self, person: Person) -> str:
        """Somebody gets work, and the id of that placement."""
        code = self.make.checked_in(person=person).ticket.code
        new = NewReferral(code, self.make.published().id, 1, ReferralState.AGREED)
        return str(record_referral(self.market, self.clerk, new, new_key()).placement_id)


@pytest.fixture
def hall(market: OpenMarket, make: Factory) -> Hall:
    return Hall(market, make)


def count(market: OpenMarket, table: object) -> int:
    with market.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]


def test_a_case_gets_the_year_s_next_number_and_three_days(hall: Hall, make: Factory) -> None:
    opened = [hall.ask(make.person()).case for _ in range(2)]
    assert [case.no for case in opened] == ["S2026-0001", "S2026-0002"]
    due = opened[0].deadlines
    assert (due.assign_by_day, due.feedback_by_day, due.close_by_day) == (
        date(2026, 11, 25),
        date(2026, 11, 27),
        date(2026, 12, 1),
    )


def test_numbers_begin_again_with_the_year(hall: Hall, make: Factory) -> None:
    hall.ask(make.person())
    make.clock.advance(timedelta(days=40))
    assert hall.ask(make.person()).case.no == "S2027-0001"


def test_a_case_is_told_to_the_log_and_to_the_desks(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person = make.person("欧阳建国")
    hall.ask(person)
    event = events_after(market, 0)[-1]
    assert (event.type, (event.body or {})["no"]) == ("case.opened", "S2026-0001")
    [signal] = [s for s in signals_after(market, 0) if s.kind == "case"]
    assert (signal.room, signal.body["no"]) == ("desks", "S2026-0001")
    for secret in ("欧阳", person.id_no, "13812345678"):
        assert secret not in str(event) + str(signal)


def test_the_receipt_is_queued_with_its_days_in_words_and_without_the_person(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person = make.person("欧阳建国")
    hall.ask(person)
    [job] = queued_jobs(market, "nobody")
    document = document_of(market, job)
    assert (job.kind, document["case_no"]) == (PrintJobKind.RECEIPT, "S2026-0001")
    assert [step["by"] for step in document["deadlines"]] == [
        "11月25日(星期三)前",
        "11月27日(星期五)前",
        "12月1日(星期二)前",
    ]
    assert (document["labour_line"], document["hotline"]) == ("12333", "0349-12333")
    assert "全国根治欠薪线索反映平台" in document["hint"]
    for secret in ("欧阳", person.id_no, "1381234"):
        assert secret not in str(document)


def test_only_unpaid_wages_are_told_of_the_national_platform(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    hall.ask(make.person(), CaseKind.HARDSHIP)
    [job] = queued_jobs(market, "nobody")
    assert document_of(market, job)["hint"] == ""


def test_a_case_about_a_job_names_its_employer(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    placement_id = hall.placed(person)
    [job] = employments_of(market, person, 5)
    opened = hall.ask(person, placement_id=placement_id, answers=KNOWN)
    assert opened.case.employer == job.employer
    assert job.placement_id == placement_id


def test_somebody_else_s_job_is_no_matter_for_a_case(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    placement_id = hall.placed(make.person())
    with pytest.raises(PlacementUnknown):
        hall.ask(make.person(), placement_id=placement_id)
    assert count(market, complaint_case) == 0


def test_the_same_key_gives_the_same_answer_and_one_receipt(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person, key = make.person(), new_key()
    assert hall.ask(person, key=key) == hall.ask(person, key=key)
    assert (count(market, complaint_case), count(market, print_job)) == (1, 1)


def test_the_same_wish_again_is_the_same_case_with_a_copy_of_its_receipt(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    first, again = hall.ask(person), hall.ask(person)
    assert (again.case.no, again.is_new) == (first.case.no, False)
    other = hall.ask(person, CaseKind.COMPLAINT)
    assert (other.case.no, other.is_new) == ("S2026-0002", True)


def test_receipts_are_not_printed_without_end(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    hall.ask(person)
    for _ in range(9):
        with market.database.write(Actor("test")) as tx:
            tx.connection.execute(print_job.update().values(state="printed"))
        last = hall.ask(person)
    assert last.print_job_id is None
    assert count(market, print_job) == 6


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        (WorkerAnswers(), PrivacyNoticeNotAccepted),
        (WorkerAnswers(notice_version=NOTICE_VERSION), PhoneMissing),
    ],
)
def test_who_is_new_must_have_agreed_and_be_callable(
    hall: Hall, market: OpenMarket, make: Factory, answers: WorkerAnswers, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        hall.ask(make.person(), answers=answers)
    assert (count(market, worker), count(market, complaint_case)) == (0, 0)
    assert hall.ask(make.person()).case.no == "S2026-0001"


def test_eight_kiosks_at_once_give_numbers_without_gap(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    people = [make.person(id_no=citizen_number(n)) for n in range(100, 140)]
    with ThreadPoolExecutor(THREADS) as pool:
        numbers = list(pool.map(lambda person: hall.ask(person).case.no, people))
    assert sorted(numbers) == [f"S2026-{n:04d}" for n in range(1, 41)]
    assert verify_chain(market).broken_at is None


def test_one_person_on_eight_kiosks_at_once_opens_one_case(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person, gate = make.person(), threading.Barrier(THREADS)

    def press(_: int) -> bool:
        gate.wait()
        return hall.ask(person).is_new

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(press, range(THREADS))).count(True) == 1
    with market.database.read() as connection:
        told = select(func.count()).where(event_log.c.type == "case.opened")
        assert connection.scalar(told) == 1


def test_the_list_has_the_longest_open_first_and_masks_the_holder(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    for name in ("欧阳建国", "王海"):
        hall.ask(make.person(name))
        make.later(days=1)
    rows = cases(market)
    assert [(row.case.no, row.masked_name) for row in rows] == [
        ("S2026-0001", "欧阳**"),
        ("S2026-0002", "王*"),
    ]
