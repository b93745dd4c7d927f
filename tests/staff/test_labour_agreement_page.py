"""The labour agreement on paper: both names, the facts of the slip, and no name in the log."""

from __future__ import annotations

from server.domain.desk_reasons import UndoReason
from server.domain.kinds import EmployerKind, ReferralState
from server.services.calls import call_ticket
from server.services.log import events_after
from server.services.open_market import OpenMarket
from server.services.referrals import NewReferral, record_referral
from server.services.undo import Undo, undo_agreement
from tests.people import Factory, citizen_number, new_key
from tests.staff.conftest import Clerk, seen


def agreed(market: OpenMarket, make: Factory, **post: object) -> str:
    """A placement of 欧阳建国, made at desk 2."""
    offered = make.published(**post)
    code = make.checked_in(person=make.person("欧阳建国")).ticket.code
    clerk = make.staff("wumin").actor
    call_ticket(market, clerk, code, 2, new_key())
    new = NewReferral(code, offered.id, 2, ReferralState.AGREED)
    placement_id = record_referral(market, clerk, new, new_key()).placement_id
    assert placement_id is not None
    return placement_id


def test_the_paper_has_both_names_and_what_was_agreed(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    page = seen(clerk.get(f"/staff/placements/{agreed(market, make)}/agreement"))
    for fact in (
        "欧阳建国",
        "宏远建筑劳务有限公司",
        "91140602MA",
        "2026年11月24日 7:00–18:00",
        "北旺庄工地",
        "320元",
        "叁佰贰拾元整",
        "干完当天结清",
        "工钱由甲方直接发给乙方本人",
        "没有写意外伤害保险",
        "回执",
    ):
        assert fact in page, fact
    assert "13812345678" not in page
    assert "13900001234" not in page


def test_an_identity_number_is_left_to_be_written_by_hand(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    number = citizen_number(77)
    home = make.employer(kind=EmployerKind.HOUSEHOLD, name="刘翠花", identity=number)
    placement_id = agreed(market, make, employer_id=home.id, has_insurance=True)
    page = clerk.read(f"/staff/placements/{placement_id}/agreement")
    assert "刘翠花" in page
    assert number not in page
    assert "甲方给乙方买意外伤害保险" in page


def test_who_saw_the_names_stands_in_the_log_and_the_names_do_not(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    placement_id = agreed(market, make)
    for _ in range(2):
        clerk.read(f"/staff/placements/{placement_id}/agreement")
    shown = [e for e in events_after(market, 0) if e.type == "agreement.shown"]
    assert len(shown) == 2
    assert {str(e.body) for e in shown} == {str({"placement_id": placement_id})}
    assert shown[0].actor.startswith("staff:")


def test_an_undone_agreement_cannot_be_printed(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    placement_id = agreed(market, make)
    clerk.read("/staff/")
    listed = clerk.read("/staff/agreements")
    assert f"/staff/placements/{placement_id}/agreement" in listed
    undo = Undo((placement_id,), 2, UndoReason.MISTAKE)
    undo_agreement(market, make.staff("zhang").actor, undo, new_key())
    void = clerk.get(f"/staff/placements/{placement_id}/agreement")
    assert void.status_code == 409
    assert "已经作废" in seen(void)
    assert clerk.get("/staff/placements/none/agreement").status_code == 404
