"""What goes into events and what comes out: a record with what is known of its report, a person's verdict, an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tawatur.model import Forward, Place, Record

WindowBasis = Literal["told", "inferred", "none"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What events and origins need to know of a report. ``published`` is the day at the outlet's own UTC offset;
    ``lineage`` is a key that reports which copy one another share, "" where none is known."""

    doc: str
    published: date | None = None
    outlet: str = ""
    url: str = ""
    title: str = ""
    language: str = ""
    forwards: tuple[Forward, ...] = ()
    text: str = ""
    lineage: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One record and the report that it stands in."""

    facts: Facts
    record: Record

    @property
    def key(self) -> str:
        """The id of the record, unique in a collection."""
        return self.record.id


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's word on two records (ids): they tell of the same happening, or of another."""

    says: Literal["same", "other"]
    record_a: str
    record_b: str


@dataclass(frozen=True, slots=True)
class Event:
    """Records that tell of one happening. ``members`` are record ids, sorted; ``id`` is a hash of the smallest.

    ``first`` and ``last`` are the days, both included: the narrowest that its records agree on most (``told``), or the
    window from days of publication (``inferred``); None with basis ``none``. ``place`` is the finest place told and
    ``type`` the most telling type, the more frequent first.
    """

    id: str
    members: tuple[str, ...]
    first: date | None = None
    last: date | None = None
    window_basis: WindowBasis = "none"
    place: Place | None = None
    type: str = ""
