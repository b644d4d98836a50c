"""A whole archive in one run on one core: failures, proof of every span, speed, memory, and a date finder beside it.

    python -m benchmarks.almayadeen [--reader learned] [--limit N] [--sample N]

Time is the processor's, so that other work on the machine does not count. ``--sample 0`` gives the date finder every text as well (minutes).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.common import Row, corpus_hash, finish, rows, shared, table
from tawatur.errors import TawaturError


@dataclass(slots=True)
class Tally:
    """What a run over an archive met."""

    documents: int = 0
    characters: int = 0
    seconds: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    spans: int = 0
    unproven: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    issues: Counter[str] = field(default_factory=Counter)
    peak_mb: float = 0.0
    network: float = 0.0
    seconds_of: dict[str, float] = field(default_factory=dict)


def canonical(row: Row) -> str:
    """The document's text as the record format defines it, made here anew: spans are proven against this."""
    title = row.get("title") or ""
    return f"{title}\n{row['text']}" if title else str(row["text"])


def spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every span anywhere in a record as it is written."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys() and value["start"] is not None:
            yield value["start"], value["end"], value["text"]
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


class Timed:
    """A network (:class:`tawatur.reader.learned.answers.Network`) whose answers are timed."""

    def __init__(self, network: Any) -> None:
        self.network = network
        self.seconds = 0.0

    def words(self, *given: Any) -> Any:
        return self._timed(self.network.words, given)

    def about(self, *given: Any) -> Any:
        return self._timed(self.network.about, given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.network, name)

    def _timed(self, answer: Any, given: Any) -> Any:
        start = time.process_time()
        out = answer(*given)
        self.seconds += time.process_time() - start
        return out


def run(documents: Sequence[Row], reader: str) -> Tally:
    """Row to written records for each document; only that is timed. The first, uncounted, loads the tables."""
    from tawatur import pipeline
    from tawatur.export.jsonl import record_line
    from tawatur.reader.learned.reader import LearnedReader
    from tawatur.text.documents import from_row

    reads = pipeline.reader(reader)
    pipeline.extract(from_row(documents[0]), reads)
    timed = None
    if isinstance(reads, LearnedReader):
        timed = Timed(reads.network)
        reads.network = timed  # type: ignore[assignment]
    tally = Tally()
    for row in documents:
        key, start = str(row["id"]), time.process_time()
        try:
            extraction = pipeline.extract(from_row(row), reads)
            lines = [json.dumps(record_line(r), ensure_ascii=False) for r in extraction.records]
        except Exception as error:  # the count of these is what is measured
            tally.failed.append(f"{key}: {type(error).__name__}: {error}")
            continue
        took = time.process_time() - start
        tally.seconds += took
        tally.seconds_of[key] = took
        tally.documents += 1
        text = canonical(row)
        tally.characters += len(text)
        tally.issues.update(issue.code for issue in extraction.issues)
        tally.silent += not lines
        for record in map(json.loads, lines):
            tally.kinds[record["kind"]] += 1
            for first, last, words in spans(record):
                tally.spans += 1
                if text[first:last] != words:
                    tally.unproven.append(f"{key} {first}:{last} {words!r}")
    tally.network = timed.seconds if timed else 0.0
    tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return tally


def date_finder(documents: Sequence[Row]) -> float:
    """Seconds that ``dateparser.search.search_dates`` takes for the texts; a first one, uncounted, loads its tables."""
    from dateparser.search import search_dates

    texts = [canonical(row) for row in documents]
    search_dates(texts[0], languages=["ar"])
    start = time.process_time()
    for text in texts:
        search_dates(text, languages=["ar"])
    return time.process_time() - start


def one_core() -> str:
    """Binds this process to one core where the system can; says so."""
    if not hasattr(os, "sched_setaffinity"):
        return "one process"
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return "one core"


def files() -> list[Path]:
    return sorted(shared("data", "almayadeen").glob("*.jsonl"))


def section(reader: str = "rules", limit: int = 0, sample: int = 400) -> str:
    """Runs the archive and gives its tables; :class:`TawaturError` where a document failed or a span is not proven."""
    where = one_core()
    documents = [row for path in files() for row in rows(path)]
    rng = random.Random(0)
    if limit:
        documents = rng.sample(documents, limit)
    drawn = rng.sample(documents, sample) if 0 < sample < len(documents) else documents
    tally = run(documents, reader)
    other = date_finder(drawn)
    ours = sum(tally.seconds_of.get(str(row["id"]), 0.0) for row in drawn)
    problems = [*tally.failed, *tally.unproven]
    if problems:
        raise TawaturError(
            f"{len(tally.failed)} documents failed, {len(tally.unproven)} spans unproven", "; ".join(problems[:5])
        )
    total = sum(tally.kinds.values())
    speed = table(
        ["over the same texts", "documents", "documents a second"],
        [
            ["tawatur, the whole pipeline", len(drawn), round(len(drawn) / ours)],
            ["dateparser, search_dates alone", len(drawn), round(len(drawn) / other)],
        ],
    )
    kinds = table(
        ["kind", "records", "a document"],
        [
            *[[k, n, n / tally.documents] for k, n in sorted(tally.kinds.items())],
            ["all", total, total / tally.documents],
        ],
    )
    lines = [
        f"**almayadeen**: {tally.documents:,} documents of {tally.characters // tally.documents:,} characters on average,"
        f" corpus `{corpus_hash(files())}`, {where}: {tally.documents / tally.seconds:.0f} documents a second,"
        f" peak memory {tally.peak_mb:.0f} MB, {len(tally.failed)} failed, {tally.spans:,} spans, all proven."
        f" Read by `{reader}`"
        + (f", {100 * tally.network / tally.seconds:.0f} % of the time in the network." if tally.network else "."),
        speed,
        kinds,
        f"Documents without a record: {tally.silent:,} ({100 * tally.silent / tally.documents:.0f} %). Issues noted: "
        + (", ".join(f"{code} {n:,}" for code, n in tally.issues.most_common()) or "none")
        + ".",
    ]
    return "\n\n".join(lines)


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.almayadeen", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--reader", choices=("rules", "learned"), default="rules")
    parser.add_argument("--limit", type=int, default=0, help="this many documents only")
    parser.add_argument("--sample", type=int, default=400, help="documents for the date finder (0: all)")
    args = parser.parse_args(argv)
    print(section(args.reader, args.limit, args.sample))


if __name__ == "__main__":
    finish(main)
