"""Owns the lines of the post form for other trades of the same order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from server.domain.errors import DomainError
from server.domain.kinds import PayUnit
from server.domain.posts import PostDraft, PostRules, check_post
from server.staff.forms import NOWHERE, FormFaulty, clean_text, refusal_of
from server.staff.post_form import PostFields, read_post, typed_fields

LINES = (2, 3, 4)
OWN = ("trade_id", "headcount", "pay", "pay_unit")


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """One more trade of an order, as typed. no: the number in the names of its fields."""

    no: int
    trade_id: str = ""
    headcount: str = ""
    pay: str = ""
    pay_unit: str = PayUnit.DAY.value

    @property
    def is_used(self) -> bool:
        """Tell whether anything was typed into it."""
        return bool(self.trade_id or self.headcount or self.pay)


def order_lines(form: Mapping[str, str]) -> tuple[OrderLine, ...]:
    """Return the lines of a form, used or not."""
    return tuple(_line(form, no) for no in LINES)


def _line(form: Mapping[str, str], no: int) -> OrderLine:
    texts = {name: clean_text(form.get(f"{name}_{no}", "")) for name in OWN}
    texts["pay_unit"] = texts["pay_unit"] or PayUnit.DAY.value
    return OrderLine(no=no, **texts)


def read_order(form: Mapping[str, str], rules: PostRules, now: datetime) -> tuple[PostDraft, ...]:
    """Return the posts an order asks for: the first trade's, then one for each line in use.

    Raises FormFaulty with every field that cannot be read, or that cannot be published.
    """
    typed = typed_fields(form)
    drafts: list[PostDraft] = []
    faults: dict[str, DomainError] = {}
    try:
        drafts.append(read_post(typed))
    except FormFaulty as faulty:
        faults.update(faulty.faults)
    for line in order_lines(form):
        if not line.is_used:
            continue
        try:
            draft = read_post(_with_line(typed, line))
            check_post(draft, rules, now)
            drafts.append(draft)
        except DomainError as error:
            faults.update(_own_faults(error, line.no))
    if faults:
        raise FormFaulty(faults)
    return tuple(drafts)


def _with_line(typed: PostFields, line: OrderLine) -> PostFields:
    return replace(
        typed,
        trade_id=line.trade_id,
        headcount=line.headcount,
        pay=line.pay,
        pay_unit=line.pay_unit,
        requirements="",
        asks_certificate="on",
    )


def _own_faults(error: DomainError, no: int) -> dict[str, DomainError]:
    """Return faults at the line's own fields; what all lines share is said at the first trade's."""
    found = error.faults if isinstance(error, FormFaulty) else {_field(error): error}
    return {f"{name}_{no}" if name in OWN else name: fault for name, fault in found.items()}


def _field(error: DomainError) -> str:
    return next(iter(refusal_of(error).fields), NOWHERE)
