"""The books under load: two archives added by one worker and by two, a million records, killed runs, four writers.

    python -m benchmarks.books [add|growth|kill|writers] [--limit N] [--kills N] [--records N]

Without a name all four. Runs that are compared stand next to each other in time, piece by piece, for a machine is
shared; ``cores free`` says how much of it there was. ``--limit`` adds so many documents of each archive only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT, corpus_hash, finish, shared, table
from tawatur.errors import TawaturError

PIECES = {"almayadeen": 4, "airwars-syria": 1}
"""An archive is added in so many pieces, each by every way, one after the other. Starting two processes costs a second or
two every time, so a small archive is one piece."""
PARTS = ("add", "growth", "kill", "writers")


@dataclass(slots=True)
class Way:
    """What adding an archive in one way took: seconds, and processor seconds of the process that writes and of those that
    only read."""

    seconds: float = 0.0
    own: float = 0.0
    others: float = 0.0
    seen: int = 0
    added: int = 0
    failed: int = 0

    def take(self, told: dict[str, Any]) -> None:
        """One piece more."""
        for name, value in told.items():
            setattr(self, name, getattr(self, name) + value)


@dataclass(slots=True)
class Archive:
    """An archive and what was measured on it."""

    name: str
    corpus: str
    pieces: list[Path]
    one: Way = field(default_factory=Way)
    two: Way = field(default_factory=Way)
    extract: float = 0.0
    again: Way = field(default_factory=Way)
    verify: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    size: int = 0


def added(store: Path, workers: int, files: Sequence[Path]) -> dict[str, Any]:
    """Adds collections in a process of its own and gives what it took."""
    command = [sys.executable, "-m", "benchmarks.books_one", str(store), str(workers), *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def archives(folder: Path, limit: int) -> Iterator[Archive]:
    """The archives in pieces of about the same size, written to ``folder``."""
    for name, files in (
        ("almayadeen", sorted(shared("data", "almayadeen").glob("*.jsonl"))),
        ("airwars-syria", [shared("data", "airwars-syria", "sources.jsonl")]),
    ):
        lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines(keepends=True)]
        lines = lines[:: max(1, len(lines) // limit)][:limit] if limit else lines
        pieces = []
        for number in range(PIECES[name]):
            pieces.append(folder / f"{name}-{number}.jsonl")
            part = lines[len(lines) * number // PIECES[name] : len(lines) * (number + 1) // PIECES[name]]
            pieces[-1].write_text("".join(part), encoding="utf-8")
        yield Archive(name, corpus_hash(files), pieces)


def measure(archive: Archive, folder: Path) -> None:
    """Adds the archive with one worker and with two, extracts it without a store, adds it again and verifies it."""
    stores = {workers: folder / f"{archive.name}-by-{workers}.sqlite" for workers in (1, 2)}
    for number, piece in enumerate(archive.pieces):
        # who is first changes, and with it who finds the file in memory
        for workers in (1, 2) if number % 2 else (2, 1):
            (archive.one if workers == 1 else archive.two).take(added(stores[workers], workers, [piece]))
        began = time.monotonic()
        command = [sys.executable, "-m", "tawatur", "extract", "--format", "jsonl", "--documents", str(piece)]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        archive.extract += time.monotonic() - began
    archive.again.take(added(stores[2], 2, archive.pieces))
    from tawatur.collection import open_collection

    with open_collection(stores[1]) as one, open_collection(stores[2]) as two:
        began = time.monotonic()
        found = two.verify()
        archive.verify = time.monotonic() - began
        archive.counts = found.counts
        if found.findings:
            raise TawaturError(f"verify: {found.findings[0]}")
        if one.store.content_hash() != found.content_hash:
            raise TawaturError("one worker and two made other stores of the same documents")
    archive.size = stores[2].stat().st_size
    if archive.again.added or archive.two.seen != archive.again.seen:
        raise TawaturError(f"a second run saw {archive.again.seen} and added {archive.again.added}")


def faster(archive: Archive) -> float:
    """How many times as fast two workers are where two cores are theirs: by processor time, of which neither a worker
    nor a core can spend more than there is. Waiting for the disk is left out."""
    one, two = archive.one, archive.two
    return (one.own + one.others) / max((two.own + two.others) / 2, two.others / 2, two.own)


def section_add(limit: int) -> str:
    """Adding two archives."""
    with tempfile.TemporaryDirectory(prefix="books-") as name:
        found = list(archives(Path(name), limit))
        for archive in found:
            measure(archive, Path(name))
    times = table(
        ["archive", "documents", "one worker, s", "two workers, s", "times as fast", "with two free cores", "extract, no store, s", "again, s",
         "again / first", "verify, s"],
        [
            [a.name, a.two.seen, round(a.one.seconds), round(a.two.seconds), a.one.seconds / a.two.seconds, faster(a),
             round(a.extract), a.again.seconds, f"{a.again.seconds / a.two.seconds:.3f}", round(a.verify)]
            for a in found
        ],
    )  # fmt: skip
    sizes = table(
        ["archive", "added", "same", "failed", "records", "KB a document", "KB of it as found", "found, not compressed",
         "parent / worker"],
        [
            [a.name, a.two.added, a.two.seen - a.two.added - a.two.failed, a.two.failed, a.counts["records"],
             a.size / 1024 / a.counts["captures"], a.counts["bytes_stored"] / 1024 / a.counts["captures"],
             a.counts["bytes_original"] / 1024 / a.counts["captures"], a.two.own / (a.two.others / 2)]
            for a in found
        ],
    )  # fmt: skip
    said = ", ".join(f"{a.name} `{a.corpus}`" for a in found)
    free = sum(a.two.own + a.two.others for a in found) / sum(a.two.seconds for a in found)
    return "\n\n".join(
        [
            f"Corpora: {said}. Cores that two workers and the writer got: {free:.1f}. Stores by one worker and by two have"
            " one content hash; verify finds nothing. `with two free cores`: by processor time, for a machine that is shared.",
            times,
            sizes,
        ]
    )


def section(name: str, args: argparse.Namespace) -> str:
    """One part of the measurement, as Markdown."""
    if name == "add":
        return section_add(args.limit)
    if name == "growth":
        from benchmarks.books_growth import section_growth

        return section_growth(args.records)
    from benchmarks.books_stress import section_kill, section_writers

    return section_kill(args.kills) if name == "kill" else section_writers()


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.books", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", nargs="?", choices=PARTS, help="this part only")
    parser.add_argument("--limit", type=int, default=0, help="documents of each archive (0: all)")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--records", type=int, default=1_000_000)
    args = parser.parse_args(argv)
    for name in (args.part,) if args.part else PARTS:
        print(section(name, args), end="\n\n", flush=True)


if __name__ == "__main__":
    finish(main)
