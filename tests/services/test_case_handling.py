"""Handling cases: one clerk has each, none ends without an outcome, every open one has a clock."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from server.db.tables import complaint_case
from server.domain.case_kinds import OUTCOMES_OF, CaseDays, CaseOutcome, CaseState
from server.domain.errors import (
    CaseClosed,
    CaseExtended,
    CaseExtensionTooLate,
    CaseFeedbackMissing,
    CaseNotClosed,
    CaseNotTaken,
    CaseNotYours,
    CaseOpenAgain,
    CaseOutcomeUnfit,
    CaseTaken,
    CaseUnknown,
    DomainError,
    IdempotencyKeyReused,
    PermissionMissing,
    StaffUnknown,
    TextMissing,
    TextTooLong,
)
from server.domain.kinds import CaseKind
from server.services.case_handling import (
    Closing,
    HandOver,
    close_case,
    extend_case,
    give_feedback,
    hand_over,
    reopen_case,
    take_on,
)
from server.services.case_views import (
    CaseFilter,
    case_file,
    case_history,
    case_list,
    cases_due,
)
from server.services.cases import NewCase, open_case
from server.services.log import events_after, verify_chain
from server.services.market import MarketChange, change_market
from server.services.open_market import Actor, OpenMarket
from tests.people import ANSWERS, CLI, Factory, new_key
from tests.services.office import Office

THREADS = 8


@pytest.fixture
def office(market: OpenMarket, make: Factory) -> Office:
    return Office(market, make)


def test_a_case_goes_from_the_kiosk_to_its_end_and_each_step_is_logged_sealed(
    office: Office, market: OpenMarket
) -> None:
    no = office.closed()
    told = [event for event in events_after(market, 0) if event.type.startswith("case.")]
    assert [event.type for event in told] == [
        "case.opened",
        "case.assigned",
        "case.answered",
        "case.closed",
    ]
    assert [event.entity_version for event in told] == [1, 2, 3, 4]
    for secret in ("电话里", "刘老板", "欧阳"):
        assert secret not in str(told)
    shown = case_file(market, no)
    assert (shown.state, shown.row.outcome, shown.done) == (
        CaseState.CLOSED,
        CaseOutcome.PAID,
        "刘老板当面付清",
    )
    texts = [line.text for line in case_history(market, shown.row.case.id)]
    assert texts == ["", "", "电话里说了", "刘老板当面付清"]
    assert verify_chain(market).broken_at is None


def test_of_clerks_who_take_the_same_case_on_at_once_one_wins(
    office: Office, market: OpenMarket
) -> None:
    no = office.opened()
    start = threading.Barrier(THREADS)
    clerks = [office.li, office.wu] * (THREADS // 2)

    def take(n: int) -> str | None:
        start.wait()
        try:
            return take_on(market, clerks[n].actor, no, new_key()).responsible_id
        except CaseTaken:
            return None

    with ThreadPoolExecutor(THREADS) as pool:
        won = [who for who in pool.map(take, range(THREADS)) if who is not None]
    assert len(won) == 1
    assert case_file(market, no).responsible_id == won[0]
    assert [e.type for e in events_after(market, 0)].count("case.assigned") == 1


def test_the_same_press_twice_is_one_step(office: Office, market: OpenMarket) -> None:
    no, key = office.taken(), new_key()
    first = give_feedback(market, office.li.actor, no, "打过电话", key)
    assert give_feedback(market, office.li.actor, no, "打过电话", key) == first
    with pytest.raises(IdempotencyKeyReused):
        give_feedback(market, office.li.actor, no, "别的话", key)


def test_only_who_has_the_case_or_a_manager_works_on_it(office: Office, market: OpenMarket) -> None:
    no = office.opened()
    with pytest.raises(CaseNotTaken):
        give_feedback(market, office.li.actor, no, "话", new_key())
    take_on(market, office.li.actor, no, new_key())
    with pytest.raises(CaseNotYours) as refusal:
        give_feedback(market, office.wu.actor, no, "话", new_key())
    assert refusal.value.facts["who"] == "李静"
    give_feedback(market, office.boss.actor, no, "话", new_key())
    for nobody in (Actor("cli"), Actor("staff:unknown"), Actor("device:x")):
        with pytest.raises(PermissionMissing):
            take_on(market, nobody, no, new_key())
    with pytest.raises(CaseUnknown):
        take_on(market, office.li.actor, "S2026-9999", new_key())


def test_a_case_is_handed_over_with_a_reason_and_its_clocks_run_on(
    office: Office, market: OpenMarket
) -> None:
    no = office.taken()
    before = case_file(market, no).row.case.deadlines
    for to, reason, error in (
        (office.wu.id, " ", TextMissing),
        (office.wu.id, "长" * 201, TextTooLong),
        ("nobody", "我休假", StaffUnknown),
        (office.li.id, "我休假", CaseTaken),
    ):
        with pytest.raises(error):
            hand_over(market, office.li.actor, no, HandOver(to, reason), new_key())
    hand_over(market, office.li.actor, no, HandOver(office.wu.id, "我休假"), new_key())
    shown = case_file(market, no)
    assert (shown.responsible_id, shown.row.case.deadlines) == (office.wu.id, before)
    assert case_history(market, shown.row.case.id)[-1].text == "我休假"
    with pytest.raises(CaseNotYours):
        office.close(no)


def test_nothing_is_closed_without_a_word_to_the_worker_and_a_fitting_outcome(
    office: Office, market: OpenMarket
) -> None:
    no = office.taken(CaseKind.CONSULTATION)
    with pytest.raises(CaseFeedbackMissing):
        office.close(no, CaseOutcome.ANSWERED)
    give_feedback(market, office.li.actor, no, "话", new_key())
    with pytest.raises(CaseOutcomeUnfit):
        office.close(no, CaseOutcome.PAID)
    closing = Closing(CaseOutcome.ANSWERED, " ")
    with pytest.raises(TextMissing):
        close_case(market, office.li.actor, no, closing, new_key())
    assert office.close(no, CaseOutcome.ANSWERED).state is CaseState.CLOSED
    with pytest.raises(CaseClosed):
        office.close(no, CaseOutcome.ANSWERED)


def test_a_major_case_has_a_month_once_and_before_its_week_is_over(
    office: Office, market: OpenMarket
) -> None:
    no, late = office.taken(), office.taken()
    done = extend_case(market, office.li.actor, no, "先找劳动监察，再约双方谈", new_key())
    assert done.close_by_day == date(2026, 12, 24)
    with pytest.raises(CaseExtended):
        extend_case(market, office.li.actor, no, "再延", new_key())
    office.make.later(days=8)
    with pytest.raises(CaseExtensionTooLate):
        extend_case(market, office.li.actor, late, "来得及吗", new_key())


def test_a_manager_opens_a_case_again_and_its_clocks_begin_anew(
    office: Office, market: OpenMarket
) -> None:
    no = office.closed()
    office.make.later(days=20)
    with pytest.raises(PermissionMissing):
        reopen_case(market, office.li.actor, no, "钱没到", new_key())
    again = reopen_case(market, office.boss.actor, no, "钱没到", new_key())
    assert (again.state, again.close_by_day) == (CaseState.ASSIGNED, date(2026, 12, 21))
    assert case_file(market, no).row.outcome is None
    with pytest.raises(CaseFeedbackMissing):
        office.close(no)
    with pytest.raises(CaseNotClosed):
        reopen_case(market, office.boss.actor, no, "钱没到", new_key())


def test_a_case_is_not_opened_again_beside_a_newer_one_about_the_same(
    office: Office, market: OpenMarket
) -> None:
    person = office.make.person()
    new = NewCase(person, CaseKind.HARDSHIP, None, ANSWERS)
    no = open_case(market, Actor("test"), new, new_key()).case.no
    take_on(market, office.li.actor, no, new_key())
    give_feedback(market, office.li.actor, no, "话", new_key())
    office.close(no, CaseOutcome.HELPED)
    other = open_case(market, Actor("test"), new, new_key()).case.no
    with pytest.raises(CaseOpenAgain) as refusal:
        reopen_case(market, office.boss.actor, no, "又来了", new_key())
    assert refusal.value.facts["no"] == other


def test_working_days_leave_out_the_weekend(office: Office, market: OpenMarket) -> None:
    ordinary = office.taken()
    change_market(market, CLI, MarketChange(case_days=CaseDays.WORKING))
    due = case_file(market, office.taken()).row.case.deadlines
    # 24 November 2026 is a Tuesday.
    assert (due.feedback_by_day, due.close_by_day) == (date(2026, 11, 27), date(2026, 12, 3))
    assert case_file(market, ordinary).row.case.deadlines.close_by_day == date(2026, 12, 1)


def test_no_history_of_steps_closes_a_case_badly_or_leaves_it_without_a_clock(
    office: Office, market: OpenMarket
) -> None:
    seed = random.randrange(1 << 32)  # noqa: S311 - a test's dice
    print("seed", seed)
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    kinds = [dice.choice(list(CaseKind)) for _ in range(6)]
    cases = {office.opened(kind): kind for kind in kinds}
    people = [office.li, office.wu, office.boss]
    steps: list[Callable[[Actor, str], object]] = [
        lambda who, no: take_on(market, who, no, new_key()),
        lambda who, no: hand_over(
            market, who, no, HandOver(dice.choice(people).id, dice.choice(["", "忙"])), new_key()
        ),
        lambda who, no: give_feedback(market, who, no, dice.choice(["", "说了"]), new_key()),
        lambda who, no: extend_case(market, who, no, dice.choice(["", "方案"]), new_key()),
        lambda who, no: close_case(
            market,
            who,
            no,
            Closing(dice.choice(list(CaseOutcome)), dice.choice(["", "办了"])),
            new_key(),
        ),
        lambda who, no: reopen_case(market, who, no, "再办", new_key()),
    ]
    for _ in range(250):
        if dice.random() < 0.1:
            office.make.later(days=dice.choice([1, 3]))
        with suppress(DomainError):
            dice.choice(steps)(dice.choice(people).actor, dice.choice(list(cases)))
        _check(market, cases, office.make.today)
    assert verify_chain(market).broken_at is None


def _check(market: OpenMarket, cases: dict[str, CaseKind], today: date) -> None:
    with market.database.read() as connection:
        rows = connection.execute(select(complaint_case)).all()
    shown = {row.case.no for row in case_list(market, CaseFilter()).rows}
    assert shown == set(cases)
    for row in rows:
        if row.closed_at is not None:
            assert row.responsible_id is not None
            assert row.answered_at is not None
            assert row.done_sealed is not None
            assert row.outcome in OUTCOMES_OF[cases[row.no]]
        else:
            assert row.outcome is None
            start = row.reopened_day or row.market_day
            assert start < row.assign_by_day <= row.feedback_by_day < row.close_by_day
            assert row.close_by_day <= start + timedelta(days=31)
            assert (row.plan_sealed is not None) == row.is_major
        assert (row.assigned_at is None) == (row.responsible_id is None)
    open_rows = [row for row in rows if row.closed_at is None]
    next_due = [
        row.assign_by_day
        if row.assigned_at is None
        else row.feedback_by_day
        if row.answered_at is None
        else row.close_by_day
        for row in open_rows
    ]
    assert cases_due(market) == sum(day <= today for day in next_due)


def test_what_is_late_comes_first_and_pages_do_not_repeat(
    office: Office, market: OpenMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.services.case_views.PAGE_SIZE", 2)
    old, answered = office.taken(), office.answered()
    office.make.later(days=3)
    fresh, closed = office.opened(), office.closed()
    pages = [case_list(market, CaseFilter(page=n)) for n in (1, 2, 9)]
    assert [[row.case.no for row in page.rows] for page in pages[:2]] == [
        [old, fresh],
        [answered, closed],
    ]
    assert (pages[0].total, pages[0].pages, pages[2].page) == (4, 2, 2)
    assert cases_due(market) == 1
    only = case_list(market, CaseFilter(due_only=True)).rows
    assert [row.case.no for row in only] == [old]
    found = case_list(market, CaseFilter(CaseKind.WAGE_ARREARS, CaseState.ANSWERED)).rows
    assert [row.case.no for row in found] == [answered]
