"""Owns employers: units with a credit code and households with a person's number."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, or_, select

from server.db.seal import FieldSeal
from server.db.tables import employer
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.citizen_number import parse_citizen_number
from server.domain.clock import market_day
from server.domain.credit_code import clean_credit_code
from server.domain.errors import EmployerExists, EmployerUnknown, TextMissing, TextTooLong
from server.domain.kinds import EmployerKind
from server.domain.names import call_name, clean_name
from server.domain.phone import clean_contact_phone
from server.services.employer_facts import is_merged, is_sanctioned, kept_employer
from server.services.employer_index import index_employer
from server.services.open_market import OpenMarket

MAX_NAME = 60
MAX_ADDRESS = 120


@dataclass(frozen=True)
class NewEmployer:
    """An employer at the desk.

    name: the unit's, or the person's of a household. identity: the 统一社会信用代码 of a unit
    (GB 32100-2015), the citizen number of a household's person (GB 11643-1999).
    """

    kind: EmployerKind
    name: str = field(repr=False)
    identity: str = field(repr=False)
    contact_name: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = ""


@dataclass(frozen=True)
class Employer:
    """An employer as the desk sees it.

    public_name: what the board may show. is_sanctioned: a sanction is in force today.
    """

    id: str
    kind: EmployerKind
    name: str = field(repr=False)
    public_name: str
    credit_code: str | None
    contact_name: str = field(repr=False)
    phone: str = field(repr=False)
    address: str
    is_blacklisted: bool
    is_sanctioned: bool


def register_employer(market: OpenMarket, staff: Actor, new: NewEmployer, key: str) -> Employer:
    """Register an employer.

    Raises TextMissing, TextTooLong, NameInvalid, CreditCodeInvalid, CitizenNumberInvalid,
    PhoneInvalid, EmployerExists with the fact employer_id. Records employer.registered.
    """
    values = _checked(market, new)
    content = {**asdict(new), "identity": market.seal.index(new.identity, "request")}
    asked = Asked(key, "register_employer", content)
    with market.database.write(staff) as tx:
        employer_id = tx.once(asked, str, lambda: _register(tx, market.seal, new, values))
        return employer_in(market.seal, tx.connection, employer_id, tx.market_day)


def _register(tx: Transaction, seal: FieldSeal, new: NewEmployer, values: dict[str, Any]) -> str:
    employer_id = _insert(tx, new.kind, values)
    row = tx.connection.execute(select(employer).where(employer.c.id == employer_id)).one()
    index_employer(tx, seal, row)
    return employer_id


def _insert(tx: Transaction, kind: EmployerKind, values: dict[str, Any]) -> str:
    same = (
        employer.c.credit_code == values["credit_code"]
        if kind is EmployerKind.UNIT
        else employer.c.id_no_hash == values["id_no_hash"]
    )
    there = tx.connection.scalar(select(employer.c.id).where(same))
    if there is not None:
        raise EmployerExists(employer_id=kept_employer(tx.connection, there))
    employer_id = tx.new_id()
    row = {
        **values,
        "id": employer_id,
        "is_blacklisted": False,
        "entity_version": 1,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(employer), row)
    tx.record(Event("employer.registered", f"employer/{employer_id}", 1, row))
    return employer_id


def _checked(market: OpenMarket, new: NewEmployer) -> dict[str, Any]:
    name = _text(new.name, "name", MAX_NAME)
    address = new.address.strip()
    if len(address) > MAX_ADDRESS:
        raise TextTooLong(field="address", limit=MAX_ADDRESS)
    seal = market.seal
    phone = clean_contact_phone(new.phone)
    contact = _text(new.contact_name or new.name, "contact_name", MAX_NAME)
    values: dict[str, Any] = {
        "kind": new.kind.value,
        "contact_sealed": seal.seal(contact, "employer.contact"),
        "phone_sealed": seal.seal(phone, "employer.phone"),
        "phone_hash": seal.index(phone, "employer.phone"),
        "address": address,
        "credit_code": None,
        "id_no_sealed": None,
        "id_no_hash": None,
        "public_name": name,
    }
    if new.kind is EmployerKind.UNIT:
        values["credit_code"] = clean_credit_code(new.identity)
    else:
        name = clean_name(name)
        number = parse_citizen_number(new.identity, market_day(market.database.now())).number
        values["id_no_sealed"] = seal.seal(number, "employer.id_no")
        values["id_no_hash"] = seal.index(number, "employer.id_no")
        values["public_name"] = household_name(name)
    values["name_sealed"] = seal.seal(name, "employer.name")
    return values


def household_name(name: str) -> str:
    """Return what a board may say of a household: the surname only."""
    return f"{call_name(name).removesuffix('师傅')}姓家庭"


def _text(text: str, name: str, limit: int) -> str:
    cleaned = " ".join(text.split())
    if not cleaned:
        raise TextMissing(field=name)
    if len(cleaned) > limit:
        raise TextTooLong(field=name, limit=limit)
    return cleaned


def employer_of(market: OpenMarket, employer_id: str) -> Employer:
    """Return one employer, or the one that it is part of by now. Raises EmployerUnknown."""
    today = market_day(market.database.now())
    with market.database.read() as connection:
        return employer_in(market.seal, connection, employer_id, today)


def employer_in(seal: FieldSeal, connection: Connection, employer_id: str, today: date) -> Employer:
    """Return what `employer_of` does, inside another service's transaction."""
    kept_id = kept_employer(connection, employer_id)
    row = connection.execute(rows_of_employers(today).where(employer.c.id == kept_id)).first()
    if row is None:
        raise EmployerUnknown
    return employer_of_row(seal, row)


def rows_of_employers(today: date) -> Select[Any]:
    """Return the select of employers that `employer_of_row` reads."""
    return select(employer, is_sanctioned(employer.c.id, today))


def employer_of_row(seal: FieldSeal, row: Row[Any]) -> Employer:
    """Return the employer of a row of `rows_of_employers`."""
    return Employer(
        row.id,
        EmployerKind(row.kind),
        seal.open(row.name_sealed, "employer.name"),
        row.public_name,
        row.credit_code,
        seal.open(row.contact_sealed, "employer.contact"),
        seal.open(row.phone_sealed, "employer.phone"),
        row.address,
        row.is_blacklisted,
        row.is_sanctioned,
    )


def employers(market: OpenMarket, search: str = "", limit: int = 50) -> tuple[Employer, ...]:
    """Return employers whose name holds `search` or whose credit code begins with it.

    Latest first, at most `limit`; those that are part of another one are left out.
    """
    statement = rows_of_employers(market_day(market.database.now()))
    statement = statement.where(~is_merged(employer.c.id))
    if wanted := search.strip():
        statement = statement.where(
            or_(
                employer.c.public_name.contains(wanted, autoescape=True),
                employer.c.credit_code.startswith(wanted.upper(), autoescape=True),
            )
        )
    statement = statement.order_by(employer.c.id.desc()).limit(limit)
    with market.database.read() as connection:
        return tuple(employer_of_row(market.seal, row) for row in connection.execute(statement))
