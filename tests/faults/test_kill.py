"""The processes of a market are killed with SIGKILL in the middle of their work."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from server.db.tables import print_job, simulated_paper, ticket, visit
from server.demo import read_demo_tokens
from server.domain.kinds import DeviceKind, PostState, PrintJobState, ServiceKind
from server.services.log import head_revision, verify_chain
from server.services.open_market import OpenMarket
from server.services.posts import posts_in, publish_post
from server.services.print_jobs import print_job_of
from server.services.staff import sign_in
from tests.e2e.conftest import DemoMarket
from tests.faults.burst import Burst, Worker
from tests.faults.conftest import WaitFor
from tests.live.raw_client import RawClient
from tests.people import many_numbers, new_key

PEOPLE = 150
KIOSKS = 6
KILLS_AFTER = (25, 60, 95)


def token_of(demo: DemoMarket, kind: DeviceKind) -> str:
    return read_demo_tokens(demo.settings)[kind]


def assert_numbers_have_no_gap(market: OpenMarket) -> None:
    with market.database.read() as connection:
        rows = connection.execute(select(ticket.c.market_day, ticket.c.series, ticket.c.number))
        numbers: dict[tuple[Any, str], list[int]] = {}
        for row in rows:
            numbers.setdefault((row.market_day, row.series), []).append(row.number)
    for found in numbers.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def assert_every_ticket_has_its_row_of_everything(market: OpenMarket) -> None:
    first_copies = select(print_job.c.ticket_id).where(
        print_job.c.kind == "ticket", print_job.c.copy_no == 1
    )
    with market.database.read() as connection:
        tickets = sorted(connection.scalars(select(ticket.c.id)))
        assert sorted(connection.scalars(first_copies)) == tickets
        held = select(visit.c.ticket_id).where(visit.c.holds_ticket.is_(True))
        assert sorted(connection.scalars(held)) == tickets


def assert_database_is_whole(market: OpenMarket) -> None:
    with market.database.read() as connection:
        assert connection.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    report = verify_chain(market)
    assert report.broken_at is None
    assert report.rows == head_revision(market)


def tickets_of(market: OpenMarket, codes: set[str]) -> int:
    with market.database.read() as connection:
        rows = connection.scalars(select(ticket.c.code)).all()
    return len([code for code in rows if code in codes])


def find_work_tickets(market: OpenMarket) -> int:
    wanted = ticket.c.service == ServiceKind.FIND_WORK.value
    with market.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(ticket).where(wanted)) or 0)


def test_a_killed_server_keeps_every_ticket_it_promised_and_doubles_none(
    running: DemoMarket,
) -> None:
    before = find_work_tickets(running.market)
    workers = [Worker(number) for number in many_numbers(PEOPLE)]
    burst = Burst(running.settings.port, token_of(running, DeviceKind.KIOSK))

    burst.start(workers, KIOSKS)
    for count in KILLS_AFTER:
        burst.wait_for_answers(count)
        burst.server_is_up.clear()
        running.kill("server")
        running.start("server")
        burst.server_is_up.set()
    burst.join()

    assert burst.unanswered > 0, "no check-in was under way when the server was killed"
    codes = {answer["ticket"]["code"] for answer in burst.answers.values()}
    assert len(codes) == PEOPLE
    assert tickets_of(running.market, codes) == PEOPLE
    assert find_work_tickets(running.market) == before + PEOPLE
    assert_numbers_have_no_gap(running.market)
    assert_every_ticket_has_its_row_of_everything(running.market)
    assert_database_is_whole(running.market)


def test_a_key_that_was_answered_before_the_kill_gets_the_same_answer_after_it(
    running: DemoMarket,
) -> None:
    burst = Burst(running.settings.port, token_of(running, DeviceKind.KIOSK))
    worker = Worker(many_numbers(PEOPLE + 1)[PEOPLE])
    first = burst.ask(worker)
    running.restart_server()
    assert burst.ask(worker) == first


def board_of(demo: DemoMarket) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{demo.server_url}/api/v1/board",
        headers={"Authorization": f"Bearer {token_of(demo, DeviceKind.DISPLAY)}"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
        board: dict[str, Any] = json.load(answer)
        return board


def next_of(screen: RawClient, event: str) -> dict[str, Any]:
    while True:
        message = screen.message()
        if message.startswith(f'42["{event}"'):
            said: dict[str, Any] = json.loads(message[2:])[1]
            return said


def joined_display(demo: DemoMarket) -> tuple[RawClient, int]:
    """A display that connects, and the revision live greets it with."""
    screen = RawClient(demo.settings.live_port)
    auth = {"screen": "display", "token": token_of(demo, DeviceKind.DISPLAY)}
    screen.say("40" + json.dumps(auth))
    return screen, int(next_of(screen, "hello")["revision"])


def test_a_killed_live_tells_a_display_what_happened_while_it_was_dead(
    running: DemoMarket,
) -> None:
    clerk = sign_in(running.market, *running.staff).actor
    missed, later = posts_in(running.market, (PostState.IN_REVIEW,))[:2]
    screen, _ = joined_display(running)

    running.kill("live")
    publish_post(running.market, clerk, missed.id, new_key())
    running.start("live")
    screen.close()
    screen, revision = joined_display(running)

    board = board_of(running)
    assert missed.id in {post["id"] for post in board["posts"]}
    assert revision <= board["revision"]
    publish_post(running.market, clerk, later.id, new_key())
    assert later.id in posts_told_without_a_gap(screen, board["revision"], later.id)
    screen.close()


def posts_told_without_a_gap(screen: RawClient, revision: int, awaited: str) -> set[str]:
    """Follow the changes from a snapshot as a display does, until a post is told."""
    told: set[str] = set()
    while awaited not in told:
        change = next_of(screen, "change")
        if change["to"] <= revision:
            continue
        assert change["from"] <= revision, "a change is missing"
        revision = change["to"]
        told |= {post["id"] for post in change.get("posts", ())}
    return told


def jobs_being_sent(demo: DemoMarket) -> list[str]:
    """What the agent's own journal says is on its way to the printer."""
    journal = Path(demo.settings.data_dir) / "agent" / "agent-journal.sqlite"
    with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as db:
        return [row[0] for row in db.execute("SELECT job_id FROM job WHERE state = 'sending'")]


def papers_of(market: OpenMarket, job_id: str) -> int:
    of_job = simulated_paper.c.print_job_id == job_id
    statement = select(func.count()).select_from(simulated_paper).where(of_job)
    with market.database.read() as connection:
        return int(connection.scalar(statement) or 0)


def printed_jobs(market: OpenMarket) -> int:
    printed = print_job.c.state == PrintJobState.PRINTED.value
    statement = select(func.count()).select_from(print_job).where(printed)
    with market.database.read() as connection:
        return int(connection.scalar(statement) or 0)


def test_a_ticket_cut_off_by_the_agents_death_is_uncertain_and_never_printed_twice(
    running: DemoMarket, wait_for: WaitFor
) -> None:
    burst = Burst(running.settings.port, token_of(running, DeviceKind.KIOSK))
    for number in many_numbers(PEOPLE + 4)[PEOPLE + 2 :]:
        burst.ask(Worker(number))
    wait_for("a job is being sent", lambda: jobs_being_sent(running))

    running.kill("agent")
    cut_off = jobs_being_sent(running)
    assert len(cut_off) == 1, "the job was finished before the agent died"
    papers = papers_of(running.market, cut_off[0])
    printed = printed_jobs(running.market)
    running.start("agent")

    def state() -> PrintJobState:
        return print_job_of(running.market, cut_off[0]).state

    wait_for("staff are asked to look", lambda: state() is PrintJobState.UNCERTAIN)
    wait_for("the next job is printed", lambda: printed_jobs(running.market) > printed)
    assert state() is PrintJobState.UNCERTAIN
    assert papers_of(running.market, cut_off[0]) == papers <= 1
