"""Make the one-time notices of services, and let a print job be about one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261202_service_notices"
down_revision = "20261201_case_handling"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "service_notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service", sa.String(length=15), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.String(length=36)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_service_notice_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_notice")),
    )
    op.create_index("ix_service_notice_service", "service_notice", ["service", "id"], unique=False)
    with op.batch_alter_table("print_job") as print_job:
        print_job.add_column(sa.Column("notice_id", sa.String(length=36)))
        print_job.create_foreign_key(
            op.f("fk_print_job_notice_id_service_notice"), "service_notice", ["notice_id"], ["id"]
        )
        print_job.create_index(op.f("ix_print_job_notice_id"), ["notice_id"], unique=False)


def downgrade() -> None:
    """Drop both, with the jobs of notices."""
    op.execute("DELETE FROM print_job WHERE kind = 'notice'")
    with op.batch_alter_table("print_job") as print_job:
        print_job.drop_index(op.f("ix_print_job_notice_id"))
        print_job.drop_constraint(op.f("fk_print_job_notice_id_service_notice"), type_="foreignkey")
        print_job.drop_column("notice_id")
    op.drop_table("service_notice")
