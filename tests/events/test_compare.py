"""The levels of single comparisons, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tawatur.events.facets import Facets, facets
from tawatur.events.levels import COMPARISONS, weights, weights_of
from tawatur.events.score import explain
from tawatur.model import Span, When
from tests.events.made import Sketch

ONE = Sketch("a", "one")
OTHER = Sketch("b", "two")


def level(comparison: str, a: dict[str, Any], b: dict[str, Any]) -> str:
    found = facets([replace(ONE, **a).told(), replace(OTHER, **b).told()])
    (step,) = (s for s in explain(found, "a", "b", weights()) if s.comparison == comparison)
    (back,) = (s for s in explain(found, "b", "a", weights()) if s.comparison == comparison)
    assert step == back
    assert step.means == dict(COMPARISONS[comparison])[step.level]
    return step.level


@pytest.mark.parametrize(
    ("comparison", "a", "b", "wanted"),
    [
        ("place", {"place": None}, {"place": None}, "neither"),
        ("place", {"place": None}, {}, "one"),
        ("place", {"place": 4}, {"place": 4}, "site"),
        ("place", {}, {}, "settlement"),
        ("place", {}, {"place": 1}, "name"),  # a base and its town, four kilometres apart
        ("place", {"place": 5}, {"place": 5}, "name"),
        ("place", {}, {"place": 3}, "parent"),
        ("place", {}, {"place": 2}, "far"),
        ("place", {}, {"place": 4}, "far"),
        ("day", {}, {}, "same"),
        ("day", {"days": 2}, {"day": 1}, "overlap"),
        ("day", {}, {"day": 1}, "next"),
        ("day", {}, {"day": 2}, "apart"),
        ("day", {}, {"day": None, "published": 0}, "inferred_0"),
        ("day", {}, {"day": None, "published": 1}, "inferred_1"),
        ("day", {}, {"day": None, "published": 3}, "inferred_more"),
        ("day", {}, {"day": None, "published": 4}, "inferred_next"),
        ("day", {}, {"day": None, "published": -1}, "inferred_next"),
        ("day", {}, {"day": None, "published": 5}, "apart"),
        ("day", {"day": None}, {"day": None}, "published_same"),
        ("day", {"day": None}, {"day": None, "published": 2}, "published_next"),
        ("day", {"day": None}, {"day": None, "published": 4}, "published_more"),
        ("day", {}, {"day": None, "published": None}, "one"),
        ("day", {"day": None, "published": None}, {"day": None, "published": None}, "neither"),
        ("type", {}, {}, "same"),
        ("type", {}, {"type": "strike.unspecified"}, "open"),
        ("type", {}, {"type": "raid"}, "means"),
        ("type", {}, {"type": "harm"}, "result"),
        ("type", {}, {"type": "deployment"}, "other"),
        ("actor", {}, {}, "neither"),
        ("actor", {"actor": "us"}, {}, "one"),
        ("actor", {"actor": "us"}, {"actor": "us.forces"}, "same"),
        ("actor", {"actor": "iri"}, {"actor": "kataib-hezbollah"}, "umbrella"),
        ("actor", {"actor": "us"}, {"actor": "jo"}, "other"),
        ("actor", {"actor": "LOCALS"}, {"actor": "LOCALS"}, "name"),
        ("actor", {"actor": "LOCALS"}, {"actor": "us"}, "names"),
        ("killed", {"killed": 3.0}, {"killed": 3.0}, "equal"),
        ("killed", {"killed": 3.0}, {"killed": 4.0}, "other"),
        ("killed", {"killed": 3.0}, {}, "one"),
        ("words", {}, {}, "sentence"),
        ("words", {}, {"sentence": 2}, "none"),
        ("words", {}, {"sentence": 3}, "language"),
        ("rare", {}, {"sentence": 3}, "language"),
        ("rare", {}, {"sentence": 2}, "none"),
        ("report", {}, {}, "other"),
        ("report", {}, {"doc": "one"}, "same"),
        ("report", {"lineage": "x"}, {"lineage": "x"}, "copy"),
    ],
)
def test_level(comparison: str, a: dict[str, Any], b: dict[str, Any], wanted: str) -> None:
    assert level(comparison, a, b) == wanted


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ("الخميس", "يوم الخميس", "weekday"),
        ("الخميس", "الجمعة", "weekday_next"),
        ("الأحد", "الاثنين", "weekday_next"),
        ("الخميس", "السبت", "other"),
        ("2 تشرين الثاني", "2 تشرين الثاني", "date"),
        ("2 تشرين الثاني", "3 تشرين الثاني", "date_next"),
        ("2 تشرين الثاني", "9 تشرين الثاني", "other"),
        ("الخميس", "اليوم", "known"),
    ],
)
def test_words_for_a_day_that_is_not_known(a: str, b: str, wanted: str) -> None:
    told = []
    for sketch, words in ((ONE, a), (OTHER, b)):
        plain = replace(sketch, day=None, published=None).told()
        when = When(Span(0, len(words), words))
        told.append(replace(plain, record=replace(plain.record, time=when)))
    found = facets(told)
    (step,) = (s for s in explain(found, "a", "b", weights()) if s.comparison == "calendar")
    assert step.level == wanted


def test_rows_are_the_same_once_kept() -> None:
    found = facets([ONE.told(), OTHER.told()])
    kept = Facets.from_bytes(zip(found.ids, found.to_bytes(), strict=True))
    assert kept.ids == found.ids
    assert kept.to_bytes() == found.to_bytes()


def test_every_level_of_the_table_has_a_weight() -> None:
    scale = weights()
    assert {k: len(v) for k, v in scale.levels.items()} == {k: len(v) for k, v in COMPARISONS.items()}
    assert scale.floor < scale.threshold


def test_a_weight_of_no_level_is_an_error() -> None:
    with pytest.raises(ValueError, match="place/nowhere"):
        weights_of({"place/nowhere": 1})


def test_what_speaks_for_one_happening_weighs_more() -> None:
    """Whatever the fit gives: the same is more than another, nearer more than farther."""
    scale = weights()

    def weight(comparison: str, level: str) -> int:
        return int(scale.levels[comparison][[name for name, _ in COMPARISONS[comparison]].index(level)])

    for comparison, more, less in (
        ("place", "settlement", "near"), ("place", "near", "far"), ("day", "same", "next"),
        ("day", "published_same", "published_more"), ("actor", "same", "opposed"), ("actor", "umbrella", "other"),
        ("killed", "equal", "other"), ("words", "sentence", "few"), ("rare", "five", "one"), ("rare", "one", "none"),
        ("type", "same", "other"), ("report", "copy", "other"), ("report", "other", "same"),
    ):  # fmt: skip
        assert weight(comparison, more) > weight(comparison, less), (comparison, more, less)
