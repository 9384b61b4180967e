"""What our cases are called in other city systems, and when to ask there again

Revision: 0012, after: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "external_requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_request_id", ID, nullable=False),
        sa.Column("backend", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("filed_at", MOMENT),
        sa.Column("poll_at", MOMENT),
        sa.Column("polled_at", MOMENT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_request_id"],
            ["service_requests.id"],
            name="fk_external_requests_service_request_id_service_requests",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_external_requests"),
        sa.UniqueConstraint(
            "service_request_id", "backend", name="uq_external_requests_service_request_id_backend"
        ),
    )
    op.create_index("ix_external_requests_backend_external_requests_external_id", "external_requests", ["backend", "external_id"])
    op.create_index("ix_external_requests_poll_at", "external_requests", ["poll_at"])


def downgrade() -> None:
    op.drop_table("external_requests")
