"""The hardship roster: who may look, that every look is kept, and who comes first among equals."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.domain.errors import (
    CaseUnknown,
    DomainError,
    PermissionMissing,
    StaffUnknown,
    TextTooLong,
)
from server.domain.errors.hall import (
    HardshipCategoryMissing,
    HardshipDaysInvalid,
    HardshipEntered,
    HardshipOver,
    HardshipUnknown,
)
from server.domain.hardship import HardshipCategory, HardshipGrade, HelpKind
from server.domain.kinds import CaseKind
from server.services.hardship import (
    Help,
    NewEntry,
    end_entry,
    enter,
    give_help,
    name_viewers,
    regrade,
)
from server.services.hardship_facts import is_hardship
from server.services.hardship_views import roster, view_entry
from server.services.log import events_after, verify_chain
from server.services.open_market import OpenMarket
from server.services.tickets import queued_ticket
from tests.people import Factory, new_key
from tests.services.office import Office


class Desk(Office):
    """An office whose manager keeps the roster."""

    def entry(self, who: str = "", case_no: str = "", **given: object) -> str:
        values: dict[str, object] = {
            "worker_text": who,
            "case_no": case_no,
            "categories": (HardshipCategory.DISABLED,),
            "grade": HardshipGrade.SECOND,
            "from_day": self.make.today,
            "to_day": None,
            "note": "左腿不方便",
            **given,
        }
        new = NewEntry(**values)  # type: ignore[arg-type]  # a test names the fields it means
        return enter(self.market, self.boss.actor, new, new_key())


@pytest.fixture
def office(market: OpenMarket, make: Factory) -> Desk:
    return Desk(market, make)


def worker_of(market: OpenMarket, code: str) -> str:
    held = queued_ticket(market, code)
    assert held is not None
    return held.worker_id


def test_who_is_on_the_roster_comes_first_on_its_days_only(
    office: Desk, make: Factory, market: OpenMarket
) -> None:
    ticket = make.checked_in().ticket
    worker_id = worker_of(market, ticket.code)
    last = make.today + timedelta(days=10)
    entry_id = office.entry(ticket.label, to_day=last)

    def on(days: int) -> bool:
        with market.database.read() as connection:
            return is_hardship(connection, worker_id, make.today + timedelta(days=days))

    assert [on(-1), on(0), on(10), on(11)] == [False, True, True, False]
    end_entry(market, office.boss.actor, entry_id, new_key())
    assert not on(0)


def test_a_clerk_sees_the_roster_only_when_a_manager_named_them(
    office: Desk, make: Factory, market: OpenMarket
) -> None:
    entry_id = office.entry(make.checked_in().ticket.label)
    li = office.li.actor
    forbidden = (
        lambda: roster(market, li),
        lambda: view_entry(market, li, entry_id),
        lambda: regrade(market, li, entry_id, HardshipGrade.FIRST, new_key()),
        lambda: give_help(market, li, Help(entry_id, HelpKind.TRAINING), new_key()),
        lambda: end_entry(market, li, entry_id, new_key()),
        lambda: name_viewers(market, li, frozenset({office.li.id}), new_key()),
    )
    for act in forbidden:
        with pytest.raises(PermissionMissing):
            act()
    assert not [e for e in events_after(market, 0) if e.type == "hardship.viewed"]
    name_viewers(market, office.boss.actor, frozenset({office.li.id}), new_key())
    assert view_entry(market, li, entry_id).name == "张建国"
    with pytest.raises(PermissionMissing):
        roster(market, office.wu.actor)
    with pytest.raises(StaffUnknown):
        name_viewers(market, office.boss.actor, frozenset({"none"}), new_key())
    name_viewers(market, office.boss.actor, frozenset(), new_key())
    with pytest.raises(PermissionMissing):
        roster(market, li)


def test_every_look_at_a_person_is_kept_and_the_log_says_nothing_of_them(
    office: Desk, make: Factory, market: OpenMarket
) -> None:
    entry_id = office.entry(make.checked_in().ticket.label)
    give_help(market, office.boss.actor, Help(entry_id, HelpKind.SUBSIDY, "领低保表"), new_key())
    roster(market, office.boss.actor)
    for _ in range(3):
        view_entry(market, office.boss.actor, entry_id)
    events = events_after(market, 0)
    views = [event for event in events if event.type == "hardship.viewed"]
    assert [event.body for event in views] == [{"id": entry_id}] * 3
    assert {event.actor for event in views} == {office.boss.actor.name}
    told = str([event.body for event in events])
    for private in ("张建国", "左腿", "领低保表", "disabled", "13812345678"):
        assert private not in told, private
    verify_chain(market)


def test_a_request_of_the_kiosk_waits_at_the_top_until_it_has_an_entry(
    office: Desk, market: OpenMarket
) -> None:
    no = office.opened(CaseKind.HARDSHIP)
    other = office.opened(CaseKind.COMPLAINT)
    [asked] = roster(market, office.boss.actor).requests
    assert asked.case_no == no
    assert asked.masked_name not in {None, "欧阳建国"}
    with pytest.raises(CaseUnknown):
        office.entry(case_no=other)
    entry_id = office.entry(case_no=no, grade=HardshipGrade.FIRST)
    assert roster(market, office.boss.actor).requests == ()
    assert view_entry(market, office.boss.actor, entry_id).case_no == no


def test_grades_order_the_list_and_help_is_counted(
    office: Desk, make: Factory, market: OpenMarket
) -> None:
    first = office.entry(make.checked_in().ticket.label, grade=HardshipGrade.THIRD)
    second = office.entry(make.checked_in().ticket.label)
    boss = office.boss.actor
    assert [row.id for row in roster(market, boss).rows] == [second, first]
    regrade(market, boss, first, HardshipGrade.FIRST, new_key())
    key = new_key()
    for _ in range(2):
        give_help(market, boss, Help(first, HelpKind.REFERRED), key)
    rows = roster(market, boss).rows
    assert [(row.id, row.helped) for row in rows] == [(first, 1), (second, 0)]
    assert rows[0].last_help_day == make.today


def test_the_roster_refuses_what_cannot_be(office: Desk, make: Factory, market: OpenMarket) -> None:
    label = make.checked_in().ticket.label
    yesterday = make.today - timedelta(days=1)
    wishes: list[tuple[type[DomainError], dict[str, object]]] = [
        (HardshipCategoryMissing, {"categories": ()}),
        (HardshipDaysInvalid, {"to_day": yesterday}),
        (TextTooLong, {"note": "长" * 201}),
    ]
    for refusal, given in wishes:
        with pytest.raises(refusal):
            office.entry(label, **given)
    entry_id = office.entry(label)
    with pytest.raises(HardshipEntered):
        office.entry(label)
    end_entry(market, office.boss.actor, entry_id, new_key())
    with pytest.raises(HardshipOver):
        give_help(market, office.boss.actor, Help(entry_id, HelpKind.OTHER), new_key())
    with pytest.raises(HardshipUnknown):
        view_entry(market, office.boss.actor, "none")
    assert office.entry(label) != entry_id
