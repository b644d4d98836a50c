"""A record reduced to what can be compared: one row of fixed width, so that a million of them are one array.

Names, places and parties stand as 64-bit hashes of their ids, which depend on nothing but the id: a row that was kept
(:meth:`Facets.to_bytes`) compares with one made later, in another process. Days are proleptic ordinals, 0 is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from tawatur.events.addresses import day_of_address
from tawatur.events.daywords import day_words
from tawatur.events.told import Told
from tawatur.events.wordsets import LANGUAGES, RARE, SIGNATURE, language_of, rare, signature, stem
from tawatur.lexicon.tables import rows as table_rows
from tawatur.meaning.places_regions import countries_of
from tawatur.model import Number, Party, Place, Record, WeaponCategory
from tawatur.text.normal import fold
from tawatur.text.tokens import tokenize

BEFORE, AFTER = 150, 500
"""Letters before and after the evidence in which a report still tells of the same: names of the dead follow."""
INFERRED_DAYS = 3
"""A record without a day happened at most so many days before it was published."""
NONE, INFERRED, DAY = 0, 1, 2
WIDE, SETTLEMENT, SPOT = 0, 1, 2
SPOTS = frozenset(
    ("airport", "base", "nuclear_site", "oil_field", "station", "camp", "crossing", "port", "medical", "school",
     "prison", "landmark", "dam", "neighbourhood")
)  # fmt: skip
"""Features of places so small that what happens about them happened at them."""
WEAPONS: tuple[WeaponCategory, ...] = (
    "rocket", "ballistic_missile", "cruise_missile", "anti_tank", "drone", "aircraft_bomb",
    "artillery", "mortar", "small_arms", "ied", "suicide_belt", "mine", "other",
)  # fmt: skip
ROW = np.dtype(
    [
        ("doc", "<u8"), ("anchor", "<i4"), ("evidence", "<i4"),
        ("first", "<i4"), ("last", "<i4"), ("basis", "i1"), ("weekday", "i1"), ("month_day", "<i2"),
        ("place", "<u8"), ("name", "<u8"), ("lat", "<f4"), ("lon", "<f4"), ("precision", "i1"), ("kind", "i1"),
        ("own", "i1"), ("admin", "<u8"), ("country", "<u8"),
        ("type", "<i2"), ("weapons", "<u2"), ("actor", "<u8"), ("target", "<u8"),
        ("killed", "<f4", 2), ("injured", "<f4", 2), ("munitions", "<f4", 2),
        ("language", "i1"), ("sentence", "<u8"), ("lineage", "<u8"), ("words", "<u8", SIGNATURE), ("rare", "<u4", RARE),
    ]
)  # fmt: skip
Rows = NDArray[np.void]


@lru_cache(maxsize=1 << 17)
def number(text: str) -> int:
    """A 64-bit number of ``text``, 0 for no text; the same on every machine."""
    if not text:
        return 0
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") or 1


@cache
def types() -> dict[str, int]:
    """The place of every event type in the table of types; an unknown one is -1."""
    return {r["type"]: i for i, r in enumerate(table_rows("types.csv")) if r["family"] == "event"}


@dataclass(frozen=True, slots=True)
class Facets:
    """Rows of records, sorted by record id: ``ids[i]`` is the record of ``rows[i]``."""

    ids: tuple[str, ...]
    rows: Rows

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def empty(cls) -> Facets:
        return cls((), np.zeros(0, ROW))

    @classmethod
    def join(cls, parts: Sequence[Facets]) -> Facets:
        """All rows of ``parts``, each record once, sorted."""
        keys = [key for part in parts for key in part.ids]
        first = {key: n for n, key in reversed(list(enumerate(keys)))}
        ids = tuple(sorted(first))
        rows = np.concatenate([np.zeros(0, ROW), *(part.rows for part in parts)])
        return cls(ids, rows[[first[key] for key in ids]])

    def at(self, chosen: NDArray[np.bool_]) -> Facets:
        """The rows for which ``chosen`` is true."""
        where = np.flatnonzero(chosen)
        return Facets(tuple(self.ids[i] for i in where), self.rows[where])

    def without(self, ids: Collection[str]) -> Facets:
        """All rows but those of ``ids``."""
        if not ids:
            return self
        return self.at(np.array([key not in ids for key in self.ids], bool))

    def to_bytes(self) -> list[bytes]:
        """Each row as bytes of the same length."""
        return [row.tobytes() for row in self.rows]

    @classmethod
    def from_bytes(cls, kept: Iterable[tuple[str, bytes]]) -> Facets:
        """The facets of pairs (record id, bytes of its row)."""
        found = sorted(kept)
        return cls(tuple(k for k, _ in found), np.frombuffer(b"".join(b for _, b in found), ROW))


def is_event(record: Record) -> bool:
    """Whether a record tells of one happening, in its own voice or another's, or denies one."""
    return record.kind == "event" and record.status in ("happened", "denied")


def facets(tolds: Iterable[Told]) -> Facets:
    """The facets of the records that tell of a happening (:func:`is_event`); others are left out."""
    kept = {t.key: t for t in tolds if is_event(t.record)}
    ids = tuple(sorted(kept))
    out = np.zeros(len(ids), ROW)
    for i, key in enumerate(ids):
        _fill(out[i], kept[key])
    return Facets(ids, out)


def window(record: Record, published: date | None) -> tuple[date | None, date | None, int]:
    """The days that a record may mean, both included, and the basis; an open end is closed by the day of publication,
    else by the other end. A denial that tells the day of publication tells the day on which it was made."""
    when = record.time
    if when is not None and (when.first or when.last):
        first = when.first or when.last
        last = when.last or max(published or date.min, first or date.min)
        if not (record.status == "denied" and first == last == published):
            return first, last, DAY
    if published is not None:
        return date.fromordinal(max(1, published.toordinal() - INFERRED_DAYS)), published, INFERRED
    return None, None, NONE


def around(text: str, record: Record) -> str:
    """The evidence of a record with the words about it, whole words only; the evidence alone without the text."""
    evidence = record.evidence
    if text[evidence.start : evidence.end] != evidence.text:
        return evidence.text
    start, end = max(0, evidence.start - BEFORE), min(len(text), evidence.end + AFTER)
    while start > 0 and start < evidence.start and text[start - 1].isalnum():
        start += 1
    while end < len(text) and end > evidence.end and text[end].isalnum():
        end -= 1
    return text[start:end]


def _fill(row: np.void, told: Told) -> None:
    record, facts = told.record, told.facts
    row["doc"] = number(facts.doc)
    row["anchor"], row["evidence"] = record.anchor.start, record.evidence.start
    first, last, row["basis"] = window(record, facts.published or day_of_address(facts.url))
    row["first"], row["last"] = first.toordinal() if first else 0, last.toordinal() if last else 0
    words = record.time.span.text if record.time is not None and record.time.span is not None else ""
    if record.status == "denied" and row["basis"] != DAY:
        words = ""  # the weekday on which it was denied
    row["weekday"], row["month_day"] = day_words(words, first if first == last else None)
    _place(row, record.place)
    row["type"] = types().get(record.type, -1)
    for weapon in record.weapons:
        row["weapons"] |= np.uint16(1 << WEAPONS.index(weapon.category))
    row["actor"], row["target"] = party_number(record.actor), party_number(record.target)
    for name in ("killed", "injured", "munitions"):
        row[name] = _bounds(next((n for n in record.numbers if n.of == name), None))
    row["language"] = LANGUAGES.index(language_of(record.evidence.text))
    row["words"], row["sentence"] = signature(record.evidence.text)
    row["rare"] = rare(around(facts.text, record))
    row["lineage"] = number(facts.lineage)


def party_number(party: Party | None) -> int:
    """The number of a party: of its id, else of its folded words; 0 where there is none."""
    if party is None:
        return 0
    return number(party.entity or "") or number("name:" + fold(party.span.text))


def _place(row: np.void, place: Place | None) -> None:
    row["lat"] = row["lon"] = np.nan
    if place is None:
        return
    row["place"] = number(place.place_id or "")
    row["name"] = number(fold(place.span.text))
    if place.place_id and place.lat is not None and place.lon is not None:
        row["lat"], row["lon"] = place.lat, place.lon
    row["precision"] = (place.precision or 3) if place.place_id else 0
    row["own"] = any(same_name(place.span.text, x) for x in (place.label.ar, place.label.en) if x)
    row["kind"] = SETTLEMENT if place.feature == "settlement" else SPOT if place.feature in SPOTS else WIDE
    countries = countries_of(place)
    if len(countries) == 1:
        (country,) = countries
        row["country"] = number(country)
        row["admin"] = number(f"{country}/{place.admin1}" if place.admin1 else "")


def same_name(a: str, b: str) -> bool:
    """Whether the words of one name are among those of the other, articles off."""
    x, y = ({stem(t.norm) for t in tokenize(text) if t.script != "mark"} for text in (a, b))
    return bool(x and y) and (x <= y or y <= x)


def _bounds(figure: Number | None) -> tuple[float, float]:
    """Inclusive bounds, NaN twice where there is no figure; an open end is 0 or infinite."""
    if figure is None or (figure.low is None and figure.high is None):
        return np.nan, np.nan
    return figure.low or 0.0, np.inf if figure.high is None else figure.high
