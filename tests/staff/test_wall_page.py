"""The job board on paper: no person and no telephone of an employer hangs on the wall."""

from __future__ import annotations

from server.domain.kinds import EmployerKind
from tests.people import Factory, citizen_number
from tests.staff.conftest import Clerk, seen


def test_the_sheets_hold_every_open_post_with_free_places(clerk: Clerk, make: Factory) -> None:
    first = make.published(trade_id="bricklayer", place="北旺庄工地", requirements="自带瓦刀")
    make.published(trade_id="loader", place="老城街")
    make.post_in_review(place="还没审的地方")
    page = seen(clerk.get("/staff/wall-sheets"))
    assert "2条岗位、8个名额，1张A4纸" in page
    assert f"编号 {first.no}" in page
    assert "要求：自带瓦刀" in page
    assert "第 1 页，共 1 页" in page
    assert page.index("北旺庄工地") < page.index("老城街")
    assert "到窗口报名" in page
    assert "还没审的地方" not in page


def test_no_person_and_no_telephone_of_an_employer_hangs_on_the_wall(
    clerk: Clerk, make: Factory
) -> None:
    home = make.employer(
        kind=EmployerKind.HOUSEHOLD, name="刘翠花", identity=citizen_number(7), phone="13900007777"
    )
    make.published(employer_id=home.id)
    page = clerk.read("/staff/wall-sheets")
    assert "刘翠花" not in page
    assert "13900007777" not in page
    assert "0349-12333" in page


def test_a_wall_without_posts_says_so(clerk: Clerk) -> None:
    assert "现在没有招人的岗位" in seen(clerk.get("/staff/wall-sheets"))
    assert "打印招工栏" in clerk.read("/staff/hall")
