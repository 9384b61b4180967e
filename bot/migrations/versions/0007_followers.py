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


def upgrade() -> None:
    op.add_column("contacts", sa.Column("erased_at", MOMENT))
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("service_request_id", ID))
        messages.create_foreign_key(
            "fk_messages_service_request_id_service_requests", "service_requests", ["service_request_id"], ["id"]
        )
        messages.create_index("ix_messages_service_request_id", ["service_request_id"])
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
    with op.batch_alter_table("service_requests") as cases:
        cases.add_column(sa.Column("status_datetime", MOMENT))
        cases.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        cases.add_column(sa.Column("answer_by", MOMENT))
        cases.create_index("ix_service_requests_answer_by", ["answer_by"])
    op.execute("UPDATE service_requests SET status_datetime = updated_datetime")
    with op.batch_alter_table("service_requests") as cases:
        cases.alter_column("status_datetime", existing_type=MOMENT, nullable=False)
    with op.batch_alter_table("status_updates") as updates:
        updates.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        updates.add_column(sa.Column("update_id", sa.Text()))
        updates.drop_index("ix_status_updates_service_request_id")
        updates.create_unique_constraint(
            "uq_status_updates_service_request_id_update_id", ["service_request_id", "update_id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("status_updates") as updates:
        updates.drop_constraint("uq_status_updates_service_request_id_update_id", type_="unique")
        updates.create_index("ix_status_updates_service_request_id", ["service_request_id"])
        updates.drop_column("update_id")
        updates.drop_column("reason")
    with op.batch_alter_table("service_requests") as cases:
        cases.drop_index("ix_service_requests_answer_by")
        cases.drop_column("answer_by")
        cases.drop_column("reason")
        cases.drop_column("status_datetime")
    op.drop_index("ix_followers_conversation_id", table_name="followers")
    op.drop_table("followers")
    with op.batch_alter_table("messages") as messages:
        messages.drop_index("ix_messages_service_request_id")
        messages.drop_constraint("fk_messages_service_request_id_service_requests", type_="foreignkey")
        messages.drop_column("service_request_id")
    op.drop_column("contacts", "erased_at")
