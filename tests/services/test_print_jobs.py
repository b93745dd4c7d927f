"""The print spool: claimed by one agent, reported once, reprinted only when a person asks."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.domain.errors import (
    PrintJobStateForbids,
    PrintJobTaken,
    PrintJobUnknown,
    ReprintsExhausted,
    TicketUnknown,
)
from server.domain.kinds import DeviceKind, PrinterState, PrintJobKind, PrintJobState, ReferralState
from server.domain.tickets import MAX_REPRINTS
from server.services.devices import Device, DeviceReport, printer_state_now, report_status
from server.services.devices import device_of as reread
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.papers import document_of
from server.services.print_jobs import (
    PrintResult,
    claim_print_job,
    jobs_needing_people,
    print_job_of,
    queued_jobs,
    report_print_job,
    reprint_ticket,
    settle_print_job,
)
from server.services.referrals import NewReferral, record_referral
from server.services.rooms import device_room
from server.services.signals import forget_old_signals, signals_after
from tests.people import Factory, new_key

PRINTED = PrintResult(PrintJobState.PRINTED, "")
UNCERTAIN = PrintResult(PrintJobState.UNCERTAIN, "paper_out")


@pytest.fixture
def kiosk(make: Factory) -> Device:
    return make.device(DeviceKind.KIOSK)[0]


@pytest.fixture
def agent(make: Factory, kiosk: Device) -> Device:
    return make.device(DeviceKind.AGENT, serves_device_id=kiosk.id)[0]


def test_a_check_ins_job_goes_to_the_agent_of_its_kiosk(
    market: OpenMarket, make: Factory, kiosk: Device, agent: Device
) -> None:
    other = make.device(DeviceKind.AGENT)[0]
    make.checked_in(actor=kiosk.actor)
    assert len(queued_jobs(market, agent.id)) == 1
    assert queued_jobs(market, other.id) == ()


def test_of_eight_rivals_one_gets_the_job(market: OpenMarket, make: Factory) -> None:
    agents = [make.device(DeviceKind.AGENT)[0] for _ in range(8)]
    make.checked_in()
    [job] = queued_jobs(market, agents[0].id)

    def claim(rival: Device) -> bool:
        try:
            claim_print_job(market, rival.actor, job.id)
        except PrintJobTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(claim, agents)).count(True) == 1


def test_an_agent_whose_answer_was_lost_may_claim_its_own_job_again(
    market: OpenMarket, make: Factory, agent: Device
) -> None:
    make.checked_in()
    [job] = queued_jobs(market, agent.id)
    first = claim_print_job(market, agent.actor, job.id)
    assert [j.id for j in queued_jobs(market, agent.id)] == [job.id]
    assert claim_print_job(market, agent.actor, job.id) == first


def test_the_kiosk_hears_what_became_of_the_paper(
    market: OpenMarket, make: Factory, kiosk: Device, agent: Device
) -> None:
    make.checked_in(actor=kiosk.actor)
    [job] = queued_jobs(market, agent.id)
    claim_print_job(market, agent.actor, job.id)
    report_print_job(market, agent.actor, job.id, PRINTED)
    [told] = signals_after(market, 0, [device_room(kiosk.id)])
    assert (told.kind, told.body["state"]) == ("print", "printed")
    assert events_after(market, 0)[-1].type == "print_job.printed"


def test_a_result_told_twice_is_written_once(
    market: OpenMarket, make: Factory, agent: Device
) -> None:
    make.checked_in()
    [job] = queued_jobs(market, agent.id)
    claim_print_job(market, agent.actor, job.id)
    report_print_job(market, agent.actor, job.id, PRINTED)
    rows = len(events_after(market, 0))
    report_print_job(market, agent.actor, job.id, PRINTED)
    assert len(events_after(market, 0)) == rows
    with pytest.raises(PrintJobStateForbids):
        report_print_job(market, agent.actor, job.id, UNCERTAIN)


def test_an_uncertain_ticket_waits_for_a_person_and_never_prints_by_itself(
    market: OpenMarket, make: Factory, agent: Device
) -> None:
    make.checked_in()
    [job] = queued_jobs(market, agent.id)
    claim_print_job(market, agent.actor, job.id)
    report_print_job(market, agent.actor, job.id, UNCERTAIN)
    assert queued_jobs(market, agent.id) == ()
    assert [j.id for j in jobs_needing_people(market)] == [job.id]
    settle_print_job(market, Actor("staff:x"), job.id, is_printed=True)
    assert print_job_of(market, job.id).state is PrintJobState.PRINTED
    assert jobs_needing_people(market) == ()


def test_a_job_given_back_is_printed_later(
    market: OpenMarket, make: Factory, agent: Device
) -> None:
    make.checked_in()
    [job] = queued_jobs(market, agent.id)
    claim_print_job(market, agent.actor, job.id)
    back = PrintResult(PrintJobState.QUEUED, "paper_out")
    report_print_job(market, agent.actor, job.id, back)
    assert [j.reason for j in queued_jobs(market, agent.id)] == ["paper_out"]


def test_a_reprint_is_marked_as_a_copy_and_a_waiting_copy_is_not_doubled(
    market: OpenMarket, make: Factory, agent: Device
) -> None:
    code = make.checked_in().ticket.code
    waiting = reprint_ticket(market, Actor("test"), code, new_key())
    assert waiting.copy_no == 1  # the first paper is still in the spool
    for copy_no in range(2, MAX_REPRINTS + 2):
        [job] = queued_jobs(market, agent.id)
        claim_print_job(market, agent.actor, job.id)
        report_print_job(market, agent.actor, job.id, PRINTED)
        assert reprint_ticket(market, Actor("test"), code, new_key()).copy_no == copy_no
    [job] = queued_jobs(market, agent.id)
    claim_print_job(market, agent.actor, job.id)
    report_print_job(market, agent.actor, job.id, PRINTED)
    with pytest.raises(ReprintsExhausted):
        reprint_ticket(market, Actor("test"), code, new_key())


def test_unknown_tickets_and_jobs_are_refused(market: OpenMarket, agent: Device) -> None:
    with pytest.raises(TicketUnknown):
        reprint_ticket(market, Actor("test"), "NOSUCHCODE", new_key())
    with pytest.raises(PrintJobUnknown):
        claim_print_job(market, agent.actor, "no-such-job")


def test_a_ticket_says_number_queue_and_work_but_nothing_of_the_person(
    market: OpenMarket, make: Factory, agent: Device
) -> None:
    make.published(trade_id="bricklayer", headcount=3)
    make.checked_in()
    person = make.person("张建国")
    answer = make.checked_in(person=person)
    job = queued_jobs(market, agent.id)[1]
    paper = document_of(market, job)
    assert (paper["label"], paper["ahead"], paper["market_name"]) == ("A002", 1, "朔城区零工市场")
    assert paper["posts"][0]["pay"] == "日薪320元"
    assert paper["posts"][0]["when"] == "今天 7:00–18:00"
    assert paper["posts"][0]["left"] == "3"
    assert paper["qr"] == f"HTTP://10.0.0.5:8000/T/{answer.ticket.code}"
    text = json.dumps(paper, ensure_ascii=False)
    assert not any(secret in text for secret in ("张", person.id_no, "138"))


def test_a_slip_says_everything_the_worker_must_be_able_to_prove(
    market: OpenMarket, make: Factory, agent: Device
) -> None:
    post = make.published(headcount=1)
    code = make.checked_in(person=make.person("张建国")).ticket.code
    new = NewReferral(code, post.id, 2, ReferralState.AGREED)
    record_referral(market, make.staff().actor, new, new_key())
    [job] = [j for j in queued_jobs(market, agent.id) if j.kind is PrintJobKind.SLIP]
    paper = document_of(market, job)
    assert paper["worker_name"] == "张建国"
    assert paper["employer_name"].startswith("宏远建筑")
    assert paper["pay_words"] == "每天320元（叁佰贰拾元整）"
    assert paper["settlement_words"] == "干完当天结清"
    assert (paper["work_day"], paper["desk_no"]) == ("11月24日(星期二)", 2)


def test_a_printer_that_has_not_reported_lately_is_unknown_not_ready(
    market: OpenMarket, make: Factory, agent: Device
) -> None:
    report_status(market, agent, DeviceReport(printer_state=PrinterState.READY))
    now = make.clock.now()
    assert printer_state_now(reread(market, agent.id), now) is PrinterState.READY
    make.later(seconds=31)
    assert printer_state_now(reread(market, agent.id), make.clock.now()) is PrinterState.UNKNOWN


def test_signals_are_forgotten_after_a_minute(
    market: OpenMarket, make: Factory, kiosk: Device, agent: Device
) -> None:
    report_status(market, agent, DeviceReport(printer_state=PrinterState.PAPER_OUT))
    assert len(signals_after(market, 0, [device_room(kiosk.id)])) == 1
    make.later(seconds=61)
    assert signals_after(market, 0) == ()
    forget_old_signals(market)
