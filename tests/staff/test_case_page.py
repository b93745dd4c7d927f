"""A case on the desk's pages: who may see and do what, and what a refusal says."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from server.domain.case_kinds import CaseState
from server.domain.kinds import CaseKind, ReferralState, ServiceKind, StaffRole
from server.services.calls import call_next, call_ticket
from server.services.case_handling import give_feedback, take_on
from server.services.case_views import CaseFilter, case_file, case_list
from server.services.cases import NewCase, open_case
from server.services.open_market import Actor, OpenMarket
from server.services.referrals import NewReferral, record_referral
from server.services.staff import StaffMember
from tests.people import ANSWERS, PASSWORD, Factory, new_key
from tests.staff.conftest import Clerk, seen


@pytest.fixture
def no(market: OpenMarket, make: Factory) -> str:
    """The number of a fresh case about unpaid wages."""
    new = NewCase(make.person("欧阳建国"), CaseKind.WAGE_ARREARS, None, ANSWERS)
    return open_case(market, Actor("test"), new, new_key()).case.no


@pytest.fixture
def colleague(make: Factory) -> StaffMember:
    return make.staff("wumin")


def test_a_case_goes_from_taken_on_to_closed_on_its_page(
    clerk: Clerk, market: OpenMarket, no: str
) -> None:
    path = f"/staff/cases/{no}"
    assert clerk.send(f"{path}/responsible", at="take").status_code == 303
    assert "先给本人回话，才能办结" in seen(clerk.get(path))
    assert clerk.send(f"{path}/feedback", at="feedback", feedback="电话里说了").status_code == 303
    sent = clerk.send(f"{path}/end", at="end", outcome="paid", done="当面付清")
    assert sent.status_code == 303
    page = seen(clerk.get(path))
    for words in ("工钱付清了", "当面付清", "电话里说了", "办结：工钱付清了", "自助机"):
        assert words in page
    assert "记下回话" not in page
    assert case_file(market, no).state is CaseState.CLOSED


def test_name_and_phone_are_shown_only_to_who_has_the_case(
    clerk: Clerk, market: OpenMarket, no: str, colleague: StaffMember
) -> None:
    path = f"/staff/cases/{no}"
    before = clerk.read(path)
    assert "欧阳**" in before
    for secret in ("欧阳建国", "13812345678"):
        assert secret not in before
    clerk.send(f"{path}/responsible")
    after = clerk.read(path)
    assert "欧阳建国" in after
    assert "13812345678" in after
    clerk.send(f"{path}/hand-over", staff_id=colleague.id, reason="休假")
    handed = clerk.read(path)
    assert "13812345678" not in handed
    assert "欧阳建国" not in handed


def test_a_case_of_a_colleague_offers_nothing_to_do(
    clerk: Clerk, market: OpenMarket, no: str, colleague: StaffMember
) -> None:
    take_on(market, colleague.actor, no, new_key())
    page = clerk.read(f"/staff/cases/{no}")
    assert "记下回话" not in page
    sent = clerk.send(f"/staff/cases/{no}/feedback", at="feedback", feedback="话")
    assert sent.status_code == 403
    assert "接办的，请由" in seen(sent)
    late = clerk.send(f"/staff/cases/{no}/responsible", at="take")
    assert late.status_code == 409


def test_what_was_typed_is_still_there_after_a_refusal(
    clerk: Clerk, market: OpenMarket, no: str
) -> None:
    clerk.send(f"/staff/cases/{no}/responsible")
    sent = clerk.send(f"/staff/cases/{no}/end", at="end", outcome="paid", done="当面付清<b>")
    assert sent.status_code == 409
    page = sent.get_data(as_text=True)
    assert "还没有给本人回话" in page
    assert "当面付清&lt;b&gt;</textarea>" in page
    assert re.search(r'value="paid" checked', page)
    without = clerk.send(f"/staff/cases/{no}/end", at="end", outcome="", done="办了")
    assert "“办理结果”还没有填" in seen(without)
    odd = clerk.send(f"/staff/cases/{no}/end", at="end", outcome="burnt", done="办了")
    assert odd.status_code == 400 or odd.status_code == 422


def test_an_unknown_number_says_so(clerk: Clerk) -> None:
    sent = clerk.get("/staff/cases/S2026-9999")
    assert sent.status_code == 404
    assert "没有这个编号的诉求" in seen(sent)


def test_only_a_manager_opens_a_case_again(
    clerk: Clerk, client: FlaskClient, market: OpenMarket, make: Factory, no: str
) -> None:
    path = f"/staff/cases/{no}"
    clerk.send(f"{path}/responsible")
    clerk.send(f"{path}/feedback", feedback="说了")
    clerk.send(f"{path}/end", outcome="paid", done="付清")
    assert "重新打开" not in seen(clerk.get(path))
    assert clerk.send(f"{path}/reopening", reason="没到账").status_code == 403
    make.staff("zhao", StaffRole.MANAGER)
    clerk.client.delete_cookie("session")
    page = clerk.read("/staff/sign-in")
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    form = {"csrf_token": found[1], "username": "zhao", "password": PASSWORD}
    assert clerk.client.post("/staff/sign-in", data=form).status_code == 303
    clerk.token = ""
    assert clerk.send(f"{path}/reopening", reason="没到账").status_code == 303
    assert case_file(market, no).state is CaseState.ASSIGNED


def test_the_list_filters_and_the_head_counts_what_is_due(
    clerk: Clerk, market: OpenMarket, make: Factory, no: str, colleague: StaffMember
) -> None:
    assert 'class="nav-count"' in clerk.read("/staff/")
    assert re.search(r'nav-count"[^>]* hidden>0', clerk.read("/staff/"))
    make.later(days=2)
    assert re.search(r"nav-count[^>]*[^n]>1<", clerk.read("/staff/"))
    assert no in clerk.read("/staff/cases?state=due")
    assert no in clerk.read("/staff/cases?state=opened&kind=wage_arrears")
    assert "没有这样的诉求" in seen(clerk.get("/staff/cases?kind=hardship"))
    assert no in clerk.read("/staff/cases?state=nonsense&kind=x&page=99999999")
    take_on(market, colleague.actor, no, new_key())
    give_feedback(market, colleague.actor, no, "说了", new_key())
    assert clerk.get("/staff/cases/due?have=x").status_code == 200
    assert "没有这样的诉求" in seen(clerk.get("/staff/cases?state=due"))


def test_a_clerk_opens_a_case_for_who_sits_at_the_window(
    at_desk: Clerk, market: OpenMarket, make: Factory, colleague: StaffMember
) -> None:
    assert "窗口现在没有号" in seen(at_desk.get("/staff/cases/new"))
    person = make.person("欧阳建国")
    code = make.checked_in(person=person, service=ServiceKind.COMPLAINT).ticket.code
    call_ticket(market, colleague.actor, code, 2, new_key())
    assert "登记诉求" in at_desk.read("/staff/")
    assert "欧阳建国" not in at_desk.read("/staff/cases/new")
    without = at_desk.send("/staff/cases/new", code=code, note="欠两天工钱")
    assert "“事由”还没有填" in seen(without)
    assert "欠两天工钱</textarea>" in without.get_data(as_text=True)
    sent = at_desk.send("/staff/cases/new", code=code, kind="wage_arrears", note="欠两天工钱")
    [row] = case_list(market, CaseFilter()).rows
    assert sent.headers["Location"] == f"/staff/cases/{row.case.no}"
    page = seen(at_desk.get(sent.headers["Location"]))
    for words in ("就是您", "欠两天工钱", "13812345678"):
        assert words in page


def test_the_phone_page_of_the_ticket_says_how_the_case_stands_and_not_about_what(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    person = make.person("欧阳建国")
    code = make.checked_in(person=person).ticket.code
    assert "您反映的事" not in clerk.read(f"/t/{code}")
    new = NewCase(person, CaseKind.WAGE_ARREARS, None, ANSWERS)
    no = open_case(market, Actor("test"), new, new_key()).case.no
    page = seen(clerk.get(f"/t/{code}"))
    assert f"{no} 已经记下，正在安排专人" in page
    clerk.send(f"/staff/cases/{no}/responsible")
    page = seen(clerk.get(f"/t/{code}"))
    assert f"{no} 有专人在办" in page
    for secret in ("工钱", "欧阳", "李静"):
        assert secret not in page.split("您反映的事")[1]


def test_the_wage_sheet_has_the_agreed_facts_and_only_who_has_the_case_may_print_it(
    clerk: Clerk, market: OpenMarket, make: Factory, no: str
) -> None:
    path = f"/staff/cases/{no}/sheet"
    before = clerk.get(path)
    assert before.status_code == 403
    assert "欧阳建国" not in before.get_data(as_text=True)
    clerk.send(f"/staff/cases/{no}/responsible")
    page = seen(clerk.get(path))
    for words in ("欠薪情况表", no, "欧阳建国", "还欠", "根治欠薪线索反映平台"):
        assert words in page


def test_the_wage_sheet_is_filled_from_the_slip(
    clerk: Clerk, market: OpenMarket, make: Factory, colleague: StaffMember
) -> None:
    person, post = make.person("欧阳建国"), make.published(place="福善庄3号楼")
    code = make.checked_in(person=person).ticket.code
    call_next(market, colleague.actor, 1, (), new_key())
    wanted = NewReferral(code, post.id, 1, ReferralState.AGREED)
    job = record_referral(market, colleague.actor, wanted, new_key())
    new = NewCase(person, CaseKind.WAGE_ARREARS, job.placement_id, ANSWERS)
    no = open_case(market, Actor("test"), new, new_key()).case.no
    clerk.send(f"/staff/cases/{no}/responsible")
    page = seen(clerk.get(f"/staff/cases/{no}/sheet"))
    for words in (post.employer_name, "福善庄3号楼", "瓦工", f"岗位编号 {post.no}", "推荐介绍信"):
        assert words in page


def test_a_case_about_something_else_has_no_wage_sheet(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    new = NewCase(make.person(), CaseKind.COMPLAINT, None, ANSWERS)
    no = open_case(market, Actor("test"), new, new_key()).case.no
    clerk.send(f"/staff/cases/{no}/responsible")
    assert clerk.get(f"/staff/cases/{no}/sheet").status_code == 404
