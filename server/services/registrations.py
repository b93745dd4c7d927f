"""Owns the saving of people who ask for something without a number, or only register."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from server.db.seal import FieldSeal
from server.db.unit_of_work import Actor, Asked, Transaction
from server.domain.kinds import ServiceKind
from server.services.open_market import OpenMarket
from server.services.workers import (
    Person,
    WorkerAnswers,
    check_answers,
    find_by_number,
    needs_for,
    needs_of,
    save_worker,
    trades_of,
)


@dataclass(frozen=True)
class RegistrationAnswer:
    """What registering led to. is_new: False for who was registered before."""

    is_new: bool


def register_worker(
    market: OpenMarket, actor: Actor, person: Person, answers: WorkerAnswers, key: str
) -> RegistrationAnswer:
    """Save somebody who looks for work on another day, without a number.

    Raises what `check_answers` raises. Records worker.registered or worker.updated where
    something is new.
    """
    holder = market.seal.index(person.id_no, "worker.id_no")
    content = {"person": holder, "answers": asdict(answers)}
    with market.database.write(actor) as tx:
        asked = Asked(key, "register_worker", content)
        return tx.once(asked, RegistrationAnswer, lambda: _register(tx, market, person, answers))


def _register(
    tx: Transaction, market: OpenMarket, person: Person, answers: WorkerAnswers
) -> RegistrationAnswer:
    is_new = find_by_number(tx.connection, market.seal, person.id_no) is None
    save_asker(tx, market.seal, person, answers, ServiceKind.FIND_WORK)
    return RegistrationAnswer(is_new)


def save_asker(
    tx: Transaction, seal: FieldSeal, person: Person, answers: WorkerAnswers, service: ServiceKind
) -> str:
    """Save somebody who asks, with what the service needs to know of them, and return the id.

    Raises what `check_answers` raises. Records worker.registered or worker.updated where
    something is new.
    """
    row = find_by_number(tx.connection, seal, person.id_no)
    trades = () if row is None else trades_of(tx.connection, row.id)
    needs = needs_for(service, needs_of(row, trades))
    return save_worker(tx, seal, person, row, check_answers(answers, needs))
