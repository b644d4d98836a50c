"""All that stands behind one event, in one call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tawatur.events.told import Facts, Told
from tawatur.origins.accounts import Account, accounts_of
from tawatur.origins.conflicts import Conflict, conflicts_of
from tawatur.origins.explain import Graph, graph_of
from tawatur.origins.grades import Decided, Graded, grade
from tawatur.origins.lineage import Lineage


@dataclass(frozen=True, slots=True)
class Dossier:
    """The accounts of an event (oldest first), its grade with reasons and independent origins, where the accounts do
    not agree, and the graph of who told whom."""

    accounts: tuple[Account, ...]
    graded: Graded
    conflicts: tuple[Conflict, ...]
    graph: Graph


def dossier(
    tolds: Iterable[Told],
    lineages: Mapping[str, Sequence[Lineage]],
    facts: Mapping[str, Facts],
    statements: Iterable[Told] = (),
    decided: Decided | None = None,
) -> Dossier:
    """The dossier of the event whose members are ``tolds``. ``lineages`` are those of ``descent.by_copy``, ``facts``
    the reports by id, originals among them; ``statements`` are denials that may be meant; ``decided`` is a person's
    grade."""
    accounts = accounts_of(tolds, lineages, facts, statements)
    return Dossier(accounts, grade(accounts, decided), conflicts_of(accounts), graph_of(accounts))
