"""Owns what the page of devices shows: terminals, papers that need people, simulated ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.domain.kinds import DeviceKind, PrinterState, PrintJobState, ReaderState, SoundState
from server.domain.phrases import DEVICE_KIND_NAMES, PRINT_JOB_KIND_NAMES
from server.services.cases import case_of
from server.services.devices import (
    STATUS_LIFE,
    Device,
    SimulatedCard,
    SimulatedPaper,
    devices,
    papers,
    printer_state_now,
    simulated_agents,
    simulated_cards,
)
from server.services.open_market import OpenMarket
from server.services.print_jobs import PrintJob, count_unfinished, jobs_needing_people
from server.services.slips import slip_of
from server.services.tickets import ticket_of_id


@dataclass(frozen=True)
class DeviceLine:
    """A terminal. printer, reader, sound, scanner: None where it has none.

    is_here: it reported just now.
    """

    device: Device
    kind_name: str
    serves: str
    is_here: bool
    printer: PrinterState | None
    reader: ReaderState | None
    sound: SoundState | None
    scanner: ReaderState | None


@dataclass(frozen=True)
class PaperLine:
    """A paper that did not surely come out. ticket_code: "" for other papers."""

    job: PrintJob
    kind_name: str
    label: str
    ticket_code: str

    @property
    def is_uncertain(self) -> bool:
        """Tell whether somebody has to look for the paper first."""
        return self.job.state is PrintJobState.UNCERTAIN


@dataclass(frozen=True)
class Simulator:
    """A simulated agent with the invented people whose cards it can read."""

    agent: Device
    serves: str
    cards: tuple[SimulatedCard, ...]


@dataclass(frozen=True)
class DevicesShown:
    """The terminals, oldest first; unfinished: papers that wait for a printer."""

    lines: tuple[DeviceLine, ...]
    papers: tuple[PaperLine, ...]
    unfinished: int


def devices_shown(market: OpenMarket) -> DevicesShown:
    """Return the terminals and the papers that need people."""
    now = market.database.now()
    known = devices(market)
    names = {device.id: device.name for device in known}
    lines = tuple(_line(d, names, now) for d in known if not d.is_revoked)
    waiting = tuple(_paper(market, job) for job in jobs_needing_people(market))
    return DevicesShown(lines, waiting, count_unfinished(market))


def _line(device: Device, names: dict[str, str], now: datetime) -> DeviceLine:
    is_here = device.seen_at is not None and now - device.seen_at < STATUS_LIFE
    is_agent = device.kind is DeviceKind.AGENT
    reader = ReaderState(device.reader_state) if device.reader_state and is_here else None
    return DeviceLine(
        device,
        DEVICE_KIND_NAMES[device.kind],
        names.get(device.serves_device_id or "", ""),
        is_here,
        printer_state_now(device, now) if is_agent else None,
        (reader or ReaderState.UNKNOWN) if is_agent else None,
        device.sound_state if is_here else None,
        ReaderState(device.scanner_state) if device.scanner_state and is_here else None,
    )


def _paper(market: OpenMarket, job: PrintJob) -> PaperLine:
    if job.ticket_id is not None:
        ticket = ticket_of_id(market, job.ticket_id)
        return PaperLine(job, PRINT_JOB_KIND_NAMES[job.kind], ticket.label, ticket.code)
    if job.case_id is not None:
        return PaperLine(job, PRINT_JOB_KIND_NAMES[job.kind], case_of(market, job.case_id).no, "")
    # A list of posts is nobody's: whoever still wants one asks for another.
    label = "" if job.placement_id is None else slip_of(market, job.placement_id).ticket_label
    return PaperLine(job, PRINT_JOB_KIND_NAMES[job.kind], label, "")


def simulators(market: OpenMarket) -> tuple[Simulator, ...]:
    """Return the simulated agents; none in a real market."""
    names = {device.id: device.name for device in devices(market)}
    return tuple(
        Simulator(
            agent, names.get(agent.serves_device_id or "", ""), simulated_cards(market, agent)
        )
        for agent in simulated_agents(market)
    )


@dataclass(frozen=True)
class Gallery:
    """Pictures of simulated paper, latest first."""

    pictures: tuple[SimulatedPaper, ...]


def gallery(market: OpenMarket) -> Gallery:
    """Return the pictures of what simulated printers put out."""
    return Gallery(papers(market))
