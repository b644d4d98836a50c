"""Figures on the gold sets do not fall below the pinned floors (``python -m benchmarks.gate`` prints and pins them)."""

from __future__ import annotations

import pytest

from benchmarks import gate, gold
from benchmarks.common import DataMissing, corpus_hash


@pytest.mark.parametrize("name", gold.MEASURED)
def test_no_figure_is_below_its_floor(name: str) -> None:
    try:
        corpus = corpus_hash(gold.files(name))
    except DataMissing as missing:
        pytest.skip(f"{missing}: {missing.hint}")
    floors = gate.load()
    assert name in floors, f"{name} has no floors yet: python -m benchmarks.gate --pin"
    faults = list(gate.faults(name, floors[name], corpus, gate.figures(name)))
    assert not faults, "; ".join(faults)
