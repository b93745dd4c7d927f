"""The pages of the hardship roster: closed to who was not named; refusals keep what was typed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from server.domain.kinds import StaffRole
from server.services.open_market import OpenMarket
from server.services.staff import active_staff
from tests.people import PASSWORD, Factory
from tests.staff.conftest import Clerk, seen, token_of


@pytest.fixture
def boss(client: FlaskClient, make: Factory) -> Clerk:
    """A manager's browser beside the clerk's."""
    make.staff("zhao", StaffRole.MANAGER)
    token = token_of(client.get("/staff/sign-in").get_data(as_text=True))
    fields = {"csrf_token": token, "username": "zhao", "password": PASSWORD}
    assert client.post("/staff/sign-in", data=fields).status_code == 303
    return Clerk(client)


def typed(make: Factory, **given: str | list[str]) -> dict[str, str | list[str]]:
    label = make.checked_in().ticket.label
    day = make.today.isoformat()
    values: dict[str, str | list[str]] = {
        "at": "add",
        "worker": label,
        "grade": "2",
        "from_day": day,
        "categories": ["disabled", "older"],
    }
    return {**values, **given}


def test_a_clerk_is_let_in_by_a_manager(
    clerk: Clerk, boss: Clerk, market: OpenMarket, make: Factory
) -> None:
    made = boss.send("/staff/hardship", **typed(make))
    assert made.status_code == 303, seen(made)
    path = str(made.headers["Location"])
    assert "残疾、大龄" in boss.read(path)
    listed = boss.read("/staff/hardship")
    assert "张建国" not in listed
    assert "困难人员台账" not in clerk.read("/staff/hall")
    assert "困难人员台账" in boss.read("/staff/hall")
    for closed in ("/staff/hardship", path):
        answer = clerk.get(closed)
        assert answer.status_code == 403
        assert "您的账号不能做这件事" in seen(answer)
    refused = clerk.send(f"{path}/helps", kind="training")
    assert refused.status_code == 403
    assert "张建国" not in seen(refused)
    assert clerk.send("/staff/hardship/viewers").status_code == 403
    [li] = [member.id for member in active_staff(market) if member.username == "lijing"]
    assert boss.send("/staff/hardship/viewers", staff_id=[li]).status_code == 303
    assert clerk.send(f"{path}/helps", kind="training", note="瓦工班").status_code == 303
    assert "推荐培训 瓦工班" in seen(clerk.get(path))
    assert clerk.send(f"{path}/end").status_code == 303
    assert "已出册" in boss.read(path)


def test_a_refused_entry_keeps_everything_typed(boss: Clerk, make: Factory) -> None:
    bad = boss.send("/staff/hardship", **typed(make, to_day="2020-01-01", note="腿脚不便"))
    assert bad.status_code == 422
    text = bad.get_data(as_text=True)
    assert "结束的日子不能早于开始" in seen(bad)
    assert 'name="categories" value="older" checked' in text
    assert '<option value="2" selected' in text
    assert "腿脚不便" in text
    none = boss.send("/staff/hardship", **typed(make, categories=[]))
    assert "请至少选一类困难" in seen(none)
    assert boss.send("/staff/hardship", **typed(make, grade="9")).status_code == 400
    assert boss.send("/staff/hardship", **typed(make, categories=["rich"])).status_code == 400
    assert boss.get("/staff/hardship/none").status_code == 404
