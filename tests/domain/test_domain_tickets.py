"""Tickets, states, the clock and the privacy notice."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.clock import FixedClock, SystemClock, local_time, market_day
from server.domain.errors import (
    PrivacyNoticeNotAccepted,
    PrivacyNoticeOutdated,
    ScanUnknown,
    TicketUnknown,
)
from server.domain.kinds import (
    ALLOWED_MOVES,
    PLACEMENT_MOVES,
    PRINT_JOB_MOVES,
    TICKET_MOVES,
    PlacementState,
    PostState,
    PrintJobState,
    ServiceKind,
    TicketState,
)
from server.domain.privacy import NOTICE_SENTENCES, NOTICE_VERSION, check_notice
from server.domain.tickets import (
    clean_ticket_code,
    is_ticket_code,
    new_ticket_code,
    scanned_ticket_code,
    ticket_label,
)

QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize(
    ("series", "number", "label"),
    [("A", 1, "A001"), ("B", 12, "B012"), ("A", 999, "A999"), ("A", 1000, "A1000")],
)
def test_label_has_three_digits_until_a_thousand(series: str, number: int, label: str) -> None:
    assert ticket_label(series, number) == label


def test_every_service_has_its_own_series() -> None:
    assert [service.series for service in ServiceKind] == ["A", "B", "C", "D", "E"]
    assert ServiceKind.COMPLAINT.series == "E"


@given(st.binary(min_size=7, max_size=16))
def test_code_is_ten_characters_a_qr_code_packs_tightly(random_bytes: bytes) -> None:
    code = new_ticket_code(random_bytes)
    assert len(code) == 10
    assert set(code) <= QR_ALPHANUMERIC - set("ILOU $%*+-./:")
    assert is_ticket_code(code)


@given(st.binary(min_size=7, max_size=7))
def test_code_survives_being_read_aloud_and_typed(random_bytes: bytes) -> None:
    code = new_ticket_code(random_bytes)
    typed = code.lower().replace("0", "o").replace("1", "l")
    assert clean_ticket_code(f" {typed[:5]} {typed[5:]} ") == code


def test_codes_of_a_thousand_numbers_differ() -> None:
    codes = {new_ticket_code(number.to_bytes(7)) for number in range(1000)}
    assert len(codes) == 1000


def test_too_few_random_bytes_are_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="7 random bytes"):
        new_ticket_code(b"123456")


@pytest.mark.parametrize(
    "text", ["", "ABC", "ABCDEFGHJKM", "ABCDEFGHJU", "../../etc/", "一二三四五六七八九十"]
)
def test_what_is_no_code_is_no_ticket(text: str) -> None:
    assert not is_ticket_code(text)
    with pytest.raises(TicketUnknown):
        clean_ticket_code(text)


@pytest.mark.parametrize("text", ["abcdefghjk", "ABCDEFGHJO", "ABCDE FGHJ"])
def test_loosely_typed_code_is_not_yet_a_code(text: str) -> None:
    assert not is_ticket_code(text)


def test_moves_are_defined_for_every_state() -> None:
    assert set(ALLOWED_MOVES) == set(PostState)
    assert set(TICKET_MOVES) == set(TicketState)
    assert set(PLACEMENT_MOVES) == set(PlacementState)
    assert set(PRINT_JOB_MOVES) == set(PrintJobState)


def test_post_is_seen_only_after_review_or_by_the_clerk() -> None:
    assert PostState.IN_REVIEW.may_become(PostState.OPEN)
    assert PostState.DRAFT.may_become(PostState.OPEN)
    assert not PostState.DRAFT.may_become(PostState.FULL)
    assert not PostState.WITHDRAWN.may_become(PostState.OPEN)


def test_missed_number_can_be_called_again_and_a_done_one_cannot() -> None:
    assert TicketState.NO_SHOW.may_become(TicketState.CALLED)
    assert TicketState.CALLED.may_become(TicketState.CALLED)
    assert not TicketState.DONE.may_become(TicketState.CALLED)


def test_placement_goes_one_step_at_a_time() -> None:
    assert PlacementState.AGREED.may_become(PlacementState.ON_SITE)
    assert not PlacementState.AGREED.may_become(PlacementState.SETTLED)


def test_paper_that_came_out_is_never_queued_again() -> None:
    assert not PrintJobState.PRINTED.may_become(PrintJobState.QUEUED)
    assert not PrintJobState.UNCERTAIN.may_become(PrintJobState.QUEUED)
    assert PrintJobState.CLAIMED.may_become(PrintJobState.QUEUED)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 20, 31, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 0, 0, tzinfo=timezone(timedelta(hours=8))), date(2026, 11, 24)),
    ],
)
def test_market_day_changes_at_midnight_in_shanghai(now: datetime, day: date) -> None:
    assert market_day(now) == day


def test_local_time_is_what_the_wall_clock_shows() -> None:
    assert f"{local_time(datetime(2026, 11, 23, 20, 31, tzinfo=UTC)):%H:%M}" == "04:31"


def test_moment_without_a_zone_is_a_fault_of_the_program() -> None:
    naive = datetime.fromisoformat("2026-11-24T04:31")
    with pytest.raises(ValueError, match="time zone"):
        market_day(naive)
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(naive)


def test_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(datetime(2026, 11, 24, 4, 31, tzinfo=timezone(timedelta(hours=8))))
    assert clock.now() == clock.now() == datetime(2026, 11, 23, 20, 31, tzinfo=UTC)
    clock.advance(timedelta(minutes=30))
    assert clock.now() == datetime(2026, 11, 23, 21, 1, tzinfo=UTC)


def test_system_clock_tells_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_notice_is_short_enough_to_be_listened_to() -> None:
    assert len(NOTICE_SENTENCES) <= 6
    assert max(len(sentence) for sentence in NOTICE_SENTENCES) <= 60


def test_notice_says_what_the_law_asks() -> None:
    notice = "".join(NOTICE_SENTENCES)
    for word in ("零工市场", "身份证号码", "同意", "省", "两年", "三年", "删除", "热线"):
        assert word in notice


def test_notice_in_force_is_accepted() -> None:
    check_notice(NOTICE_VERSION)


@pytest.mark.parametrize("version", [None, ""])
def test_notice_must_be_accepted(version: str | None) -> None:
    with pytest.raises(PrivacyNoticeNotAccepted):
        check_notice(version)


def test_older_notice_must_be_accepted_again() -> None:
    with pytest.raises(PrivacyNoticeOutdated):
        check_notice("2020-01")


@pytest.mark.parametrize(
    "scanned",
    [
        "7K3M9QXA01",
        "7k3m9qxao1",
        " 7K3M9QXA01\r",
        "HTTP://10.20.30.40:8000/T/7K3M9QXA01",
        "https://market.example/t/7K3M9QXA01",
    ],
)
def test_a_scanned_ticket_is_known_by_its_address_or_its_bare_code(scanned: str) -> None:
    assert scanned_ticket_code(scanned) == "7K3M9QXA01"


@pytest.mark.parametrize(
    "scanned",
    [
        "",
        "7K3M9QXA0",
        "http://10.20.30.40/s/7K3M9QXA01",
        "http://10.20.30.40/t/7K3M9QXA01/more",
        "wxp://f2f07K3M9QXA01",
    ],
)
def test_another_code_is_no_ticket(scanned: str) -> None:
    with pytest.raises(ScanUnknown):
        scanned_ticket_code(scanned)
