"""The pages of employers: units and households registered, people behind them masked."""

from __future__ import annotations

import pytest

from server.domain.kinds import EmployerKind
from server.services.employers import employers
from server.services.open_market import OpenMarket
from tests.people import Factory, citizen_number, credit_code, new_key
from tests.staff.conftest import Clerk, seen

UNIT = {
    "kind": "unit",
    "name": "朔城区宏远建筑劳务有限公司",
    "identity": credit_code(77),
    "contact_name": "王海",
    "phone": "13900001234",
    "address": "开发路8号",
}


def test_a_unit_is_registered_and_its_page_opens(clerk: Clerk) -> None:
    answer = clerk.send("/staff/employers", **UNIT)
    page = clerk.read(answer.headers["Location"])
    assert UNIT["name"] in page
    assert UNIT["identity"] in page


def test_a_household_shows_its_surname_and_nothing_else(clerk: Clerk) -> None:
    number = citizen_number(5)
    household = {**UNIT, "kind": "household", "name": "李春花", "identity": number}
    answer = clerk.send("/staff/employers", **{**household, "contact_name": ""})
    for path in (answer.headers["Location"], "/staff/employers", "/staff/posts/new"):
        page = clerk.read(path)
        assert "李姓家庭" in page
        assert number not in page
        assert "李春花" not in page
        assert "13900001234" not in page
        assert "139****1234" in page


PERSON = {"kind": "household", "name": "李春花", "identity": citizen_number(6)}
REFUSED = [
    ({"identity": "91140602MA0000000X"}, "identity", "统一社会信用代码不对"),
    ({"identity": ""}, "identity", "还没有填"),
    ({"name": ""}, "name", "还没有填"),
    ({"name": "公" * 61}, "name", "最多写60个字"),
    ({"phone": "12"}, "phone", "电话号码不对"),
    ({"address": "路" * 121}, "address", "最多写120个字"),
    ({**PERSON, "identity": "140602197001010019"}, "identity", "身份证"),
    ({**PERSON, "name": "L1"}, "name", "姓名不对"),
]


@pytest.mark.parametrize(("change", "name", "says"), REFUSED)
def test_a_fault_is_said_at_its_field_and_everything_typed_stays(
    clerk: Clerk, market: OpenMarket, change: dict[str, str], name: str, says: str
) -> None:
    answer = clerk.send("/staff/employers", **{**UNIT, "contact_name": "王大海", **change})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in page.split(f'id="fault-{name}">')[1].split("<")[0]
    assert 'value="王大海"' in page
    assert employers(market) == ()


def test_an_unknown_kind_is_refused_and_nothing_is_lost(clerk: Clerk) -> None:
    answer = clerk.send("/staff/employers", **{**UNIT, "kind": "robot"})
    assert answer.status_code == 400
    assert UNIT["name"] in answer.get_data(as_text=True)


def test_the_same_unit_is_not_registered_twice(clerk: Clerk, market: OpenMarket) -> None:
    clerk.send("/staff/employers", **UNIT)
    answer = clerk.send("/staff/employers", **UNIT)
    assert answer.status_code == 409
    assert "已经登记过了" in seen(answer)
    assert len(employers(market)) == 1


def test_sending_the_same_drawing_twice_registers_one(clerk: Clerk, market: OpenMarket) -> None:
    key = new_key()
    statuses = [clerk.send("/staff/employers", key, **UNIT).status_code for _ in range(2)]
    assert statuses == [303, 303]
    assert len(employers(market)) == 1


def test_employers_are_found_by_name_and_by_credit_code(clerk: Clerk, make: Factory) -> None:
    make.employer(name="山西恒泰商砼有限公司", identity=credit_code(41))
    make.employer(name="朔州市盛源物流有限公司", identity=credit_code(42))
    for search in ("恒泰", credit_code(41)):
        page = clerk.read(f"/staff/employers?search={search}")
        assert "恒泰" in page
        assert "盛源" not in page
    assert "没有找到" in clerk.read("/staff/employers?search=%25")


def test_the_choice_of_a_new_post_keeps_the_chosen_one_over_a_search(
    clerk: Clerk, make: Factory
) -> None:
    chosen = make.employer(name="山西恒泰商砼有限公司")
    make.employer(name="朔州市盛源物流有限公司")
    answer = clerk.send("/staff/employers/choices", search="盛源", employer_id=chosen.id)
    page = answer.get_data(as_text=True)
    assert page.index("恒泰") < page.index("盛源")
    assert f'value="{chosen.id}" checked' in page


def test_a_new_post_can_begin_at_its_employer(clerk: Clerk, make: Factory) -> None:
    employer = make.employer(kind=EmployerKind.UNIT)
    assert f'value="{employer.id}" checked' in clerk.read(
        f"/staff/posts/new?employer={employer.id}"
    )


def test_an_employer_that_is_not_there_is_refused_in_a_sentence(clerk: Clerk) -> None:
    answer = clerk.get("/staff/employers/nobody")
    assert answer.status_code == 404
    assert "没有找到这个用工主体" in seen(answer)


def test_what_is_searched_is_sent_in_a_body_and_never_stands_in_an_address(
    clerk: Clerk, make: Factory
) -> None:
    wanted = make.employer(name="山西恒泰商砼有限公司", phone="13900000077")
    make.employer(name="朔州市盛源物流有限公司")
    for path in ("/staff/employers", "/staff/posts/new"):
        page = clerk.read(path)
        assert 'hx-get="/staff/employers' not in page
    for path in ("/staff/employers/search", "/staff/employers/hits", "/staff/employers/choices"):
        page = clerk.send(path, search="0077").get_data(as_text=True)
        assert wanted.public_name in page
        assert "盛源" not in page
        assert clerk.client.post(path, data={"search": "0077"}).status_code == 403


def test_one_letter_still_leaves_the_employers_to_choose_from(clerk: Clerk, make: Factory) -> None:
    make.employer(name="山西恒泰商砼有限公司")
    page = clerk.send("/staff/employers/choices", search="盛").get_data(as_text=True)
    assert "恒泰" in page
