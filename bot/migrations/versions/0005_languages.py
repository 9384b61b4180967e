"""What was said in another language, in the city's own beside it

Revision: 0005, after: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A default of the server's own: rows are there already, and SQLite can add such a column in place.
    op.add_column("messages", sa.Column("gloss", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("messages", "gloss")
