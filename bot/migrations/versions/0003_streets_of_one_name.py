"""Streets of one name

Revision: 0003, after: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("streets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("community", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("city_imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("street_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_street_aliases_street_id"), ["street_id"], unique=False)
    with op.batch_alter_table("intersections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intersections_street_2_id"), ["street_2_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("intersections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intersections_street_2_id"))
    with op.batch_alter_table("street_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_street_aliases_street_id"))
    # Not in a batch, which would make the table anew: SQLite refuses to drop one that others refer to.
    op.drop_column("city_imports", "source")
    op.drop_column("streets", "community")
