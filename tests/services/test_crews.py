"""A crew: a leader and members on one ticket, each counted, none in two crews."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from server.db.tables import crew, crew_member, event_log, print_job, ticket, visit, worker
from server.domain.crews import MAX_CREW
from server.domain.errors import (
    CrewLeaderBusy,
    CrewMemberBusy,
    CrewMembersMissing,
    CrewMemberTwice,
    CrewTooLarge,
    DomainError,
    IdempotencyKeyReused,
    InAnotherCrew,
    PrivacyNoticeNotAccepted,
    PrivacyNoticeOutdated,
    TicketOfCrew,
)
from server.domain.kinds import CancelReason, IdentityWay, TicketState
from server.services.applications import NewApplication, apply_for_post
from server.services.board import day_counts
from server.services.calls import Move, call_next, move_ticket
from server.services.cancellations import Cancellation, cancel_ticket
from server.services.check_in import CheckInAnswer
from server.services.crew_rolls import CrewRoll, call_roll
from server.services.crews import NewCrew, check_in_crew
from server.services.identities import Identity, identify_number, identify_ticket, open_identity
from server.services.log import events_after, verify_chain
from server.services.matching import ranked_for_post
from server.services.open_market import Actor, OpenMarket
from server.services.papers import document_of
from server.services.print_jobs import print_job_of
from server.services.tickets import people_on, queue_today, ticket_view
from server.services.workers import Person, WorkerAnswers
from tests.people import ANSWERS, CLI, Factory, citizen_number, new_key

KIOSK = Actor("test")


class Hall:
    """People who come as crews."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make

    def people(self, count: int) -> list[Person]:
        return [self.make.person() for _ in range(count)]

    def crew(self, leader: Person, *members: Person, key: str | None = None) -> CheckInAnswer:
        return self.make.crew(leader, *members, key=key)

    def roll(self, leader: Person, *members: Person) -> CrewRoll:
        by_card = tuple(Identity(member, IdentityWay.CARD) for member in members)
        return call_roll(self.market, Identity(leader, IdentityWay.PHONE), by_card)

    def cancel(self, person: Person, code: str) -> None:
        asked = Cancellation(person, code, CancelReason.LEAVING)
        cancel_ticket(self.market, KIOSK, asked, new_key())

    def count(self, table: object) -> int:
        with self.market.database.read() as connection:
            statement = select(func.count()).select_from(table)  # type: ignore[arg-type]  # a table
            return int(connection.scalar(statement) or 0)

    def told(self) -> list[str]:
        return [event.type for event in events_after(self.market, 0)]


@pytest.fixture
def hall(market: OpenMarket, make: Factory) -> Hall:
    return Hall(market, make)


def test_a_crew_of_eight_gets_one_number_and_counts_as_eight_people(
    market: OpenMarket, hall: Hall
) -> None:
    answer = hall.crew(*hall.people(8))
    assert (answer.ticket.label, answer.ticket.people, answer.is_new) == ("A001", 8, True)
    assert (hall.count(ticket), hall.count(print_job), hall.count(visit)) == (1, 1, 8)
    assert (day_counts(market).visits, day_counts(market).waiting) == (8, 8)


def test_the_next_number_after_a_crew_of_eight_is_the_next(hall: Hall, make: Factory) -> None:
    hall.crew(*hall.people(8))
    next_one = make.checked_in()
    assert (next_one.ticket.label, next_one.ticket.ahead) == ("A002", 1)


def test_the_paper_says_how_many_the_number_is_for(market: OpenMarket, hall: Hall) -> None:
    job_id = hall.crew(*hall.people(3)).print_job_id
    assert document_of(market, print_job_of(market, job_id or ""))["people"] == 3


def test_a_repeated_key_returns_the_first_answer_and_prints_once(hall: Hall) -> None:
    people, key = hall.people(3), new_key()
    assert hall.crew(*people, key=key) == hall.crew(*people, key=key)
    assert (hall.count(print_job), hall.count(crew_member)) == (1, 3)
    with pytest.raises(IdempotencyKeyReused):
        hall.crew(*people[:2], key=key)


def test_members_need_no_phone_and_get_the_leader_s_trades(market: OpenMarket, hall: Hall) -> None:
    leader, member = hall.people(2)
    hall.crew(leader, member)
    known = identify_number(market, member.id_no)
    assert known.trades == ANSWERS.trades
    assert [need.value for need in known.needs] == ["phone", "education", "skill"]


def test_a_member_who_is_known_keeps_their_own_trades(
    market: OpenMarket, hall: Hall, make: Factory
) -> None:
    leader, member = hall.people(2)
    make.checked_in(person=member, trades=["carpenter"])
    make.later(days=1)
    hall.crew(leader, member)
    assert identify_number(market, member.id_no).trades == ("carpenter",)


@pytest.mark.parametrize(
    ("notice", "refusal"),
    [(None, PrivacyNoticeNotAccepted), ("2001-01", PrivacyNoticeOutdated)],
)
def test_nobody_new_is_registered_who_did_not_agree_to_the_notice(
    market: OpenMarket, hall: Hall, notice: str | None, refusal: type[DomainError]
) -> None:
    leader, member = hall.people(2)
    new = NewCrew(leader, (member,), ANSWERS, notice)
    with pytest.raises(refusal):
        check_in_crew(market, KIOSK, new, new_key())
    assert (hall.count(worker), hall.count(ticket), hall.count(crew)) == (0, 0, 0)


def test_who_agreed_to_the_notice_before_need_not_hear_it_again(
    market: OpenMarket, hall: Hall, make: Factory
) -> None:
    leader, member = hall.people(2)
    make.checked_in(person=member)
    make.later(days=1)
    new = NewCrew(leader, (member,), ANSWERS, None)
    assert check_in_crew(market, KIOSK, new, new_key()).ticket.people == 2


def test_a_crew_needs_a_member_and_has_at_most_thirty_people(hall: Hall) -> None:
    people = hall.people(MAX_CREW + 1)
    with pytest.raises(CrewMembersMissing):
        hall.crew(people[0])
    with pytest.raises(CrewTooLarge):
        hall.crew(*people)
    assert hall.crew(*people[:-1]).ticket.people == MAX_CREW
    with pytest.raises(CrewTooLarge):
        hall.crew(people[0], people[-1])


def test_a_card_that_is_laid_down_twice_is_one_person(hall: Hall) -> None:
    leader, member = hall.people(2)
    for again in (member, leader):
        with pytest.raises(CrewMemberTwice):
            hall.roll(leader, member, again)
        with pytest.raises(CrewMemberTwice):
            hall.crew(leader, member, again)


def test_a_member_s_own_waiting_number_goes_back_for_the_crew_s(
    market: OpenMarket, hall: Hall, make: Factory
) -> None:
    leader, member = hall.people(2)
    own = make.checked_in(person=member).ticket
    assert [one.own_label for one in hall.roll(leader, member).members] == ["A001"]
    answer = hall.crew(leader, member)
    assert ticket_view(market, own.code).state is TicketState.CANCELLED
    body = next(e.body for e in events_after(market, 0) if e.type == "ticket.cancelled")
    assert (body or {})["cancel_reason"] == "joined_crew"
    assert identify_number(market, member.id_no).ticket_codes == (answer.ticket.code,)
    assert hall.count(visit) == 2


def test_the_paper_of_a_number_that_went_back_can_still_be_asked_for(
    market: OpenMarket, hall: Hall, make: Factory
) -> None:
    leader, member = hall.people(2)
    job_id = make.checked_in(person=member).print_job_id
    hall.crew(leader, member)
    assert document_of(market, print_job_of(market, job_id or ""))["label"] == "A001"


@pytest.mark.parametrize(
    "state", [TicketState.CALLED, TicketState.SERVING, TicketState.DONE, TicketState.NO_SHOW]
)
def test_nobody_joins_or_leads_whose_own_number_is_past_waiting(
    market: OpenMarket, hall: Hall, make: Factory, state: TicketState
) -> None:
    busy, other = hall.people(2)
    own = make.checked_in(person=busy).ticket
    call_next(market, CLI, 1, (), new_key())
    if state is not TicketState.CALLED:
        move_ticket(market, CLI, Move(own.code, state, 1), new_key())
    with pytest.raises(CrewMemberBusy):
        hall.crew(other, busy)
    with pytest.raises(CrewLeaderBusy):
        hall.crew(busy, other)
    for people, refusal in (((other, busy), CrewMemberBusy), ((busy,), CrewLeaderBusy)):
        with pytest.raises(refusal):
            hall.roll(*people)
    assert ticket_view(market, own.code).state is state


def test_a_leader_who_waits_already_keeps_number_and_place(
    market: OpenMarket, hall: Hall, make: Factory
) -> None:
    leader, member = hall.people(2)
    own = make.checked_in(person=leader).ticket
    make.checked_in()
    answer = hall.crew(leader, member)
    assert (answer.ticket.code, answer.ticket.ahead, answer.ticket.people) == (own.code, 0, 2)
    job = print_job_of(market, answer.print_job_id or "")
    assert job.copy_no == 2
    assert hall.told()[-6:].count("ticket.joined") == 1


def test_a_crew_grows_by_who_comes_later_and_nothing_new_prints_nothing(hall: Hall) -> None:
    leader, first, late = hall.people(3)
    before = hall.crew(leader, first)
    grown = hall.crew(leader, first, late)
    again = hall.crew(leader, late)
    assert [one.ticket.people for one in (before, grown, again)] == [2, 3, 3]
    assert [one.is_new for one in (before, grown, again)] == [True, True, False]
    assert {one.ticket.code for one in (before, grown, again)} == {before.ticket.code}
    assert (again.print_job_id, hall.count(crew), hall.count(crew_member)) == (None, 1, 3)
    assert [t for t in hall.told() if t.startswith("crew.")] == ["crew.checked_in", "crew.joined"]
    assert hall.roll(leader).people_before == 3


def test_nobody_is_in_two_crews_on_one_day(hall: Hall, make: Factory) -> None:
    leader, member, other, stranger = hall.people(4)
    hall.crew(leader, member)
    for people in ((other, member), (other, leader), (member, stranger)):
        with pytest.raises(InAnotherCrew):
            hall.crew(*people)
        with pytest.raises(InAnotherCrew):
            hall.roll(*people)
    make.later(days=1)
    assert hall.crew(other, member).ticket.people == 2


def test_of_two_leaders_who_add_the_same_member_at_once_exactly_one_wins(
    market: OpenMarket, hall: Hall
) -> None:
    wanted, leaders, gate = hall.people(1)[0], hall.people(8), threading.Barrier(8)

    def press(leader: Person) -> str:
        gate.wait()
        try:
            return hall.crew(leader, wanted).ticket.label
        except InAnotherCrew as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(press, leaders))
    assert sorted(answers) == ["A001", *["in_another_crew"] * 7]
    assert (hall.count(crew), hall.count(crew_member), hall.count(visit)) == (1, 2, 2)
    # The losers left nothing behind, not even themselves.
    assert hall.count(worker) == 2
    assert verify_chain(market).broken_at is None


def test_the_desk_sees_one_line_for_a_crew_and_its_people_in_their_order(
    market: OpenMarket, hall: Hall, make: Factory
) -> None:
    names = ("王大海", "李小河", "赵长江")
    answer = hall.crew(*(make.person(name=name) for name in names))
    [line] = queue_today(market)
    assert (line.masked_name, line.ticket.people) == ("王*海", 3)
    shown = people_on(market, answer.ticket.id)
    assert [one.masked_name for one in shown] == ["王*海", "李*河", "赵*江"]
    [waiting] = ranked_for_post(market, hall.make.published().id)
    assert (waiting.call_name, waiting.people) == ("王师傅", 3)


def test_the_crew_s_paper_tells_a_scanner_of_the_leader(market: OpenMarket, hall: Hall) -> None:
    leader, *members = hall.people(4)
    code = hall.crew(leader, *members).ticket.code
    token = identify_ticket(market, code).identity_token
    found = open_identity(market.seal, token, market.database.now())
    assert found.person.id_no == leader.id_no


def test_only_the_leader_gives_the_number_back_and_then_it_ends_for_all(
    market: OpenMarket, hall: Hall, make: Factory
) -> None:
    leader, member, third = hall.people(3)
    code = hall.crew(leader, member, third).ticket.code
    with pytest.raises(TicketOfCrew):
        hall.cancel(member, code)
    hall.cancel(leader, code)
    assert identify_number(market, member.id_no).ticket_codes == ()
    alone = make.checked_in(person=member, answers=replace(ANSWERS, trades=None))
    assert (alone.is_new, alone.ticket.label, alone.ticket.people) == (True, "A002", 1)
    assert queue_today(market)[0].worker_id == people_on(market, alone.ticket.id)[0].worker_id
    # The rest may come as a crew again: another crew, another number.
    assert hall.crew(third, leader).ticket.label == "A003"
    assert (hall.count(crew), hall.count(visit)) == (2, 3)


def test_a_member_who_puts_a_card_on_the_kiosk_is_told_the_crew_s_number(
    hall: Hall, make: Factory
) -> None:
    leader, member = hall.people(2)
    answer = hall.crew(leader, member)
    again = make.checked_in(person=member, answers=WorkerAnswers())
    assert (again.ticket.code, again.is_new) == (answer.ticket.code, False)


def test_the_roll_says_who_still_has_to_hear_the_notice_and_stores_nothing(
    hall: Hall, make: Factory
) -> None:
    leader, known, new = hall.people(3)
    make.checked_in(person=known)
    make.later(days=1)
    before = hall.told()
    roll = hall.roll(leader, known, new)
    assert [one.needs_notice for one in roll.members] == [False, True]
    assert hall.told() == before


def test_the_log_tells_of_a_crew_by_ids_and_counts_only(market: OpenMarket, hall: Hall) -> None:
    people = [hall.make.person(name=name) for name in ("欧阳大海", "司马小河")]
    hall.crew(*people)
    [told] = [event for event in events_after(market, 0) if event.type == "crew.checked_in"]
    assert (told.body or {})["people"] == 2
    assert len((told.body or {})["worker_ids"]) == 2
    with market.database.read() as connection:
        bodies = "".join(str(body) for body in connection.scalars(select(event_log.c.body)))
    for secret in (*(person.id_no for person in people), "欧阳大海", "司马小河"):
        assert secret not in bodies


def test_a_member_of_seventeen_may_come_along(hall: Hall, make: Factory) -> None:
    young = make.person(id_no=citizen_number(born=date(2009, 3, 1)))
    assert hall.crew(make.person(), young).ticket.people == 2


def test_a_member_keeps_the_place_they_applied_for_until_the_crew_gives_its_number_back(
    market: OpenMarket, hall: Hall, make: Factory
) -> None:
    leader, member = hall.people(2)
    post = make.published()
    new = NewApplication(member, post.id, ANSWERS)
    apply_for_post(market, KIOSK, new, new_key())
    code = hall.crew(leader, member).ticket.code
    assert "application.withdrawn" not in hall.told()
    hall.cancel(leader, code)
    assert hall.told()[-1] == "application.withdrawn"
