"""Random walks at the kiosk: whatever is pressed or breaks, it comes home and the books are right.

WALKS=200 walks longer than continuous integration does; WALK_SEED repeats a walk. Time is wound
on by Playwright's clock in the page: the kiosk itself has no setting for it.
"""

from __future__ import annotations

import os
import random
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.sync_api import Page
from sqlalchemy import delete, func, select

from kiosk.agent.reader.demo_cards import DemoCard, demo_cards
from server.db.tables import print_job, signal, ticket, ticket_counter, visit
from server.domain.clock import market_day
from server.domain.names import mask_name
from tests.e2e.conftest import TEST_ACTOR, DemoMarket, NewPage, eventually
from tests.e2e.kiosk_worker import KEY_MS, PORTRAIT, Kiosk, forget_cards, make_known

REGISTERED = ("zhang-jianguo", "li-xiuying", "gao-yongsheng", "zhao-fushun", "ma-laiwang")
STEPS = (6, 14)
REST_MS = 500
PHONE = "13812345678"
WIND_MS = 5_000
LAID_MS = 45_000
# Longer than the slowest way home: a card read late, 90 s to read, 20 s to be asked, and so on.
HOME_MS = 300_000
PRINTER_STATES = ("paper_out", "paper_out_midway", "cover_open", "ready", "ready")
LARGE_LOOK = "[data-size=normal][data-contrast=usual][data-reach=usual]"
PERSONAL = re.compile(r"1[3-9]\d{9}|\d{4}\*{6}|\*\*\*\*")
ERROR_PAGE = re.compile(r"ERR_|Traceback|Internal Server Error|无法访问此网站")

# The middles of the buttons that can be pressed now. What ends a question is named six times and
# the frame's ways out once: of those who press anything, some get through.
_BUTTONS = """
() => [...document.querySelectorAll(".kiosk button:not(:disabled)")]
  .filter((one) => one.closest("[inert]") === null)
  .flatMap((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const at = { x: x + width / 2, y: y + height / 2 };
    if (one.closest(".rail") !== null) return [at];
    return Array(one.matches(".main, .tile, .level") ? 6 : 2).fill(at);
  })
"""


@dataclass
class Walker:
    """Somebody who presses anything; `faults` are parts that may still be stopped."""

    demo: DemoMarket
    kiosk: Kiosk
    chance: random.Random
    cards: tuple[DemoCard, ...]
    faults: list[str] = field(default_factory=lambda: ["server", "server", "agent"])
    names: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.kiosk.page

    def walk(self) -> None:
        """Take some steps; whatever is read on the way is this worker's own."""
        self.names, self.done = set(), []
        if self.chance.random() < 0.7:
            self._lay()
            # A line that is silent is found out with the next snapshot, each 20 s.
            self.page.wait_for_selector('.kiosk:not([data-screen="attract"])', timeout=LAID_MS)
            self.page.clock.run_for(REST_MS)
        for _ in range(self.chance.randint(*STEPS)):
            self._step()
            self._expect_own_words()

    def _step(self) -> None:
        actions = [self._touch] * 12 + [self._lay] * 2 + [self._spoil, self._type, self._type]
        if self.faults and self.chance.random() < 0.01 * len(self.faults):
            actions = [self._stop]
        action = self.chance.choice(actions)
        self.done.append(action.__name__)
        action()
        # A glove that bounces presses at once; others wait until the screen takes presses.
        if self.chance.random() < 0.8:
            self.page.clock.run_for(REST_MS)

    def _touch(self) -> None:
        buttons = self.page.evaluate(_BUTTONS)
        if buttons:
            at = self.chance.choice(buttons)
            self.page.mouse.click(at["x"], at["y"])

    def _lay(self) -> None:
        known = [card for card in self.cards if card.card_id in REGISTERED]
        card = self.chance.choice(self.chance.choice([known, self.cards]))
        self.names.add(mask_name(card.content.name))
        before = last_card_told(self.demo)
        self.demo.lay_card(card.card_id)
        # Laid is read: a card told later would be taken for the next worker's.
        eventually(lambda: last_card_told(self.demo) > before or None)

    def _type(self) -> None:
        """Type digits where there is a pad: a number of one of the cards, or none at all."""
        if self.page.locator(".keys").count() == 0:
            return
        card = self.chance.choice(self.cards)
        self.names.add(mask_name(card.content.name))
        typed = self.chance.choice([card.content.id_no, PHONE, "17"])
        if typed == PHONE:
            # Whoever is asked for a telephone gives this one; whoever types it may be any of them.
            self.owners |= self.names
            self.names |= self.owners
        # As a person types, or as fast as a scanner does.
        self.page.keyboard.type(typed, delay=self.chance.choice([KEY_MS, 0]))
        self.page.keyboard.press("Enter")

    def _spoil(self) -> None:
        self.demo.set_printer(self.chance.choice(PRINTER_STATES))

    def _stop(self) -> None:
        """Kill the server, or the agent with its reader and its printer, and start it again."""
        name = self.faults.pop(self.chance.randrange(len(self.faults)))
        self.demo.kill(name)
        forget_commands(self.demo)
        self.demo.start(name)

    def _expect_own_words(self) -> None:
        text = self.page.inner_text("#kiosk")
        assert not ERROR_PAGE.search(text)
        strange = {mask_name(card.content.name) for card in self.cards} - self.names
        found = [name for name in strange if re.search(rf"(?<!\S){re.escape(name)}(?!\S)", text)]
        assert not found, f"{found} after {self.done}: {text}"

    def come_home(self) -> None:
        """Leave the kiosk alone until it waits for the next worker; nothing is left of this one."""
        home = f'.kiosk[data-screen="attract"]{LARGE_LOOK}'
        for _ in range(HOME_MS // WIND_MS):
            # A page that is being replaced gets its snapshot in true time.
            self.page.wait_for_selector('.kiosk[data-screen]:not([data-screen="leaving"])')
            if self.page.locator(home).count() == 1 and self.page.locator(".overlay").count() == 0:
                break
            # Only the page's clock is wound on: to the server these cards were laid just now.
            forget_cards(self.demo)
            self.page.clock.run_for(WIND_MS)
        else:
            where = self.page.locator(".kiosk").evaluate("one => ({ ...one.dataset })")
            raise AssertionError(f"the kiosk does not come home: {where} after {self.done}")
        text = self.page.inner_text(".kiosk")
        assert not PERSONAL.search(text)
        assert not [name for name in self.names if name in text]


def forget_commands(demo: DemoMarket) -> None:
    """Take back what the simulator was told: a new agent would lay the card of somebody before."""
    with demo.market.database.write(TEST_ACTOR) as tx:
        tx.connection.execute(delete(signal).where(signal.c.kind == "simulate"))


def last_card_told(demo: DemoMarket) -> int:
    """The newest word to a kiosk about a card, as a number that only grows."""
    with demo.market.database.read() as connection:
        told = select(func.max(signal.c.id)).where(signal.c.kind.in_(["card_read", "card_refused"]))
        return int(connection.scalar(told) or 0)


def known_tickets(demo: DemoMarket) -> set[str]:
    with demo.market.database.read() as connection:
        return set(connection.scalars(select(ticket.c.id)))


def expect_honest_books(demo: DemoMarket, seeded: set[str]) -> None:
    """One ticket for a person, day and service; no number left out; one first print for each."""
    with demo.market.database.read() as connection:
        per_errand = connection.scalars(
            select(func.count())
            .select_from(visit)
            .group_by(visit.c.worker_id, visit.c.market_day, visit.c.service)
        ).all()
        numbers = connection.execute(
            select(
                ticket.c.market_day, ticket.c.series, func.count(), func.max(ticket.c.number)
            ).group_by(ticket.c.market_day, ticket.c.series)
        ).all()
        counters = {
            (row.market_day, row.series): row.last_number
            for row in connection.execute(select(ticket_counter))
        }
        jobs = connection.scalars(
            select(print_job.c.ticket_id).where(
                print_job.c.kind == "ticket", print_job.c.copy_no == 1
            )
        ).all()
        tickets = set(connection.scalars(select(ticket.c.id)))
    assert set(per_errand) == {1}
    assert all(count == highest for _day, _series, count, highest in numbers)
    assert {(day, series): highest for day, series, _, highest in numbers} == counters
    walked = [job for job in jobs if job in tickets - seeded]
    assert sorted(walked) == sorted(tickets - seeded)


def test_whatever_is_pressed_the_kiosk_comes_home_and_the_books_are_right(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    seed = int(os.environ.get("WALK_SEED", secrets.randbelow(10**6)))
    walks = int(os.environ.get("WALKS", "20"))
    page = new_page(*PORTRAIT, has_touch=True)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.install()
    forget_cards(demo_market)
    kiosk = Kiosk(page)
    kiosk.open(demo_market.server_url)
    cards = demo_cards(market_day(datetime.now(UTC)))
    walker = Walker(demo_market, kiosk, random.Random(seed), cards)  # noqa: S311 - a walk, no secret
    # Half a walk is too short to register: some have done so another day.
    for card_id in REGISTERED:
        make_known(demo_market, card_id)
    seeded = known_tickets(demo_market)
    for number in range(walks):
        print(f"walk {number} of seed {seed}")
        walker.walk()
        walker.come_home()
        expect_honest_books(demo_market, seeded)
        assert errors == []
    taken = len(known_tickets(demo_market) - seeded)
    print(f"{taken} tickets were taken, {len(walker.faults)} parts were not stopped")
    assert taken > 0, "no walk led to a ticket: the books prove nothing"
