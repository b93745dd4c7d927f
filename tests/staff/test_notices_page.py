"""One-time notices: a manager says what to bring, the desk prints it for who sits there."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from server.domain.kinds import PrintJobKind, ServiceKind, StaffRole
from server.services.calls import call_ticket
from server.services.log import events_after
from server.services.open_market import OpenMarket
from server.services.papers import document_of
from server.services.print_jobs import queued_jobs
from server.services.service_notices import change_notice
from tests.people import PASSWORD, Factory, new_key
from tests.staff.conftest import Clerk, seen, token_of


@pytest.fixture
def manager(client: FlaskClient, make: Factory) -> Clerk:
    """A manager's browser."""
    make.staff("zhao", StaffRole.MANAGER)
    token = token_of(client.get("/staff/sign-in").get_data(as_text=True))
    fields = {"csrf_token": token, "username": "zhao", "password": PASSWORD}
    assert client.post("/staff/sign-in", data=fields).status_code == 303
    return Clerk(client)


def test_the_texts_a_market_begins_with_are_marked_as_such(clerk: Clerk) -> None:
    page = seen(clerk.get("/staff/notices"))
    assert "低保证" in page
    assert page.count("系统自带的，请核对") == len(ServiceKind)
    assert "保存" not in page
    assert clerk.send("/staff/notices/training", notice="身份证").status_code == 403


def test_a_manager_changes_a_text_and_a_fault_keeps_what_was_typed(
    manager: Clerk, market: OpenMarket
) -> None:
    sent = manager.send("/staff/notices/training", at="training", notice=" 身份证 \r\n\r\n毕业证")
    assert sent.status_code == 303
    page = manager.read("/staff/notices")
    assert "身份证\n毕业证</textarea>" in page
    assert [e.type for e in events_after(market, 0)][-1] == "service_notice.changed"
    bad = manager.send("/staff/notices/training", at="training", notice="长" * 41)
    assert bad.status_code == 422
    assert "长" * 41 in bad.get_data(as_text=True)
    assert "写短一些" in seen(bad)
    assert manager.send("/staff/notices/nothing", notice="x").status_code == 400


def test_the_desk_prints_the_notice_of_the_ticket_s_service(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    boss, li = make.staff("zhao", StaffRole.MANAGER), make.staff("wumin")
    change_notice(market, boss.actor, ServiceKind.COMPLAINT, "身份证\n记工本", new_key())
    code = make.checked_in(service=ServiceKind.COMPLAINT).ticket.code
    call_ticket(market, li.actor, code, 2, new_key())
    assert "打印告知单" in at_desk.read("/staff/")
    key = new_key()
    for _ in range(2):
        assert at_desk.send("/staff/notices/papers", key=key, code=code).status_code == 303
    jobs = [job for job in queued_jobs(market, "any") if job.kind is PrintJobKind.NOTICE]
    [paper] = [document_of(market, job) for job in jobs]
    assert paper["things"] == ({"text": "身份证"}, {"text": "记工本"})
    assert paper["service_name"] == "投诉维权"
    change_notice(market, boss.actor, ServiceKind.COMPLAINT, "别的", new_key())
    assert document_of(market, jobs[0]) == paper


def test_the_desk_prints_a_text_that_nobody_has_changed(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    code = make.checked_in(service=ServiceKind.HARDSHIP).ticket.code
    early = at_desk.send("/staff/notices/papers", at="ticket", code=code)
    assert early.status_code == 409
    assert "这个号现在是“等候中”" in seen(early)
    call_ticket(market, make.staff("wumin").actor, code, 2, new_key())
    assert at_desk.send("/staff/notices/papers", code=code).status_code == 303
    [job] = [job for job in queued_jobs(market, "any") if job.kind is PrintJobKind.NOTICE]
    assert {"text": "户口本"} in document_of(market, job)["things"]
    assert "系统自带的" in seen(at_desk.get("/staff/notices"))
