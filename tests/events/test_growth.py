"""New records among old components: what is worked out of a part is what would be worked out of all."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.events import growth
from tawatur.events.build import components
from tawatur.events.cluster import Clusters, cluster
from tawatur.events.facets import Facets, Rows, facets
from tawatur.events.levels import Weights
from tawatur.events.pairs import Pairs
from tawatur.events.told import Told
from tests.events.made import Sketch, collections
from tests.events.test_clusters import EAGER


@settings(max_examples=40, deadline=None)
@given(collections(most=40), st.data())
def test_new_records_make_what_working_out_all_makes(tolds: list[Told], data: st.DataObject) -> None:
    found = facets(tolds)
    if len(found):
        new = set(data.draw(st.lists(st.sampled_from(found.ids), min_size=1, max_size=4, unique=True)))
        before = components(found.without(new), (), EAGER)
        assert growth.grown(found, before, new, EAGER) == components(found, (), EAGER)


def chain(*days: int) -> list[Told]:
    """Records of one place on these days; neighbours are alike, and more so where they tell the same number of dead."""
    return [Sketch(f"r{n:02}", f"d{n}", 2, day=n, published=n, killed=n // 2).told() for n in days]


def crowd(draw: random.Random) -> list[Told]:
    """Records of one place over eight days, of which nearly any two may be one."""
    return [
        Sketch(
            f"{draw.randrange(1 << 20):05x}{n:02}",
            f"d{n}",
            draw.randrange(3),
            day=draw.choice((n // 2, n // 2 + 1, None)),
            published=n // 2 + 1,
            killed=draw.choice((None, 3, 4)),
            type=draw.choice(("strike.air", "strike.unspecified", "raid")),
        ).told()
        for n in range(16)
    ]


def test_a_change_that_goes_on_from_cluster_to_cluster_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new record takes from one cluster may leave the rest of it to the next."""
    rounds: list[int] = []
    touching = growth._touching

    def counted(found: Facets, changed: growth.Flags, scale: Weights) -> Pairs:
        rounds[-1] += 1
        return touching(found, changed, scale)

    monkeypatch.setattr(growth, "_touching", counted)
    for seed in range(24):
        draw = random.Random(seed)
        found = facets(crowd(draw))
        left = draw.choice(found.ids)
        before = components(found.without({left}), (), EAGER)
        rounds.append(0)
        assert growth.grown(found, before, {left}, EAGER) == components(found, (), EAGER), seed
    assert max(rounds) >= 3


def test_only_what_new_records_touch_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain over a year is one component; a record that comes to its end is held against few."""
    tolds = chain(*range(0, 300))
    found = facets(tolds)
    last = found.ids[-1]
    before = components(found.without({last}), (), EAGER)
    assert max(len(c.members) for c in before) > 100
    looked: list[int] = []

    def counted(rows: Rows, *rest: Any) -> Clusters:
        looked.append(len(rows))
        return cluster(rows, *rest)

    monkeypatch.setattr(growth, "cluster", counted)
    after = growth.grown(found, before, {last}, EAGER)
    assert max(looked) < 20
    assert after == components(found, (), EAGER)
