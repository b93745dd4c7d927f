"""A check-in: one ticket for a person, a day and a service, never a duplicate, never lost."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from server.db.tables import event_log, print_job, ticket, visit, worker
from server.domain.errors import (
    CitizenNumberInvalid,
    IdempotencyKeyReused,
    PhoneInvalid,
    PhoneMissing,
    PrivacyNoticeNotAccepted,
    PrivacyNoticeOutdated,
    TradesMissing,
    TradesTooMany,
    TradeUnknown,
    Under16,
)
from server.domain.kinds import CardKind, ServiceKind
from server.domain.trades import trades
from server.services.check_in import CheckIn, check_in
from server.services.log import events_after, verify_chain
from server.services.open_market import Actor, OpenMarket
from server.services.workers import CardFields, WorkerAnswers, person_of_card, person_of_number
from tests.people import ANSWERS, Factory, citizen_number, many_numbers, new_key

THREADS = 8
CHECK_INS_PER_THREAD = 200


def count(market: OpenMarket, table: object) -> int:
    with market.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]


def test_the_first_worker_of_the_day_gets_a001_and_the_next_a002(make: Factory) -> None:
    assert [make.checked_in().ticket.label for _ in range(3)] == ["A001", "A002", "A003"]


def test_each_service_has_its_own_series(make: Factory) -> None:
    labels = [make.checked_in(service=service).ticket.label for service in ServiceKind]
    assert labels == ["A001", "B001", "C001", "D001", "E001"]


def test_numbers_start_again_on_the_next_market_day(make: Factory) -> None:
    make.checked_in()
    make.later(hours=20)
    assert make.checked_in().ticket.label == "A001"


def test_the_market_day_ends_at_midnight_in_shanghai_not_in_utc(make: Factory) -> None:
    make.clock.advance(timedelta(hours=18, minutes=45))  # 23:55 in Shanghai
    late = make.checked_in()
    make.later(minutes=10)
    assert (late.ticket.label, make.checked_in().ticket.label) == ("A001", "A001")


def test_a_repeated_key_returns_the_first_answer_and_prints_once(
    market: OpenMarket, make: Factory
) -> None:
    person, key = make.person(), new_key()
    first = make.checked_in(person=person, key=key)
    again = make.checked_in(person=person, key=key)
    assert again == first
    assert again.is_new
    assert count(market, print_job) == 1


def test_a_key_that_comes_with_another_person_is_refused(make: Factory) -> None:
    key = new_key()
    make.checked_in(key=key)
    with pytest.raises(IdempotencyKeyReused):
        make.checked_in(key=key)


def test_the_same_person_again_today_is_told_the_same_number_and_nothing_prints(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    first = make.checked_in(person=person)
    again = make.checked_in(person=person)
    assert (again.ticket.label, again.ticket.code) == (first.ticket.label, first.ticket.code)
    assert not again.is_new
    assert again.print_job_id is None
    assert (count(market, visit), count(market, print_job)) == (1, 1)


def test_a_worker_who_comes_back_another_day_is_asked_nothing_again(make: Factory) -> None:
    person = make.person()
    make.checked_in(person=person)
    make.later(days=1)
    assert make.checked_in(person=person, answers=WorkerAnswers()).is_new


def test_somebody_who_only_asks_a_question_is_not_asked_for_a_trade(make: Factory) -> None:
    few = WorkerAnswers(phone=ANSWERS.phone, notice_version=ANSWERS.notice_version)
    person = make.person()
    asked = make.checked_in(person=person, service=ServiceKind.CONSULT, answers=few)
    assert asked.ticket.label == "B001"
    with pytest.raises(TradesMissing):
        make.checked_in(person=person, answers=WorkerAnswers())


def test_under_16_is_stopped_and_nothing_is_stored(market: OpenMarket, make: Factory) -> None:
    number = citizen_number(born=date(2010, 11, 25))
    with pytest.raises(Under16):
        person_of_number(number, make.today)
    assert count(market, worker) == 0
    assert len(events_after(market, 0)) == 1  # the market's opening


def test_on_the_sixteenth_birthday_a_worker_is_welcome(make: Factory) -> None:
    person = make.person(id_no=citizen_number(born=date(2010, 11, 24)))
    assert make.checked_in(person=person).ticket.label == "A001"


def test_an_old_or_unknown_division_code_is_accepted(make: Factory) -> None:
    for division in ("142126", "149999", "990000"):
        assert make.checked_in(person=make.person(id_no=citizen_number(1, division=division)))


def test_a_wrong_check_digit_is_refused(make: Factory) -> None:
    number = citizen_number()
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    with pytest.raises(CitizenNumberInvalid):
        person_of_number(wrong, make.today)


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        (replace(ANSWERS, notice_version=None), PrivacyNoticeNotAccepted),
        (replace(ANSWERS, notice_version="2001-01"), PrivacyNoticeOutdated),
        (replace(ANSWERS, phone=None), PhoneMissing),
        (replace(ANSWERS, phone="12345"), PhoneInvalid),
        (replace(ANSWERS, trades=None), TradesMissing),
        (replace(ANSWERS, trades=("astronaut",)), TradeUnknown),
        (replace(ANSWERS, trades=tuple(t.id for t in trades()[:7])), TradesTooMany),
    ],
)
def test_a_refused_check_in_leaves_nothing_behind_and_takes_no_number(
    market: OpenMarket, make: Factory, answers: WorkerAnswers, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        make.checked_in(answers=answers)
    assert (count(market, worker), count(market, ticket), count(market, print_job)) == (0, 0, 0)
    assert make.checked_in().ticket.label == "A001"


def test_what_is_stored_of_a_worker_cannot_be_read_without_the_key(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person(name="欧阳建国")
    make.checked_in(person=person)
    with market.database.read() as connection:
        texts = [
            str(value)
            for table in (worker, event_log)
            for row in connection.execute(select(table))
            for value in row
        ]
    for secret in (person.id_no, "欧阳建国", "13812345678"):
        assert not any(secret in text for text in texts)


def test_eight_threads_with_200_check_ins_each_give_1600_numbers_without_gap_or_duplicate(
    market: OpenMarket, make: Factory
) -> None:
    people = [
        person_of_number(number, make.today)
        for number in many_numbers(THREADS * CHECK_INS_PER_THREAD)
    ]

    def arrive(person: object) -> int:
        asked = CheckIn(person, ServiceKind.FIND_WORK, ANSWERS)  # type: ignore[arg-type]
        return int(check_in(market, Actor("test"), asked, new_key()).ticket.label[1:])

    with ThreadPoolExecutor(THREADS) as pool:
        numbers = list(pool.map(arrive, people))
    total = THREADS * CHECK_INS_PER_THREAD
    assert sorted(numbers) == list(range(1, total + 1))
    assert count(market, print_job) == total
    with market.database.read() as connection:
        told = Counter(connection.scalars(select(event_log.c.type)))
    assert told["visit.checked_in"] == total
    assert verify_chain(market).broken_at is None


def test_one_person_on_eight_kiosks_at_once_gets_one_ticket(
    market: OpenMarket, make: Factory
) -> None:
    person, gate = make.person(), threading.Barrier(THREADS)

    def press(_: int) -> tuple[str, bool]:
        gate.wait()
        answer = make.checked_in(person=person)
        return answer.ticket.label, answer.is_new

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(press, range(THREADS)))
    assert {label for label, _ in answers} == {"A001"}
    assert [is_new for _, is_new in answers].count(True) == 1
    assert (count(market, ticket), count(market, print_job)) == (1, 1)


def test_the_log_tells_of_the_check_in_in_the_same_transaction(
    market: OpenMarket, make: Factory
) -> None:
    make.checked_in()
    types = [event.type for event in events_after(market, 0)]
    assert types == ["market.opened", "worker.registered", "visit.checked_in"]


def test_a_foreigners_card_is_checked_by_its_form_and_tells_no_division(
    market: OpenMarket, make: Factory
) -> None:
    card = CardFields(
        CardKind.FOREIGNER_2017, "IVANOV IVAN", "1", date(1980, 1, 1), "RUS310180010112", None
    )
    person = person_of_card(card, make.today)
    assert make.checked_in(person=person).ticket.label == "A001"
    with pytest.raises(CitizenNumberInvalid):
        person_of_card(replace(card, id_no="not a number"), make.today)
