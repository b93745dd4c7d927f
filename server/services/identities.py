"""Owns the short way from a card, a number or a phone to a worker, without showing the number.

An identity token is the person, sealed, with a time to live: it needs no memory in the server,
survives a restart in the middle of a check-in, and tells a browser nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from server.db.seal import FieldSeal, SealError
from server.db.tables import ticket, visit, worker
from server.db.unit_of_work import canonical_json
from server.domain.citizen_number import mask_citizen_number
from server.domain.clock import market_day
from server.domain.errors import IdentityTokenExpired, PhoneUnknown, ScanUnknown
from server.domain.kinds import CardKind, IdentityWay, NeedKind, TicketState
from server.domain.phone import clean_phone
from server.domain.tickets import scanned_ticket_code
from server.services.open_market import Actor, OpenMarket
from server.services.rooms import device_room
from server.services.tickets import HELD_BY
from server.services.workers import (
    CardFields,
    Person,
    find_by_number,
    find_by_phone,
    masked_name_of,
    person_of_card,
    person_of_number,
    person_of_row,
    questions_for,
    trades_of,
)

TOKEN_LIFE = timedelta(minutes=5)
_FIELD = "identity.token"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be standing at the kiosk, as far as a kiosk may know.

    ticket_codes: the person's tickets of today but those given back, the oldest first.
    """

    identity_token: str
    way: IdentityWay
    masked_name: str | None
    masked_id: str
    is_known: bool
    needs: tuple[NeedKind, ...]
    trades: tuple[str, ...]
    is_card_expired: bool
    ticket_codes: tuple[str, ...]


@dataclass(frozen=True)
class Identity:
    """Who stands at the kiosk, and how they said so."""

    person: Person
    way: IdentityWay


def seal_identity(seal: FieldSeal, identity: Identity, now: datetime) -> str:
    """Return a token that stands for a person, and how they came, until TOKEN_LIFE has passed."""
    content = {
        **asdict(identity.person),
        "way": identity.way.value,
        "expires_at": now + TOKEN_LIFE,
    }
    return seal.seal(canonical_json(content), _FIELD)


def open_person(seal: FieldSeal, token: str, now: datetime) -> Person:
    """Return the person a token stands for. Raises IdentityTokenExpired."""
    return open_identity(seal, token, now).person


def open_identity(seal: FieldSeal, token: str, now: datetime) -> Identity:
    """Return the person a token stands for, and the way they came. Raises IdentityTokenExpired."""
    try:
        content: dict[str, Any] = json.loads(seal.open(token, _FIELD))
    except (SealError, ValueError) as error:
        raise IdentityTokenExpired from error
    if datetime.fromisoformat(content.pop("expires_at")) < now:
        raise IdentityTokenExpired
    # A token of a server before this one says no way: it proves no card.
    way = IdentityWay(content.pop("way", IdentityWay.ID_NO))
    until = content["valid_until_day"]
    person = Person(
        **{
            **content,
            "id_kind": CardKind(content["id_kind"]),
            "birth_day": date.fromisoformat(content["birth_day"]),
            "valid_until_day": date.fromisoformat(until) if until else None,
        }
    )
    return Identity(person, way)


def identify_token(market: OpenMarket, token: str) -> Candidate:
    """Return the candidate behind a card token. Raises IdentityTokenExpired, Under16."""
    now = market.database.now()
    identity = open_identity(market.seal, token, now)
    with market.database.read() as connection:
        row = find_by_number(connection, market.seal, identity.person.id_no)
        return _candidate(market, connection, identity, row)


def identify_number(market: OpenMarket, id_no: str) -> Candidate:
    """Return the candidate with a typed citizen number. Raises CitizenNumberInvalid, Under16."""
    person = person_of_number(id_no, market_day(market.database.now()))
    with market.database.read() as connection:
        row = find_by_number(connection, market.seal, person.id_no)
        if row is not None:
            person = person_of_row(market.seal, row)
        return _candidate(market, connection, Identity(person, IdentityWay.ID_NO), row)


def identify_phone(market: OpenMarket, phone: str) -> tuple[Candidate, ...]:
    """Return the known workers with that phone, latest first, at most 4.

    Raises PhoneInvalid, PhoneUnknown.
    """
    number = clean_phone(phone)
    with market.database.read() as connection:
        rows = find_by_phone(connection, market.seal, number)
        if not rows:
            raise PhoneUnknown
        people = (Identity(person_of_row(market.seal, row), IdentityWay.PHONE) for row in rows)
        return tuple(
            _candidate(market, connection, found, row)
            for found, row in zip(people, rows, strict=True)
        )


def identify_ticket(market: OpenMarket, scanned: str) -> Candidate:
    """Return the holder of a scanned ticket of today or an earlier day. Raises ScanUnknown.

    The paper proves little, anybody may have found it: the holder is shown as by phone.
    """
    code = scanned_ticket_code(scanned)
    with market.database.read() as connection:
        row = connection.execute(_HOLDER, {"code": code}).first()
        if row is None:
            raise ScanUnknown
        found = Identity(person_of_row(market.seal, row), IdentityWay.SCAN)
        return _candidate(market, connection, found, row)


_HOLDER = (
    select(worker)
    .join_from(ticket, visit, HELD_BY)
    .join(worker, worker.c.id == visit.c.worker_id)
    .where(ticket.c.code == bindparam("code"))
)
_TICKETS_TODAY = (
    select(ticket.c.code)
    .join_from(visit, ticket, visit.c.ticket_id == ticket.c.id)
    .where(
        visit.c.worker_id == bindparam("worker_id"),
        visit.c.market_day == bindparam("market_day"),
        ticket.c.state != TicketState.CANCELLED.value,
    )
    .order_by(ticket.c.id)
)


def _candidate(
    market: OpenMarket, connection: Connection, identity: Identity, row: Row[Any] | None
) -> Candidate:
    now, person = market.database.now(), identity.person
    today = market_day(now)
    trades = () if row is None else trades_of(connection, row.id)
    known = person if row is None else person_of_row(market.seal, row)
    until = person.valid_until_day
    codes = (
        ()
        if row is None
        else connection.scalars(_TICKETS_TODAY, {"worker_id": row.id, "market_day": today}).all()
    )
    return Candidate(
        seal_identity(market.seal, identity, now),
        identity.way,
        masked_name_of(person.name or known.name),
        mask_citizen_number(person.id_no),
        row is not None,
        questions_for(person, row, trades),
        trades,
        until is not None and until < today,
        tuple(codes),
    )


@dataclass(frozen=True)
class CardSeen:
    """A card that was read: what the kiosk may know of it."""

    token: str
    masked_name: str | None


def accept_card(
    market: OpenMarket, agent: Actor, card: CardFields, kiosk_id: str | None
) -> CardSeen:
    """Turn a card into a token and signal it to the agent's kiosk.

    Stores nothing of the card but the signal, which lives a minute. Raises CitizenNumberInvalid,
    NameInvalid, NameNeedsClerk, Under16.
    """
    now = market.database.now()
    person = person_of_card(card, market_day(now))
    token = seal_identity(market.seal, Identity(person, IdentityWay.CARD), now)
    seen = CardSeen(token, masked_name_of(person.name))
    if kiosk_id is not None:
        with market.database.write(agent) as tx:
            tx.send_signal(device_room(kiosk_id), "card_read", asdict(seen))
    return seen


def accept_scan(market: OpenMarket, agent: Actor, scanned: str, kiosk_id: str | None) -> None:
    """Signal the holder of a scanned ticket to the agent's kiosk. Raises ScanUnknown."""
    holder = identify_ticket(market, scanned)
    if kiosk_id is not None:
        told = {"identity_token": holder.identity_token, "masked_name": holder.masked_name}
        with market.database.write(agent) as tx:
            tx.send_signal(device_room(kiosk_id), "scanned", told)
