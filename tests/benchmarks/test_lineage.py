"""The floors of the lineage benchmark: copies are told from accounts of the same event, and plain MinHash is beaten."""

from __future__ import annotations

from benchmarks.lineage import figures, half, lineage, minhash, pairs
from benchmarks.lineage_edits import collection, reports


def test_the_pairs_are_many_varied_and_of_our_own_texts() -> None:
    judged = [p for odd in (True, False) for p in pairs(half(odd))]
    true = [p for p in judged if p.true]
    assert len(reports()) >= 60
    assert len(true) >= 250
    assert len(judged) - len(true) >= 300
    assert len({p.what for p in true}) >= 10
    assert collection() == collection()


def test_floors() -> None:
    texts = half(False)
    judged = pairs(texts)
    precision, recall, _ = figures(lineage(texts), judged)
    base_precision, base_recall, _ = figures(minhash(texts), judged)
    assert precision >= 0.97
    assert recall >= 0.95
    assert 2 * precision * recall / (precision + recall) > 2 * base_precision * base_recall / (
        base_precision + base_recall
    )
