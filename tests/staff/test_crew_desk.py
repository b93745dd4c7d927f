"""A crew at the workbench: one line, its people, a tick for each, a slip for each."""

from __future__ import annotations

import re

from server.domain.kinds import TicketState
from server.services.open_market import OpenMarket
from server.services.tickets import people_on, ticket_view
from tests.people import Factory
from tests.staff.conftest import Clerk, seen


def crew_code(make: Factory) -> str:
    names = ("王大海", "李小河", "赵长江")
    return make.crew(*(make.person(name=name) for name in names)).ticket.code


def test_the_line_says_how_many_come_and_the_called_crew_shows_its_people(
    at_desk: Clerk, make: Factory
) -> None:
    crew_code(make)
    assert "班组 3人" in at_desk.read("/staff/")
    at_desk.send("/staff/calls")
    page = at_desk.read("/staff/")
    for masked in ("王*海", "李*河", "赵*江"):
        assert masked in page
    assert "李小河" not in page


def test_a_crew_is_offered_what_it_fits_in_whole_and_a_smaller_post_only_when_asked_for(
    at_desk: Clerk, make: Factory
) -> None:
    crew_code(make)
    small = make.published(headcount=2)
    make.published(headcount=6)
    at_desk.send("/staff/calls")
    page = at_desk.read("/staff/")
    assert "够全班组" in page
    assert "名额不够全班组" not in page
    page = at_desk.read(f"/staff/?post={small.id}")
    assert page.index("名额不够全班组") < page.index("够全班组", page.index("名额不够全班组") + 7)
    assert len(re.findall(r'name="worker_id"', page)) == 6
    assert len(re.findall(r'name="worker_id" value="[^"]+" checked', page)) == 5


def test_a_part_of_the_crew_goes_and_the_rest_stays_at_the_desk(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    code = crew_code(make)
    post = make.published(headcount=2)
    at_desk.send("/staff/calls")
    ids = [one.worker_id for one in people_on(market, ticket_view(market, code).id)]
    where = f"/staff/tickets/{code}/referrals"
    form = {"post_id": post.id, "state": "agreed", "is_crew": "1", "at": f"post:{post.id}"}
    nobody = at_desk.send(where, **form)
    assert (nobody.status_code, "先选好班组里谁去" in seen(nobody)) == (422, True)
    assert at_desk.send(where, worker_id=ids[:2], **form).status_code == 303
    page = at_desk.read("/staff/")
    assert "还有 1人没谈成" in page
    assert "共2张" in page
    assert ticket_view(market, code).state is TicketState.CALLED
    other = make.published()
    form["post_id"] = other.id
    assert at_desk.send(where, worker_id=ids[2:], **form).status_code == 303
    assert ticket_view(market, code).state is TicketState.DONE
