"""Notices for an area and who follows them; times of storm

Revision: 0011, after: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "area_notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("area", sa.JSON(), nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("safety", sa.Boolean(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("announced_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("end_text", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_area_notices"),
    )
    op.create_index("ix_area_notices_ended_at_area_notices_expires", "area_notices", ["ended_at", "expires"])
    op.create_table(
        "notice_followers",
        sa.Column("id", ID, nullable=False),
        sa.Column("notice_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("muted_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["area_notices.id"], name="fk_notice_followers_notice_id_area_notices"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_notice_followers_conversation_id_conversations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notice_followers"),
        sa.UniqueConstraint(
            "notice_id", "conversation_id", name="uq_notice_followers_notice_id_conversation_id"
        ),
    )
    op.create_index("ix_notice_followers_conversation_id", "notice_followers", ["conversation_id"])
    op.create_index("ix_notice_followers_notice_id_notice_followers_told", "notice_followers", ["notice_id", "told"])
    op.create_table(
        "storm_modes",
        sa.Column("id", ID, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_storm_modes"),
    )
    op.add_column("messages", sa.Column("notice_id", ID))  # in place: messages are many
    op.create_index("ix_messages_notice_id", "messages", ["notice_id"])


def downgrade() -> None:
    op.drop_index("ix_messages_notice_id", table_name="messages")
    op.drop_column("messages", "notice_id")
    op.drop_table("storm_modes")
    op.drop_index("ix_notice_followers_notice_id_notice_followers_told", table_name="notice_followers")
    op.drop_index("ix_notice_followers_conversation_id", table_name="notice_followers")
    op.drop_table("notice_followers")
    op.drop_index("ix_area_notices_ended_at_area_notices_expires", table_name="area_notices")
    op.drop_table("area_notices")
