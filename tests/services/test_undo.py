"""Undoing a mistaken agreement: the place, the slip, the ticket, and who may do it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from server.db.tables import placement
from server.domain.desk_reasons import UndoReason
from server.domain.errors import (
    DomainError,
    PeopleMissing,
    PlacementStateForbids,
    PlacementUnknown,
    SlipVoid,
    UndoOfAnotherDesk,
    UndoTooLate,
)
from server.domain.kinds import (
    ApplicationState,
    DeviceKind,
    PlacementState,
    PostState,
    PrintJobState,
    ReferralState,
    StaffRole,
    TicketState,
)
from server.phone.pages import SlipStanding, slip_page
from server.services.applications import NewApplication, applications_of_ticket, apply_for_post
from server.services.board import board
from server.services.calls import call_next, ticket_at_desk
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.posts import Post, post_of
from server.services.print_jobs import (
    PrintResult,
    claim_print_job,
    print_job_of,
    queued_jobs,
    report_print_job,
    reprint_slip,
)
from server.services.referrals import NewReferral, ReferralAnswer, record_referral
from server.services.slips import slip_view
from server.services.ticket_rows import CallAnswer
from server.services.tickets import people_on, ticket_view
from server.services.undo import Undo, undo_agreement
from tests.people import ANSWERS, Factory, new_key


class Desk:
    """A clerk at a desk who agrees and undoes."""

    def __init__(self, market: OpenMarket, make: Factory, no: int = 1) -> None:
        self.market, self.no = market, no
        self.clerk = make.staff(f"clerk{no}").actor

    def agree(self, code: str, post: Post, **given: tuple[str, ...]) -> ReferralAnswer:
        new = NewReferral(code, post.id, self.no, ReferralState.AGREED, None, **given)
        return record_referral(self.market, self.clerk, new, new_key())

    def undo(self, *placement_ids: str | None, actor: Actor | None = None) -> CallAnswer:
        ids = tuple(str(one) for one in placement_ids)
        wish = Undo(ids, self.no, UndoReason.MISTAKE)
        return undo_agreement(self.market, actor or self.clerk, wish, new_key())


@pytest.fixture
def desk(market: OpenMarket, make: Factory) -> Desk:
    return Desk(market, make)


def called(market: OpenMarket, make: Factory, desk: Desk) -> str:
    make.checked_in()
    return call_next(market, desk.clerk, desk.no, (), new_key()).ticket_code


def test_an_undone_agreement_frees_the_place_and_brings_the_ticket_back(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post = make.published(headcount=1)
    code = called(market, make, desk)
    agreed = desk.agree(code, post)
    assert (post_of(market, post.id).state, board(market).posts) == (PostState.FULL, ())
    back = desk.undo(agreed.placement_id)
    assert (back.state, back.desk_no, ticket_at_desk(market, 1)) == (TicketState.SERVING, 1, code)
    after = post_of(market, post.id)
    assert (after.state, after.left) == (PostState.OPEN, 1)
    assert [row.id for row in board(market).posts] == [post.id]
    told = [event.type for event in events_after(market, 0, 100)]
    assert {"placement.withdrawn", "post.reopened", "ticket.brought_back"} <= set(told)


def test_the_slip_is_void_and_prints_no_more(market: OpenMarket, make: Factory, desk: Desk) -> None:
    agreed = desk.agree(called(market, make, desk), make.published())
    desk.undo(agreed.placement_id)
    page = slip_page(market, str(agreed.slip_code))
    assert page.standing is SlipStanding.VOID
    assert print_job_of(market, str(agreed.print_job_id)).state is PrintJobState.FAILED
    with pytest.raises(SlipVoid):
        reprint_slip(market, desk.clerk, str(agreed.placement_id), new_key())


def test_a_void_slip_that_a_printer_gives_back_waits_for_no_paper(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    agreed = desk.agree(called(market, make, desk), make.published())
    agent = make.device(DeviceKind.AGENT)[0]
    printer, job_id = Actor("agent", agent.id), str(agreed.print_job_id)
    claim_print_job(market, printer, job_id)
    desk.undo(agreed.placement_id)
    given_back = PrintResult(PrintJobState.QUEUED, "paper_out")
    report_print_job(market, printer, job_id, given_back)
    assert print_job_of(market, job_id).state is PrintJobState.FAILED
    assert job_id not in [job.id for job in queued_jobs(market, agent.id)]


def test_the_worker_may_agree_to_the_same_post_again_with_another_slip(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post = make.published()
    code = called(market, make, desk)
    first = desk.agree(code, post)
    desk.undo(first.placement_id)
    second = desk.agree(code, post)
    assert second.slip_code != first.slip_code
    assert slip_view(market, str(first.slip_code)).state is PlacementState.WITHDRAWN
    assert slip_view(market, str(second.slip_code)).state is PlacementState.AGREED
    assert post_of(market, post.id).filled == 1


def test_a_busy_desk_gets_the_ticket_as_its_next(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    code = called(market, make, desk)
    agreed = desk.agree(code, make.published())
    other = called(market, make, desk)
    assert desk.undo(agreed.placement_id).state is TicketState.WAITING
    assert ticket_at_desk(market, 1) == other
    assert ticket_view(market, code).for_desk_no == 1
    make.checked_in()
    assert call_next(market, desk.clerk, 2, (), new_key()).label == "A003"


def test_the_desk_has_ten_minutes_and_a_manager_has_longer(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post = make.published()
    code = called(market, make, desk)
    agreed = desk.agree(code, post)
    make.later(minutes=10)
    with pytest.raises(UndoTooLate):
        desk.undo(agreed.placement_id)
    manager = make.staff("boss", StaffRole.MANAGER).actor
    assert desk.undo(agreed.placement_id, actor=manager).state is TicketState.WAITING
    assert post_of(market, post.id).filled == 0


def test_another_desk_may_not_undo(market: OpenMarket, make: Factory, desk: Desk) -> None:
    agreed = desk.agree(called(market, make, desk), make.published())
    other = Desk(market, make, 2)
    with pytest.raises(UndoOfAnotherDesk) as refused:
        other.undo(agreed.placement_id)
    assert refused.value.facts == {"desk_no": 1}


def test_what_cannot_be_undone_is_refused(market: OpenMarket, make: Factory, desk: Desk) -> None:
    agreed = desk.agree(called(market, make, desk), make.published())
    desk.undo(agreed.placement_id)
    with pytest.raises(PlacementStateForbids):
        desk.undo(agreed.placement_id)
    with pytest.raises(PlacementUnknown):
        desk.undo("no-such-placement")
    with pytest.raises(PeopleMissing):
        desk.undo()


def test_the_day_after_a_manager_undoes_and_the_old_ticket_stays_done(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    code = called(market, make, desk)
    agreed = desk.agree(code, make.published())
    make.later(days=1)
    manager = make.staff("boss", StaffRole.MANAGER).actor
    assert desk.undo(agreed.placement_id, actor=manager).state is TicketState.DONE


def test_one_of_a_crew_is_undone_or_all(market: OpenMarket, make: Factory, desk: Desk) -> None:
    post = make.published(headcount=5)
    code = make.crew(make.person(), make.person(), make.person()).ticket.code
    call_next(market, desk.clerk, 1, (), new_key())
    slips = desk.agree(code, post).slips
    assert desk.undo(slips[1].placement_id).state is TicketState.SERVING
    placed = [one.is_placed for one in people_on(market, ticket_view(market, code).id)]
    assert (placed, post_of(market, post.id).filled) == ([True, False, True], 2)
    desk.undo(slips[0].placement_id, slips[2].placement_id)
    assert post_of(market, post.id).filled == 0


def test_the_worker_stands_again_in_the_order_of_the_post(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    person, post, other = make.person(), make.published(), make.published()
    for wanted in (post, other):
        wish = NewApplication(person, wanted.id, ANSWERS)
        apply_for_post(market, Actor("device:k"), wish, new_key())
    code = call_next(market, desk.clerk, 1, (), new_key()).ticket_code
    agreed = desk.agree(code, post)
    assert applications_of_ticket(market, code) == ()
    desk.undo(agreed.placement_id)
    again = applications_of_ticket(market, code)
    assert {one.post_id for one in again} == {post.id, other.id}
    assert {one.state for one in again} == {ApplicationState.MADE}


def test_an_undo_and_another_agreement_for_the_last_place_never_oversell(
    market: OpenMarket, make: Factory, desk: Desk
) -> None:
    post = make.published(headcount=1)
    first = desk.agree(called(market, make, desk), post)
    desks = [Desk(market, make, no) for no in (2, 3)]
    codes = [called(market, make, one) for one in desks]

    def press(n: int) -> bool:
        try:
            if n == 2:
                desk.undo(first.placement_id)
            else:
                desks[n].agree(codes[n], post)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(press, (0, 2, 1)))
    live = select(func.count()).where(placement.c.state == PlacementState.AGREED.value)
    with market.database.read() as connection:
        count = connection.scalar(live.where(placement.c.post_id == post.id))
    after = post_of(market, post.id)
    assert count == after.filled <= 1
    assert after.state is (PostState.FULL if count else PostState.OPEN)
