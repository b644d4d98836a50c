"""The calibration figures of readers, and the picture: every bin is drawn where its figures say."""

from __future__ import annotations

import random

import pytest
from lxml import etree

from benchmarks.calibration import picture, tables
from benchmarks.common import Run
from benchmarks.readers import Measured
from benchmarks.reliability import LEFT, PLOT, STEP, TOP, Panel, diagram, wilson
from tawatur.errors import TawaturError
from tawatur.evaluate.calibration import Pair, equal_mass
from tests.evaluate.made import gold, predicted, strike

NS = {"s": "http://www.w3.org/2000/svg"}


def test_the_interval_of_a_share() -> None:
    low, high = wilson(0.5, 100)
    assert (round(low, 3), round(high, 3)) == (0.404, 0.596)  # the textbook case
    assert wilson(0.0, 10)[0] == 0.0
    assert 0.25 < wilson(0.0, 10)[1] < 0.30
    assert wilson(1.0, 10)[1] == 1.0


def test_every_bin_is_a_point_and_every_tenth_a_bar_with_its_count() -> None:
    rng = random.Random(1)
    pairs: list[Pair] = [(c, rng.random() < c) for c in (rng.random() for _ in range(500))]
    root = etree.fromstring(diagram("a < b", [Panel("found", pairs), Panel("exact", pairs)]).encode())
    circles = root.findall("s:circle", NS)
    bins = equal_mass(pairs)
    assert len(circles) == 2 * len(bins)
    for circle, one in zip(circles, bins, strict=False):
        assert (float(circle.get("cx", "")) - LEFT) / PLOT == pytest.approx(one.confidence, abs=0.001)
        assert 1 - (float(circle.get("cy", "")) - TOP) / PLOT == pytest.approx(one.share, abs=0.001)
    second = circles[len(bins)]
    assert float(second.get("cx", "")) == pytest.approx(float(circles[0].get("cx", "")) + STEP)
    words = [t.text or "" for t in root.findall("s:text", NS)]
    counts = [int(w) for w in words if w.isdigit()]
    assert len(counts) == 20
    assert sum(counts) == 2 * len(pairs)
    assert {"a < b", "found", "exact", "confidence", "share that is found", "records"} <= set(words)


def test_the_table_holds_the_figures_of_each_reader() -> None:
    truth = gold(*[[strike(f"Town{n}")] for n in range(20)])
    right = [[strike(f"Town{n}", confidence=0.75)] for n in range(15)]
    wrong = [[strike("?", anchor="x", type="bomb", date=None, actor=None, confidence=0.75)] for _ in range(5)]
    sure, none = Run(predicted(*right, *wrong)), Run({})
    out = tables([Measured("dev", truth, {"sure": sure, "none": none})])
    (row,) = [[c.strip() for c in line.strip("|").split("|")] for line in out.splitlines()[2:]]
    # 15 of 20 hold at 0.75: no gap, and a Brier score of 0.75 x 0.25
    assert row[:6] == ["dev", "sure", "20", "0.75", "0.75", "0.000"]
    assert row[8] == "0.188"
    assert "“sure”" in picture([Measured("dev", truth, {"sure": sure, "none": none})])
    with pytest.raises(TawaturError, match="dev"):
        picture([Measured("dev", truth, {"none": none})])
