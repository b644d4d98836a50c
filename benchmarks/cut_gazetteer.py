"""Cut the gazetteer tables of the package from the shared ones: ``python -m benchmarks.cut_gazetteer``.

Left out: spellings that have the same key as another name of their row, airport codes, the Arabic names of areas
(they stand in admin.csv), Arabic names in rows where a program derived them and another village bears them. Countries get
a middle point (the mean of their first-level areas, else of their places). Rows are sorted, so that a diff can be read.
"""

from __future__ import annotations

import csv
import io
import lzma
from collections import defaultdict
from pathlib import Path

from benchmarks.common import ROOT, Row, shared
from tawatur.meaning.places_keys import name_keys

DATA = ROOT / "src" / "tawatur" / "data"
PLACES = "id name_en name_ar variants lat lon feature country admin1 admin2 km population source".split()
ADMIN = "level name_en name_ar variants lat lon country parent source".split()
COUNTRIES = "iso2 name_en name_ar adjectives_ar adjectives_en capital_en capital_ar variants lat lon".split()


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text(fields: list[str], rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _variants(row: Row) -> str:
    """The further spellings that add a key of their own, in order."""
    seen = {k.key for n in (row["name_en"], row["name_ar"]) for k in name_keys(n)}
    out = []
    for name in row["variants"].split("|"):
        name = name.strip()
        keys = {k.key for k in name_keys(name)}
        code = name.isascii() and name.isupper() and len(name) in (3, 4)
        if keys and not code and not keys <= seen:
            seen |= keys
            out.append(name)
    return "|".join(out)


def _slug(row: Row) -> str:
    return f"tw:{row['country'].lower()}-" + "-".join(
        t for t in "".join(c if c.isalnum() else " " for c in row["name_en"].lower()).split()
    )


def cut() -> None:
    """Write ``places.csv.xz``, ``admin.csv`` and ``countries.csv``."""
    folder = shared("data", "gazetteer")
    places = _rows(folder / "places.csv")
    seen: dict[str, int] = defaultdict(int)
    for row in places:
        row["id"] = row["source_id"].split(" ")[0] or _slug(row)
        seen[row["id"]] += 1
        if seen[row["id"]] > 1:
            row["id"] += f"-{seen[row['id']]}"
        row["variants"] = _variants(row)
        row["admin1"], row["admin2"] = row["admin1_en"], row["admin2_en"]
        row["km"] = "" if row["precision_km"] == "1" else row["precision_km"]
    places.sort(key=lambda r: (r["country"], r["admin1"], r["admin2"], r["feature"], r["name_en"], r["id"]))
    packed = lzma.compress(_text(PLACES, places).encode(), preset=9 | lzma.PRESET_EXTREME)
    (DATA / "places.csv.xz").write_bytes(packed)
    admin = _rows(folder / "admin.csv")
    for row in admin:
        row["parent"], row["variants"] = row["parent_en"], _variants(row)
    (DATA / "admin.csv").write_text(_text(ADMIN, admin), encoding="utf-8")
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for rows in ([r for r in admin if r["level"] == "1"], places):
        new = {r["country"] for r in rows} - set(points)
        for row in rows:
            if row["country"] in new and row["lat"]:
                points[row["country"]].append((float(row["lat"]), float(row["lon"])))
    countries = _rows(folder / "countries.csv")
    for row in countries:
        here = points.get(row["iso2"])
        row["lat"] = f"{sum(p[0] for p in here) / len(here):.2f}" if here else ""
        row["lon"] = f"{sum(p[1] for p in here) / len(here):.2f}" if here else ""
    (DATA / "countries.csv").write_text(_text(COUNTRIES, countries), encoding="utf-8")
    print(f"{len(places)} places ({len(packed) >> 10} KB), {len(admin)} areas, {len(countries)} countries")


if __name__ == "__main__":
    cut()
