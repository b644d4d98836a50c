"""The tables of the store. Nothing here that SQLite and PostgreSQL do not both hold.

Times are ISO 8601 in UTC, days ``YYYY-MM-DD``, both as text; digests are SHA-256 in hex. ``docs/store.md`` explains the
tables on one page; a test holds the two against each other.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from tawatur.store.derived import DERIVED
from tawatur.store.schema import Sequence, metadata

__all__ = [
    "DERIVED",
    "attachments",
    "blobs",
    "captures",
    "decisions",
    "documents",
    "generations",
    "head",
    "issues",
    "journal",
    "metadata",
    "pending",
    "readings",
    "records",
    "reports",
    "visits",
]

blobs = Table(
    "blobs",
    metadata,
    Column("digest", Text, primary_key=True, comment="SHA-256 of the bytes as they were found"),
    Column("size", BigInteger, nullable=False, comment="how many bytes that were"),
    Column("content", LargeBinary, comment="the bytes, compressed with zlib; null once taken down"),
    comment="bytes as they were found, each once",
)

captures = Table(
    "captures",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column(
        "id", Text, nullable=False, unique=True, comment="hash of what was captured, not of when or from which file"
    ),
    Column("series", Text, nullable=False, index=True, comment="what later versions of the same report share"),
    Column("kind", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("charset", Text, nullable=False),
    Column("collection", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("listed", Text, nullable=False),
    Column("found_at", Text, nullable=False),
    Column("fetched", Text, nullable=False),
    Column("blob", Text, ForeignKey("blobs.digest"), nullable=False, index=True),
    comment="every version of every report, as found",
)

pending = Table(
    "pending",
    metadata,
    Column("capture", Sequence, ForeignKey("captures.seq"), primary_key=True, autoincrement=False),
    Column("owner", Text, nullable=False, comment="the process that captured it and means to read it"),
    comment="captures that nobody has read yet",
)

generations = Table(
    "generations",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("digest", Text, nullable=False),
    comment="the readers that made the readings",
)

documents = Table(
    "documents",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("digest", Text, nullable=False, unique=True, comment="hash of the content before it is compressed"),
    Column(
        "id",
        Text,
        nullable=False,
        index=True,
        comment="the id that its source gave, else a hash of its text; with ~ and eight digits of the digest where another "
        "series has that id",
    ),
    Column(
        "series", Text, nullable=False, index=True, comment="that it first came through; no other series uses its id"
    ),
    Column("title", Text, comment="null once taken down"),
    Column("url", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column(
        "content",
        LargeBinary,
        comment="id, text, title, given day, url, outlet, forwards as JSON, compressed; null once taken down",
    ),
    comment="canonical texts: what spans point into",
)

readings = Table(
    "readings",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("capture", Sequence, ForeignKey("captures.seq"), nullable=False),
    Column("generation", Sequence, ForeignKey("generations.seq"), nullable=False),
    Column("document", Sequence, ForeignKey("documents.seq"), index=True, comment="null where reading failed"),
    Column("status", Text, nullable=False, comment="read, same (as another capture's reading), failed"),
    Column("at", Text, nullable=False),
    Column("published", Text, comment="day of publication as this reader has it"),
    Column("digest", Text, nullable=False, comment="hash of the document's digest and the content"),
    Column("records", Integer, nullable=False, comment="how many"),
    Column(
        "content",
        LargeBinary,
        comment="parts, day, language, records, issues or the failure as JSON, compressed; null when same or taken down",
    ),
    UniqueConstraint("capture", "generation"),
    comment="what one reader made of one capture",
)

records = Table(
    "records",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("reading", Sequence, ForeignKey("readings.seq"), nullable=False, index=True),
    Column("position", Integer, nullable=False, comment="which of the reading's records, from 0"),
    Column("id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("first", Text, index=True, comment="first day, null where unknown"),
    Column("last", Text),
    Column("place", Text, index=True, comment="id in the gazetteer"),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("actor", Text, index=True, comment="id in the catalogue"),
    Column("confidence", Float, nullable=False),
    comment="what to find records by; the whole record stands in its reading",
)

reports = Table(
    "reports",
    metadata,
    Column("series", Text, primary_key=True),
    Column("capture", Sequence, ForeignKey("captures.seq"), nullable=False),
    Column("reading", Sequence, ForeignKey("readings.seq"), nullable=False, index=True),
    Column("document", Sequence, ForeignKey("documents.seq"), nullable=False, index=True),
    comment="for each series the version and reading that count now; can be made anew from the others",
)

attachments = Table(
    "attachments",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("capture", Sequence, ForeignKey("captures.seq"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("date", Text),
    Column("media_type", Text, nullable=False),
    Column("blob", Text, comment="digest of its bytes where it is known; the bytes are in blobs where they were kept"),
    comment="pictures, posts, links and outside archives that belong to a capture",
)

issues = Table(
    "issues",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("reading", Sequence, ForeignKey("readings.seq")),
    Column("at", Text, nullable=False),
    Column("code", Text, nullable=False, index=True),
    Column("message", Text, comment="null once taken down"),
    Column("found_at", Text, nullable=False, comment="where, for what has no reading"),
    Column("start", Integer, comment="the span in the document's text"),
    Column("end", Integer),
    Index("ix_issues_reading_found_at", "reading", "found_at"),
    comment="everything unexpected that was met",
)

visits = Table(
    "visits",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("address", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("status", Integer, nullable=False, comment="what the server answered; 0: nothing"),
    Column("final_address", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_visits_address_seq", "address", "seq"),
    comment="every attempt to fetch an address",
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False, index=True),
    Column("value", Text, nullable=False, comment="JSON"),
    Column("why", Text, nullable=False),
    Column("undoes", Text, ForeignKey("decisions.id"), comment="an earlier decision that this one takes back"),
    comment="what people decided; never changed, taken back by a later one",
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="capture, generation, reading, archive, decision"),
    Column("subject", Text, nullable=False, comment="id of what was added"),
    Column("digest", Text, nullable=False, comment="hash of what was added"),
    Column("link", Text, nullable=False, comment="hash over this row and the link before it"),
    Index("ix_journal_kind_subject", "kind", "subject"),
    comment="the hash chain: what was added and decided, in order",
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("link", Text, nullable=False),
    comment="one row: the end of the journal, held by whoever writes",
)
