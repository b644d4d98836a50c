"""Fitting calibration curves on made-up scores whose true probability is known."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tawatur.evaluate.calibration import Judged, ece, equal_mass
from tawatur.reader.calibration import calibration
from tests.evaluate.made import gold, strike
from training.calibrate import CELL, KNOTS, Block, cells, fit, held_out, knots, main, pooled, thinned


def truly(kind: str, score: float) -> float:
    """How probable a made record is: scores are too sure, those of statements far more so."""
    return score**2 if kind == "event" else 0.1 + 0.4 * score


def drawn(n: int, seed: int) -> list[Judged]:
    rng = random.Random(seed)
    out = []
    for k in range(n):
        kind, score = rng.choice(("event", "statement")), rng.random()
        out.append(Judged(f"d{k // 10}", kind, score, rng.random() < truly(kind, score), False))
    return out


def test_neighbours_that_fall_are_pooled_to_their_mean() -> None:
    blocks = [Block(1, 0.1, 0.2), Block(1, 0.2, 0.6), Block(3, 0.3, 0.2), Block(1, 0.5, 0.9)]
    first, middle, last = pooled(blocks)
    assert (first, last) == (blocks[0], blocks[-1])
    assert middle.n == 4
    assert middle.score == pytest.approx(0.275)
    assert middle.share == pytest.approx(0.3)


def test_a_fall_through_everything_leaves_one_block() -> None:
    (block,) = pooled([Block(2, k / 9, 1 - k / 9) for k in range(10)])
    assert block.n == 20
    assert block.score == pytest.approx(0.5)
    assert block.share == pytest.approx(0.5)


def test_equal_scores_stay_in_one_cell_and_no_cell_is_small() -> None:
    found = cells([(0.5, True)] * 70 + [(k / 1000, False) for k in range(50)] + [(0.9, True)])
    assert all(c.n >= CELL for c in found)
    assert sum(c.n for c in found) == 121
    assert max(c.n for c in found) >= 70
    assert all(0 < c.share < 1 for c in found)  # never and always are not learned from a few


def test_thinning_keeps_the_ends_and_the_bend() -> None:
    line = [Block(10, k / 10, 0.05 * k if k < 5 else 0.2 + 0.12 * (k - 4)) for k in range(11)]  # bends at 0.4
    kept = thinned(line, 3)
    assert [b.score for b in kept] == [0.0, 0.4, 1.0]


def test_curves_rise_and_have_few_knots() -> None:
    for curve in fit(drawn(5000, 1)).values():
        scores, shares = zip(*curve, strict=True)
        assert 2 <= len(curve) <= KNOTS
        assert list(scores) == sorted(set(scores))
        assert list(shares) == sorted(shares)


def test_a_known_distribution_is_reproduced_by_kind() -> None:
    curves = calibration(fit(drawn(20_000, 2)))
    for kind in ("event", "statement"):
        for score in (0.1, 0.3, 0.5, 0.7, 0.9):
            assert curves.probability(kind, score) == pytest.approx(truly(kind, score), abs=0.05)


def test_the_calibration_error_falls_on_records_that_were_not_fitted_on() -> None:
    curves, fresh = calibration(fit(drawn(2000, 3))), drawn(2000, 4)
    before = ece(equal_mass([(r.confidence, r.found) for r in fresh]))
    after = ece(equal_mass([(curves.probability(r.kind, r.confidence), r.found) for r in fresh]))
    assert before > 0.15
    assert after < before / 3


def test_held_out_records_are_all_there_with_a_small_error() -> None:
    records = drawn(2000, 5)
    pairs = held_out(records)
    assert len(pairs) == len(records)
    assert sum(found for _, found in pairs) == sum(r.found for r in records)
    assert ece(equal_mass(pairs)) < 0.06


def test_a_kind_with_few_records_has_no_curve_of_its_own() -> None:
    few = [Judged("d", "statistic", 0.5, True, False)] * 20
    assert fit([*drawn(1000, 6), *few]).keys() == {"all", "event", "statement"}
    with pytest.raises(ValueError, match="no records"):
        fit([])


def test_scores_all_alike_give_the_share_that_is_found() -> None:
    ((score, share),) = knots([(0.5, k % 4 == 0) for k in range(200)])
    assert score == 0.5
    assert share == pytest.approx(0.25, abs=0.001)


def test_the_command_writes_a_table_that_the_reader_can_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = gold(*[[strike(f"Town{n}")] for n in range(60)])
    rows = [
        {"doc": f"d{n}", **strike(f"Town{n}" if n % 2 else "?", confidence=0.9 if n % 2 else 0.6, **wrong)}
        for n in range(60)
        for wrong in [{} if n % 2 else {"anchor": "x", "type": "bomb", "date": None, "actor": None}]
    ]
    (tmp_path / "gold.json").write_text(json.dumps(truth), encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    main(["--on", str(tmp_path / "gold.json"), str(tmp_path / "rows.jsonl"), "--output", str(tmp_path / "table.json")])
    curves = calibration(json.loads((tmp_path / "table.json").read_text(encoding="utf-8")))
    assert curves.probability("event", 0.6) < 0.05
    assert curves.probability("event", 0.9) > 0.95
    assert "60 records" in capsys.readouterr().out
