"""Which days a collection covers: a figure can be judged only where somebody was reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

LAG = 1
"""Days after a happening within which its report is counted as covering it: what happens at night is printed next day."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents of the collection were published on each day."""

    published: Mapping[date, int] = field(default_factory=dict)

    @classmethod
    def of(cls, days: Iterable[date | None]) -> Coverage:
        """From the days of publication of all documents; unknown ones (None) cover nothing."""
        return cls(Counter(d for d in days if d is not None))

    def covered(self, first: date, last: date) -> int:
        """How many of the days ``first`` to ``last`` (inclusive) have a document on that day or the next."""
        return sum(self.on(first + timedelta(n)) for n in range((last - first).days + 1))

    def on(self, day: date) -> bool:
        """Whether a document was published on ``day`` or the day after."""
        return any(self.published.get(day + timedelta(n), 0) for n in range(LAG + 1))

    def share(self, first: date, last: date) -> float:
        """The share of covered days; 0 for an empty span."""
        days = (last - first).days + 1
        return self.covered(first, last) / days if days > 0 else 0.0
