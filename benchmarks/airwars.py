"""Sources that report strikes in Syria against incidents that experts coded; the baseline runs beside it.

python -m benchmarks.airwars
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Any

from benchmarks.baseline import Names, longest
from benchmarks.common import OUT, Row, corpus_hash, finish, module, predict, rows, shared, table
from benchmarks.readers import READERS
from benchmarks.readers import told as left_out
from tawatur.text.normal import fold
from tawatur.text.tokens import tokenize

GENERIC = frozenset(
    fold(w) for w in "بلدة بلدتي مدينة قرية قريتي قرى حي مخيم محيط ناحية ريف منطقة محافظة سوريا طريق".split()
)
PARTIES = tuple(
    (fold(key), party)
    for party, keys in (
        ("روسيا", ("روسي", "روسيا", "russia")),
        ("تركيا", ("تركي", "تركيا", "turk")),
        ("التحالف الدولي", ("التحالف", "coalition")),
        ("الولايات المتحدة", ("أميرك", "أمريك", "american")),
        ("قسد", ("قسد", "سوريا الديمقراطية", "sdf")),
        ("إسرائيل", ("إسرائيل", "صهيون", "israel")),
        ("إيران", ("إيران", "iran")),
        ("الأردن", ("أردن", "jordan")),
    )
    for key in keys
)
KILLED = re.compile(r"(?:مقتل|استشهاد|قتل|قتلى|killed)\W+(\d{1,3})|(\d{1,3})\W+(?:قتيل|قتلى|شهيد|شهداء)")
NAMES = ("told", "km10", "km50", "date", "actor", "killed")


def place_names() -> Names:
    """The coded places by the words of their names, words like "town" left off."""
    names: Names = {}
    with shared("data", "places", "syria-airwars.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for part in re.split(r"[،,\n/]", row["name_ar"]):
                key = tuple(t.norm for t in tokenize(part) if t.norm not in GENERIC)
                if key and any(len(word) > 2 for word in key):
                    names.setdefault(key, row)
                    names.setdefault((key[0].removeprefix("ال"), *key[1:]), row)
    return names


def every_place(source: Row, names: Names) -> list[Row]:
    """An event of every known place name of a text: on its day of publication, by the first party of a keyword,
    with the first number beside a word of killing."""
    text, day = source["text"], (source.get("published") or "")[:10]
    tokens = tokenize(text)
    folded = fold(text)
    found = sorted((at, party) for key, party in PARTIES if (at := folded.find(key)) >= 0)
    killed = KILLED.search(text)
    dead = int(killed.group(1) or killed.group(2)) if killed else None
    events: dict[str, Row] = {}
    for first, last, row in longest(tokens, names):
        name = text[tokens[first].start : tokens[last - 1].end]
        place = {"text": name, "lat": float(row["lat"]), "lon": float(row["lon"]), "precision": 1}
        events.setdefault(
            row["name_ar"],
            {
                "doc": source["id"],
                "kind": "event",
                "type": "strike.unspecified",
                "status": "happened",
                "anchor": name,
                "place": place,
                "date": [day, day] if day else None,
                "actor": found[0][1] if found else None,
                "numbers": [{"of": "killed", "low": dead, "high": dead}] if dead is not None else [],
                "source": [],
                "weapons": [],
            },
        )
    return list(events.values())


def figures() -> tuple[dict[str, dict[str, Any]], dict[str, float]]:
    """Scores by reader, the baseline's among them, and the readers' documents a second."""
    from tawatur import pipeline

    folder = shared("data", "airwars-syria")
    scorer = module(shared("gold", "score_airwars.py"))
    sources = list(rows(folder / "sources.jsonl"))
    out, speeds = {}, {}
    for name in READERS:
        reads = pipeline.reader(name)
        if reads.name != name:
            left_out(f"{name}: it has no model here (make model)")
            continue
        run = predict(sources, reads)
        speeds[name] = run.speed
        out[name] = scorer.score(folder, scorer.read(run.write(OUT / f"airwars-{name}.jsonl")))
    names = place_names()
    out["an event of every place name"] = scorer.score(
        folder, [record for source in sources for record in every_place(source, names)]
    )
    return out, speeds


def section() -> str:
    """The table of this benchmark in Markdown."""
    found, speeds = figures()
    folder = shared("data", "airwars-syria")
    body = [
        [label, result["records"]["mean"]] + [f"{result[n]['share']:.3f} of {result[n]['of']}" for n in NAMES]
        for label, result in found.items()
    ]
    told = ", ".join(f"{name} {speed:.0f}" for name, speed in speeds.items())
    return "\n\n".join(
        [
            f"**airwars-syria**: corpus `{corpus_hash([folder / 'sources.jsonl', folder / 'incidents.jsonl'])}`,"
            f" documents a second: {told}.",
            table(["reader", "records a document", *NAMES], body),
        ]
    )


def main(argv: Sequence[str]) -> None:
    print(section())


if __name__ == "__main__":
    finish(main)
