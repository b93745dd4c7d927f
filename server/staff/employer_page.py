"""Owns what one employer's page shows: history, sanctions, duplicates and merges."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date

from server.domain.attachments import ATTACHMENT_NAMES
from server.domain.employer_kinds import SanctionReason, SanctionState
from server.domain.errors import DomainError, RequestMalformed, TextMissing
from server.domain.phrases import (
    DUPLICATE_SIGN_NAMES,
    PLACEMENT_STATE_NAMES,
    SANCTION_REASON_NAMES,
    SANCTION_STATE_NAMES,
)
from server.services.attachments import Attachment, attachments_of
from server.services.employer_history import EmployerHistory, employer_history
from server.services.employer_lookup import Duplicate, duplicates_of
from server.services.employer_merges import Merge, merges_into
from server.services.employers import employer_of
from server.services.open_market import OpenMarket
from server.services.posts import posts_of_employer
from server.services.sanctions import NewSanction, Sanction, sanctions_of
from server.staff.employer_choice import EmployerLine, employer_line
from server.staff.forms import FormFaulty, choice_of
from server.staff.post_lists import PostLine, post_lines


@dataclass(frozen=True)
class DuplicateLine:
    """An employer that may be the same. signs: what the two share, in words."""

    line: EmployerLine
    signs: tuple[str, ...]
    posts: int


@dataclass(frozen=True)
class EmployerShown:
    """One employer's page. outcomes: word and number of agreed jobs, how far they got."""

    line: EmployerLine
    posts: tuple[PostLine, ...]
    history: EmployerHistory
    outcomes: tuple[tuple[str, int], ...]
    sanctions: tuple[Sanction, ...]
    attachments: tuple[Attachment, ...]
    duplicates: tuple[DuplicateLine, ...]
    merges: tuple[Merge, ...]

    @property
    def in_force(self) -> tuple[Sanction, ...]:
        """Return the sanctions that bar the employer today."""
        return tuple(one for one in self.sanctions if one.state is SanctionState.IN_FORCE)


def employer_shown(market: OpenMarket, employer_id: str) -> EmployerShown:
    """Return what the page of an employer shows. Raises EmployerUnknown."""
    found = employer_of(market, employer_id)
    history = employer_history(market, found.id)
    return EmployerShown(
        employer_line(found),
        post_lines(market, posts_of_employer(market, found.id)),
        history,
        tuple((word, history.placements.get(s, 0)) for s, word in PLACEMENT_STATE_NAMES.items()),
        sanctions_of(market, found.id),
        attachments_of(market, found.id),
        tuple(_duplicate(one) for one in duplicates_of(market, found.id)),
        merges_into(market, found.id),
    )


def _duplicate(found: Duplicate) -> DuplicateLine:
    signs = tuple(DUPLICATE_SIGN_NAMES[sign] for sign in found.signs)
    return DuplicateLine(employer_line(found.employer), signs, found.posts)


@dataclass(frozen=True, kw_only=True)
class SanctionFields:
    """What stands in the form of a sanction, as typed."""

    reason: str = ""
    other_text: str = field(default="", repr=False)
    from_day: str = ""
    to_day: str = ""
    evidence_text: str = field(default="", repr=False)


def sanction_fields(form: dict[str, str]) -> SanctionFields:
    """Return what was typed; a field that did not come is empty."""
    names = (f.name for f in fields(SanctionFields))
    return SanctionFields(**{name: form.get(name, "") for name in names})


def read_sanction(employer_id: str, typed: SanctionFields) -> NewSanction:
    """Return the sanction a form sets. Raises FormFaulty with every field that is missing."""
    faults: dict[str, DomainError] = {
        name: TextMissing(field=name)
        for name in ("reason", "from_day", "evidence_text")
        if not getattr(typed, name)
    }
    if typed.reason == SanctionReason.OTHER and not typed.other_text:
        faults["other_text"] = TextMissing(field="other_text")
    if faults:
        raise FormFaulty(faults)
    return NewSanction(
        employer_id,
        choice_of(SanctionReason, typed.reason),
        _day(typed.from_day),
        _day(typed.to_day) if typed.to_day else None,
        typed.evidence_text,
        typed.other_text,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RequestMalformed from error


SANCTION_WORDS = {
    "reasons": SANCTION_REASON_NAMES,
    "sanction_states": SANCTION_STATE_NAMES,
    "attachment_names": ATTACHMENT_NAMES,
}
