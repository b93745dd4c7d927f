"""Small pure parts of the desk: where a sign-in leads, words for times, an employer's form."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from server.domain.kinds import EmployerKind
from server.staff.bench import bench_view
from server.staff.employer_form import EmployerFields, read_employer
from server.staff.forms import FormFaulty, safe_path
from server.staff.post_lists import tab_of
from server.staff.words import day_words, since_words, waited_words

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 23, 21, 10, tzinfo=UTC)


@pytest.mark.parametrize("path", ["/staff/", "/staff/posts/new?employer=1", "/staff/?post=a"])
def test_a_sign_in_goes_on_to_a_page_of_the_desk(path: str) -> None:
    assert safe_path(path, "/staff/") == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://evil.example/staff/",
        "//evil.example/staff/",
        "/staff/\\evil.example",
        "/staff//evil.example",
        "/staff/\r\nSet-Cookie: a=b",
        "/kiosk/",
        "javascript:alert(1)",
    ],
)
def test_a_sign_in_never_leaves_the_desk(path: str) -> None:
    assert safe_path(path, "/staff/") == "/staff/"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "刚到"), (12, "12分钟"), (60, "1小时00分"), (125, "2小时05分")]
)
def test_a_wait_is_said_as_people_say_it(minutes: int, words: str) -> None:
    assert waited_words(minutes) == words


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(-1, "昨天 11月23日"), (0, "今天 11月24日"), (1, "明天 11月25日"), (4, "11月28日 周六")],
)
def test_a_day_is_said_as_people_say_it(ahead: int, words: str) -> None:
    assert day_words(TODAY + timedelta(days=ahead), TODAY) == words


@pytest.mark.parametrize(
    ("ago", "words"), [(3, "刚刚"), (40, "40秒前"), (600, "10分钟前"), (7200, "11月24日 03:10")]
)
def test_the_last_word_of_a_device_is_said_with_its_age(ago: int, words: str) -> None:
    assert since_words(NOW - timedelta(seconds=ago), NOW) == words


def test_a_device_that_never_spoke_is_said_to() -> None:
    assert since_words(None, NOW) == "从未"


def test_a_unit_and_a_household_are_told_apart() -> None:
    unit = read_employer(EmployerFields(name="宏远", identity="9114", phone="12333"))
    person = read_employer(
        EmployerFields(kind="household", name="王海", identity="1406", phone="12333")
    )
    assert (unit.kind, person.kind) == (EmployerKind.UNIT, EmployerKind.HOUSEHOLD)


def test_every_missing_field_of_an_employer_is_told_at_once() -> None:
    with pytest.raises(FormFaulty) as caught:
        read_employer(EmployerFields())
    assert set(caught.value.faults) == {"name", "identity", "phone"}


def test_what_an_employer_typed_is_not_in_the_form_s_repr() -> None:
    assert "140602" not in repr(EmployerFields(identity="140602197001010010"))


@pytest.mark.parametrize("text", ["", "bribe", "FIND_WORK", "find_work "])
def test_an_unknown_service_means_all_of_them(text: str) -> None:
    assert bench_view({"service": text}).service is None


def test_an_unknown_tab_is_none() -> None:
    assert tab_of("../etc") is None
