"""The tables of places, areas and countries, and how they are compiled to the index that a run opens.

Sources and licences stand in data/DATA-LICENSES.md. The index holds no more than the tables do; it is built when
the package is built, and again on first use where the tables are newer (a checkout being worked on).
"""

from __future__ import annotations

import csv
import io
import lzma
import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tawatur.lexicon.names_index import digest_of, write_index
from tawatur.meaning.places_keys import loose, name_keys, skeleton
from tawatur.text.tokens import tokenize

DATA = Path(__file__).resolve().parent.parent / "data"
TABLES = ("places.csv.xz", "places_more.csv", "places_fixes.csv", "admin.csv", "countries.csv", "place_features.csv", "place_frames.csv",
          "place_focus.csv")  # fmt: skip
VERSION = "13"
"""Raised when the layout of rows or keys changes, so that an index of an older program is not taken."""

ARTICLE, MAIN, DERIVED, FRAMED = 1, 2, 4, 8
"""Flags of a posting: the name begins with an article; is the row's own name, not a variant; is an Arabic name that a
program derived; stands for the row only after its feature word ("مدينة الصدر" for الصدر)."""

FINE = frozenset(
    ["settlement", "neighbourhood", "camp", "base", "field", "airport", "site", "mountain", "crossing", "port"]
)
"""Groups of rows that are a spot, not an area."""
_LEVELS = {"1": "governorate", "2": "district", "3": "subdistrict"}
_TAILS = frozenset(
    ["الجويه", "العسكريه", "العسكري", "الدولي", "النفطي", "الغازي", "للغاز", "النفطيه", "المدني", "الجامعي"]
)
_SEAT, _SEAT_DEGREES = 1.3, 0.3
"""What is added to the prior of a district's namesake town, and how far it may lie from the district's middle."""
Table = dict[str, str]


def table(name: str) -> list[Table]:
    """The rows of a table of ``data/``, packed or plain."""
    raw = (DATA / name).read_bytes()
    text = (lzma.decompress(raw) if name.endswith(".xz") else raw).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def source_digest() -> bytes:
    """What identifies the tables as they are now."""
    return digest_of([DATA / name for name in TABLES], VERSION)


def _places() -> Iterator[Table]:
    fixes: dict[str, list[Table]] = defaultdict(list)
    for fix in table("places_fixes.csv"):
        fixes[fix["id"]].append(fix)
    for row in table("places.csv.xz"):
        for fix in fixes.pop(row["id"], ()):
            row = _fixed(row, fix)
        if row["name_en"] or row["name_ar"]:
            yield row
    if fixes:
        raise ValueError(f"places_fixes.csv names rows that places.csv.xz has not: {sorted(fixes)}")
    yield from table("places_more.csv")


def _fixed(row: Table, fix: Table) -> Table:
    """A row with a correction: ``drop`` names taken off ("*": the row itself), ``add`` names added, fields set."""
    out = dict(row)
    dropped = {n for n in fix["drop"].split("|") if n}
    if "*" in dropped:
        return {**out, "name_en": "", "name_ar": ""}
    names = [n for n in row["variants"].split("|") if n and n not in dropped]
    out["variants"] = "|".join([*names, *(n for n in fix["add"].split("|") if n)])
    for field in ("lat", "lon", "feature", "name_en", "name_ar", "admin1"):
        if fix[field]:
            out[field] = fix[field]
    return out


def _areas() -> Iterator[Table]:
    parent_of: dict[tuple[str, str], str] = {}
    for row in table("admin.csv"):
        level, country = row["level"], row["country"]
        if level == "2":
            parent_of[country, row["name_en"]] = row["parent"]
        admin1 = {"1": "", "2": row["parent"], "3": parent_of.get((country, row["parent"]), "")}[level]
        admin2 = row["parent"] if level == "3" else ""
        yield {**row, "id": f"area:{country}-{level}-{row['name_en']}", "feature": _LEVELS[level], "admin1": admin1,
               "admin2": admin2, "km": "", "population": ""}  # fmt: skip


def _countries() -> Iterator[Table]:
    for row in table("countries.csv"):
        yield {**row, "id": f"country:{row['iso2']}", "feature": "country", "country": row["iso2"], "admin1": "",
               "admin2": "", "km": "", "population": "", "source": "cldr"}  # fmt: skip


def _prior(row: Table, base: float) -> float:
    """How often a name that fits means this row, before anything is known of the text (log scale)."""
    people = float(row["population"] or 0)
    out = base + max(0.0, math.log10(people + 1) - 2) * 0.9
    return out + (1.6 if row["source"].startswith("curated") else 0.0)


def _is_seat(row: Table, seats: dict[tuple[str, str], list[Table]]) -> bool:
    """Whether a settlement lies in a district that is called as it is: it is the one that people mean by the name."""
    if not row["lat"]:
        return False
    for key in name_keys(row["name_ar"]):
        for area in seats.get((row["country"], key.key), ()):
            if area["lat"] and max(abs(float(area[d]) - float(row[d])) for d in ("lat", "lon")) <= _SEAT_DEGREES:
                return True
    return False


def _names(row: Table) -> Iterator[tuple[str, int]]:
    derived = DERIVED if "(ar: translit)" in row["source"] else 0
    for n, name in enumerate((row["name_en"], row["name_ar"], *row["variants"].split("|"))):
        if name:
            arabic = name[0] > "\u0600"
            yield name, (MAIN if n < 2 else 0) | (derived if arabic else 0)


def compile_index(path: Path, digest: bytes | None = None) -> None:
    """Compile the tables to an index file at ``path``."""
    features = {r["feature"]: r for r in table("place_features.csv")}
    frames = {(r["side"], r["word"]): frozenset(r["groups"].split()) for r in table("place_frames.csv")}
    rows: list[str] = []
    priors: list[float] = []
    keys: dict[str, dict[int, int]] = defaultdict(dict)
    firsts: dict[str, int] = defaultdict(int)

    pairs: dict[str, int] = defaultdict(int)
    watched = {r["country"] for r in table("place_focus.csv")}

    def put(name: str, number: int, flags: int, spot: bool) -> None:
        for key, first, words, article, second in name_keys(name):
            if words > 2:
                pair = f"{first} {loose(second)}"
                pairs[pair] = max(pairs[pair], words)
            bones = skeleton(key) if spot else ""
            if bones:
                keys["=" + bones].setdefault(number, flags)
            bits = flags | (ARTICLE if article else 0)
            for k, f in {(key, first), (_loose(key), loose(first))}:
                old = keys[k].get(number)
                keys[k][number] = bits if old is None else (old | bits & MAIN) & (bits | ~FRAMED)
                if k == key or key[0] > "\u0600":
                    firsts[f] = max(firsts[f], words)

    seats: dict[tuple[str, str], list[Table]] = defaultdict(list)
    for source in (_countries(), _areas(), _places()):
        for row in source:
            number = len(rows)
            prior = _prior(row, float(features[row["feature"]]["prior"]))
            if row["feature"] in ("district", "subdistrict"):
                for key in name_keys(row["name_ar"]):
                    seats[row["country"], key.key].append(row)
            elif features[row["feature"]]["group"] == "settlement":
                prior += _SEAT if _is_seat(row, seats) else 0.0
            fields = ("id", "name_en", "name_ar", "lat", "lon", "feature", "country", "admin1", "admin2", "km")
            rows.append("\t".join([row[f] for f in fields] + [f"{prior:.2f}"]))
            priors.append(prior)
            group = features[row["feature"]]["group"]
            spot = group in FINE and row["country"] in watched
            for name, flags in _names(row):
                put(name, number, flags, spot)
                bare = _bare(name, group, frames)
                if bare:
                    put(bare, number, flags & DERIVED | (0 if " " in bare else FRAMED), False)
    postings = {k: sorted(v.items(), key=lambda p: (-priors[p[0]], p[0])) for k, v in keys.items()}
    for first, words in firsts.items():
        postings["^" + first] = [(words, 0)]
    for pair, words in pairs.items():
        postings["^" + pair] = [(words, 0)]
    write_index(path, source_digest() if digest is None else digest, postings, rows)


def _loose(key: str) -> str:
    other = loose(key)
    return key if other == key else "~" + other


def _bare(name: str, group: str, frames: dict[tuple[str, str], frozenset[str]]) -> str:
    """A name without the feature word that fits its row (and in Arabic the adjective at the end), or nothing."""
    words = [t for t in tokenize(name) if t.script != "mark"]
    start, end = 0, len(words)
    if end < 2:
        return ""
    if words[0].script == "latin":
        two = f"{words[-2].norm} {words[-1].norm}"
        end -= 2 if end > 2 and group in frames.get(("after", two), ()) else 0
        end -= 1 if end == len(words) and group in frames.get(("after", words[-1].norm), ()) else 0
    elif group in frames.get(("before", words[0].norm), ()):
        start = 1
        end -= 1 if end > 2 and words[-1].norm in _TAILS else 0
    return name[words[start].start : words[end - 1].end] if (start, end) != (0, len(words)) else ""
