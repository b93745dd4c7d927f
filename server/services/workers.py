"""Owns workers: who stands in front of the kiosk, and the record the market keeps of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from server.db.prepared import Prepared
from server.db.seal import FieldSeal
from server.db.tables import ticket, visit, worker, worker_trade
from server.db.unit_of_work import Event, Transaction
from server.domain.citizen_number import age_on, clean_card_number, parse_citizen_number
from server.domain.education import education_name
from server.domain.errors import (
    PhoneMissing,
    PrivacyNoticeNotAccepted,
    PrivacyNoticeOutdated,
    SkillUnknown,
    TradesMissing,
    Under16,
)
from server.domain.kinds import CardKind, NeedKind, ServiceKind, Sex, SkillLevel
from server.domain.names import call_name, clean_foreign_name, clean_name, mask_name
from server.domain.phone import clean_phone
from server.domain.privacy import NOTICE_VERSION
from server.domain.trades import check_trades
from server.services.ranked_columns import line_columns

WORKING_AGE_YEARS = 16
# GB/T 2261.1: 9 stands for 未说明的性别.
UNSTATED_SEX = "9"


@dataclass(frozen=True)
class Person:
    """Somebody identified at the kiosk or the desk; lives in memory, never stored as such."""

    id_kind: CardKind
    id_no: str = field(repr=False)
    name: str | None = field(repr=False)
    sex: str
    birth_day: date
    division_code: str
    valid_until_day: date | None
    # Whether the name is what the person said it is, not what a card says.
    is_name_stated: bool = False

    def age_on(self, day: date) -> int:
        """Return the age in whole years on `day`."""
        return age_on(self.birth_day, day)


@dataclass(frozen=True)
class WorkerAnswers:
    """What the kiosk asked a worker; None where it did not ask."""

    phone: str | None = field(default=None, repr=False)
    trades: tuple[str, ...] | None = None
    education: str | None = None
    skill: str | None = None
    notice_version: str | None = None
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class CardFields:
    """The text of a card as the reader read it."""

    card_kind: CardKind
    name: str = field(repr=False)
    sex: str
    birth_day: date
    id_no: str = field(repr=False)
    valid_until_day: date | None


def person_of_number(text: str, today: date) -> Person:
    """Return who a typed citizen number (GB 11643-1999) belongs to, without a name.

    Raises CitizenNumberInvalid, Under16.
    """
    number = parse_citizen_number(text, today)
    person = Person(
        CardKind.HMT if number.division_code[:2] in {"81", "82", "83"} else CardKind.RESIDENT,
        number.number,
        None,
        number.sex.value,
        number.birth_day,
        number.division_code,
        None,
    )
    return _of_working_age(person, today)


def person_of_card(card: CardFields, today: date) -> Person:
    """Return who a card belongs to.

    Raises CitizenNumberInvalid, NameInvalid, NameNeedsClerk, Under16.
    """
    if card.card_kind in {CardKind.FOREIGNER_2017, CardKind.FOREIGNER_2023}:
        number = clean_card_number(card.card_kind, card.id_no, today)
        name, until = clean_foreign_name(card.name), card.valid_until_day
        sex = card.sex if card.sex in set(Sex) else UNSTATED_SEX
        person = Person(card.card_kind, number, name, sex, card.birth_day, "", until)
        return _of_working_age(person, today)
    citizen = parse_citizen_number(card.id_no, today)
    person = Person(
        card.card_kind,
        citizen.number,
        clean_name(card.name),
        citizen.sex.value,
        citizen.birth_day,
        citizen.division_code,
        card.valid_until_day,
    )
    return _of_working_age(person, today)


def _of_working_age(person: Person, today: date) -> Person:
    # 禁止使用童工规定 (国务院令364号): nobody under 16 may be introduced to work.
    if person.age_on(today) < WORKING_AGE_YEARS:
        raise Under16
    return person


_COLUMNS = select(worker)
_BY_ID_NO = Prepared(_COLUMNS.where(worker.c.id_no_hash == bindparam("id_no_hash")))
_BY_PHONE = (
    _COLUMNS.where(worker.c.phone_hash == bindparam("phone_hash"))
    .order_by(worker.c.updated_at.desc())
    .limit(4)
)
_BY_ID = _COLUMNS.where(worker.c.id == bindparam("worker_id"))
_TRADES = Prepared(
    select(worker_trade.c.trade_id)
    .where(worker_trade.c.worker_id == bindparam("worker_id"))
    .order_by(worker_trade.c.rank)
)


def find_by_number(connection: Any, seal: FieldSeal, id_no: str) -> Row[Any] | None:
    """Return the worker row with that identity number, or None."""
    row: Row[Any] | None = _BY_ID_NO.first(
        connection, {"id_no_hash": seal.index(id_no, "worker.id_no")}
    )
    return row


def find_by_phone(connection: Any, seal: FieldSeal, phone: str) -> Sequence[Row[Any]]:
    """Return the worker rows with that phone number, latest first, at most 4."""
    rows: Sequence[Row[Any]] = connection.execute(
        _BY_PHONE, {"phone_hash": seal.index(phone, "worker.phone")}
    ).all()
    return rows


def trades_of(connection: Any, worker_id: str) -> tuple[str, ...]:
    """Return the worker's trade ids, the preferred one first."""
    return tuple(row.trade_id for row in _TRADES.all(connection, {"worker_id": worker_id}))


def person_of_row(seal: FieldSeal, row: Row[Any]) -> Person:
    """Return the person a worker row is about."""
    return Person(
        CardKind(row.id_kind),
        seal.open(row.id_no_sealed, "worker.id_no") if row.id_no_sealed else "",
        seal.open_optional(row.name_sealed, "worker.name"),
        row.sex,
        row.birth_day,
        row.division_code,
        row.id_valid_until_day,
        row.is_name_stated,
    )


# Somebody who comes to ask or to complain is not questioned about their trade.
NEEDED_FOR_WORK = frozenset({NeedKind.TRADES, NeedKind.EDUCATION, NeedKind.SKILL})


def needs_for(service: ServiceKind, needs: Sequence[NeedKind]) -> tuple[NeedKind, ...]:
    """Return which needs a service really has."""
    if service is ServiceKind.FIND_WORK:
        return tuple(needs)
    return tuple(need for need in needs if need not in NEEDED_FOR_WORK)


def needs_of(row: Row[Any] | None, trades: Sequence[str]) -> tuple[NeedKind, ...]:
    """Return what the kiosk must still ask before somebody finds work, in the order it asks."""
    if row is None:
        return tuple(need for need in NeedKind if need is not NeedKind.NAME)
    missing = {
        NeedKind.PRIVACY: row.notice_version != NOTICE_VERSION,
        NeedKind.PHONE: row.phone_hash is None,
        NeedKind.TRADES: not trades,
        NeedKind.EDUCATION: row.education is None,
        NeedKind.SKILL: row.skill is None,
    }
    return tuple(need for need in NeedKind if missing.get(need))


def questions_for(
    person: Person, row: Row[Any] | None, trades: Sequence[str]
) -> tuple[NeedKind, ...]:
    """Return what a kiosk asks: the needs, and the name of somebody new who laid no card.

    The name may be left out, so it is a question but no need.
    """
    is_asked_name = row is None and person.name is None
    asked = {NeedKind.NAME, *needs_of(row, trades)} if is_asked_name else needs_of(row, trades)
    return tuple(need for need in NeedKind if need in asked)


def masked_name_of(name: str | None) -> str | None:
    """Return the name with all but its outline hidden, or None where no name is known."""
    return None if name is None else mask_name(name)


def call_name_of(name: str | None) -> str:
    """Return how a person is addressed before a match: "王师傅", or "师傅" without a name."""
    return "师傅" if name is None else call_name(name)


def check_answers(answers: WorkerAnswers, needs: Sequence[NeedKind]) -> WorkerAnswers:
    """Return the answers in stored form, every need met.

    Raises PrivacyNoticeNotAccepted, PrivacyNoticeOutdated, PhoneMissing, PhoneInvalid,
    TradesMissing, TradesTooMany, TradeUnknown, EducationUnknown, SkillUnknown, NameInvalid,
    NameNeedsClerk.
    """
    if NeedKind.PRIVACY in needs and answers.notice_version is None:
        raise PrivacyNoticeNotAccepted
    if answers.notice_version not in {None, NOTICE_VERSION}:
        raise PrivacyNoticeOutdated
    if NeedKind.PHONE in needs and not answers.phone:
        raise PhoneMissing
    if NeedKind.TRADES in needs and not answers.trades:
        raise TradesMissing
    trades = tuple(t.id for t in check_trades(answers.trades)) if answers.trades else None
    if answers.education:
        education_name(answers.education)
    if answers.skill and answers.skill not in set(SkillLevel):
        raise SkillUnknown
    return WorkerAnswers(
        clean_phone(answers.phone) if answers.phone else None,
        trades,
        answers.education or None,
        answers.skill or None,
        answers.notice_version,
        clean_name(answers.name) if answers.name else None,
    )


def save_worker(
    tx: Transaction, seal: FieldSeal, person: Person, row: Row[Any] | None, answers: WorkerAnswers
) -> str:
    """Insert or update a worker from what is new, and return the id.

    Records worker.registered or worker.updated; records nothing when nothing changed.
    """
    changes = _changes(seal, person, row, answers, tx)
    if row is not None and not changes and answers.trades is None:
        return str(row.id)
    if row is None:
        worker_id, version = tx.new_id(), 1
        tx.connection.execute(
            insert(worker),
            {
                "id": worker_id,
                "id_kind": person.id_kind.value,
                "id_no_sealed": seal.seal(person.id_no, "worker.id_no"),
                "id_no_hash": seal.index(person.id_no, "worker.id_no"),
                "sex": person.sex,
                "birth_day": person.birth_day,
                "division_code": person.division_code,
                "entity_version": version,
                "created_at": tx.now,
                "updated_at": tx.now,
                **changes,
            },
        )
    else:
        worker_id, version = str(row.id), row.entity_version + 1
        tx.connection.execute(
            update(worker).where(worker.c.id == worker_id),
            {**changes, "entity_version": version, "updated_at": tx.now},
        )
    if answers.trades is not None:
        _replace_trades(tx, worker_id, answers.trades)
    if row is not None and (answers.trades is not None or answers.skill is not None):
        _rank_anew(tx, worker_id)
    record_worker(tx, worker_id, "worker.registered" if row is None else "worker.updated")
    return worker_id


def _changes(
    seal: FieldSeal, person: Person, row: Row[Any] | None, answers: WorkerAnswers, tx: Transaction
) -> dict[str, Any]:
    changes = _name_changes(seal, person, row, answers.name)
    known_until = None if row is None else row.id_valid_until_day
    if person.valid_until_day is not None and person.valid_until_day != known_until:
        changes["id_valid_until_day"] = person.valid_until_day
    if answers.phone is not None:
        phone_hash = seal.index(answers.phone, "worker.phone")
        if row is None or row.phone_hash != phone_hash:
            changes["phone_sealed"] = seal.seal(answers.phone, "worker.phone")
            changes["phone_hash"] = phone_hash
    for column, value in (("education", answers.education), ("skill", answers.skill)):
        if value is not None and (row is None or getattr(row, column) != value):
            changes[column] = value
    if answers.notice_version is not None and (
        row is None or row.notice_version != answers.notice_version
    ):
        changes["notice_version"] = answers.notice_version
        changes["notice_accepted_at"] = tx.now
    return changes


def _name_changes(
    seal: FieldSeal, person: Person, row: Row[Any] | None, stated: str | None
) -> dict[str, Any]:
    """Return what becomes of the name: a card's overrides a stated one, never the other way."""
    known = None if row is None else seal.open_optional(row.name_sealed, "worker.name")
    is_known_stated = row is not None and row.is_name_stated
    if person.name is not None and not person.is_name_stated:
        if person.name == known and not is_known_stated:
            return {}
        sealed = seal.seal(person.name, "worker.name")
        return {"name_sealed": sealed, "is_name_stated": False}
    if stated is None or known is not None:
        return {}
    return {"name_sealed": seal.seal(stated, "worker.name"), "is_name_stated": True}


def _replace_trades(tx: Transaction, worker_id: str, trades: Sequence[str]) -> None:
    tx.connection.execute(delete(worker_trade).where(worker_trade.c.worker_id == worker_id))
    tx.connection.execute(
        insert(worker_trade),
        [{"worker_id": worker_id, "rank": n, "trade_id": t} for n, t in enumerate(trades)],
    )


def _rank_anew(tx: Transaction, worker_id: str) -> None:
    """Let the number that a worker holds today be ranked by their new trades and skill."""
    row = tx.connection.execute(_BY_ID, {"worker_id": worker_id}).one()
    columns = line_columns(trades_of(tx.connection, worker_id), row.skill, row)
    held = select(visit.c.ticket_id).where(
        visit.c.worker_id == worker_id,
        visit.c.market_day == tx.market_day,
        visit.c.service == ServiceKind.FIND_WORK.value,
        visit.c.holds_ticket.is_(True),
    )
    tx.connection.execute(update(ticket).where(ticket.c.id.in_(held)), columns)


def record_worker(tx: Transaction, worker_id: str, event_type: str) -> None:
    """Record the worker's state as it is now in this transaction."""
    row = tx.connection.execute(_BY_ID, {"worker_id": worker_id}).one()
    body = {column.name: getattr(row, column.name) for column in worker.columns}
    body["trades"] = trades_of(tx.connection, worker_id)
    tx.record(Event(event_type, f"worker/{worker_id}", row.entity_version, body))
