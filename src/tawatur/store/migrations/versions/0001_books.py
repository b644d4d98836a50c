"""The first tables of the books."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables in a database that has none."""
    op.create_table(
        "blobs",
        sa.Column("digest", sa.Text()),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_blobs"),
    )
    op.create_table(
        "decisions",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.id"], name="fk_decisions_undoes"),
        sa.PrimaryKeyConstraint("seq", name="pk_decisions"),
        sa.UniqueConstraint("id", name="uq_decisions_id"),
    )
    op.create_index("ix_decisions_kind", "decisions", ["kind"])
    op.create_index("ix_decisions_subject", "decisions", ["subject"])
    op.create_table(
        "documents",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_documents"),
        sa.UniqueConstraint("digest", name="uq_documents_digest"),
    )
    op.create_index("ix_documents_id", "documents", ["id"])
    op.create_index("ix_documents_series", "documents", ["series"])
    op.create_table(
        "generations",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_generations"),
        sa.UniqueConstraint("id", name="uq_generations_id"),
    )
    op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
    )
    op.create_table(
        "journal",
        sa.Column("seq", _SEQUENCE, autoincrement=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
    )
    op.create_index("ix_journal_kind_subject", "journal", ["kind", "subject"])
    op.create_table(
        "visits",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("final_address", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_visits"),
    )
    op.create_index("ix_visits_address_seq", "visits", ["address", "seq"])
    op.create_table(
        "captures",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("charset", sa.Text(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("listed", sa.Text(), nullable=False),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.Column("fetched", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["blobs.digest"], name="fk_captures_blob"),
        sa.PrimaryKeyConstraint("seq", name="pk_captures"),
        sa.UniqueConstraint("id", name="uq_captures_id"),
    )
    op.create_index("ix_captures_blob", "captures", ["blob"])
    op.create_index("ix_captures_series", "captures", ["series"])
    op.create_table(
        "attachments",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("capture", _SEQUENCE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["capture"], ["captures.seq"], name="fk_attachments_capture"),
        sa.PrimaryKeyConstraint("seq", name="pk_attachments"),
    )
    op.create_index("ix_attachments_capture", "attachments", ["capture"])
    op.create_table(
        "pending",
        sa.Column("capture", _SEQUENCE, autoincrement=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.seq"], name="fk_pending_capture"),
        sa.PrimaryKeyConstraint("capture", name="pk_pending"),
    )
    op.create_table(
        "readings",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("capture", _SEQUENCE, nullable=False),
        sa.Column("generation", _SEQUENCE, nullable=False),
        sa.Column("document", _SEQUENCE, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["capture"], ["captures.seq"], name="fk_readings_capture"),
        sa.ForeignKeyConstraint(["document"], ["documents.seq"], name="fk_readings_document"),
        sa.ForeignKeyConstraint(["generation"], ["generations.seq"], name="fk_readings_generation"),
        sa.PrimaryKeyConstraint("seq", name="pk_readings"),
        sa.UniqueConstraint("capture", "generation", name="uq_readings_capture_generation"),
    )
    op.create_index("ix_readings_document", "readings", ["document"])
    op.create_table(
        "issues",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("reading", _SEQUENCE, nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.seq"], name="fk_issues_reading"),
        sa.PrimaryKeyConstraint("seq", name="pk_issues"),
    )
    op.create_index("ix_issues_code", "issues", ["code"])
    op.create_index("ix_issues_reading_found_at", "issues", ["reading", "found_at"])
    op.create_table(
        "records",
        sa.Column("seq", _SEQUENCE, autoincrement=True),
        sa.Column("reading", _SEQUENCE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=True),
        sa.Column("last", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.seq"], name="fk_records_reading"),
        sa.PrimaryKeyConstraint("seq", name="pk_records"),
    )
    op.create_index("ix_records_actor", "records", ["actor"])
    op.create_index("ix_records_first", "records", ["first"])
    op.create_index("ix_records_id", "records", ["id"])
    op.create_index("ix_records_place", "records", ["place"])
    op.create_index("ix_records_reading", "records", ["reading"])
    op.create_table(
        "reports",
        sa.Column("series", sa.Text()),
        sa.Column("capture", _SEQUENCE, nullable=False),
        sa.Column("reading", _SEQUENCE, nullable=False),
        sa.Column("document", _SEQUENCE, nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.seq"], name="fk_reports_capture"),
        sa.ForeignKeyConstraint(["document"], ["documents.seq"], name="fk_reports_document"),
        sa.ForeignKeyConstraint(["reading"], ["readings.seq"], name="fk_reports_reading"),
        sa.PrimaryKeyConstraint("series", name="pk_reports"),
    )
    op.create_index("ix_reports_document", "reports", ["document"])
    op.create_index("ix_reports_reading", "reports", ["reading"])
