"""Let cases be handled: notes, a plan, an outcome, opening again; which days their clocks count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261201_case_handling"
down_revision = "20261201_employers"
branch_labels = None
depends_on = None

_TEXTS = ("note_sealed", "plan_sealed", "done_sealed")


def upgrade() -> None:
    """Add the columns; cases so far are ordinary and their clocks count calendar days."""
    days = sa.Column("case_days", sa.String(length=10), server_default="calendar", nullable=False)
    op.add_column("market", days)
    for name in _TEXTS:
        op.add_column("complaint_case", sa.Column(name, sa.Text()))
    major: sa.Column[bool] = sa.Column(
        "is_major", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("complaint_case", major)
    op.add_column("complaint_case", sa.Column("outcome", sa.String(length=15)))
    op.add_column("complaint_case", sa.Column("reopened_day", sa.Date()))


def downgrade() -> None:
    """Drop the columns with what clerks wrote."""
    for name in ("reopened_day", "outcome", "is_major", *_TEXTS):
        op.drop_column("complaint_case", name)
    op.drop_column("market", "case_days")
