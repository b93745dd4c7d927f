"""Owns what finds an employer: keyed hashes of phone end and name, and pairs of characters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, insert

from server.db.employer_tables import employer_gram, employer_lookup
from server.db.seal import FieldSeal
from server.db.unit_of_work import Transaction
from server.domain.employer_names import name_grams, name_key

PHONE_TAIL = 4


def index_employer(tx: Transaction, seal: FieldSeal, row: Row[Any]) -> None:
    """Make an employer findable. row: of the table employer. Adds rows that are not there yet."""
    name = seal.open(row.name_sealed, "employer.name")
    phone = seal.open(row.phone_sealed, "employer.phone")
    tx.connection.execute(
        insert(employer_lookup),
        {
            "employer_id": row.id,
            "phone_tail_hash": phone_tail_hash(seal, phone),
            "name_hash": name_hash(seal, name),
        },
    )
    grams = [{"gram": gram, "employer_id": row.id} for gram in sorted(name_grams(row.public_name))]
    if grams:
        tx.connection.execute(insert(employer_gram), grams)


def phone_tail_hash(seal: FieldSeal, phone: str) -> str:
    """Return the keyed hash of a phone's last four digits."""
    return seal.index("".join(filter(str.isdigit, phone))[-PHONE_TAIL:], "employer.phone_tail")


def name_hash(seal: FieldSeal, name: str) -> str:
    """Return the keyed hash that spellings of one name share."""
    return seal.index(name_key(name), "employer.name_key")
