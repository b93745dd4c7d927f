"""Owns the list of what was recorded for a ticket, as the desk and the phone read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from server.db.tables import placement, print_job, referral, ticket
from server.domain.kinds import ReferralState
from server.services.open_market import OpenMarket


@dataclass(frozen=True)
class ReferralRow:
    """A referral of today as the desk lists it."""

    id: str
    state: ReferralState
    decline_reason: str | None
    placement_id: str | None
    slip_code: str | None
    post_id: str
    ticket_code: str
    work_day: date | None
    print_job_id: str | None


_LATEST_SLIP = (
    select(print_job.c.id)
    .where(print_job.c.placement_id == placement.c.id)
    .order_by(print_job.c.copy_no.desc())
    .limit(1)
    .correlate(placement)
    .scalar_subquery()
)


def referrals_of_ticket(market: OpenMarket, ticket_code: str) -> tuple[ReferralRow, ...]:
    """Return what was recorded for a ticket, latest first."""
    statement = (
        select(referral, placement.c.id.label("placement_id"), placement.c.slip_code)
        .add_columns(placement.c.work_day, ticket.c.code, _LATEST_SLIP.label("print_job_id"))
        .join_from(referral, ticket, ticket.c.id == referral.c.ticket_id)
        .join(placement, placement.c.referral_id == referral.c.id, isouter=True)
        .where(ticket.c.code == ticket_code)
        .order_by(referral.c.id.desc())
    )
    with market.database.read() as connection:
        return tuple(
            ReferralRow(
                row.id,
                ReferralState(row.state),
                row.decline_reason,
                row.placement_id,
                row.slip_code,
                row.post_id,
                row.code,
                row.work_day,
                row.print_job_id,
            )
            for row in connection.execute(statement)
        )
