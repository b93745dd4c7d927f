"""Owns the one-time notices (一次性告知) of services: changed by a manager, printed at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from server.db.tables import service_notice, staff, ticket
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    PermissionMissing,
    PrintJobUnknown,
    TicketNotYours,
    TicketStateForbids,
    TicketUnknown,
)
from server.domain.kinds import PrintJobKind, ServiceKind, StaffRole
from server.domain.notices import FIRST_NOTICES, clean_notice
from server.services.case_desk import AT_DESK
from server.services.open_market import OpenMarket
from server.services.print_jobs import PrintTarget, queue_print_job


@dataclass(frozen=True)
class ServiceNotice:
    """What to bring for a service, one thing a line. changed_at: None for the first text."""

    service: ServiceKind
    text: str
    changed_at: datetime | None

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the things to bring, in their order."""
        return tuple(self.text.split("\n"))


def notices(market: OpenMarket) -> tuple[ServiceNotice, ...]:
    """Return the notices in force, in the order of the services."""
    with market.database.read() as connection:
        return tuple(_in_force(connection, service) for service in ServiceKind)


def _in_force(connection: Connection, service: ServiceKind) -> ServiceNotice:
    row = _newest(connection, service)
    if row is None:
        return ServiceNotice(service, FIRST_NOTICES[service], None)
    return _notice(row)


def _newest(connection: Connection, service: ServiceKind) -> Row[Any] | None:
    statement = (
        select(service_notice)
        .where(service_notice.c.service == service.value)
        .order_by(service_notice.c.id.desc())
        .limit(1)
    )
    return connection.execute(statement).first()


def _notice(row: Row[Any]) -> ServiceNotice:
    changed_at = None if row.staff_id is None else row.created_at
    return ServiceNotice(ServiceKind(row.service), row.text, changed_at)


def notice_of(market: OpenMarket, notice_id: str) -> ServiceNotice:
    """Return the notice of a print job. Raises PrintJobUnknown."""
    with market.database.read() as connection:
        known = select(service_notice).where(service_notice.c.id == notice_id)
        row = connection.execute(known).first()
    if row is None:
        raise PrintJobUnknown
    return _notice(row)


def change_notice(
    market: OpenMarket, manager: Actor, service: ServiceKind, text: str, key: str
) -> ServiceNotice:
    """Put another text in force for a service; papers that wait keep the one they were asked with.

    Raises TextMissing, TextTooLong, PermissionMissing for anybody but a manager.
    Records service_notice.changed.
    """
    clean = clean_notice(text)
    with market.database.write(manager) as tx:
        asked = Asked(key, "change_notice", {"service": service, "text": clean})
        return tx.once(asked, ServiceNotice, lambda: _change(tx, service, clean))


def _change(tx: Transaction, service: ServiceKind, text: str) -> ServiceNotice:
    member = tx.connection.execute(
        select(staff).where(staff.c.id == (tx.actor.staff_id or ""), staff.c.is_active)
    ).first()
    if member is None or member.role != StaffRole.MANAGER:
        raise PermissionMissing
    _insert(tx, service, text, member.id)
    return ServiceNotice(service, text, tx.now)


def _insert(tx: Transaction, service: ServiceKind, text: str, staff_id: str | None) -> str:
    values = {
        "id": tx.new_id(),
        "service": service.value,
        "text": text,
        "staff_id": staff_id,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(service_notice), values)
    subject = f"service_notice/{values['id']}"
    tx.record(Event("service_notice.changed", subject, 1, values))
    return str(values["id"])


def print_notice(market: OpenMarket, clerk: Actor, code: str, desk_no: int, key: str) -> str:
    """Queue the notice of the service of the ticket at a desk and return the print job's id.

    Raises TicketUnknown, TicketStateForbids, TicketNotYours. Records service_notice.changed
    where the text that the market came with is used for the first time.
    """
    with market.database.write(clerk) as tx:
        asked = Asked(key, "print_notice", {"code": code, "desk_no": desk_no})
        return tx.once(asked, str, lambda: _print(tx, code, desk_no))


def _print(tx: Transaction, code: str, desk_no: int) -> str:
    row = tx.connection.execute(select(ticket).where(ticket.c.code == code)).first()
    if row is None:
        raise TicketUnknown
    if row.state not in AT_DESK:
        raise TicketStateForbids(state=row.state)
    if row.desk_no != desk_no:
        raise TicketNotYours(desk_no=row.desk_no)
    service = ServiceKind(row.service)
    newest = _newest(tx.connection, service)
    notice_id = _insert(tx, service, FIRST_NOTICES[service], None) if newest is None else newest.id
    return queue_print_job(tx, PrintTarget(PrintJobKind.NOTICE, notice_id, None), 1)
