"""Owns devices: paired terminals, their tokens and what they last said of themselves."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from server.db.tables import device, device_status, simulated_paper
from server.db.unit_of_work import Event, canonical_json
from server.domain.errors import DeviceRevoked, DeviceTokenInvalid, DeviceUnknown
from server.domain.kinds import DeviceKind, PrinterState, SoundState
from server.services.open_market import Actor, OpenMarket
from server.services.rooms import DESKS, device_room

TOKEN_BYTES = 32
# A device reports every 10 s; a state older than three reports is not known any more.
STATUS_LIFE = timedelta(seconds=30)
PAPERS_KEPT = 40


@dataclass(frozen=True)
class NewDevice:
    """A device to be paired.

    serves_device_id: the kiosk whose printer and reader an agent owns.
    panel_inches: diagonal of the panel. reader_metres: distance of the farthest reader.
    """

    kind: DeviceKind
    name: str
    serves_device_id: str | None = None
    panel_inches: float = 21.5
    reader_metres: int = 8
    is_simulated: bool = False


@dataclass(frozen=True)
class Device:
    """A paired device and its last report; states are None when it never reported."""

    id: str
    kind: DeviceKind
    name: str
    serves_device_id: str | None
    panel_inches: float
    reader_metres: int
    is_simulated: bool
    is_revoked: bool
    seen_at: datetime | None
    printer_state: PrinterState | None
    reader_state: str | None
    shown_revision: int | None
    sound_state: SoundState | None = None
    scanner_state: str | None = None

    @property
    def actor(self) -> Actor:
        """Return who this device is in the event log."""
        return Actor(f"device:{self.id}", self.id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def add_device(market: OpenMarket, actor: Actor, new: NewDevice) -> tuple[Device, str]:
    """Pair a device and return it with its token, which is shown this once and kept as a hash.

    Raises DeviceUnknown if the kiosk it serves is unknown. Records device.paired.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with market.database.write(actor) as tx:
        if new.serves_device_id is not None:
            kiosk = tx.connection.scalar(
                select(device.c.id).where(
                    device.c.id == new.serves_device_id, device.c.kind == DeviceKind.KIOSK.value
                )
            )
            if kiosk is None:
                raise DeviceUnknown
        values = {
            "id": tx.new_id(),
            "kind": new.kind.value,
            "name": new.name,
            "serves_device_id": new.serves_device_id,
            "panel_tenths": round(10 * new.panel_inches),
            "reader_metres": new.reader_metres,
            "is_simulated": new.is_simulated,
            "created_at": tx.now,
        }
        tx.connection.execute(insert(device), {**values, "token_hash": _hash(token)})
        tx.record(Event("device.paired", f"device/{values['id']}", 1, values))
    return device_of(market, str(values["id"])), token


def renew_token(market: OpenMarket, actor: Actor, device_id: str) -> str:
    """Give a device a new token; the old one is worthless. Records device.token_renewed."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with market.database.write(actor) as tx:
        changed = tx.connection.execute(
            update(device).where(device.c.id == device_id), {"token_hash": _hash(token)}
        )
        if changed.rowcount == 0:
            raise DeviceUnknown
        tx.record(Event("device.token_renewed", f"device/{device_id}", 1, {"id": device_id}))
    return token


def revoke_device(market: OpenMarket, actor: Actor, device_id: str) -> None:
    """Shut a device out at once. Raises DeviceUnknown. Records device.revoked."""
    with market.database.write(actor) as tx:
        changed = tx.connection.execute(
            update(device).where(device.c.id == device_id), {"revoked_at": tx.now}
        )
        if changed.rowcount == 0:
            raise DeviceUnknown
        tx.record(Event("device.revoked", f"device/{device_id}", 1, {"id": device_id}))


_DEVICES = select(
    device,
    device_status.c.seen_at,
    device_status.c.printer_state,
    device_status.c.reader_state,
    device_status.c.shown_revision,
    device_status.c.sound_state,
    device_status.c.scanner_state,
).join_from(device, device_status, device.c.id == device_status.c.device_id, isouter=True)


def _device(row: Row[Any]) -> Device:
    return Device(
        row.id,
        DeviceKind(row.kind),
        row.name,
        row.serves_device_id,
        row.panel_tenths / 10,
        row.reader_metres,
        row.is_simulated,
        row.revoked_at is not None,
        row.seen_at,
        None if row.printer_state is None else PrinterState(row.printer_state),
        row.reader_state,
        row.shown_revision,
        None if row.sound_state is None else SoundState(row.sound_state),
        row.scanner_state,
    )


def device_of(market: OpenMarket, device_id: str) -> Device:
    """Return one device. Raises DeviceUnknown."""
    with market.database.read() as connection:
        row = connection.execute(_DEVICES.where(device.c.id == device_id)).first()
    if row is None:
        raise DeviceUnknown
    return _device(row)


def devices(market: OpenMarket) -> tuple[Device, ...]:
    """Return all devices, the oldest first."""
    with market.database.read() as connection:
        rows = connection.execute(_DEVICES.order_by(device.c.created_at, device.c.id))
        return tuple(_device(row) for row in rows)


def device_of_token(market: OpenMarket, token: str) -> Device:
    """Return the device that holds a token. Raises DeviceTokenInvalid, DeviceRevoked."""
    with market.database.read() as connection:
        row = connection.execute(_DEVICES.where(device.c.token_hash == _hash(token))).first()
    if row is None:
        raise DeviceTokenInvalid
    if row.revoked_at is not None:
        raise DeviceRevoked
    return _device(row)


def agent_of_kiosk(market: OpenMarket, kiosk_id: str) -> Device | None:
    """Return the agent that owns a kiosk's printer and reader, or None."""
    statement = _DEVICES.where(
        device.c.serves_device_id == kiosk_id, device.c.revoked_at.is_(None)
    ).limit(1)
    with market.database.read() as connection:
        row = connection.execute(statement).first()
    return None if row is None else _device(row)


def simulated_agents(market: OpenMarket) -> tuple[Device, ...]:
    """Return the agents whose printer and reader are simulated."""
    return tuple(
        d
        for d in devices(market)
        if d.kind is DeviceKind.AGENT and d.is_simulated and not d.is_revoked
    )


@dataclass(frozen=True)
class SimulatedCard:
    """An invented person whose card a simulated reader can read."""

    id: str
    name: str


@dataclass(frozen=True)
class DeviceReport:
    """What a device says of itself; None leaves the last word as it is."""

    printer_state: PrinterState | None = None
    reader_state: str | None = None
    shown_revision: int | None = None
    build: str | None = None
    simulated_cards: tuple[SimulatedCard, ...] | None = None
    sound_state: SoundState | None = None
    scanner_state: str | None = None


def report_status(market: OpenMarket, reporter: Device, report: DeviceReport) -> None:
    """Keep a device's report and tell the kiosk when its printer changed. No event: no fact."""
    values: dict[str, Any] = {
        name: value
        for name, value in (
            ("printer_state", report.printer_state and report.printer_state.value),
            ("reader_state", report.reader_state),
            ("scanner_state", report.scanner_state),
            ("sound_state", report.sound_state and report.sound_state.value),
            ("shown_revision", report.shown_revision),
            ("build", report.build),
            ("simulated_cards", _cards_text(report.simulated_cards)),
        )
        if value is not None
    }
    with market.database.write(reporter.actor) as tx:
        values["seen_at"] = tx.now
        known = tx.connection.execute(
            select(device_status).where(device_status.c.device_id == reporter.id)
        ).first()
        if known is None:
            tx.connection.execute(insert(device_status), {"device_id": reporter.id, **values})
        else:
            tx.connection.execute(
                update(device_status).where(device_status.c.device_id == reporter.id), values
            )
        state = values.get("printer_state")
        if state is not None and (known is None or known.printer_state != state):
            told = {"device_id": reporter.id, "state": state}
            tx.send_signal(DESKS, "printer", told)
            if reporter.serves_device_id is not None:
                tx.send_signal(device_room(reporter.serves_device_id), "printer", told)


def _cards_text(cards: tuple[SimulatedCard, ...] | None) -> str | None:
    return None if cards is None else canonical_json([asdict(card) for card in cards])


def simulated_cards(market: OpenMarket, agent: Device) -> tuple[SimulatedCard, ...]:
    """Return the cards that an agent's simulated reader said it can read."""
    with market.database.read() as connection:
        text = connection.scalar(
            select(device_status.c.simulated_cards).where(device_status.c.device_id == agent.id)
        )
    return tuple(SimulatedCard(**card) for card in json.loads(text or "[]"))


def printer_state_now(reporter: Device | None, now: datetime) -> PrinterState:
    """Return the printer's state, UNKNOWN when no fresh report tells it."""
    if reporter is None or reporter.seen_at is None or reporter.printer_state is None:
        return PrinterState.UNKNOWN
    is_fresh = now - reporter.seen_at < STATUS_LIFE
    return reporter.printer_state if is_fresh else PrinterState.UNKNOWN


@dataclass(frozen=True)
class SimulatedPaper:
    """A picture of what a simulated printer put out."""

    id: int
    print_job_id: str | None
    created_at: datetime


def keep_paper(market: OpenMarket, agent: Device, png: bytes, print_job_id: str | None) -> int:
    """Keep a picture of simulated paper, the latest PAPERS_KEPT of them. No event: no fact."""
    with market.database.write(agent.actor) as tx:
        paper_id = tx.connection.execute(
            insert(simulated_paper).returning(simulated_paper.c.id),
            {
                "device_id": agent.id,
                "print_job_id": print_job_id or None,
                "png": png,
                "created_at": tx.now,
            },
        ).scalar_one()
        tx.connection.execute(
            delete(simulated_paper).where(simulated_paper.c.id <= paper_id - PAPERS_KEPT)
        )
        tx.send_signal(DESKS, "paper", {"paper_id": paper_id})
    return int(paper_id)


def papers(market: OpenMarket) -> tuple[SimulatedPaper, ...]:
    """Return the kept pictures, latest first, without their content."""
    with market.database.read() as connection:
        rows = connection.execute(
            select(
                simulated_paper.c.id, simulated_paper.c.print_job_id, simulated_paper.c.created_at
            ).order_by(simulated_paper.c.id.desc())
        )
        return tuple(SimulatedPaper(r.id, r.print_job_id, r.created_at) for r in rows)


def paper_png(market: OpenMarket, paper_id: int) -> bytes | None:
    """Return one picture, or None when it is no longer kept."""
    with market.database.read() as connection:
        png: bytes | None = connection.scalar(
            select(simulated_paper.c.png).where(simulated_paper.c.id == paper_id)
        )
        return png
