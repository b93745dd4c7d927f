"""Owns employers: units with a credit code and households with a person's number."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Row, insert, or_, select

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
    """An employer as the desk sees it. public_name is what the board may show."""

    id: str
    kind: EmployerKind
    name: str = field(repr=False)
    public_name: str
    credit_code: str | None
    contact_name: str = field(repr=False)
    phone: str = field(repr=False)
    address: str
    is_blacklisted: bool


def register_employer(market: OpenMarket, staff: Actor, new: NewEmployer, key: str) -> Employer:
    """Register an employer.

    Raises TextMissing, TextTooLong, NameInvalid, CreditCodeInvalid, CitizenNumberInvalid,
    PhoneInvalid, EmployerExists. Records employer.registered.
    """
    values = _checked(market, new)
    content = {**asdict(new), "identity": market.seal.index(new.identity, "request")}
    asked = Asked(key, "register_employer", content)
    with market.database.write(staff) as tx:
        employer_id = tx.once(asked, str, lambda: _insert(tx, new.kind, values))
        return _by_id(market.seal, tx.connection, employer_id)


def _insert(tx: Transaction, kind: EmployerKind, values: dict[str, Any]) -> str:
    same = (
        employer.c.credit_code == values["credit_code"]
        if kind is EmployerKind.UNIT
        else employer.c.id_no_hash == values["id_no_hash"]
    )
    if tx.connection.scalar(select(employer.c.id).where(same)) is not None:
        raise EmployerExists
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
    """Return one employer. Raises EmployerUnknown."""
    with market.database.read() as connection:
        return _by_id(market.seal, connection, employer_id)


def _by_id(seal: FieldSeal, connection: Any, employer_id: str) -> Employer:
    row = connection.execute(select(employer).where(employer.c.id == employer_id)).first()
    if row is None:
        raise EmployerUnknown
    return _employer(seal, row)


def _employer(seal: FieldSeal, row: Row[Any]) -> Employer:
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
    )


def employers(market: OpenMarket, search: str = "", limit: int = 50) -> tuple[Employer, ...]:
    """Return employers whose name holds `search` or whose credit code begins with it.

    Latest first, at most `limit`.
    """
    statement = select(employer).order_by(employer.c.id.desc()).limit(limit)
    if wanted := search.strip():
        statement = statement.where(
            or_(
                employer.c.public_name.contains(wanted, autoescape=True),
                employer.c.credit_code.startswith(wanted.upper(), autoescape=True),
            )
        )
    with market.database.read() as connection:
        return tuple(_employer(market.seal, row) for row in connection.execute(statement))
