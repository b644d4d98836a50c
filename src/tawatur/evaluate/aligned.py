"""A gold set and predictions on it, document by document, with the pairs that met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tawatur.evaluate.items import Item, Row, item
from tawatur.evaluate.pairs import align


@dataclass(frozen=True, slots=True)
class Aligned:
    """One document: its gold records, the predicted ones, and pairs of indices into the two, one to one."""

    doc: str
    gold: tuple[Item, ...]
    predicted: tuple[Item, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def missed(self) -> list[Item]:
        """Gold records that no prediction answers."""
        met = {i for i, _ in self.pairs}
        return [one for i, one in enumerate(self.gold) if i not in met]

    @property
    def made_up(self) -> list[Item]:
        """Predictions that answer no gold record."""
        met = {j for _, j in self.pairs}
        return [one for j, one in enumerate(self.predicted) if j not in met]


def aligned(gold: Sequence[Row], predicted: Mapping[str, Sequence[Row]]) -> Iterator[Aligned]:
    """Every document of ``gold`` with what was predicted on it (rows by document id), in the order of ``gold``."""
    for entry in gold:
        doc = str(entry["doc"])
        wanted = tuple(item(row, doc) for row in entry["records"])
        given = tuple(item(row, doc) for row in predicted.get(doc, ()))
        yield Aligned(doc, wanted, given, tuple(align(wanted, given)))
