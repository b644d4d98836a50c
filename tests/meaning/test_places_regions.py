"""The countries that a place lies in."""

from __future__ import annotations

from tawatur.meaning.places_regions import countries_of
from tawatur.model import Place
from tawatur.pipeline import gazetteer


def test_a_place_of_one_country() -> None:
    assert countries_of(gazetteer().resolve_text("عين الأسد")) == {"IQ"}


def test_two_countries_named_together_have_a_plain_label() -> None:
    place = gazetteer().resolve_text("العراق وسوريا")
    assert (place.label.en, place.label.ar) == ("Iraq and Syria", "العراق وسوريا")
    assert countries_of(place) == {"IQ", "SY"}


def test_a_sea_lies_in_none() -> None:
    assert countries_of(gazetteer().resolve_text("البحر الأحمر")) == frozenset()


def test_an_unresolved_place_lies_in_none() -> None:
    span = gazetteer().resolve_text("عين الأسد").span
    assert countries_of(Place(span)) == frozenset()
