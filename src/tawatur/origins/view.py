"""One event with all that stands behind it: what pages, tables and reports are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tawatur.events.told import Event, Facts, Told
from tawatur.model import Record
from tawatur.origins.accounts import Account, Position
from tawatur.origins.conflicts import Conflict
from tawatur.origins.dossier import Dossier
from tawatur.origins.explain import Graph, graph_of
from tawatur.origins.grades import Graded


@dataclass(frozen=True, slots=True)
class EventView:
    """An event, its accounts (oldest first), where they do not agree, its grade with reasons, and its members.
    Denials that are statements are accounts without being members."""

    event: Event
    accounts: tuple[Account, ...]
    conflicts: tuple[Conflict, ...]
    grade: Graded
    tolds: tuple[Told, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, event: Event, tolds: Iterable[Told], dossier: Dossier) -> EventView:
        """The view of ``event`` from its members and their dossier."""
        return cls(event, dossier.accounts, dossier.conflicts, dossier.graded, tuple(tolds))

    @property
    def graph(self) -> Graph:
        """Who told whom, from origins to reports and their copies."""
        return graph_of(self.accounts)

    @property
    def records(self) -> dict[str, Record]:
        """The records of its members and of its accounts, by id."""
        told = (*self.tolds, *(a.told for a in self.accounts))
        return {t.key: t.record for t in told}

    @property
    def facts(self) -> dict[str, Facts]:
        """The reports that tell it, by id."""
        told = (*self.tolds, *(a.told for a in self.accounts))
        return {t.facts.doc: t.facts for t in told}

    def at(self, *positions: Position) -> tuple[Account, ...]:
        """The accounts in one of the positions that stand for their origins today."""
        return tuple(a for a in self.accounts if a.position in positions and not a.replaced_by)
