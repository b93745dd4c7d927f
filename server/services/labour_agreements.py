"""Owns the labour agreement (劳务协议) of a placement: its facts with the names of both parties."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row

from server.db.seal import FieldSeal
from server.db.tables import employer, placement, post, worker
from server.db.unit_of_work import Actor, Event
from server.domain.clock import market_day
from server.domain.errors import PlacementUnknown, SlipVoid
from server.domain.kinds import EmployerKind, PayUnit
from server.domain.money import pay_text, pay_words
from server.domain.phrases import SETTLEMENT_WORDS, TOOLS_NAMES, TRANSPORT_NAMES
from server.domain.trades import trade
from server.services.open_market import OpenMarket
from server.services.posts import POSTS, WITHDRAWN, hours_text, meeting_text, post_of_row


@dataclass(frozen=True)
class LabourAgreement:
    """What the two parties sign. Identity numbers and phones are left to be written by hand.

    credit_code: "" for a household. worker_name: "" when only the number is known.
    pay_capitals: the amount in capitals, "" where it is by the hour or the piece. slip_no: the
    number of the slip (推荐介绍信).
    """

    employer_name: str = field(repr=False)
    is_unit: bool
    credit_code: str
    worker_name: str = field(repr=False)
    trade_name: str
    post_no: int
    work_day: date
    hours: str
    place: str
    meeting: str
    pay: str
    pay_capitals: str
    settlement: str
    lunch: bool
    transport: str
    tools: str
    has_insurance: bool
    requirements: str
    slip_no: str


# POSTS counts placements in a subquery, which must not be tied to these.
_AGREED = placement.alias()
_AGREEMENTS = (
    POSTS.add_columns(_AGREED.c.state.label("placement_state"), _AGREED.c.slip_code)
    .add_columns(_AGREED.c.created_at.label("agreed_at"), _AGREED.c.entity_version.label("version"))
    .add_columns(worker.c.name_sealed.label("worker_sealed"))
    .add_columns(employer.c.name_sealed.label("employer_sealed"))
    .add_columns(employer.c.kind.label("employer_kind"), employer.c.credit_code)
    .join(_AGREED, _AGREED.c.post_id == post.c.id)
    .join(worker, worker.c.id == _AGREED.c.worker_id)
)


def show_agreement(market: OpenMarket, clerk: Actor, placement_id: str) -> LabourAgreement:
    """Return the agreement of a placement, and note that somebody saw the names.

    Raises PlacementUnknown, SlipVoid where it was undone. Records agreement.shown, which names
    nobody.
    """
    with market.database.write(clerk) as tx:
        row = tx.connection.execute(_AGREEMENTS.where(_AGREED.c.id == placement_id)).first()
        if row is None:
            raise PlacementUnknown
        if row.placement_state == WITHDRAWN:
            raise SlipVoid
        body = {"placement_id": placement_id}
        tx.record(Event("agreement.shown", f"agreement/{placement_id}", row.version, body))
        return _agreement(market.seal, row)


def _agreement(seal: FieldSeal, row: Row[Any]) -> LabourAgreement:
    agreed = post_of_row(row)
    draft = agreed.draft
    is_whole = draft.pay_unit in {PayUnit.DAY, PayUnit.JOB}
    return LabourAgreement(
        seal.open(row.employer_sealed, "employer.name"),
        row.employer_kind == EmployerKind.UNIT,
        row.credit_code or "",
        seal.open_optional(row.worker_sealed, "worker.name") or "",
        trade(draft.trade_id).name,
        agreed.no,
        draft.work_day,
        hours_text(draft),
        draft.place,
        meeting_text(draft),
        pay_text(draft.pay_fen, draft.pay_unit, draft.piece_unit),
        pay_words(draft.pay_fen) if is_whole else "",
        SETTLEMENT_WORDS[draft.settlement],
        draft.has_lunch,
        TRANSPORT_NAMES[draft.transport],
        TOOLS_NAMES[draft.tools],
        draft.has_insurance,
        draft.requirements,
        f"{market_day(row.agreed_at):%Y%m%d}-{row.slip_code[:4]}",
    )
