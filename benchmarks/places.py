"""Places against gold, airwars-syria and idrisi-ar: ``python -m benchmarks.places``.

(a) gold places that get coordinates or an area; (b) gold places that ``find`` gives with the same span; (c) distance to the
coded coordinates, beside a plain lookup that takes the likeliest row of a name; (d) with ``--draw``, the 100 mentions
for the check by hand (read nothing else of the dev sets).
"""

from __future__ import annotations

import csv
import json
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.common import DataMissing, Row, rows, shared
from tawatur.meaning.places import Gazetteer, PlaceContext, PlaceMention
from tawatur.model import Place
from tawatur.text.tokens import tokenize

SETS = ("dev", "dev-posts", "chains-dev")
CHECKED = Path(__file__).with_name("places_checked.csv")
ENGLISH = ("english-dev",)


def distance(a: float, b: float, c: float, d: float) -> float:
    """Kilometres between two points in degrees."""
    a, b, c, d = map(math.radians, (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def documents(name: str) -> dict[str, str]:
    """The texts of a gold set by id: the title, a line break, the body."""
    out = {}
    for d in rows(shared("gold", f"{name}.documents.jsonl")):
        out[str(d["id"])] = (d["title"] + "\n" if d.get("title") else "") + d["text"]
    return out


def gold_places(name: str) -> Iterator[tuple[str, str, int | None]]:
    """Document, words and offset of every gold record with a place."""
    for entry in json.loads(shared("gold", f"{name}.json").read_text(encoding="utf-8")):
        for record in entry["records"]:
            if record.get("place"):
                yield str(entry["doc"]), record["place"], (record.get("at") or {}).get("place")


class Reading:
    """Mentions and contexts of the texts of a set, each worked out once."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.gazetteer = Gazetteer.load()
        self.texts = texts
        self._seen: dict[str, tuple[list[PlaceMention], PlaceContext]] = {}

    def of(self, doc: str) -> tuple[list[PlaceMention], PlaceContext]:
        if doc not in self._seen:
            text = self.texts[doc]
            mentions = self.gazetteer.find(text, tokenize(text))
            self._seen[doc] = (mentions, self.gazetteer.context(mentions))
        return self._seen[doc]

    def resolve(self, doc: str, words: str, at: int | None) -> tuple[Place, bool]:
        """The place of words in a document, and whether a mention has just this span."""
        mentions, context = self.of(doc)
        start = self.texts[doc].find(words) if at is None else at
        for m in mentions:
            if (m.start, m.end) == (start, start + len(words)):
                return self.gazetteer.resolve(m, context, self.texts[doc]), True
        return self.gazetteer.resolve_text(words, context, max(start, 0)), False


def gold(names: Iterable[str]) -> Row:
    """Measures (a) and (b) over sets together."""
    placed = same = total = 0
    missing: Counter[str] = Counter()
    for name in names:
        reading = Reading(documents(name))
        for doc, words, at in gold_places(name):
            place, exact = reading.resolve(doc, words, at)
            total += 1
            same += exact
            placed += place.lat is not None
            if place.lat is None:
                missing[words] += 1
    return {"places": total, "placed": placed / total, "found": same / total, "missing": missing.most_common()}


def _words(text: str) -> list[str]:
    return [t.norm for t in tokenize(text) if t.script != "mark"]


GENERIC = set(
    _words(
        "بلدة بلدتي مدينة قرية قريتي قرى حي مخيم محيط ناحية ريف منطقة محافظة سوريا طريق جنوب شمال شرق غرب قرب في من على"
    )
)


def airwars() -> Row:
    """Incidents with coordinates whose coded place stands in the source's text: the mention of it resolved in the text,
    and the likeliest row of the same words without a text."""
    folder = shared("data", "airwars-syria")
    incidents = {r["incident"]: r for r in rows(folder / "incidents.jsonl")}
    sources = list(rows(folder / "sources.jsonl"))
    reading = Reading({r["id"]: r["text"] for r in sources})
    asked = named = ours = plain = 0
    misses: Counter[str] = Counter()
    for source in sources:
        for key in source["incidents"]:
            incident = incidents.get(key)
            if incident is None or incident["lat"] is None or not incident["place_in_text"]:
                continue
            core = next(
                (
                    w
                    for p in re.split(r"[،,\n/]", incident["place_ar"] or "")
                    if (w := [x for x in _words(p) if x not in GENERIC])
                ),
                [],
            )
            if not core or not set(core) <= set(_words(source["text"])):
                continue
            asked += 1
            mentions, context = reading.of(source["id"])
            mine = [
                m
                for m in mentions
                if set(core)
                <= set(_words(source["text"][m.start : m.end]))
                | {w.removeprefix("و") for w in _words(source["text"][m.start : m.end])}
            ]
            if not mine:
                continue
            named += 1
            best = max(mine, key=lambda m: m.weight)
            near = []
            for context_used in (context, PlaceContext()):
                place = reading.gazetteer.resolve(best, context_used, source["text"])
                near.append(
                    place.lat is not None
                    and place.lon is not None
                    and distance(incident["lat"], incident["lon"], place.lat, place.lon) <= 10
                )
            ours += near[0]
            plain += near[1]
            if not near[0]:
                misses[incident["place_ar"]] += 1
    return {
        "asked": asked,
        "named": named / asked,
        "km10": ours / named,
        "plain km10": plain / named,
        "missing": misses.most_common(),
    }


def idrisi() -> Row:
    """Tweets' place mentions with coordinates: found with the same words, and within 10 and 50 km, beside the plain lookup."""
    total = found = 0
    near = {"km10": 0, "km50": 0, "plain km10": 0, "plain km50": 0}
    given = 0
    for path in sorted(shared("data", "idrisi-ar").glob("*.jsonl")):
        for tweet in rows(path):
            text = tweet["text"]
            gazetteer = Gazetteer.load()
            mentions = gazetteer.find(text, tokenize(text))
            context = gazetteer.context(mentions)
            for p in tweet["places"]:
                if not p.get("lat"):
                    continue
                total += 1
                words = text[p["start"] : p["end"]].replace("_", " ")
                found += any(m.start < p["end"] and p["start"] < m.end for m in mentions)
                for prefix, used in (("", context), ("plain ", PlaceContext())):
                    place = gazetteer.resolve_text(words, used, p["start"])
                    if place.lat is None or place.lon is None:
                        continue
                    given += not prefix
                    away = distance(float(p["lat"]), float(p["lon"]), place.lat, place.lon)
                    near[prefix + "km10"] += away <= 10
                    near[prefix + "km50"] += away <= 50
    return {"places": total, "found": found / total, "placed": given / total} | {k: v / total for k, v in near.items()}


def draw(count: int = 100, seed: int = 37) -> None:
    """The mentions to check by hand: name, what it was resolved to, feature, country, region."""
    pool = []
    for name in SETS:
        reading = Reading(documents(name))
        for doc, words, at in gold_places(name):
            place, _ = reading.resolve(doc, words, at)
            pool.append((doc, words, at, place))
    for doc, words, _, place in random.Random(seed).sample(pool, count):
        print(
            "|".join(
                [
                    words,
                    place.place_id or "-",
                    place.label.en,
                    place.label.ar,
                    place.feature,
                    place.country,
                    place.admin1,
                    str(place.precision),
                    doc,
                ]
            )
        )


def speed() -> float:
    """Milliseconds of processor time a document that ``find``, the context and twelve resolved mentions take on a month's
    articles, after those of the three months before, as in a long run."""
    gazetteer = Gazetteer.load()
    spent, count = 0.0, 0
    for month in ("2023-11", "2023-12", "2024-01", "2024-02"):
        spent, count = 0.0, 0
        for d in rows(shared("data", "almayadeen", f"{month}.jsonl")):
            text = d["title"] + "\n" + d["text"]
            words = tokenize(text)
            began = time.process_time()
            mentions = gazetteer.find(text, words)
            context = gazetteer.context(mentions)
            for mention in mentions[:12]:
                gazetteer.resolve(mention, context, text)
            spent += time.process_time() - began
            count += 1
    return spent / count * 1000


def main() -> None:
    """Print the measures; with ``--draw`` the sample, with ``--missing`` what of train and airwars is not placed."""
    try:
        shared("gold")
    except DataMissing as error:
        print(f"skipped: {error}")
        return
    if "--draw" in sys.argv:
        draw()
        return
    for label, names in (
        ("dev, dev-posts, chains-dev", SETS),
        ("train", ("train",)),
        ("english-dev", ENGLISH),
        ("english-train", ("english-train",)),
    ):
        result = gold(names)
        print(
            f"gold {label}: {result['places']} places, placed {result['placed']:.3f}, same span {result['found']:.3f}, not placed {sum(n for _, n in result['missing'])} ({len(result['missing'])} names)"
        )
        if "--missing" in sys.argv and "train" in label:
            print("  " + " ; ".join(f"{w} {n}" for w, n in result["missing"]))
    result = airwars()
    print(
        "airwars-syria: "
        + ", ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in result.items() if k != "missing")
    )
    if "--missing" in sys.argv:
        print("  " + " ; ".join(f"{w} {n}" for w, n in result["missing"][:150]))
    print(
        "idrisi-ar: " + ", ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in idrisi().items())
    )
    print(f"find, context, resolve: {speed():.2f} ms a document")
    if CHECKED.exists():
        with CHECKED.open(encoding="utf-8") as file:
            verdicts = Counter(r["verdict"] for r in csv.DictReader(file))
        print(f"checked by hand: {dict(verdicts)}")


if __name__ == "__main__":
    main()
