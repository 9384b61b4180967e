"""What was understood of a message, what residents say of work that was done, and when people were needed

Revision: 0016, after: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("handed_off_at", "abandoned_at"):
        op.add_column("conversations", sa.Column(name, MOMENT))
        op.create_index(f"ix_conversations_{name}", "conversations", [name])
    for name in ("language", "understood"):
        op.add_column("messages", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("service_requests", sa.Column("verdict", sa.Text(), nullable=False, server_default=""))
    op.add_column("service_requests", sa.Column("verdict_datetime", MOMENT))
    waits = "waiting_since IS NOT NULL AND waiting_reason"
    op.execute(f"UPDATE conversations SET handed_off_at = waiting_since WHERE {waits} IN ('asked', 'error')")
    op.execute(f"UPDATE conversations SET abandoned_at = waiting_since WHERE {waits} = 'incomplete'")


def downgrade() -> None:
    op.drop_column("service_requests", "verdict_datetime")
    op.drop_column("service_requests", "verdict")
    op.drop_column("messages", "understood")
    op.drop_column("messages", "language")
    for name in ("abandoned_at", "handed_off_at"):
        op.drop_index(f"ix_conversations_{name}", "conversations")
        op.drop_column("conversations", name)
