"""Pairs and clusters against an oracle that looks at everything, on random small collections."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.events.build import components, events
from tawatur.events.facets import facets
from tawatur.events.levels import Weights, weights
from tawatur.events.pairs import pairs
from tawatur.events.score import score
from tawatur.events.told import Told, Verdict
from tests.events.made import Sketch, collections
from tests.events.oracle import Groups, clusters, compared, listed, scored

# joins readily, so that small collections have components in which clusters compete
EAGER = Weights(weights().levels, weights().prior + 1500, -3000, 0)


def groups(tolds: list[Told], verdicts: list[Verdict] | None = None, scale: Weights = EAGER) -> Groups:
    return {frozenset(m) for c in components(facets(tolds), verdicts or (), scale) for m in c.events}


def consistent(draw: st.DrawFn, tolds: list[Told]) -> list[Verdict]:
    """Verdicts that do not contradict each other: by an event that each named record is given."""
    keys = sorted({t.key for t in tolds})
    named = draw(st.lists(st.sampled_from(keys), max_size=5, unique=True)) if keys else []
    event = {k: draw(st.integers(0, 1)) for k in named}
    return [Verdict("same" if event[a] == event[b] else "other", a, b) for a in named for b in named if a < b]


@settings(max_examples=150, deadline=None)
@given(collections())
def test_every_pair_that_shares_a_block_is_found_and_no_other(tolds: list[Told]) -> None:
    found = facets(tolds)
    made = [(found.ids[i], found.ids[j]) for i, j in pairs(found.rows).tolist()]
    assert len(made) == len(set(made))
    assert set(made) == compared(tolds)


@settings(max_examples=60, deadline=None)
@given(collections())
def test_many_pairs_at_once_score_as_one_does(tolds: list[Told]) -> None:
    found = facets(tolds)
    candidates = pairs(found.rows)
    wanted = scored(tolds, EAGER)
    got = score(found.rows, candidates, EAGER).tolist()
    assert got == [wanted[found.ids[i], found.ids[j]] for i, j in candidates.tolist()]


@settings(max_examples=150, deadline=None)
@given(collections(), st.data())
def test_clusters_are_those_of_the_oracle(tolds: list[Told], data: st.DataObject) -> None:
    verdicts = data.draw(st.composite(consistent)(tolds))
    assert groups(tolds, verdicts) == clusters(tolds, EAGER, verdicts)


@settings(max_examples=60, deadline=None)
@given(collections(), st.randoms(use_true_random=False))
def test_order_does_not_matter(tolds: list[Told], order: random.Random) -> None:
    shuffled = tolds.copy()
    order.shuffle(shuffled)
    assert events(shuffled, scale=EAGER) == events(tolds, scale=EAGER)


@settings(max_examples=100, deadline=None)
@given(collections(), st.data())
def test_lists_and_people_are_obeyed(tolds: list[Told], data: st.DataObject) -> None:
    verdicts = data.draw(st.composite(consistent)(tolds))
    of = {m: g for g in groups(tolds, verdicts) for m in g}
    told = {t.key: t for t in tolds}
    said = {(v.record_a, v.record_b): v.says for v in verdicts}
    for (a, b), says in said.items():
        assert (of[a] == of[b]) == (says == "same")
    joined = {r for pair, says in said.items() if says == "same" for r in pair}
    for group in set(of.values()):
        for a in group - joined:
            assert not any(listed(told[a], told[b]) for b in group - joined if a != b)


def test_a_chain_of_neighbours_is_not_one_event() -> None:
    """Each day's record is like the next day's; the first and the last have nothing in common."""
    days = [Sketch(f"r{n:02}", f"d{n}", 2, day=n, published=n).told() for n in range(12)]
    assert len(components(facets(days), scale=EAGER)) < len(groups(days))


def test_what_people_say_cannot_be_had_both_ways() -> None:
    tolds = [Sketch(key, key).told() for key in ("a", "b", "c")]
    said = [Verdict("same", "a", "b"), Verdict("same", "b", "c"), Verdict("other", "a", "c")]
    (found,) = components(facets(tolds), said, EAGER)
    assert found.refused == (("b", "c"),)
    assert found.events == (("a", "b"), ("c",))


def test_verdicts_on_records_that_are_not_there_wait() -> None:
    tolds = [Sketch("a", "a").told(), Sketch("b", "b").told()]
    assert groups(tolds, [Verdict("other", "a", "gone")]) == {frozenset(("a", "b"))}
