"""Which agent has a conversation, and who looks at it

Revision: 0014, after: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("conversations", sa.Column("agent_id", ID))
    op.create_index("ix_conversations_touched_at", "conversations", ["touched_at"])
    op.create_table(
        "presences",
        sa.Column("id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("typed_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_presences_conversation_id_conversations"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_presences_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_presences"),
        sa.UniqueConstraint("conversation_id", "staff_id", name="uq_presences_conversation_id_staff_id"),
    )


def downgrade() -> None:
    op.drop_table("presences")
    op.drop_index("ix_conversations_touched_at", "conversations")
    op.drop_column("conversations", "agent_id")
