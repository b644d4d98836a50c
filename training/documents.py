"""The documents to learn from: gold's, ordinary articles, and further coded reports.

``coded.jsonl`` keeps what a coder read as places in texts that lie beside the repository. It has a line for each
document: its ``doc`` (id), ``set`` (the folder of ``shared/data``), the beginning of its text's SHA-256 (``sha``), whether
it is ``held`` back from training to fit a few weights on, and ``records``: the closed fields as in gold, every text value
as ``[start, end)`` in the text. The texts themselves are others' and not in the repository, but for made-up English
reports, which were written to be learned from (``written.jsonl``, set ``written``).
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tawatur.reader.scene import Scene
from tawatur.text.documents import from_row

ROOT = Path(__file__).resolve().parents[1]
CODED = ROOT / "training" / "coded.jsonl"
WRITTEN = ROOT / "training" / "written.jsonl"
Gold = dict[str, Any]
ONE = ("actor", "target", "place", "time", "cue")
SEVERAL = ("weapons", "source")


def shared() -> Path:
    return Path(os.environ.get("TAWATUR_SHARED", ROOT.parent / "shared"))


def load(name: str) -> list[tuple[dict[str, Any], list[Gold]]]:
    folder = shared() / "gold"
    gold = {str(g["doc"]): g["records"] for g in json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))}
    lines = (folder / f"{name}.documents.jsonl").read_text(encoding="utf-8").splitlines()
    return [(d, gold.get(str(d["id"]), [])) for d in map(json.loads, filter(None, lines))]


def natural() -> list[tuple[dict[str, Any], bool]]:
    """Ordinary articles and whether they tell of conflict, as read by hand (``training/natural.csv``)."""
    told = {
        row["id"]: row["quiet"] == "0"
        for row in csv.DictReader((ROOT / "training" / "natural.csv").open(encoding="utf-8"))
        if row["quiet"] in ("0", "1")
    }
    return [(d, told[str(d["id"])]) for d in rows("almayadeen") if str(d["id"]) in told]


def digest(text: str) -> str:
    """The beginning of a text's SHA-256, by which a changed text is noticed."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The documents of a folder of ``shared/data``, or those of ``written.jsonl``, as rows that ``tawatur`` reads."""
    if name == WRITTEN.stem:
        yield from map(json.loads, WRITTEN.read_text(encoding="utf-8").splitlines())
        return
    folder = shared() / "data" / name
    if name == "re3d":
        for file in sorted(folder.glob("*/documents.json")):
            for line in filter(None, map(str.strip, file.read_text(encoding="utf-8").splitlines())):
                d = json.loads(line)
                yield {"id": f"re3d-{d['_id'][:12]}", "outlet": d["sourceName"], "text": d["text"]}
        return
    for file in sorted(folder.glob("sources.jsonl" if name == "airwars-syria" else "*.jsonl")):
        yield from map(json.loads, filter(None, file.read_text(encoding="utf-8").splitlines()))


def gold_of(record: dict[str, Any], text: str) -> Gold:
    """A record of ``coded.jsonl`` in the shape of a gold record; its ``date`` is not coded and stays empty."""
    out: Gold = {k: record.get(k) for k in ("kind", "type", "outcome")}
    out |= {"status": record.get("status", "happened"), "date": None}
    at: dict[str, Any] = {}
    for name in ("anchor", *ONE):
        span = record.get(name)
        out[name] = text[span[0] : span[1]] if span else None
        if span:
            at[name] = span[0]
    for name in SEVERAL:
        spans = record.get(name, [])
        out[name], at[name] = [text[a:b] for a, b in spans], [a for a, _ in spans]
    numbers = record.get("numbers", [])
    out["numbers"] = [{"of": of, "low": low, "high": high, "text": text[a:b]} for of, low, high, a, b in numbers]
    at["numbers"] = [a for *_, a, _ in numbers]
    return {**out, "at": at}


def load_coded(held: bool, path: Path = CODED) -> list[tuple[dict[str, Any], list[Gold]]]:
    """The documents to learn from, or those ``held`` back, with their records, as :func:`load` gives those of gold.
    Raises ``ValueError`` where a text is missing or is not the one that was coded."""
    coded = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    coded = [c for c in coded if c.get("held", False) == held]
    known = {(name, str(row["id"])): row for name in sorted({c["set"] for c in coded}) for row in rows(name)}
    out = []
    for c in coded:
        row = known.get((c["set"], c["doc"]))
        text = from_row(row).text if row else ""
        if row is None or digest(text) != c["sha"]:
            raise ValueError(f"{c['set']}: document {c['doc']} is missing or is not the text that was coded")
        out.append((row, [gold_of(r, text) for r in c["records"]]))
    return out


def dated(scene: Scene, records: list[Gold]) -> list[Gold]:
    """Coded records with the days that ``meaning/`` finds in their words of time."""
    out = []
    for r in records:
        start = r["at"].get("time")
        found = [
            t
            for t in scene.times
            if start is not None and t.first and t.last and t.start < start + len(r["time"]) and start < t.end
        ]
        out.append({**r, "date": [str(found[0].first), str(found[0].last)] if found else None})
    return out
