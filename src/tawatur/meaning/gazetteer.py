"""The gazetteer as a run opens it: rows by name key, from an index compiled of the tables in ``data/``."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_cache_path

from tawatur.lexicon.names_index import NamesIndex, digest_in
from tawatur.meaning.places_keys import loose, skeleton
from tawatur.meaning.places_table import DATA, FRAMED, compile_index, source_digest, table

PACKAGED = DATA / "places.idx"
"""Where the build hook puts the index: in the wheel, and in a checkout that is installed editable."""


class Row(NamedTuple):
    """A place, area or country. Degrees may be missing; ``km`` is how far the point may be off; ``prior`` how
    often its name means it, on a log scale."""

    id: str
    en: str
    ar: str
    lat: float | None
    lon: float | None
    feature: str
    country: str
    admin1: str
    admin2: str
    km: float
    prior: float
    group: str
    public: str
    precision: int


class Hit(NamedTuple):
    """A row that a key stands for, and how (flags of places_table)."""

    number: int
    flags: int
    loose: bool


def open_index() -> NamesIndex:
    """The index of the tables as they are: the packaged one, else the user's cached one, else compiled now. Where no
    folder can be written it lives in a folder of its own until the process ends."""
    digest = source_digest()
    if digest_in(PACKAGED) == digest:
        return NamesIndex(PACKAGED)
    cached = user_cache_path("tawatur") / f"places-{digest.hex()[:16]}.idx"
    if digest_in(cached) != digest:
        try:
            compile_index(cached, digest)
        except OSError:
            folder = Path(tempfile.mkdtemp(prefix="tawatur-"))
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            cached = folder / "places.idx"
            compile_index(cached, digest)
    return NamesIndex(cached)


class Rows:
    """Rows and keys of the index, each decoded or looked up once for as long as it is used."""

    def __init__(self, index: NamesIndex) -> None:
        self._index = index
        self._features = {
            r["feature"]: (r["group"], r["public"], int(r["precision"])) for r in table("place_features.csv")
        }
        self.row = lru_cache(maxsize=1 << 16)(self._row)
        self.hits = lru_cache(maxsize=1 << 16)(self._hits)
        self.bare = lru_cache(maxsize=1 << 16)(self._without_frame)
        self.longest = lru_cache(maxsize=1 << 16)(self._longest)
        self.most = lru_cache(maxsize=1 << 17)(self._most)

    def _row(self, number: int) -> Row:
        rid, en, ar, lat, lon, feature, country, admin1, admin2, km, prior = self._index.row(number).split("\t")
        group, public, precision = self._features[feature]
        return Row(rid, en, ar, float(lat) if lat else None, float(lon) if lon else None, feature, country, admin1,
                   admin2, float(km or 1), float(prior), group, public, precision)  # fmt: skip

    def _hits(self, key: str, fuzzy: bool = True) -> tuple[Hit, ...]:
        """The rows of a key, the likeliest first; spellings that differ in their endings where none has just this."""
        found = self._index.find(key)
        if found:
            return tuple(Hit(n, f, False) for n, f in found)
        if not fuzzy:
            return ()
        return self.spelt(key)

    def _without_frame(self, key: str, fuzzy: bool = True) -> tuple[Hit, ...]:
        """The rows of a key that need no feature word before it."""
        return tuple(h for h in self.hits(key, fuzzy) if not h.flags & FRAMED)

    def sounding(self, key: str) -> tuple[Hit, ...]:
        """The spots in countries of conflict whose names may be this one after a way through another script."""
        bones = skeleton(key)
        return tuple(Hit(n, f, True) for n, f in self._index.find("=" + bones)) if bones else ()

    def spelt(self, key: str) -> tuple[Hit, ...]:
        """The rows whose names differ from a key in their spelling only."""
        other = loose(key)
        found = (*(self._index.find(other) if other != key else ()), *self._index.find("~" + other))
        return tuple(Hit(n, f, True) for n, f in found)

    def _most(self, first: str) -> int:
        """The most words of a name that begins with this piece; 0 where none does."""
        found = self._index.find("^" + first)
        other = loose(first)
        if other != first:
            found += self._index.find("^" + other)
        return max((row for row, _ in found), default=0)

    def _longest(self, first: str, second: str) -> int:
        """The most words of a name that begins with these two pieces: 2 where no longer name is known."""
        second = loose(second)
        found = self._index.find(f"^{first} {second}")
        if not found and loose(first) != first:
            found = self._index.find(f"^{loose(first)} {second}")
        return max((row for row, _ in found), default=2)
