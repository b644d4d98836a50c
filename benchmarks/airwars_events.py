"""Events against the incidents that experts coded, beside three other ways of putting reports together.

    python -m benchmarks.airwars_events

The weights were fitted on incidents of 2021 and 2022; the figures are of the other years. Sources that share over 30 % of
their runs of five words with one across the split are left out. *Perfect* puts every record in the event of the
incident that it tells of: more cannot be reached with what was read. Pairs are scored as the data's scorer does: pairs
of sources in one event; two sources that tell of one uncoded happening count as wrong. B³ is over records that tell of
an incident. The other ways: the same place and the same day (told, else of publication); texts alike by MinHash; splink
on the same records. Where these have a threshold it is the one that was best on 2021 and 2022.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]

from benchmarks.common import OUT, ROOT, Row, corpus_hash, finish, shared, table
from tawatur.events.addresses import day_of_address
from tawatur.events.build import events
from tawatur.events.told import Told
from tawatur.events.wordsets import content
from tawatur.text.tokens import tokenize
from training.incidents import Side, pairs_of, sides

SPLINK = ("splink==4.0.17", "duckdb==1.4.4")
TARGET, PRECISION = 0.85, 0.85
Clusters = Sequence[Collection[str]]
"""Record ids, an event each."""


def perfect(side: Side) -> Clusters:
    """Each record in the event of the incident that it tells of; in two, where it tells of two."""
    out: dict[str, list[str]] = defaultdict(list)
    for key, incidents in side.tells.items():
        for incident in incidents or (key,):
            out[incident].append(key)
    return list(out.values())


def own(side: Side) -> Clusters:
    """What tawatur makes of the records."""
    return [e.members for e in events(side.tolds)]


def day_of(told: Told) -> str:
    """The day told, else that of publication, ISO; "" where there is none."""
    when, known = told.record.time, told.facts
    return str((when.first if when else None) or known.published or day_of_address(known.url) or "")


def same_place_and_day(side: Side) -> Clusters:
    return grouped({
        t.key: f"{t.record.place.place_id}/{day_of(t)}" if t.record.place and t.record.place.place_id and day_of(t) else t.key
        for t in side.tolds
    })  # fmt: skip


def grouped(of: Mapping[str, str]) -> Clusters:
    out: dict[str, list[str]] = defaultdict(list)
    for key, label in of.items():
        out[label].append(key)
    return list(out.values())


def alike_texts(side: Side, threshold: float) -> Clusters:
    """All records of texts whose runs of three words overlap, by MinHash and LSH."""
    texts = {t.facts.doc: t.facts.text for t in side.tolds}
    hashes: dict[str, RMinHash] = {}
    lsh = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32)
    for number, (doc, text) in enumerate(sorted(texts.items())):
        words = [t.norm for t in tokenize(text) if t.script != "mark"]
        one = RMinHash(num_perm=128, seed=7)
        one.update([" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))])
        hashes[doc] = one
        lsh.insert(number, one)
    docs = sorted(texts)
    root = {d: d for d in docs}

    def find(doc: str) -> str:
        while root[doc] != doc:
            doc = root[doc]
        return doc

    for doc in docs:
        for number in lsh.query(hashes[doc]):
            if hashes[doc].jaccard(hashes[docs[number]]) >= threshold:
                a, b = sorted((find(doc), find(docs[number])))
                root[b] = a
    return grouped({t.key: find(t.facts.doc) for t in side.tolds})


def splink_python() -> Path | None:
    """The Python of an environment that holds splink alone, made on the first run; None where it cannot be had."""
    home = OUT / "splink"
    python = home / "bin" / "python"
    if not python.exists():
        print(f"== making an environment for {SPLINK[0]}", file=sys.stderr)
        venv.create(home, with_pip=True)
        quiet = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *SPLINK]
        if subprocess.run(quiet, check=False).returncode:
            return None
    return python


def splink_clusters(both: Sequence[Side], thresholds: Sequence[float]) -> list[list[Clusters]] | None:
    """What splink makes of each side at each threshold; None where it is not to be had."""
    python = splink_python()
    if python is None:
        return None
    asked = {"thresholds": list(thresholds), "sides": [[_flat(t) for t in side.tolds] for side in both]}
    done = subprocess.run(
        [python, str(ROOT / "benchmarks" / "airwars_events_splink.py")],
        input=json.dumps(asked), stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        return None
    return [[grouped(labels) for labels in side] for side in json.loads(done.stdout)]


def _flat(told: Told) -> Row:
    record, place = told.record, told.record.place
    killed = next((n.low for n in record.numbers if n.of == "killed"), None)
    return {
        "id": told.key,
        "place": place.place_id if place else None,
        "name": place.span.text if place else None,
        "admin": place.admin1 or None if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "day": day_of(told) or None,
        "type": record.type,
        "actor": record.actor.entity or record.actor.span.text if record.actor else None,
        "target": record.target.entity or record.target.span.text if record.target else None,
        "killed": killed,
        "words": sorted(content(record.evidence.text)),
    }


def pair_scores(side: Side, made: Clusters) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of sources."""
    doc = {t.key: t.facts.doc for t in side.tolds}
    together = pairs_of([{doc[k] for k in members} for members in made])
    right = sum(side.common(*p) for p in together)
    precision = right / max(1, len(together))
    recall = len(side.wanted & together) / max(1, len(side.wanted))
    return precision, recall, harmonic(precision, recall)


def b_cubed(side: Side, made: Clusters) -> float:
    """B³ F1 over the records that tell of an incident."""
    told = {k: v for k, v in side.tells.items() if v}
    of: dict[str, set[str]] = defaultdict(set)
    for members in made:
        inside = {k for k in members if k in told}
        for key in inside:
            of[key] |= inside
    precision = recall = 0.0
    for key, incidents in told.items():
        own_event = of[key] | {key}
        wanted = {k for k, v in told.items() if v & incidents}
        precision += len(own_event & wanted) / len(own_event)
        recall += len(own_event & wanted) / len(wanted)
    return harmonic(precision / len(told), recall / len(told))


def harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def best(fitted: Side, ways: Mapping[float, Clusters]) -> float:
    """The threshold with the highest F1 on the side that may be looked at."""
    return max(ways, key=lambda t: (pair_scores(fitted, ways[t])[2], t))


def section(halves: Callable[[], tuple[Side, Side]] = sides) -> str:
    """The table of this benchmark in Markdown."""
    fitted, side = halves()
    ways: list[tuple[str, Clusters | None]] = [
        ("perfect, of what was read", perfect(side)),
        ("tawatur", own(side)),
        ("same place and day", same_place_and_day(side)),
    ]
    likeness = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7)
    chosen = best(fitted, {t: alike_texts(fitted, t) for t in likeness})
    ways.append((f"texts alike (MinHash, Jaccard {chosen})", alike_texts(side, chosen)))
    sure = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
    linked = splink_clusters((fitted, side), sure)
    if linked is None:
        ways.append(("splink", None))
    else:
        at = best(fitted, dict(zip(sure, linked[0], strict=True)))
        ways.append((f"splink (probability {at})", linked[1][sure.index(at)]))
    body: list[list[object]] = []
    top = pair_scores(side, perfect(side))[2]
    for name, made in ways:
        if made is None:
            body.append([name, *[None] * 5])
        else:
            precision, recall, f1 = pair_scores(side, made)
            body.append([name, precision, recall, f1, f1 / top, b_cubed(side, made)])
    folder = shared("data", "airwars-syria")
    head = ["events by", "precision", "recall", "F1", "of perfect", "B³ F1"]
    return "\n\n".join(
        [
            f"**airwars-syria, events**: corpus `{corpus_hash([folder / 'sources.jsonl', folder / 'incidents.jsonl'])}`,"
            f" {len(side.sources)} sources of the years that were not fitted on, {len(side.wanted)} pairs asked for,"
            f" {len(side.tolds)} records. Wanted: precision {PRECISION}, F1 {TARGET} of perfect.",
            table(head, body),
        ]
    )


def main(argv: Sequence[str]) -> None:
    print(section())


if __name__ == "__main__":
    finish(main)
