"""Calling many at once from the page of a post."""

from __future__ import annotations

import pytest

from server.domain.kinds import TicketState
from server.services.board import board
from server.services.open_market import OpenMarket
from server.services.posts import post_of
from server.services.tickets import ticket_view
from tests.people import Factory
from tests.staff.conftest import Clerk, seen, ticket_codes


def test_the_post_calls_everybody_and_notes_who_came(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post, codes = make.published(), ticket_codes(market, make, 3)
    path = f"/staff/posts/{post.id}"
    assert "一起叫过去" in seen(at_desk.get(path))
    sent = {"count": "３", "meeting_point": "north_gate", "at": "gather"}
    assert at_desk.send(f"{path}/gatherings", **sent).status_code == 303
    page = seen(at_desk.get(path))
    assert "叫到市场北门 还有3个号没见" in page
    assert "去集合" in seen(at_desk.get("/staff/"))
    assert board(market).gatherings[0].labels == ("A001", "A002", "A003")
    assert at_desk.send(f"{path}/gatherings/{codes[0]}/agreement").status_code == 303
    assert at_desk.send(f"{path}/gatherings/{codes[1]}/state", state="no_show").status_code == 303
    assert at_desk.send(f"{path}/gatherings/{codes[2]}/state", state="waiting").status_code == 303
    states = [ticket_view(market, code).state for code in codes]
    assert states == [TicketState.DONE, TicketState.NO_SHOW, TicketState.WAITING]
    assert post_of(market, post.id).filled == 1


@pytest.mark.parametrize(
    "sent", [{"count": ""}, {"count": "十"}, {"count": "0"}, {"count": "9"}, {"count": "9999"}]
)
def test_a_number_of_people_nobody_can_mean_is_refused_with_a_sentence(
    at_desk: Clerk, market: OpenMarket, make: Factory, sent: dict[str, str]
) -> None:
    post = make.published()
    ticket_codes(market, make, 1)
    fields = {"meeting_point": "hall_door", "at": "gather", **sent}
    answer = at_desk.send(f"/staff/posts/{post.id}/gatherings", **fields)
    assert answer.status_code in {409, 422}
    assert "请" in seen(answer)


def test_a_place_that_is_none_is_refused(at_desk: Clerk, make: Factory) -> None:
    path = f"/staff/posts/{make.published().id}/gatherings"
    assert at_desk.send(path, count="1", meeting_point="moon").status_code == 400
