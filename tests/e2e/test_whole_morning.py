"""A morning with two desks at once: the figures on the pages are those an auditor would count.

As large as a county's (check-ins, posts, placements); MORNING=40,8,16 runs a smaller one.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from server.demo import read_demo_tokens
from server.domain.clock import market_day
from server.domain.kinds import DeviceKind, PostState
from server.domain.privacy import NOTICE_VERSION
from server.services.log import verify_chain
from server.services.posts import posts_in
from tests.bench.caller import Caller
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk, free_desk
from tests.people import many_numbers

CHECK_INS, POSTS, PLACEMENTS = (int(n) for n in os.environ.get("MORNING", "300,60,150").split(","))
KIOSKS = 4


@dataclass
class Desk:
    """A clerk's browser at a window. tried: posts of the ticket here that did not work out."""

    page: Page
    no: int
    agreed: int = 0

    def call(self) -> None:
        """Press "call the next"; who comes is seen later, so that two desks press at once."""
        self.page.keyboard.press("F2")

    def has_somebody(self) -> bool:
        """Tell whether somebody came; nobody does when the line is empty."""
        here = self.page.locator(".called-label, #main .alert")
        expect(here.first).to_be_visible()
        return self.page.locator(".called-label").count() > 0

    def talk(self) -> None:
        """Bring the worker and the first post that fits together, or let the worker go."""
        offer = self.page.locator(".match").first
        if offer.count() == 0:
            self.page.keyboard.press("F9")
            return
        offer.locator("summary", has_text=re.compile("^达成$")).click()
        offer.locator("button:has-text('确认达成')").click()

    def has_agreed(self) -> bool:
        """Tell whether the talk led to a slip; a place that is gone by then is not taken.

        Whoever of a crew found no place goes home.
        """
        done = self.page.locator("[data-hotkey=F2], #work .alert, .crew-people .is-placed")
        expect(done.first).to_be_visible()
        refused = self.page.locator("#work .alert").count() > 0
        if self.page.locator(".called-label").count():
            self.page.keyboard.press("F9")
            expect(self.page.locator("[data-hotkey=F2]")).to_be_visible()
        return not refused


@dataclass
class Recount:
    """What the audit log alone says of a day; nothing here asks a table of the product."""

    visits: set[str] = field(default_factory=set)
    tickets: dict[str, str] = field(default_factory=dict)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    placements: dict[str, dict[str, Any]] = field(default_factory=dict)

    def note(self, kind: str, day: str, body: dict[str, Any], today: date) -> None:
        entity = kind.partition(".")[0]
        if kind == "visit.checked_in" and day == today.isoformat():
            self.visits.add(body["visit"]["id"] if "visit" in body else body["id"])
        ticket = body.get("ticket") if entity == "visit" else body if entity == "ticket" else None
        if ticket and "state" in ticket and ticket.get("market_day") == today.isoformat():
            self.tickets[ticket["id"]] = ticket["state"]
        if entity == "post":
            self.posts[body["id"]] = body
        if entity == "placement":
            known = self.placements.get(body["id"], {})
            self.placements[body["id"]] = {**known, **body}

    def agreed_at(self, post_id: str) -> int:
        gone = {"withdrawn", "fallen"}
        return sum(
            1
            for one in self.placements.values()
            if one["post_id"] == post_id and one["state"] not in gone
        )


def recount(demo: DemoMarket) -> Recount:
    """Count the day again from the rows of the log, read by SQLite's own library."""
    today = market_day(demo.market.database.now())
    counted = Recount()
    with closing(sqlite3.connect(demo.settings.data_dir / "market.db")) as database:
        rows = database.execute("SELECT type, market_day, body FROM event_log ORDER BY id")
        for kind, day, body in rows:
            counted.note(kind, day, json.loads(body) if body else {}, today)
    return counted


def check_everybody_in(demo: DemoMarket, count: int) -> None:
    """Let kiosks send check-ins of as many people at the same time, of trades that are wanted."""
    posts = posts_in(demo.market, (PostState.OPEN,))
    token = read_demo_tokens(demo.settings)[DeviceKind.KIOSK]

    def send(numbered: tuple[int, str]) -> None:
        n, number = numbered
        answers = {
            "phone": f"138{n:08d}",
            "trades": [posts[n % len(posts)].draft.trade_id],
            "education": "71",
            "skill": "0",
            "notice_version": NOTICE_VERSION,
        }
        Caller(demo.settings, token).post("/check-ins", {"id_no": number, **answers})

    with ThreadPoolExecutor(KIOSKS) as kiosks:
        list(kiosks.map(send, enumerate(many_numbers(count))))


def post_again(page: Page, demo: DemoMarket, count: int) -> None:
    """Put posts of days before on the board again, in the fast lane."""
    for n in range(count):
        page.goto(f"{demo.server_url}/staff/posts")
        again = page.locator("button:has-text('直接上大屏')")
        again.nth(n % again.count()).click()
        page.wait_for_url(re.compile(r"/staff/posts/[0-9a-f-]{36}$"))
        expect(page.locator("h1 .badge").first).to_have_text("招人中")


def take_turns(desks: list[Desk], placements: int) -> Iterator[int]:
    """Call, talk and agree at all desks at the same time until enough agreed or nobody waits."""
    while sum(desk.agreed for desk in desks) < placements:
        for desk in desks:
            desk.call()
        busy = [desk for desk in desks if desk.has_somebody()]
        if not busy:
            return
        offered = [desk for desk in busy if desk.page.locator(".match").count()]
        for desk in busy:
            desk.talk()
        for desk in busy:
            desk.agreed += desk.has_agreed() and desk in offered
        yield len(busy)


def figure(page: Page, name: str) -> list[int]:
    """The numbers beside a word in the strip at the head of the page."""
    said = page.locator(".pulse dl > div", has=page.locator(f"dt:text-is('{name}')"))
    return [int(number) for number in re.findall(r"\d+", said.locator("dd").inner_text())]


def test_two_desks_at_once_end_with_the_counts_of_an_independent_recount(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    desks = [Desk(new_page(1366, 768), no) for no in (1, 4)]
    for desk in desks:
        at_desk(desk.page, demo_market, desk.no)
    for desk in desks:
        post_again(desk.page, demo_market, POSTS // len(desks))
    check_everybody_in(demo_market, CHECK_INS)
    for desk in desks:
        desk.page.goto(f"{demo_market.server_url}/staff/?service=find_work")
        free_desk(desk.page)
    rounds = sum(take_turns(desks, PLACEMENTS))

    agreed = sum(desk.agreed for desk in desks)
    print(f"check-ins {CHECK_INS}, posts {POSTS}, calls {rounds}, agreed {agreed}")
    assert agreed >= PLACEMENTS
    page = desks[0].page
    page.goto(f"{demo_market.server_url}/staff/closing")
    counted = recount(demo_market)
    today = market_day(demo_market.market.database.now()).isoformat()
    alive = [p for p in counted.placements.values() if p["state"] not in {"withdrawn", "fallen"}]
    open_posts = [p for p in counted.posts.values() if p["state"] == "open"]
    left = sum(p["headcount"] - counted.agreed_at(p["id"]) for p in open_posts)
    assert figure(page, "今日到场") == [len(counted.visits)]
    assert figure(page, "等候") == [Counter(counted.tickets.values())["waiting"]]
    assert figure(page, "在招") == [left, len(open_posts)]
    assert figure(page, "已达成") == [sum(1 for p in alive if p["market_day"] == today)]
    oversold = [
        p["no"] for p in counted.posts.values() if counted.agreed_at(p["id"]) > p["headcount"]
    ]
    assert oversold == []
    assert verify_chain(demo_market.market).broken_at is None
