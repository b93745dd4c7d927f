"""The page of the tool ledger: what a refusal says, and that it keeps what was typed."""

from __future__ import annotations

import re

from server.services.calls import call_ticket
from server.services.open_market import OpenMarket
from tests.people import Factory, new_key
from tests.staff.conftest import Clerk, seen


def tool_id(clerk: Clerk, name: str) -> str:
    found = re.search(rf'<option value="([^"]+)"[^>]*>{name}', clerk.read("/staff/tools"))
    assert found is not None
    return found[1]


def with_spades(clerk: Clerk, count: str = "2") -> str:
    assert clerk.send("/staff/tools", tool_name="铁锹", count=count).status_code == 303
    return tool_id(clerk, "铁锹")


def test_a_clerk_lends_and_takes_back(clerk: Clerk, make: Factory) -> None:
    spade = with_spades(clerk)
    label = make.checked_in().ticket.label
    sent = {"tool_id": spade, "worker": label, "quantity": "１", "due_day": make.today.isoformat()}
    assert clerk.send("/staff/tools/loans", at="lend", **sent).status_code == 303
    page = clerk.read("/staff/tools")
    assert "剩1件" in page
    assert "不收押金" in page
    loan = re.search(r"/staff/tools/loans/([^/]+)/return", page)
    assert loan is not None
    path = f"/staff/tools/loans/{loan[1]}/return"
    assert clerk.send(path, condition="worn", note="锹头卷了").status_code == 303
    assert "有点损伤，还能用 · 锹头卷了" in seen(clerk.get("/staff/tools"))
    again = clerk.send(path, at=f"loan:{loan[1]}", condition="good")
    assert again.status_code == 409
    assert "这件已经还了" in seen(again)


def test_a_refused_loan_keeps_everything_typed(clerk: Clerk, make: Factory) -> None:
    spade = with_spades(clerk)
    sent = {"tool_id": spade, "worker": "A999", "quantity": "3", "due_day": "2026-11-25"}
    few = clerk.send("/staff/tools/loans", at="lend", **sent)
    assert few.status_code == 409
    assert "只剩2件" in seen(few)
    text = few.get_data(as_text=True)
    assert 'value="A999"' in text
    assert '<option value="2026-11-25" selected' in text
    nobody = clerk.send("/staff/tools/loans", at="lend", **{**sent, "quantity": "1"})
    assert nobody.status_code == 404
    assert "没有找到这位求职者" in seen(nobody)
    odd = clerk.send("/staff/tools/loans", at="lend", **{**sent, "quantity": "一"})
    assert "这里只填数字" in seen(odd)
    empty = clerk.send("/staff/tools/loans", at="lend")
    assert seen(empty).count("还没有填，请补上") == 4
    assert clerk.send("/staff/tools/loans", **{**sent, "due_day": "soon"}).status_code == 422


def test_the_number_at_the_desk_is_filled_in(
    at_desk: Clerk, make: Factory, market: OpenMarket
) -> None:
    ticket = make.checked_in().ticket
    call_ticket(market, make.staff("wumin").actor, ticket.code, 2, new_key())
    assert f'name="worker" required maxlength="60" autocomplete="off" value="{ticket.label}"' in (
        at_desk.read("/staff/tools")
    )


def test_the_count_is_refused_in_its_own_line(clerk: Clerk) -> None:
    spade = with_spades(clerk)
    bad = clerk.send(f"/staff/tools/{spade}/count", at=f"count:{spade}", count="9999")
    assert bad.status_code == 422
    assert "最多500件" in seen(bad)
    assert 'value="9999"' in bad.get_data(as_text=True)
    assert clerk.send(f"/staff/tools/{spade}/count", count="7").status_code == 303
    assert "剩7件" in clerk.read("/staff/tools")
