"""Owns what a browser of the desk remembers: its window and the last slip it had printed."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask import session

from server.domain.errors import DeskMissing

_DESK = "desk_no"
_SLIP = "last_slip"


@dataclass(frozen=True)
class LastSlip:
    """The slip of the last agreement at this browser; it names nobody.

    count: how many slips came with it; of a crew's, this is the one printed last.
    """

    placement_id: str
    job_id: str
    label: str
    title: str
    count: int = 1


def chosen_desk() -> int | None:
    """Return the number of the window this browser sits at, or None."""
    no = session.get(_DESK)
    return no if isinstance(no, int) else None


def this_desk() -> int:
    """Return the number of the window. Raises DeskMissing before one is chosen."""
    no = chosen_desk()
    if no is None:
        raise DeskMissing
    return no


def choose_desk(no: int) -> None:
    """Remember the window for this session."""
    session[_DESK] = no


def last_slip() -> LastSlip | None:
    """Return the slip of the last agreement, or None."""
    kept = session.get(_SLIP)
    return LastSlip(**kept) if isinstance(kept, dict) else None


def keep_slip(slip: LastSlip | None) -> None:
    """Remember the slip of an agreement; None forgets it."""
    session[_SLIP] = None if slip is None else asdict(slip)
