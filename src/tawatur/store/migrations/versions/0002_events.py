"""The tables of events, which are worked out from the others and begin empty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "placings",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_placings"),
    )
    op.create_table(
        "placed",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reading", _SEQUENCE, nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.seq"], name="fk_placed_reading"),
        sa.PrimaryKeyConstraint("document", name="pk_placed"),
    )
    op.create_table(
        "fingerprints",
        sa.Column("kind", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "document", name="pk_fingerprints"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lineages",
        sa.Column("copy", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("copy", "original", name="pk_lineages"),
    )
    op.create_index("ix_lineages_original", "lineages", ["original"])
    op.create_table(
        "facets",
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record", name="pk_facets"),
    )
    op.create_index("ix_facets_component", "facets", ["component"])
    op.create_index("ix_facets_document", "facets", ["document"])
    op.create_index("ix_facets_event", "facets", ["event"])
    op.create_table(
        "blocks",
        sa.Column("way", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("block", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("way", "block", "last", "record", name="pk_blocks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refused",
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("component", "a", "b", name="pk_refused"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=True),
        sa.Column("last", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_first", "events", ["first"])
    op.create_table(
        "names",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "kind", "value", name="pk_names"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_names_kind_value", "names", ["kind", "value"])
    op.create_table(
        "verdicts",
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("says", "a", "b", name="pk_verdicts"),
    )
    op.create_index("ix_verdicts_a", "verdicts", ["a"])
    op.create_index("ix_verdicts_b", "verdicts", ["b"])
