import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from agent_bench import QUICK, slip, ticket
from agent_server import TOKEN, AgentServer, Market
from PIL import Image
from pyzbar.pyzbar import decode

from kiosk.agent.loop import Agent
from kiosk.agent.reader import demo_cards
from kiosk.agent.reader.simulated_reader import market_today
from kiosk.agent.settings import AgentSettings, PrinterMode
from kiosk.agent.simulator.printer import SimulatedPrinter, SimulatorSettings

StartAgent = Callable[..., Agent]


@pytest.fixture
def market() -> Market:
    return Market()


@pytest.fixture
def server(market: Market) -> Iterator[AgentServer]:
    running = AgentServer(market)
    yield running
    if not running.is_closing:
        running.close()


@pytest.fixture
def start_agent(server: AgentServer, tmp_path: Path) -> Iterator[StartAgent]:
    agents: list[Agent] = []

    def start(**changes: Any) -> Agent:
        settings = AgentSettings(
            server_url=server.url,
            token=TOKEN,
            printer="simulated",
            reader="none",
            state_dir=tmp_path / "agent",
            printer_timings=replace(QUICK, paper_wait_s=20.0),
            printer_poll_s=0.05,
            server_timeout_s=2.0,
            simulated_speed_mm_s=None,
        )
        agents.append(Agent(replace(settings, **changes)))
        agents[-1].start()
        return agents[-1]

    yield start
    for agent in agents:
        agent.stop()


def paper_of(market: Market, job_id: str) -> Image.Image:
    assert market.wait_until(lambda m: job_id in [paper_job for paper_job, _ in m.papers])
    (png,) = [png for paper_job, png in market.papers if paper_job == job_id]
    return Image.open(io.BytesIO(png))


def test_ticket_is_printed_reported_and_readable_by_a_phone(
    market: Market, start_agent: StartAgent
) -> None:
    start_agent()
    job_id = market.add_job(ticket())
    assert market.wait_until(lambda m: m.results)
    assert market.results == [(job_id, "printed", "")]
    codes = decode(paper_of(market, job_id).convert("L"))
    assert [code.data.decode() for code in codes] == [ticket()["qr"]]
    assert market.wait_until(lambda m: "ready" in m.printer_states())


def test_a_printer_that_sets_its_text_is_sent_text(market: Market, start_agent: StartAgent) -> None:
    start_agent(printer_mode=PrinterMode.TEXT)
    job_ids = [market.add_job(ticket()), market.add_job(slip(), kind="slip")]
    assert market.wait_until(lambda m: len(m.results) == 2)
    assert market.results == [(job_id, "printed", "") for job_id in job_ids]
    codes = decode(paper_of(market, job_ids[0]).convert("L"))
    assert [code.data.decode() for code in codes] == [ticket()["qr"]]


def test_jobs_are_printed_in_order_and_once_each(market: Market, start_agent: StartAgent) -> None:
    job_ids = [market.add_job(ticket(label=f"A{number:03d}")) for number in range(6)]
    job_ids.append(market.add_job(slip(), kind="slip"))
    start_agent()
    assert market.wait_until(lambda m: len(m.results) == 7)
    assert market.results == [(job_id, "printed", "") for job_id in job_ids]
    assert market.wait_until(lambda m: len(m.papers) == 7)
    assert [job_id for job_id, _ in market.papers] == job_ids


def test_job_waits_on_the_server_while_there_is_no_paper(
    market: Market, start_agent: StartAgent
) -> None:
    start_agent()
    assert market.wait_until(lambda m: "ready" in m.printer_states())
    market.signal(command="printer", state="paper_out")
    assert market.wait_until(lambda m: m.printer_states()[-1] == "paper_out")
    job_id = market.add_job(ticket())
    market.signal(command="printer", state="cover_open")
    assert market.wait_until(lambda m: m.printer_states()[-1] == "cover_open")
    assert market.state_of(job_id) == "queued"
    market.signal(command="printer", state="ready")
    assert market.wait_until(lambda m: m.results)
    assert market.results[-1] == (job_id, "printed", "")
    paper_of(market, job_id)


def test_roll_that_ends_in_mid_ticket_is_told_at_once_and_the_ticket_comes_once(
    market: Market, start_agent: StartAgent
) -> None:
    start_agent()
    assert market.wait_until(lambda m: "ready" in m.printer_states())
    market.signal(command="printer", state="paper_out_midway")
    market.signal(command="unknown")
    market.signal(command="printer", state="on_fire")
    assert market.wait_until(lambda m: m.signals_taken == 3)
    job_id = market.add_job(ticket())
    assert market.wait_until(lambda m: m.printer_states()[-1] == "paper_out")
    assert market.state_of(job_id) == "claimed"
    market.signal(command="printer", state="ready")
    assert market.wait_until(lambda m: m.state_of(job_id) == "printed")
    paper_of(market, job_id)


def test_document_that_cannot_be_drawn_fails_and_does_not_hold_up_the_next(
    market: Market, start_agent: StartAgent
) -> None:
    bad = market.add_job(slip(worker_name="张\ue000"), kind="slip")
    worse = market.add_job(ticket(posts=7))
    good = market.add_job(ticket())
    start_agent()
    assert market.wait_until(lambda m: len(m.results) == 3)
    assert market.results == [
        (bad, "failed", "unprintable_character"),
        (worse, "failed", "document_invalid"),
        (good, "printed", ""),
    ]


@pytest.mark.parametrize("call", ["claim", "result", "papers"])
def test_answer_lost_on_the_way_is_asked_for_again_with_the_same_key(
    market: Market, start_agent: StartAgent, call: str
) -> None:
    market.lose_answers_to.add(call)
    job_id = market.add_job(ticket())
    start_agent()
    assert market.wait_until(lambda m: m.results)
    paper_of(market, job_id)
    assert market.wait_until(lambda m: not m.lose_answers_to)
    assert market.wait_until(lambda m: any(m.keys.count(key) == 2 for key in m.keys))
    assert market.results == [(job_id, "printed", "")]
    assert len(market.papers) == 1


def test_server_in_trouble_is_tried_again(market: Market, start_agent: StartAgent) -> None:
    market.fail_with_500 = 6
    job_id = market.add_job(ticket())
    start_agent()
    assert market.wait_until(lambda m: m.results)
    assert market.results == [(job_id, "printed", "")]
    assert all(8 <= len(key) <= 80 for key in market.keys)


def test_restarted_server_finds_the_agent_at_work(
    market: Market, server: AgentServer, start_agent: StartAgent
) -> None:
    start_agent()
    first = market.add_job(ticket())
    assert market.wait_until(lambda m: m.state_of(first) == "printed")
    server.close()
    second = market.add_job(ticket(label="A013"))
    again = AgentServer(market, server.server_port)
    try:
        assert market.wait_until(lambda m: m.state_of(second) == "printed")
        paper_of(market, second)
        assert [job_id for job_id, _, _ in market.results] == [first, second]
    finally:
        again.close()


def test_card_laid_in_the_simulator_reaches_the_server(
    market: Market, start_agent: StartAgent
) -> None:
    card = demo_cards(market_today())[0]
    start_agent(reader="simulated", printer="none")
    assert market.wait_until(
        lambda m: any(s["reader"] == {"state": "ready"} and s["printer"] is None for s in m.states)
    )
    market.signal(command="lay_card", card="nobody")
    market.signal(command="lay_card", card=card.card_id)
    assert market.wait_until(lambda m: m.cards)
    assert market.cards[0]["name"] == card.content.name
    assert market.cards[0]["id_no"] == card.content.id_no
    assert market.cards[0]["birth_day"] == card.content.birth_day.isoformat()
    assert market.cards[0]["card_kind"] == card.content.card_kind.value


def test_code_scanned_in_the_simulator_reaches_the_server(
    market: Market, start_agent: StartAgent
) -> None:
    start_agent(scanner="simulated", printer="none")
    assert market.wait_until(lambda m: any(s["scanner"] == {"state": "ready"} for s in m.states))
    market.signal(command="scan", code="HTTP://10.20.30.40:8000/T/7K3M9QXA01")
    assert market.wait_until(lambda m: m.scans)
    assert market.scans == [{"code": "HTTP://10.20.30.40:8000/T/7K3M9QXA01"}]


def test_agent_with_a_wrong_token_prints_nothing(market: Market, start_agent: StartAgent) -> None:
    market.add_job(ticket())
    start_agent(token="wrong-token")
    assert market.wait_until(lambda m: len(m.keys) > 2)
    assert market.results == []
    assert market.papers == []


class AgentProcess:
    """The agent as the operator starts it, on a printer that survives it."""

    def __init__(self, server: AgentServer, printer: SimulatedPrinter, state_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.agent.main"],
            env={
                **os.environ,
                "MARKET_SERVER_URL": server.url,
                "MARKET_AGENT_TOKEN": TOKEN,
                "MARKET_PRINTER": f"tcp://127.0.0.1:{printer.port}",
                "MARKET_READER": "none",
                "MARKET_AGENT_STATE_DIR": str(state_dir),
                "MARKET_PRINTER_POLL_S": "0.1",
            },
            stderr=subprocess.PIPE,
        )

    def end(self, number: signal.Signals) -> tuple[int, float, str]:
        began = time.monotonic()
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=10)
        return self.process.returncode, time.monotonic() - began, errors.decode()


@pytest.fixture
def slow_printer() -> Iterator[SimulatedPrinter]:
    printer = SimulatedPrinter(SimulatorSettings(speed_mm_s=60.0), on_paper=lambda paper: None)
    yield printer
    printer.close()


def test_power_cut_in_mid_ticket_leaves_it_uncertain_and_never_prints_it_twice(
    market: Market, server: AgentServer, slow_printer: SimulatedPrinter, tmp_path: Path
) -> None:
    cut_off = market.add_job(ticket())
    agent = AgentProcess(server, slow_printer, tmp_path)
    assert slow_printer.wait_until(lambda p: p.printed_rows > 200, 20)
    agent.end(signal.SIGKILL)
    assert market.state_of(cut_off) == "claimed"
    agent = AgentProcess(server, slow_printer, tmp_path)
    assert market.wait_until(lambda m: m.results)
    assert market.results == [(cut_off, "uncertain", "agent_restarted")]
    following = market.add_job(ticket(label="A013"))
    assert market.wait_until(lambda m: m.state_of(following) == "printed")
    returncode, took_s, errors = agent.end(signal.SIGTERM)
    assert returncode == 0
    assert took_s < 2.0
    assert "平鲁" not in errors
    process_ids = [paper.process_id for paper in slow_printer.papers]
    assert process_ids.count("j001") <= 1
    assert process_ids.count("j002") == 1


def test_agent_stopped_in_mid_ticket_stops_within_2_seconds_and_tells_later(
    market: Market, server: AgentServer, slow_printer: SimulatedPrinter, tmp_path: Path
) -> None:
    job_id = market.add_job(ticket())
    agent = AgentProcess(server, slow_printer, tmp_path)
    assert slow_printer.wait_until(lambda p: p.printed_rows > 100, 20)
    returncode, took_s, _ = agent.end(signal.SIGTERM)
    assert returncode == 0
    assert took_s < 2.0
    if not market.results:
        agent = AgentProcess(server, slow_printer, tmp_path)
        assert market.wait_until(lambda m: m.results)
        agent.end(signal.SIGTERM)
    assert len(market.results) == 1
    assert market.results[0][0] == job_id
    assert market.results[0][1] in ("printed", "uncertain")


def test_faulty_settings_are_all_named_and_nothing_starts() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "kiosk.agent.main"],
        env={"PATH": os.environ["PATH"], "MARKET_PRINTER": "usb", "MARKET_PRINTER_POLL_S": "soon"},
        capture_output=True,
    )
    assert run.returncode == 2
    errors = run.stderr.decode()
    for name in (
        "MARKET_SERVER_URL is not set",
        "MARKET_AGENT_TOKEN",
        "MARKET_PRINTER: must be tcp://",
        "MARKET_READER is not set",
        "MARKET_AGENT_STATE_DIR is not set",
        "MARKET_PRINTER_POLL_S must be a number",
    ):
        assert name in errors
