"""The tables of what is worked out from the others: lineages, facets, events. They can be made anew at any time, so neither
the content hash nor the journal nor an archive covers them; ``refresh`` of :mod:`tawatur.collection.placing` keeps them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from tawatur.store.schema import Sequence, metadata

placings = Table(
    "placings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("basis", Text, nullable=False, comment="digest of the code and tables that all this was worked out with"),
    Column("head", BigInteger, nullable=False, comment="end of the journal up to which all is placed; -1: not all is"),
    comment="one row: how far the tables of events follow the others",
)

placed = Table(
    "placed",
    metadata,
    Column("document", Text, primary_key=True, comment="id of a document that counts"),
    Column("reading", Sequence, ForeignKey("readings.seq"), nullable=False, comment="the reading that was placed"),
    Column("published", Text),
    Column("lineage", Text, nullable=False, comment="what reports of one descent share; empty where it stands alone"),
    Column("publisher", Text, nullable=False, comment="JSON"),
    Column("paper", Text, nullable=False, comment="embedded posts and furniture as JSON"),
    Column("signature", LargeBinary, nullable=False, comment="fingerprints and bands of its words"),
    comment="the documents whose records stand in the tables of events",
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("kind", Integer, primary_key=True, autoincrement=False, comment="which sort of key"),
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Text, primary_key=True),
    comment="what reports that may copy or name one another have in common",
    sqlite_with_rowid=False,
)

lineages = Table(
    "lineages",
    metadata,
    Column("copy", Text, primary_key=True),
    Column("original", Text, primary_key=True, index=True),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False, comment="score, reasons and where the shared passages stand, JSON"),
    comment="which document comes from which",
)

facets = Table(
    "facets",
    metadata,
    Column("record", Text, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("component", Text, nullable=False, index=True, comment="smallest record of its component"),
    Column("event", Text, nullable=False, index=True),
    Column("row", LargeBinary, nullable=False, comment="what is compared, of fixed width"),
    Column("told", LargeBinary, nullable=False, comment="what an event takes from it, compressed JSON"),
    comment="records that tell of one happening, the component and the event that each belongs to",
)

blocks = Table(
    "blocks",
    metadata,
    Column("way", Integer, primary_key=True, autoincrement=False, comment="0: lies in it, 1: awaits who does"),
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("last", Integer, primary_key=True, autoincrement=False, comment="last day of the record, an ordinal"),
    Column("record", Text, primary_key=True),
    Column("first", Integer, nullable=False),
    comment="where records are looked for that may tell of one happening",
    sqlite_with_rowid=False,
)

refused = Table(
    "refused",
    metadata,
    Column("component", Text, primary_key=True),
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
    comment="records said to be one happening that others, said to be two, keep apart",
)

events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("first", Text, index=True),
    Column("last", Text),
    Column("content", Text, nullable=False, comment="JSON"),
    comment="what the records of one happening say together",
)

names = Table(
    "names",
    metadata,
    Column("event", Text, primary_key=True),
    Column("kind", Text, primary_key=True, comment="type, place, country, place name, party, party name"),
    Column("value", Text, primary_key=True),
    Index("ix_names_kind_value", "kind", "value"),
    comment="what to find an event by",
    sqlite_with_rowid=False,
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("says", Text, primary_key=True, comment="same, other"),
    Column("a", Text, primary_key=True, index=True),
    Column("b", Text, primary_key=True, index=True),
    comment="people's decisions on pairs of records, as the events follow them",
)

_TABLES = (placings, placed, fingerprints, lineages, facets, blocks, refused, events, names, verdicts)

DERIVED = frozenset(table.name for table in _TABLES)
"""The names of the tables that can be made anew."""


def tables() -> tuple[Table, ...]:
    """All of them."""
    return _TABLES
