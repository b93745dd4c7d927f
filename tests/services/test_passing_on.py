"""Numbers that a desk does not finish: put aside for a while, or passed on with a note."""

from __future__ import annotations

import pytest

from server.domain.desk_reasons import ParkReason
from server.domain.errors import (
    DeskUnknown,
    NobodyWaiting,
    ServiceUnknown,
    TextTooLong,
    TicketNotYours,
    TicketStateForbids,
)
from server.domain.kinds import ServiceKind, TicketState
from server.services.calls import call_next, call_ticket
from server.services.log import events_after
from server.services.open_market import OpenMarket
from server.services.passing_on import (
    Parking,
    Transfer,
    notes_of,
    park_ticket,
    transfer_ticket,
)
from server.services.staff import StaffMember
from server.services.tickets import ticket_view
from tests.people import Factory, new_key


@pytest.fixture
def clerk(make: Factory) -> StaffMember:
    return make.staff()


@pytest.fixture
def code(market: OpenMarket, make: Factory, clerk: StaffMember) -> str:
    """The code of A001, which desk 1 has called."""
    make.checked_in()
    make.later(seconds=5)
    return call_next(market, clerk.actor, 1, (), new_key()).ticket_code


def test_a_number_put_aside_is_called_by_name_only_and_holds_nobody_up(
    market: OpenMarket, make: Factory, clerk: StaffMember, code: str
) -> None:
    second = make.checked_in().ticket.code
    park_ticket(market, clerk.actor, Parking(code, 1, ParkReason.PAPERS), new_key())
    assert ticket_view(market, second).ahead == 0
    assert call_next(market, clerk.actor, 1, (), new_key()).label == "A002"
    with pytest.raises(NobodyWaiting):
        call_next(market, clerk.actor, 2, (), new_key())
    assert call_ticket(market, clerk.actor, code, 2, new_key()).label == "A001"
    assert ticket_view(market, code).parked_reason is None


def test_a_number_passed_to_a_service_stands_there_by_arrival(
    market: OpenMarket, make: Factory, clerk: StaffMember, code: str
) -> None:
    make.checked_in(service=ServiceKind.COMPLAINT)
    wish = Transfer(code, 1, to_service=ServiceKind.COMPLAINT, note="要看合同")
    assert transfer_ticket(market, clerk.actor, wish, new_key()).state is TicketState.WAITING
    first = call_next(market, clerk.actor, 2, (ServiceKind.COMPLAINT,), new_key())
    assert first.label == "A001"
    assert [(note.desk_no, note.text) for note in notes_of(market, ticket_view(market, code).id)]


def test_a_number_passed_to_a_desk_is_called_there_only(
    market: OpenMarket, clerk: StaffMember, code: str
) -> None:
    transfer_ticket(market, clerk.actor, Transfer(code, 1, to_desk_no=2), new_key())
    with pytest.raises(NobodyWaiting):
        call_next(market, clerk.actor, 1, (), new_key())
    called = call_next(market, clerk.actor, 2, (ServiceKind.TRAINING,), new_key())
    assert called.ticket_code == code


def test_the_note_is_in_no_event(market: OpenMarket, clerk: StaffMember, code: str) -> None:
    wish = Transfer(code, 1, to_desk_no=2, note="张建国要看合同")
    transfer_ticket(market, clerk.actor, wish, new_key())
    last = events_after(market, 0, 100)[-1]
    assert last.type == "ticket.transferred"
    assert "张建国" not in str(last.body)


def test_what_cannot_be_passed_on_is_refused(
    market: OpenMarket, make: Factory, clerk: StaffMember, code: str
) -> None:
    def send(wish: Transfer) -> None:
        transfer_ticket(market, clerk.actor, wish, new_key())

    with pytest.raises(TicketNotYours):
        send(Transfer(code, 2, to_desk_no=3))
    with pytest.raises(ServiceUnknown):
        send(Transfer(code, 1))
    with pytest.raises(DeskUnknown):
        send(Transfer(code, 1, to_desk_no=99))
    with pytest.raises(TextTooLong):
        send(Transfer(code, 1, to_desk_no=2, note="长" * 101))
    with pytest.raises(TicketStateForbids):
        send(Transfer(make.checked_in().ticket.code, 1, to_desk_no=2))
    with pytest.raises(TicketNotYours):
        park_ticket(market, clerk.actor, Parking(code, 2, ParkReason.AWAY), new_key())
