"""Work can be planned on a journey, whose name is longer than a portal's."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("maintenance") as maintenance:
        maintenance.alter_column("of", type_=sa.String(120), existing_nullable=False)
