"""The countries that a resolved place lies in: one for most, several for a region that spans borders."""

from __future__ import annotations

from functools import cache

from tawatur.lexicon.tables import rows
from tawatur.model import Place

_NO_COUNTRY = "XX"
"""What the gazetteer gives where a place lies in no country or in several."""


@cache
def _regions() -> dict[str, frozenset[str]]:
    return {r["id"]: frozenset(r["countries"].split("|")) for r in rows("region_countries.csv")}


def countries_of(place: Place) -> frozenset[str]:
    """ISO 3166 codes; empty where the place is not resolved or lies in no country (a sea)."""
    if place.country and place.country != _NO_COUNTRY:
        return frozenset((place.country,))
    return _regions().get(place.place_id or "", frozenset())
