"""What the desk sees of who wants to go: at the post, in the list, at the ticket, in the order."""

from __future__ import annotations

import pytest

from server.services.applications import NewApplication, apply_for_post
from server.services.open_market import Actor, OpenMarket
from server.services.posts import Post
from server.services.workers import Person
from tests.people import ANSWERS, Factory, new_key
from tests.staff.conftest import Clerk, seen, ticket_codes


@pytest.fixture
def painting(make: Factory) -> Post:
    """A post that no bricklayer is matched with."""
    return make.published(trade_id="painter")


def apply(market: OpenMarket, person: Person, post: Post) -> str:
    """Somebody applies, and the label of their number."""
    new = NewApplication(person, post.id, ANSWERS)
    return apply_for_post(market, Actor("test"), new, new_key()).ticket.label


def test_applicants_stand_before_who_only_has_the_trade(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    ticket_codes(market, make, 1)
    post = make.published()
    second, third = (apply(market, make.person(), post) for _ in range(2))
    page = seen(clerk.get(f"/staff/posts/{post.id}"))
    assert "2人报名，先报名的在前" in page
    places = [page.index(label) for label in (second, third, "A001")]
    assert places == sorted(places)
    assert page.count("本人想去") == 2
    assert "第1个报名" in page
    assert "第2个报名" in page


def test_the_list_of_posts_says_how_many_applied(
    clerk: Clerk, market: OpenMarket, make: Factory, painting: Post
) -> None:
    assert "人报名" not in seen(clerk.get("/staff/posts?tab=open"))
    for _ in range(3):
        apply(market, make.person(), painting)
    assert "3人报名" in seen(clerk.get("/staff/posts?tab=open"))


def test_the_ticket_at_the_window_shows_the_posts_its_holder_wants_first(
    at_desk: Clerk, market: OpenMarket, make: Factory, painting: Post
) -> None:
    make.published()
    apply(market, make.person(), painting)
    person = make.person()
    apply(market, person, painting)
    code = make.checked_in(person=person).ticket.code
    assert at_desk.send(f"/staff/tickets/{code}/calls", why="frail").status_code == 303
    shown = seen(at_desk.get("/staff/"))
    assert "本人想去 第2个报名" in shown
    assert shown.index("油漆工") < shown.index("瓦工", shown.index("合适的活"))


def test_the_post_that_is_being_filled_offers_its_applicants_first(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    ticket_codes(market, make, 1)
    post = make.published()
    label = apply(market, make.person(), post)
    page = seen(at_desk.get(f"/staff/?post={post.id}"))
    start = page.index("正在给这条岗位找人")
    assert page.index(label, start) < page.index("A001", start)
    assert "本人想去 第1个报名" in page
