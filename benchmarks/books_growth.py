"""Whether adding a document takes longer in a large store: one with a million records, made for it, beside an empty one."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.common import table
from tawatur.errors import TawaturError
from tawatur.store.packing import Packed

TELLINGS = 25
"""Paragraphs of a made-up report: about as many records."""
BATCH = 200
ADDS = 40
TOWNS = ("غزة", "خان يونس", "رفح", "حلب", "إدلب", "بيروت", "صنعاء", "الخرطوم")


def report(number: int, paragraphs: int = 1) -> str:
    """The text of a made-up report."""
    said = [f"تقرير رقم {number} من المراسلين"]
    for k in range(paragraphs):
        town = TOWNS[(number + k) % len(TOWNS)]
        said.append(f"وقُتل {(number * 7 + k) % 90 + 2} أشخاص أمس في قصف على {town}.")
    return "\n\n".join(said)


def templates() -> list[Packed]:
    """Readings of a few long reports by the reader of this program."""
    from tawatur.model import Capture
    from tawatur.pipeline import read
    from tawatur.store.packing import pack

    made = [
        pack(read(f"t{k}", Capture(report(k, TELLINGS).encode(), kind="text", published="2024-03-04")))
        for k in range(8)
    ]
    if not all(each.records for each in made):
        raise TawaturError("the made-up reports have no records")
    return made


def numbered(template: Packed, capture: str, number: int) -> Packed:
    """The template as the reading of another capture: other digests and ids, the same content."""
    assert template.document is not None
    key = f"{number:064x}"
    document = replace(template.document, digest=key, id=f"made-{number}")
    records = tuple({**row, "id": f"{key[-12:]}{row['position']:04d}"} for row in template.records)
    return replace(template, capture=capture, digest=key, document=document, records=records)


def fill(path: Path, records: int) -> dict[str, int]:
    """Makes a store with so many records, and tells how much of everything it holds."""
    from tawatur.collection import open_collection
    from tawatur.model import Capture
    from tawatur.pipeline import generation

    made = templates()
    with open_collection(path) as opened:
        held = number = 0
        while held < records:
            captures = [
                Capture(report(number + k).encode(), f"https://made.example/{number + k}", kind="text")
                for k in range(BATCH)
            ]
            keys = [each.id for each in opened.store.add_captures(captures, "benchmark")]
            packed = [numbered(made[k % len(made)], key, number + k) for k, key in enumerate(keys)]
            opened.store.add_readings(packed, generation())
            held += sum(len(each.records) for each in packed)
            number += BATCH
        return opened.store.counts()


def add_each(path: Path, texts: Sequence[str]) -> Iterator[tuple[float, float]]:
    """Seconds that adding each text takes, from opening the store to closing it, and those of it in the store alone."""
    from tawatur.collection import open_collection
    from tawatur.model import Capture
    from tawatur.pipeline import generation, read
    from tawatur.store.packing import pack

    for number, text in enumerate(texts):
        capture = Capture(text.encode(), f"https://new.example/{number}", kind="text", published="2024-03-05")
        began = time.perf_counter()
        with open_collection(path) as opened:
            summary = opened.add_captures([capture])
        whole = time.perf_counter() - began
        other = replace(capture, content=f"{text} بعد ذلك".encode(), address=f"https://other.example/{number}")
        with open_collection(path) as opened:
            began = time.perf_counter()
            (kept,) = opened.store.add_captures([other], "benchmark")
            in_store = time.perf_counter() - began
            packed = pack(read(kept.id, other))
            began = time.perf_counter()
            opened.store.add_readings([packed], generation())
            in_store += time.perf_counter() - began
        if summary.added != 1:
            raise TawaturError(f"a new document was not added to {path.name}")
        yield whole, in_store


def section_growth(records: int) -> str:
    """The table of both stores; :class:`TawaturError` where the large one takes over twice as long."""
    from tawatur.collection import open_collection

    with tempfile.TemporaryDirectory(prefix="books-") as name:
        empty, large = Path(name) / "empty.sqlite", Path(name) / "large.sqlite"
        held = fill(large, records)
        open_collection(empty).close()
        texts = [report(k + 10_000_000, 3) for k in range(ADDS + 3)]
        pairs = list(zip(add_each(empty, texts), add_each(large, texts), strict=True))[3:]
        size = large.stat().st_size
    (whole_empty, store_empty), (whole_large, store_large) = (
        [statistics.median(one[k] for one in side) * 1000 for k in (0, 1)] for side in zip(*pairs, strict=True)
    )
    if whole_large > 2 * whole_empty:
        raise TawaturError(f"adding to {held['records']:,} records takes {whole_large / whole_empty:.2f} times as long")
    times = table(
        ["adding one document", "empty store, ms", f"{held['records']:,} records, ms", "times as long"],
        [
            ["opening, reading, closing", whole_empty, whole_large, whole_large / whole_empty],
            ["in the store alone", store_empty, store_large, store_large / store_empty],
        ],
    )
    return (
        f"A store of {held['captures']:,} made-up reports with {held['records']:,} records ({size / 2**30:.1f} GB) beside an"
        f" empty one; medians of {ADDS} adds each, taken in turn.\n\n{times}"
    )
