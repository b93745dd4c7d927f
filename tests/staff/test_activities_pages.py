"""The pages of job fairs and trainings: planned, signed up for, ticked off."""

from __future__ import annotations

import re

from tests.people import Factory
from tests.staff.conftest import Clerk, seen


def typed(make: Factory, **given: str) -> dict[str, str]:
    return {
        "at": "plan",
        "kind": "job_fair",
        "activity_title": "秋收用工专场",
        "activity_day": make.today.isoformat(),
        "start_time": "09:00",
        "activity_place": "市场大厅",
        "capacity": "1",
        "booths": "2",
        **given,
    }


def planned(clerk: Clerk, make: Factory, **given: str) -> str:
    sent = clerk.send("/staff/activities", **typed(make, **given))
    assert sent.status_code == 303, seen(sent)
    return str(sent.headers["Location"])


def test_a_fair_from_plan_to_attendance(clerk: Clerk, make: Factory) -> None:
    path = planned(clerk, make)
    label = make.checked_in().ticket.label
    assert clerk.send(f"{path}/workers", worker=label).status_code == 303
    full = clerk.send(f"{path}/workers", at="worker", worker=make.checked_in().ticket.label)
    assert full.status_code == 409
    assert "1个名额都满了" in seen(full)
    firm = make.employer()
    assert clerk.send(f"{path}/employers", employer=firm.credit_code or "").status_code == 303
    page = clerk.read(path)
    assert "工友1/1 · 用工主体1/2" in page
    assert firm.public_name in page
    signed = re.findall(r'name="came" value="([^"]+)"', page)
    assert clerk.send(f"{path}/attendance", came=signed).status_code == 303
    assert "到场2" in clerk.read(path)
    listed = seen(clerk.get("/staff/activities"))
    assert "2026-11 1 1 1 0 0" in listed


def test_a_refused_plan_keeps_what_was_typed(clerk: Clerk, make: Factory) -> None:
    bad = clerk.send("/staff/activities", **typed(make, capacity="很多", trades="bricklayer"))
    assert bad.status_code == 422
    text = bad.get_data(as_text=True)
    assert 'value="秋收用工专场"' in text
    assert '<option value="bricklayer" selected' in text
    assert "这里只填数字" in seen(bad)
    late = clerk.send("/staff/activities", **typed(make, activity_day="2031-01-01"))
    assert "请选一年以内的日子" in seen(late)
    assert clerk.send("/staff/activities", **typed(make, start_time="25:00")).status_code == 422
    assert clerk.send("/staff/activities", **typed(make, kind="party")).status_code == 400
    empty = clerk.send("/staff/activities", at="plan")
    assert seen(empty).count("还没有填，请补上") == 5


def test_an_employer_must_be_meant_clearly(clerk: Clerk, make: Factory) -> None:
    path = planned(clerk, make)
    make.employer(name="宏远建筑一队")
    make.employer(name="宏远建筑二队")
    several = clerk.send(f"{path}/employers", at="employer", employer="宏远建筑")
    assert "有好几家都像" in seen(several)
    assert 'value="宏远建筑"' in several.get_data(as_text=True)
    nobody = clerk.send(f"{path}/employers", at="employer", employer="不认识的公司")
    assert "没有找到这个用工主体" in seen(nobody)
    assert clerk.send(f"{path}/employers", employer="宏远建筑二队").status_code == 303


def test_a_fair_that_was_called_off_says_so(clerk: Clerk, make: Factory) -> None:
    path = planned(clerk, make)
    assert clerk.send(f"{path}/cancellation").status_code == 303
    assert "已取消" in clerk.read(path)
    gone = clerk.send(f"{path}/workers", at="worker", worker="A001")
    assert gone.status_code == 409
    assert "已经取消了" in seen(gone)
    assert clerk.get("/staff/activities/none").status_code == 404
