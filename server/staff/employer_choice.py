"""Owns what the desk may see of employers: names for units, masks for people."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.errors import EmployerUnknown
from server.domain.kinds import EmployerKind
from server.domain.names import mask_name
from server.domain.phone import mask_phone
from server.domain.phrases import EMPLOYER_KIND_NAMES
from server.services.employer_lookup import MIN_SIGNS, look_up
from server.services.employers import Employer, employer_of, employers
from server.services.open_market import OpenMarket

CHOICES = 30


@dataclass(frozen=True)
class EmployerLine:
    """An employer in a list, people behind it masked."""

    id: str
    kind: EmployerKind
    kind_name: str
    public_name: str
    credit_code: str
    contact: str
    phone: str
    address: str
    is_blacklisted: bool
    is_sanctioned: bool

    @property
    def is_barred(self) -> bool:
        """Tell whether no post may be published for it."""
        return self.is_blacklisted or self.is_sanctioned


@dataclass(frozen=True)
class EmployerChoice:
    """Whom a post can be for. chosen_name: the public name of the one chosen, "" if none."""

    lines: tuple[EmployerLine, ...]
    chosen_name: str


def employer_line(employer: Employer) -> EmployerLine:
    """Return what a list shows of an employer."""
    return EmployerLine(
        employer.id,
        employer.kind,
        EMPLOYER_KIND_NAMES[employer.kind],
        employer.public_name,
        employer.credit_code or "",
        mask_name(employer.contact_name),
        mask_phone(employer.phone),
        employer.address,
        employer.is_blacklisted,
        employer.is_sanctioned,
    )


def employer_lines(market: OpenMarket, search: str) -> tuple[EmployerLine, ...]:
    """Return employers whose public name holds `search`, latest first."""
    return tuple(employer_line(e) for e in employers(market, search))


def employer_choice(market: OpenMarket, chosen_id: str, search: str = "") -> EmployerChoice:
    """Return the employers to choose from; the chosen one is the first."""
    found = [employer_line(e) for e in _found(market, search)]
    chosen = _chosen(market, chosen_id)
    if chosen is None:
        return EmployerChoice(tuple(found), "")
    others = (line for line in found if line.id != chosen.id)
    return EmployerChoice((chosen, *others), chosen.public_name)


def _found(market: OpenMarket, search: str) -> tuple[Employer, ...]:
    if len(search) >= MIN_SIGNS:
        return look_up(market, search)
    return employers(market, limit=CHOICES)


def hits(market: OpenMarket, search: str) -> tuple[EmployerLine, ...]:
    """Return the employers that what was typed so far may mean, at most ten."""
    return tuple(employer_line(e) for e in look_up(market, search))


def _chosen(market: OpenMarket, employer_id: str) -> EmployerLine | None:
    if not employer_id:
        return None
    try:
        return employer_line(employer_of(market, employer_id))
    except EmployerUnknown:
        return None
