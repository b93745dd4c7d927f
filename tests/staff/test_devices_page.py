"""The page of devices: states, papers that need people, and the simulated devices of a demo."""

from __future__ import annotations

import pytest

from server.domain.kinds import DeviceKind, PrinterState, PrintJobState
from server.services.devices import (
    Device,
    DeviceReport,
    SimulatedCard,
    keep_paper,
    report_status,
)
from server.services.open_market import OpenMarket
from server.services.print_jobs import (
    PrintResult,
    claim_print_job,
    print_job_of,
    queued_jobs,
    report_print_job,
)
from server.services.rooms import device_room
from server.services.signals import signals_after
from tests.people import Factory
from tests.staff.conftest import Clerk, seen

DECIDED = {"printed": PrintJobState.PRINTED, "not_printed": PrintJobState.FAILED}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16


@pytest.fixture
def agent(make: Factory) -> Device:
    """A simulated agent that serves a kiosk."""
    kiosk, _ = make.device(DeviceKind.KIOSK)
    made, _ = make.device(DeviceKind.AGENT, serves_device_id=kiosk.id, is_simulated=True)
    return made


def paper_that_ended(market: OpenMarket, agent: Device, state: PrintJobState) -> str:
    """The id of a job that the agent reported so."""
    job = queued_jobs(market, agent.id)[0]
    claim_print_job(market, agent.actor, job.id)
    report_print_job(market, agent.actor, job.id, PrintResult(state, "paper_out"))
    return job.id


def test_a_printer_without_paper_is_said_in_words(
    clerk: Clerk, market: OpenMarket, agent: Device
) -> None:
    report_status(
        market, agent, DeviceReport(PrinterState.PAPER_OUT, "ready", scanner_state="offline")
    )
    page = seen(clerk.get("/staff/devices"))
    assert "打印机 没纸了" in page
    assert "读卡器 正常" in page
    assert "扫码器 没连上" in page


def test_a_device_that_fell_silent_is_not_said_to_be_well(
    clerk: Clerk, market: OpenMarket, agent: Device, make: Factory
) -> None:
    report_status(market, agent, DeviceReport(PrinterState.READY, "ready"))
    make.later(minutes=5)
    page = seen(clerk.get("/staff/devices"))
    assert "没有消息 5分钟前" in page
    assert "打印机 还不清楚" in page


@pytest.mark.parametrize("decision", ["printed", "not_printed"])
def test_a_person_decides_a_paper_that_nobody_is_sure_of(
    clerk: Clerk,
    market: OpenMarket,
    agent: Device,
    make: Factory,
    decision: str,
) -> None:
    make.checked_in()
    job_id = paper_that_ended(market, agent, PrintJobState.UNCERTAIN)
    assert "号票 A001" in seen(clerk.get("/staff/devices"))
    sent = clerk.send(f"/staff/print-jobs/{job_id}/decision", decision=decision)
    assert sent.status_code == 303
    assert print_job_of(market, job_id).state is DECIDED[decision]


@pytest.mark.parametrize("decision", ["", "perhaps"])
def test_a_decision_nobody_can_mean_decides_nothing(
    clerk: Clerk, market: OpenMarket, agent: Device, make: Factory, decision: str
) -> None:
    make.checked_in()
    job_id = paper_that_ended(market, agent, PrintJobState.UNCERTAIN)
    sent = clerk.send(f"/staff/print-jobs/{job_id}/decision", decision=decision)
    assert sent.status_code == 400
    assert print_job_of(market, job_id).state is PrintJobState.UNCERTAIN


def test_a_paper_decided_by_a_colleague_is_said_at_its_button(
    clerk: Clerk, market: OpenMarket, agent: Device, make: Factory
) -> None:
    make.checked_in()
    job_id = paper_that_ended(market, agent, PrintJobState.UNCERTAIN)
    path = f"/staff/print-jobs/{job_id}/decision"
    clerk.send(path, decision="printed")
    answer = clerk.send(path, decision="not_printed", at=f"paper:{job_id}")
    assert answer.status_code == 409
    assert "已打印" in seen(answer)


def test_a_failed_ticket_is_printed_again_and_leaves_the_list(
    clerk: Clerk, market: OpenMarket, agent: Device, make: Factory
) -> None:
    code = make.checked_in().ticket.code
    paper_that_ended(market, agent, PrintJobState.FAILED)
    assert "补打" in seen(clerk.get("/staff/devices"))
    assert clerk.send(f"/staff/tickets/{code}/reprints").status_code == 303
    assert "要人处理的纸" not in clerk.read("/staff/devices")
    assert queued_jobs(market, agent.id)[0].copy_no == 2


@pytest.mark.parametrize("path", ["tickets/NOSUCH/reprints", "placements/nothing/reprints"])
def test_a_paper_that_never_was_cannot_be_printed_again(clerk: Clerk, path: str) -> None:
    assert clerk.send(f"/staff/{path}").status_code == 404


def test_simulated_paper_is_a_picture_in_the_gallery(
    clerk: Clerk, market: OpenMarket, agent: Device
) -> None:
    paper_id = keep_paper(market, agent, PNG, None)
    assert f"/staff/papers/{paper_id}.png" in clerk.read("/staff/papers")
    picture = clerk.get(f"/staff/papers/{paper_id}.png")
    assert (picture.mimetype, picture.data) == ("image/png", PNG)


@pytest.mark.parametrize("paper_id", ["4711", "9" * 30, "-1", "one"])
def test_a_picture_that_is_not_kept_is_not_found(clerk: Clerk, paper_id: str) -> None:
    assert clerk.get(f"/staff/papers/{paper_id}.png").status_code == 404


def test_a_card_is_laid_and_a_printer_runs_out_by_a_button(
    clerk: Clerk, market: OpenMarket, agent: Device
) -> None:
    report = DeviceReport(simulated_cards=(SimulatedCard("zhang", "张建国 61岁"),))
    report_status(market, agent, report)
    assert "张建国 61岁" in clerk.read("/staff/devices")
    clerk.send("/staff/simulator", command="lay_card", wanted="zhang")
    clerk.send("/staff/simulator", command="printer", wanted="paper_out")
    told = [s.body for s in signals_after(market, 0) if s.room == device_room(agent.id)]
    assert told == [
        {"command": "lay_card", "card": "zhang"},
        {"command": "printer", "state": "paper_out"},
    ]


@pytest.mark.parametrize("wanted", ["on_fire", "", "x" * 500])
def test_a_printer_state_nobody_knows_is_refused_in_a_sentence(
    clerk: Clerk, agent: Device, wanted: str
) -> None:
    answer = clerk.send("/staff/simulator", command="printer", wanted=wanted, at="simulator")
    assert answer.status_code == 422
    assert "不认识这个指令" in seen(answer)


def test_a_real_market_shows_no_simulator(clerk: Clerk) -> None:
    assert "演示" not in clerk.read("/staff/devices")
    answer = clerk.send("/staff/simulator", command="printer", wanted="ready")
    assert answer.status_code == 409
