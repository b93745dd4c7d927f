"""A ticket is given back by its holder, once; whoever changes their mind gets another number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from server.db.tables import event_log, ticket, visit
from server.domain.errors import (
    DomainError,
    TicketNotToday,
    TicketOfAnother,
    TicketStateForbids,
    TicketUnknown,
)
from server.domain.kinds import CancelReason, DeviceKind, ServiceKind, TicketState
from server.services.calls import Move, call_next, move_ticket
from server.services.cancellations import Cancellation, cancel_ticket
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.papers import document_of
from server.services.print_jobs import claim_print_job, jobs_needing_people, queued_jobs
from server.services.tickets import TicketView, queue_today
from server.services.workers import Person
from tests.people import Factory, new_key

THREADS = 8


def give_back(market: OpenMarket, person: Person, code: str, key: str | None = None) -> TicketView:
    asked = Cancellation(person, code, CancelReason.FOUND_WORK)
    return cancel_ticket(market, Actor("test"), asked, key or new_key())


def told(market: OpenMarket, event_type: str) -> int:
    with market.database.read() as connection:
        statement = select(func.count()).where(event_log.c.type == event_type)
        return int(connection.scalar(statement) or 0)


def test_a_ticket_given_back_leaves_the_queue_and_says_why(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    code = make.checked_in(person=person).ticket.code
    assert give_back(market, person, code).state is TicketState.CANCELLED
    assert queue_today(market) == ()
    body = events_after(market, 0)[-1].body or {}
    assert (body["state"], body["cancel_reason"]) == ("cancelled", "found_work")


def test_giving_back_twice_is_told_once(market: OpenMarket, make: Factory) -> None:
    person, key = make.person(), new_key()
    code = make.checked_in(person=person).ticket.code
    answers = [give_back(market, person, code, key) for key in (key, key, new_key())]
    assert answers[0] == answers[1] == answers[2]
    assert told(market, "ticket.cancelled") == 1


def test_a_number_given_back_before_its_paper_came_is_not_printed_any_more(
    market: OpenMarket, make: Factory
) -> None:
    agent, _ = make.device(DeviceKind.AGENT)
    person = make.person()
    first = make.checked_in(person=person)
    give_back(market, person, first.ticket.code)
    second = make.checked_in(person=person)
    assert [job.id for job in queued_jobs(market, agent.id)] == [second.print_job_id]
    assert jobs_needing_people(market) == ()


def test_a_paper_that_is_being_printed_while_its_number_is_given_back_harms_nothing(
    market: OpenMarket, make: Factory
) -> None:
    agent, _ = make.device(DeviceKind.AGENT)
    person = make.person()
    first = make.checked_in(person=person)
    assert first.print_job_id is not None
    job = claim_print_job(market, agent.actor, first.print_job_id)
    give_back(market, person, first.ticket.code)
    make.checked_in(person=person)
    assert document_of(market, job)["label"] == first.ticket.label


def test_nobody_gives_back_a_stranger_s_ticket(market: OpenMarket, make: Factory) -> None:
    code = make.checked_in().ticket.code
    for stranger in (make.person(), _known(make)):
        with pytest.raises(TicketOfAnother):
            give_back(market, stranger, code)
    assert len(queue_today(market)) == 2
    assert told(market, "ticket.cancelled") == 0


def _known(make: Factory) -> Person:
    person = make.person()
    make.checked_in(person=person)
    return person


def test_a_called_ticket_may_be_given_back_and_frees_the_desk(
    market: OpenMarket, make: Factory
) -> None:
    person, clerk = make.person(), make.staff().actor
    code = make.checked_in(person=person).ticket.code
    call_next(market, clerk, 1, (), new_key())
    assert give_back(market, person, code).desk_no is None
    make.checked_in()
    assert call_next(market, clerk, 1, (), new_key()).label == "A002"


@pytest.mark.parametrize("state", [TicketState.SERVING, TicketState.DONE])
def test_a_ticket_that_was_called_and_dealt_with_stays(
    market: OpenMarket, make: Factory, state: TicketState
) -> None:
    person, clerk = make.person(), make.staff().actor
    code = make.checked_in(person=person).ticket.code
    call_next(market, clerk, 1, (), new_key())
    move_ticket(market, clerk, Move(code, state, 1), new_key())
    with pytest.raises(TicketStateForbids):
        give_back(market, person, code)


def test_yesterday_s_ticket_and_an_unknown_code_are_refused(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    code = make.checked_in(person=person).ticket.code
    with pytest.raises(TicketUnknown):
        give_back(market, person, "0000000000")
    make.later(days=1)
    with pytest.raises(TicketNotToday):
        give_back(market, person, code)


def test_who_comes_back_gets_another_number_and_stays_one_visit(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    first = make.checked_in(person=person).ticket
    make.checked_in()
    give_back(market, person, first.code)
    again = make.checked_in(person=person)
    assert (again.is_new, again.ticket.label) == (True, "A003")
    assert again.print_job_id is not None
    assert make.checked_in(person=person).ticket.label == "A003"
    with market.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(visit)) == 2
        versions = connection.scalars(
            select(event_log.c.entity_version)
            .where(event_log.c.type == "visit.checked_in")
            .order_by(event_log.c.id)
        ).all()
    assert versions == [1, 1, 2]


def test_the_old_number_of_who_came_back_is_nobody_s_any_more(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    first = make.checked_in(person=person).ticket
    give_back(market, person, first.code)
    make.checked_in(person=person)
    with pytest.raises(DomainError):
        give_back(market, person, first.code)
    [waiting] = queue_today(market)
    assert waiting.ticket.label == "A002"


def test_other_services_keep_their_tickets(market: OpenMarket, make: Factory) -> None:
    person = make.person()
    code = make.checked_in(person=person).ticket.code
    make.checked_in(person=person, service=ServiceKind.CONSULT)
    give_back(market, person, code)
    assert [entry.ticket.label for entry in queue_today(market)] == ["B001"]


def test_pressing_on_eight_kiosks_at_once_gives_back_once(
    market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    code = make.checked_in(person=person).ticket.code
    with ThreadPoolExecutor(THREADS) as pool:
        states = list(pool.map(lambda _: give_back(market, person, code).state, range(THREADS)))
    assert set(states) == {TicketState.CANCELLED}
    assert told(market, "ticket.cancelled") == 1
    with market.database.read() as connection:
        assert connection.scalar(select(ticket.c.entity_version)) == 2
