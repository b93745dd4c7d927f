"""Owns the saving of people who ask for something without a number."""

from __future__ import annotations

from server.db.seal import FieldSeal
from server.db.unit_of_work import Transaction
from server.domain.kinds import ServiceKind
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
