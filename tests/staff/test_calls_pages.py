"""The workbench where numbers change hands: taken over, missed, put aside, passed on, undone."""

from __future__ import annotations

import pytest
from flask import Flask

from server.domain.kinds import StaffRole, TicketState
from server.services.calls import ticket_at_desk
from server.services.open_market import OpenMarket
from server.services.posts import post_of
from server.services.tickets import ticket_view
from tests.people import Factory
from tests.staff.conftest import Clerk, seen, ticket_codes


def another(app: Flask, make: Factory, desk_no: str, role: StaffRole = StaffRole.CLERK) -> Clerk:
    """Somebody else who signed in and sits at another window."""
    member = make.staff(f"other{desk_no}", role)
    other = Clerk(app.test_client())
    with other.client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = member.id, True
    other.send("/staff/desks", desk_no=desk_no)
    return other


@pytest.fixture
def code(at_desk: Clerk, market: OpenMarket, make: Factory) -> str:
    """The code of A001, which window 2 has called."""
    (only,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    return only


def test_another_window_is_told_whose_number_it_is_and_takes_it_over(
    at_desk: Clerk, app: Flask, market: OpenMarket, make: Factory, code: str
) -> None:
    other = another(app, make, "1")
    answer = other.send(f"/staff/tickets/{code}/state", state="done", at=f"queue:{code}")
    assert answer.status_code == 409
    assert "这个号在2号窗口" in seen(answer)
    assert "接过来" in seen(answer)
    assert other.send(f"/staff/tickets/{code}/desk").status_code == 303
    assert (ticket_at_desk(market, 1), ticket_at_desk(market, 2)) == (code, None)
    assert at_desk.send(f"/staff/tickets/{code}/state", state="serving").status_code == 409


def test_a_missed_number_says_until_when_and_goes_back_into_the_line(
    at_desk: Clerk, market: OpenMarket, code: str
) -> None:
    at_desk.send(f"/staff/tickets/{code}/state", state="no_show")
    assert "保留到" in seen(at_desk.get("/staff/"))
    assert at_desk.send(f"/staff/tickets/{code}/state", state="waiting").status_code == 303
    assert ticket_view(market, code).state is TicketState.WAITING
    at_desk.send("/staff/calls")
    assert "再没来就作废" in seen(at_desk.get("/staff/"))


def test_a_number_put_aside_stands_in_a_list_of_its_own_with_the_reason(
    at_desk: Clerk, code: str
) -> None:
    assert at_desk.send(f"/staff/tickets/{code}/parking", reason="papers").status_code == 303
    page = seen(at_desk.get("/staff/"))
    assert "先放一放 1" in page
    assert "回去取证件" in page
    assert at_desk.send(f"/staff/tickets/{code}/calls").status_code == 303


def test_a_number_is_passed_on_with_a_note_that_the_next_window_reads(
    at_desk: Clerk, app: Flask, make: Factory, code: str
) -> None:
    sent = {"to_desk_no": "1", "note": "要看合同"}
    assert at_desk.send(f"/staff/tickets/{code}/transfer", **sent).status_code == 303
    assert "等1号窗口" in seen(at_desk.get("/staff/"))
    other = another(app, make, "1")
    other.send("/staff/calls")
    assert "2号窗口留言 要看合同" in seen(other.get("/staff/"))


@pytest.mark.parametrize(
    "sent",
    [{"to_desk_no": "x"}, {"to_service": "lunch"}, {}, {"to_desk_no": "1", "note": "长" * 101}],
)
def test_a_transfer_nobody_can_mean_is_refused(
    at_desk: Clerk, code: str, sent: dict[str, str]
) -> None:
    answer = at_desk.send(f"/staff/tickets/{code}/transfer", at="ticket", **sent)
    assert 400 <= answer.status_code < 500


def agree(clerk: Clerk, code: str, post_id: str) -> None:
    fields = {"state": "agreed", "post_id": post_id}
    assert clerk.send(f"/staff/tickets/{code}/referrals", **fields).status_code == 303


def placement_of(clerk: Clerk) -> str:
    with clerk.client.session_transaction() as session:
        return str(session["last_slip"]["placement_id"])


def test_a_mistaken_agreement_is_undone_on_the_workbench(
    at_desk: Clerk, market: OpenMarket, make: Factory, code: str
) -> None:
    post = make.published(headcount=1)
    agree(at_desk, code, post.id)
    assert "刚办的达成" in seen(at_desk.get("/staff/"))
    sent = {"placement_id": placement_of(at_desk), "reason": "mistake"}
    assert at_desk.send("/staff/agreements/undo", **sent).status_code == 303
    assert (ticket_at_desk(market, 2), post_of(market, post.id).left) == (code, 1)
    page = seen(at_desk.get("/staff/"))
    assert "刚办的达成" not in page
    assert "补打一张" not in page
    again = at_desk.send("/staff/agreements/undo", **sent)
    assert again.status_code == 409


def test_later_only_a_manager_undoes_it_on_the_list(
    at_desk: Clerk, app: Flask, market: OpenMarket, make: Factory, code: str
) -> None:
    post = make.published()
    agree(at_desk, code, post.id)
    make.later(minutes=11)
    sent = {"placement_id": placement_of(at_desk), "reason": "worker", "from": "list"}
    answer = at_desk.send("/staff/agreements/undo", **sent)
    assert answer.status_code == 409
    assert "请找主管撤销" in seen(answer)
    assert "撤销达成" not in seen(at_desk.get("/staff/agreements"))
    manager = another(app, make, "3", StaffRole.MANAGER)
    assert "撤销达成" in seen(manager.get("/staff/agreements"))
    assert manager.send("/staff/agreements/undo", **sent).status_code == 303
    assert post_of(market, post.id).filled == 0


def test_the_slip_in_hand_says_that_it_is_void(
    at_desk: Clerk, market: OpenMarket, make: Factory, code: str
) -> None:
    agree(at_desk, code, make.published().id)
    sent = {"placement_id": placement_of(at_desk), "reason": "mistake"}
    at_desk.send("/staff/agreements/undo", **sent)
    with market.database.read() as connection:
        slip = connection.exec_driver_sql("SELECT slip_code FROM void_slip").scalar()
    page = seen(at_desk.get(f"/t/{slip}"))
    assert "这张推荐信已作废" in page
