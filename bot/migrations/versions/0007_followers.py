"""Who follows a case, since when its status holds, what a message is about, and who wants to be forgotten

Revision: 0007, after: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ONCE = "ix_status_updates_service_request_id_status_updates_update_id"


def upgrade() -> None:
    op.add_column("contacts", sa.Column("erased_at", MOMENT))
    # Columns are added in place: SQLite can't rebuild a table that others refer to.
    op.add_column("messages", sa.Column("service_request_id", ID))
    op.create_index("ix_messages_service_request_id", "messages", ["service_request_id"])
    op.create_table(
        "followers",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_request_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("muted_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_followers_conversation_id_conversations"
        ),
        sa.ForeignKeyConstraint(
            ["service_request_id"],
            ["service_requests.id"],
            name="fk_followers_service_request_id_service_requests",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_followers"),
        sa.UniqueConstraint(
            "service_request_id", "conversation_id", name="uq_followers_service_request_id_conversation_id"
        ),
    )
    op.create_index("ix_followers_conversation_id", "followers", ["conversation_id"])
    op.execute(
        "INSERT INTO followers (service_request_id, conversation_id, created_at) "
        "SELECT id, conversation_id, requested_datetime FROM service_requests WHERE conversation_id IS NOT NULL"
    )
    longest_ago = sa.text("'1970-01-01 00:00:00+00:00'")  # until the next line
    op.add_column(
        "service_requests", sa.Column("status_datetime", MOMENT, nullable=False, server_default=longest_ago)
    )
    op.execute("UPDATE service_requests SET status_datetime = updated_datetime")
    op.add_column("service_requests", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.add_column("service_requests", sa.Column("answer_by", MOMENT))
    op.create_index("ix_service_requests_answer_by", "service_requests", ["answer_by"])
    op.add_column("status_updates", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.add_column("status_updates", sa.Column("update_id", sa.Text()))
    op.drop_index("ix_status_updates_service_request_id", table_name="status_updates")
    op.create_index(ONCE, "status_updates", ["service_request_id", "update_id"], unique=True)


def downgrade() -> None:
    op.drop_index(ONCE, table_name="status_updates")
    op.create_index("ix_status_updates_service_request_id", "status_updates", ["service_request_id"])
    op.drop_column("status_updates", "update_id")
    op.drop_column("status_updates", "reason")
    op.drop_index("ix_service_requests_answer_by", table_name="service_requests")
    for name in ("answer_by", "reason", "status_datetime"):
        op.drop_column("service_requests", name)
    op.drop_index("ix_followers_conversation_id", table_name="followers")
    op.drop_table("followers")
    op.drop_index("ix_messages_service_request_id", table_name="messages")
    op.drop_column("messages", "service_request_id")
    op.drop_column("contacts", "erased_at")
