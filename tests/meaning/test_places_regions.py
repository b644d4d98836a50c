"""The countries that a place lies in."""

from __future__ import annotations

from tawatur.meaning.places import context_of
from tawatur.meaning.places_regions import countries_of
from tawatur.model import Place
from tawatur.pipeline import gazetteer


def resolved(name: str) -> Place:
    return gazetteer().resolve_text(name, context_of([]))


def test_a_place_of_one_country() -> None:
    assert countries_of(resolved("عين الأسد")) == {"IQ"}


def test_two_countries_named_together_have_a_plain_label() -> None:
    place = resolved("العراق وسوريا")
    assert (place.label.en, place.label.ar) == ("Iraq and Syria", "العراق وسوريا")
    assert countries_of(place) == {"IQ", "SY"}


def test_a_sea_lies_in_none() -> None:
    assert countries_of(resolved("البحر الأحمر")) == frozenset()


def test_an_unresolved_place_lies_in_none() -> None:
    assert countries_of(Place(resolved("عين الأسد").span)) == frozenset()
