"""The page of the end of the day: what is left, the paper check, and what a refusal says."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from server.domain.kinds import StaffRole
from tests.people import PASSWORD, Factory
from tests.staff.conftest import Clerk, seen, token_of


@pytest.fixture
def manager(app_client: FlaskClient, make: Factory) -> Clerk:
    """A manager's browser beside the clerk's."""
    make.staff("zhao", StaffRole.MANAGER)
    token = token_of(app_client.get("/staff/sign-in").get_data(as_text=True))
    fields = {"csrf_token": token, "username": "zhao", "password": PASSWORD}
    assert app_client.post("/staff/sign-in", data=fields).status_code == 303
    return Clerk(app_client)


@pytest.fixture
def app_client(client: FlaskClient) -> FlaskClient:
    return client


def test_nobody_closes_without_looking_at_the_paper(clerk: Clerk, make: Factory) -> None:
    make.checked_in()
    page = seen(clerk.get("/staff/closing"))
    assert "还在等的号 1" in page
    assert "A001" in page
    refused = clerk.send("/staff/closing", at="close", waiting_seen="1", end_waiting="on")
    assert refused.status_code == 422
    assert "请先打开登记机看纸" in seen(refused)
    assert 'name="end_waiting" checked' in refused.get_data(as_text=True)
    waiting = clerk.send("/staff/closing", at="close", paper="enough", waiting_seen="1")
    assert waiting.status_code == 409
    assert "还有1个号在等" in seen(waiting)
    sent = {"paper": "enough", "end_waiting": "on", "end_reason": "weather", "waiting_seen": "1"}
    assert clerk.send("/staff/closing", at="close", **sent).status_code == 303
    done = seen(clerk.get("/staff/closing"))
    assert "今天收市了" in done
    assert "1个：天气不好" in done
    assert "请负责人重新开市" in done
    assert clerk.send("/staff/closing/reopening").status_code == 403


def test_a_manager_opens_the_market_again(clerk: Clerk, manager: Clerk) -> None:
    assert clerk.send("/staff/closing", paper="paper_low", roll_changed="on").status_code == 303
    assert "快用完了，换了新纸" in seen(manager.get("/staff/closing"))
    assert manager.send("/staff/closing/reopening", at="reopen").status_code == 303
    assert "重新开了市" in seen(manager.get("/staff/closing"))
    twice = manager.send("/staff/closing/reopening", at="reopen")
    assert twice.status_code == 409
    assert "今天还没有收市" in seen(twice)


def test_a_form_of_nonsense_is_refused_and_never_an_error(clerk: Clerk) -> None:
    assert clerk.send("/staff/closing", paper="x", waiting_seen="½").status_code == 400
    assert clerk.send("/staff/closing", paper="enough", waiting_seen="-1").status_code == 303
