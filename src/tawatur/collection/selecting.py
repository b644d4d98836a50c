"""Which counts and figures are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tawatur.events.stated import Claim
from tawatur.meaning.actors_relations import same_party


@dataclass(frozen=True, slots=True)
class Stated:
    """Claims that speak of days from ``since`` to ``until`` or were published then, by ``party`` (an id); empty fields
    ask for anything."""

    since: date | None = None
    until: date | None = None
    party: str = ""

    def holds(self, claim: Claim) -> bool:
        """Whether ``claim`` is asked for."""
        return self._by(claim) and (
            (self.since is None and self.until is None)
            or any(self._within(d) for d in (claim.scope.last, claim.published))
        )

    def _within(self, day: date | None) -> bool:
        if day is None:
            return False
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def _by(self, claim: Claim) -> bool:
        if not self.party:
            return True
        speakers = [t.record.source[-1].entity for t in claim.tellings if t.record.source]
        return any(s and same_party(s, self.party) == "same" for s in speakers)
