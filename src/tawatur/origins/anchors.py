"""Marks of what a report tells that no language changes: by them a translation meets what it was translated from.

Anchors are the figures of a text, the parties that it names (each as the party it speaks for) and the places (cells of
half a degree). Each weighs by how much it tells: a figure of several digits more than "two", a town more than a country.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tawatur.meaning.actors import Catalogue
from tawatur.meaning.numbers import find_numbers
from tawatur.meaning.places import Gazetteer, context_of
from tawatur.origins.parties import root_key, roots
from tawatur.text.tokens import tokenize

CELL = 2
"""Cells of a degree."""
_WIDE = frozenset(("country", "region", "sea", "governorate", "admin1"))
_SMALL = 3
LEAST = 2.0
"""Weight of shared anchors below which two texts have too little in common to be judged by them."""


@cache
def _catalogue() -> Catalogue:
    return Catalogue.load()


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


def anchors_of(text: str) -> frozenset[str]:
    """The anchors of a text."""
    tokens = tokenize(text)
    out: set[str] = set()
    for q in find_numbers(text, tokens):
        value = q.low if q.low is not None else q.high
        if value is not None and value > 1 and not 1990 <= value <= 2100:
            out.add(f"n:{value:g}")
    for m in _catalogue().find(text, tokens):
        if m.entity:
            out.add(f"e:{root_key(roots(m.entity))}")
    gazetteer = _gazetteer()
    mentions = [m for m in gazetteer.find(text, tokens) if m.weight >= 0.5]
    context = context_of(mentions)
    for mention in mentions:
        place = gazetteer.resolve(mention, context)
        if place.lat is None or place.lon is None:
            continue
        if place.feature in _WIDE or (place.precision or 1) > 2:
            out.add(f"c:{place.country}")
        else:
            out.add(f"p:{round(place.lat * CELL)}:{round(place.lon * CELL)}")
    return frozenset(out)


def weight(anchors: Iterable[str]) -> float:
    """How much anchors tell together."""
    return sum(_weight(a) for a in anchors)


def _weight(anchor: str) -> float:
    kind, value = anchor[0], anchor[2:]
    if kind == "n":
        return 0.5 if float(value) <= _SMALL else 1.0
    if kind == "c":
        return 0.2
    return 0.4 if kind == "e" and len(value) == 2 else 1.0  # a state is named in every other report


def agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two texts tell the same (0 to 1): twice the weight of the anchors that they share over the weight of all
    of both (Dice); 0 where they share too little to tell."""
    shared = weight(one & other)
    return 2 * shared / (weight(one) + weight(other)) if shared >= LEAST else 0.0


def held(passage: frozenset[str], other: frozenset[str]) -> float:
    """How far a text holds what a passage tells (0 to 1): the shared part of the passage's anchors, by weight."""
    return weight(passage & other) / weight(passage) if passage else 0.0
