"""A claim: a count or a figure by one party, with the records that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tawatur.events.scope import Scope
from tawatur.model import Record

Of = Literal["attacks", "sites", "killed", "injured", "percent", "first"]


@dataclass(frozen=True, slots=True)
class Telling:
    """A record of a count or a figure, with what is known beside it: the key of its origin ("" where it has none that
    counts) and that origin's label, and the day of publication."""

    record: Record
    origin: str
    label: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One count or figure by one origin, as told in one or several documents; ``tellings`` in order of publication.
    ``low`` and ``high`` are inclusive, None is open; for a fall, percentages are negative. ``other`` are the days that
    its words may mean as well ("last week"), None where they mean those of ``scope`` alone. ``about``
    says that the figure is rounded ("about 23")."""

    of: Of
    low: float | None
    high: float | None
    scope: Scope
    origin: str
    label: str
    tellings: tuple[Telling, ...]
    other: tuple[date, date] | None = None
    about: bool = False

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of the records that tell it."""
        return tuple(t.record.id for t in self.tellings)

    @property
    def published(self) -> date | None:
        """The first day that it was published."""
        return next((t.published for t in self.tellings if t.published), None)
