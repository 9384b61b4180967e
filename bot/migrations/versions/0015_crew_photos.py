"""Crews' photos of what was done, and links to one case for whoever has no account

Revision: 0015, after: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("photos") as photos:
        photos.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="before"))
        photos.alter_column("message_id", existing_type=ID, nullable=True)
    op.create_table(
        "case_links",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_request_id", ID, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("given_to", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["service_request_id"], ["service_requests.id"], name="fk_case_links_service_request_id_service_requests"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_case_links_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_case_links"),
        sa.UniqueConstraint("token_hash", name="uq_case_links_token_hash"),
    )
    op.create_index("ix_case_links_service_request_id", "case_links", ["service_request_id"])


def downgrade() -> None:
    op.drop_table("case_links")
    op.execute("DELETE FROM photos WHERE message_id IS NULL")
    with op.batch_alter_table("photos") as photos:
        photos.alter_column("message_id", existing_type=ID, nullable=False)
        photos.drop_column("kind")
