"""Owns the form of an employer: what was typed and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from server.domain.errors import DomainError, TextMissing
from server.domain.kinds import EmployerKind
from server.services.employers import NewEmployer
from server.staff.forms import FormFaulty, choice_of, clean_text

REQUIRED = {"name": "name", "identity": "credit_code", "phone": "contact_phone"}


@dataclass(frozen=True, kw_only=True)
class EmployerFields:
    """What stands in the fields of the form, as typed."""

    kind: str = EmployerKind.UNIT.value
    name: str = field(default="", repr=False)
    identity: str = field(default="", repr=False)
    contact_name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


def typed_fields(form: Mapping[str, str]) -> EmployerFields:
    """Return what was typed; a field that did not come is empty."""
    names = (f.name for f in fields(EmployerFields))
    return EmployerFields(**{name: clean_text(form.get(name, "")) for name in names})


def read_employer(typed: EmployerFields) -> NewEmployer:
    """Return the employer a form registers. Raises RequestMalformed for an unknown kind.

    Raises FormFaulty with every field that is missing.
    """
    kind = choice_of(EmployerKind, typed.kind)
    names = {**REQUIRED, "identity": "id_no"} if kind is EmployerKind.HOUSEHOLD else REQUIRED
    faults: dict[str, DomainError] = {
        name: TextMissing(field=called)
        for name, called in names.items()
        if not getattr(typed, name)
    }
    if faults:
        raise FormFaulty(faults)
    return NewEmployer(
        kind, typed.name, typed.identity, typed.contact_name, typed.phone, typed.address
    )
