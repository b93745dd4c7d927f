"""What the desk does to an employer on its page: bars it, lifts that, merges, parts again."""

from __future__ import annotations

import pytest
from flask import Flask

from server.domain.kinds import CaseKind, ReferralState, StaffRole
from server.services.calls import call_next
from server.services.cases import NewCase, open_case
from server.services.employer_merges import merge_employers
from server.services.employers import Employer, employer_of
from server.services.open_market import OpenMarket
from server.services.referrals import NewReferral, record_referral
from server.services.sanctions import sanctions_of
from tests.people import ANSWERS, CLI, Factory, credit_code, new_key
from tests.staff.conftest import Clerk, seen

MARK = "限制发布"


@pytest.fixture
def manager(app: Flask, make: Factory) -> Clerk:
    member = make.staff("boss", StaffRole.MANAGER)
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = member.id
        session["_fresh"] = True
    return Clerk(browser)


@pytest.fixture
def bad(make: Factory) -> Employer:
    return make.employer(name="朔州市盛源物流有限公司", phone="13900000088")


def bar(clerk: Clerk, employer_id: str, **more: str) -> int:
    fields = {
        "at": "bar",
        "reason": "wage_arrears",
        "from_day": "2026-11-24",
        "evidence_text": "三名工友说没给钱",
        **more,
    }
    return clerk.send(f"/staff/employers/{employer_id}/sanctions", **fields).status_code


def test_the_red_mark_stands_wherever_the_employer_is_shown(
    at_desk: Clerk, make: Factory, bad: Employer
) -> None:
    post = make.published(employer_id=bad.id)
    pages = (
        "/staff/employers",
        f"/staff/employers/{bad.id}",
        "/staff/posts/new",
        "/staff/posts?tab=paused",
        f"/staff/posts/{post.id}",
        f"/staff/?post={post.id}",
    )
    mark = f'is-barred">{MARK}'

    def marked() -> list[str]:
        found = [path for path in pages if mark in at_desk.read(path)]
        for path in ("/staff/employers/hits", "/staff/employers/choices"):
            if mark in at_desk.send(path, search="盛源").get_data(as_text=True):
                found.append(path)
        return found

    assert marked() == []
    assert bar(at_desk, bad.id) == 303
    assert len(marked()) == len(pages) + 2, marked()


def test_a_clerk_bars_and_only_a_manager_lifts(
    clerk: Clerk, manager: Clerk, market: OpenMarket, bad: Employer
) -> None:
    assert bar(clerk, bad.id, to_day="2026-12-24") == 303
    [made] = sanctions_of(market, bad.id)
    page = seen(clerk.get(f"/staff/employers/{bad.id}"))
    assert "李静办理" in page
    assert "要解除，请找负责人" in page
    path = f"/staff/employers/{bad.id}/sanctions/{made.id}/lift"
    assert clerk.send(path, at="lift", lift_reason="好了").status_code == 403
    refused = manager.send(path, at="lift", lift_reason=" ")
    assert refused.status_code == 422
    assert "解除的原因" in seen(refused)
    assert manager.send(path, at="lift", lift_reason="钱付清了").status_code == 303
    assert "解除：钱付清了" in seen(clerk.get(f"/staff/employers/{bad.id}"))
    assert not employer_of(market, bad.id).is_sanctioned


@pytest.mark.parametrize(
    ("change", "name", "says"),
    [
        ({"reason": ""}, "reason", "还没有填"),
        ({"reason": "other"}, "other_text", "还没有填"),
        ({"evidence_text": ""}, "evidence_text", "还没有填"),
        ({"evidence_text": "据" * 401}, "evidence_text", "最多写400个字"),
        ({"from_day": ""}, "from_day", "还没有填"),
        ({"to_day": "2026-11-23"}, "to_day", "日期不对"),
    ],
)
def test_a_fault_of_a_sanction_is_said_at_its_field_and_what_was_typed_stays(
    clerk: Clerk, bad: Employer, change: dict[str, str], name: str, says: str
) -> None:
    fields = {"at": "bar", "reason": "fees", "from_day": "2026-11-24", "evidence_text": "收据"}
    typed = {**fields, "to_day": "2026-12-24", **change}
    answer = clerk.send(f"/staff/employers/{bad.id}/sanctions", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in page.split(f'id="fault-{name}">')[1].split("<")[0]
    assert f'value="{typed["to_day"]}"' in page
    assert "没有限制过" in page


def test_likely_duplicates_are_offered_merged_and_parted_again(
    clerk: Clerk, make: Factory, bad: Employer
) -> None:
    twin = make.employer(name="盛源物流（朔州）", phone="13900000088", identity=credit_code(812))
    make.published(employer_id=twin.id)
    path = f"/staff/employers/{bad.id}"
    page = seen(clerk.get(path))
    assert "可能是同一家" in page
    assert "电话一样" in page
    assert clerk.send(f"{path}/merges", at="merge", gone_id=twin.id).status_code == 303
    page = seen(clerk.get(path))
    assert "可能是同一家" not in page
    assert "并过来的" in page
    moved = clerk.get(f"/staff/employers/{twin.id}")
    assert moved.headers["Location"].endswith(path)
    undo = clerk.read(path).split('action="')
    [action] = [part.split('"')[0] for part in undo if "/undo" in part.split('"')[0]]
    assert clerk.send(action, at="merge").status_code == 303
    assert clerk.get(f"/staff/employers/{twin.id}").status_code == 200


def test_a_merge_that_somebody_else_made_is_refused_in_a_sentence(
    clerk: Clerk, market: OpenMarket, make: Factory, bad: Employer
) -> None:
    twin = make.employer()
    merge_employers(market, CLI, bad.id, twin.id, new_key())
    answer = clerk.send(f"/staff/employers/{bad.id}/merges", at="merge", gone_id=twin.id)
    assert answer.status_code == 409
    assert "已经并到另一家" in seen(answer)


def test_registering_one_that_is_there_leads_to_it(clerk: Clerk, make: Factory) -> None:
    there = make.employer(identity=credit_code(813))
    fields = {"kind": "unit", "name": "又来", "contact_name": "王海", "phone": "13900001234"}
    answer = clerk.send("/staff/employers", identity=credit_code(813), **fields)
    assert answer.status_code == 409
    assert f"/staff/employers/{there.id}" in answer.get_data(as_text=True)


def test_the_page_says_how_the_employer_s_jobs_went(
    clerk: Clerk, market: OpenMarket, make: Factory, bad: Employer
) -> None:
    post = make.published(employer_id=bad.id, headcount=3)
    person = make.person()
    ticket = make.checked_in(person=person).ticket
    call_next(market, CLI, 1, (), new_key())
    agreed = NewReferral(ticket.code, post.id, 1, ReferralState.AGREED)
    done = record_referral(market, make.staff("window").actor, agreed, new_key())
    page = seen(clerk.get(f"/staff/employers/{bad.id}"))
    assert "发布招工 3人" in page
    assert "达成意向 1人" in page
    assert "工友没去 0人" in page
    make.later(days=1)
    complaint = NewCase(person, CaseKind.WAGE_ARREARS, done.placement_id, ANSWERS)
    open_case(market, CLI, complaint, new_key())
    page = seen(clerk.get(f"/staff/employers/{bad.id}"))
    assert "工友没去 0人" in page, "a day that is past says nothing of who went"
    assert "没办结1件 共1件" in page
