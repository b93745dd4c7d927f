"""The page of cases: what is late is seen at once, and nobody's name is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from server.domain.kinds import CaseKind
from server.services.cases import NewCase, open_case
from server.services.open_market import Actor, OpenMarket
from server.staff.cases import step_shown
from tests.people import ANSWERS, Factory, new_key
from tests.staff.conftest import Clerk, seen


def test_an_empty_list_says_so(clerk: Clerk) -> None:
    assert "还没有人来反映事情" in seen(clerk.get("/staff/cases"))


def test_a_case_is_listed_with_its_days_and_a_masked_name(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    new = NewCase(make.person("欧阳建国"), CaseKind.WAGE_ARREARS, None, ANSWERS)
    open_case(market, Actor("test"), new, new_key())
    page = seen(clerk.get("/staff/cases"))
    for words in ("S2026-0001", "讨要工钱", "欧阳**", "11月25日 还有1天", "12月1日 还有7天"):
        assert words in page
    assert "欧阳建国" not in page
    make.later(days=4)
    late = clerk.read("/staff/cases")
    assert '<span class="badge tone-bad">超期3天</span>' in late
    assert '<span class="badge tone-bad">超期1天</span>' in late
    assert '<span class="badge tone-quiet">还有3天</span>' in late


def test_the_list_alone_is_sent_only_when_it_changed(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    page = clerk.read("/staff/cases")
    have = page.split("/staff/cases/list?have=")[1].split('"')[0]
    assert clerk.get(f"/staff/cases/list?have={have}").status_code == 204
    new = NewCase(make.person(), CaseKind.COMPLAINT, None, ANSWERS)
    open_case(market, Actor("test"), new, new_key())
    assert "S2026-0001" in seen(clerk.get(f"/staff/cases/list?have={have}"))


@pytest.mark.parametrize(
    ("by_day", "is_done", "word", "tone"),
    [
        (24, False, "今天到期", "warn"),
        (23, False, "超期1天", "bad"),
        (25, False, "还有1天", "quiet"),
        (24, True, "已办", "done"),
        (23, True, "已办，晚了1天", "warn"),
    ],
)
def test_a_step_has_a_word_and_a_colour(by_day: int, is_done: bool, word: str, tone: str) -> None:
    done_at = datetime(2026, 11, 24, tzinfo=UTC) if is_done else None
    shown = step_shown("办结", date(2026, 11, by_day), done_at, date(2026, 11, 24))
    assert (shown.word, shown.tone) == (word, tone)


def test_nobody_reads_the_list_without_signing_in(clerk: Clerk) -> None:
    clerk.client.delete_cookie("session")
    assert clerk.get("/staff/cases").status_code == 303
