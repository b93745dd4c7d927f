"""Owns what is true of an employer today: sanctioned or not, and which one it is part of."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Connection, Label, or_, select

from server.db.employer_tables import employer_merge, employer_sanction


def is_sanctioned(employer_id: ColumnElement[str], today: date) -> Label[bool]:
    """Return the condition that a sanction of an employer is in force today.

    A statement shows it as its column `is_sanctioned`. today: the market day.
    """
    in_force = select(employer_sanction.c.id).where(
        employer_sanction.c.employer_id == employer_id,
        employer_sanction.c.from_day <= today,
        or_(employer_sanction.c.to_day.is_(None), employer_sanction.c.to_day >= today),
        employer_sanction.c.lifted_at.is_(None),
    )
    return in_force.exists().label("is_sanctioned")


def is_merged(employer_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that an employer is part of another one."""
    merges = select(employer_merge.c.id).where(
        employer_merge.c.gone_id == employer_id, employer_merge.c.undone_at.is_(None)
    )
    return merges.exists()


def kept_employer(connection: Connection, employer_id: str) -> str:
    """Return the id of the employer that this one is part of, its own if of none."""
    while True:
        kept = connection.scalar(
            select(employer_merge.c.kept_id).where(
                employer_merge.c.gone_id == employer_id, employer_merge.c.undone_at.is_(None)
            )
        )
        if kept is None:
            return employer_id
        employer_id = kept
