"""Which sources are left out across the split, and which pairs are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tawatur.events.told import Facts, Told
from tests.events.made import Sketch
from tests.training.made import side, source
from training.incidents import pairs_of, shared_across, with_lineage

WORDS = "aircraft struck the market of the town at noon and killed four of one family who had come there from the north".split()


def test_a_source_that_shares_its_words_across_the_split_is_left_out_with_the_other() -> None:
    whole = " ".join(WORDS)
    begun = " ".join([*WORDS[:14], *(f"other{n}" for n in range(5))])
    own = " ".join(f"word{n}" for n in range(20))
    assert shared_across({"a": source(text=whole), "b": source(text=own)}, {"c": source(text=begun)}) == {"a", "c"}


def test_a_short_quotation_does_not_leave_a_source_out() -> None:
    long = " ".join([*WORDS[:6], *(f"word{n}" for n in range(40))])
    other = " ".join([*WORDS[:6], *(f"other{n}" for n in range(40))])
    assert shared_across({"a": source(text=long)}, {"b": source(text=other)}) == frozenset()


def test_a_small_source_inside_a_large_one_leaves_out_the_small_one_alone() -> None:
    inside = " ".join(WORDS)
    large = " ".join([*(f"word{n}" for n in range(200)), *WORDS])
    assert shared_across({"a": source(text=inside)}, {"b": source(text=large)}) == {"a"}


def test_pairs_are_told_once_whatever_the_order() -> None:
    assert pairs_of([["b", "a", "a"], ["a", "b"], ["c"]]) == {("a", "b")}


def test_sources_have_an_incident_in_common_where_both_are_tied_to_it() -> None:
    made = side(("r1", "a", "i1", 0), ("r2", "a", "i2", 0), ("r3", "b", "i2", 0), ("r4", "c", "i3", 0))
    assert made.common("a", "b")
    assert not made.common("a", "c")


def test_copies_have_one_lineage_and_others_none() -> None:
    story = " ".join(WORDS * 3 + [f"name{n}" for n in range(60)])
    apart = " ".join(f"else{n}" for n in range(80))

    def told(key: str, doc: str, text: str) -> Told:
        return replace(Sketch(key, doc).told(), facts=Facts(doc, date(2021, 5, 5), f"outlet {doc}", text=text))

    found = with_lineage([told("r1", "a", story), told("r2", "b", story), told("r3", "c", apart)])
    lineage = {t.facts.doc: t.facts.lineage for t in found}
    assert lineage["a"] == lineage["b"] != ""
    assert lineage["c"] == ""
