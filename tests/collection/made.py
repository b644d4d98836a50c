"""Invented sources, and readers that are slow or deadly: importable by name, as processes need them."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from tawatur.engines import Shard, read_shard
from tawatur.store.packing import Packed

TOWNS = ("غزة", "خان يونس", "رفح", "حلب", "إدلب", "بيروت")
DEADLY = "KILLS ITS READER"
DEADLY_AFTER_OTHERS = "KILLS A TIRED READER"
DELAY = "TAWATUR_TEST_DELAY"
"""The variable of the environment that says how slow :func:`slowly` is: seconds a document."""

_read_here = 0


def text(number: int) -> str:
    """A short report, another for every number."""
    town = TOWNS[number % len(TOWNS)]
    return (
        f"أعلن الدفاع المدني أمس مقتل {number + 3} أشخاص في قصف على {town}، وقال الجيش إنه استهدف موقعاً رقم {number}."
    )


def row(number: int, words: str = "") -> str:
    """A line of a collection."""
    given = {"id": f"r{number}", "title": f"تقرير {number}", "text": words or text(number), "published": "2024-03-04"}
    return json.dumps(given, ensure_ascii=False)


def collection(path: Path, numbers: range, *, damaged: bool = False) -> Path:
    """A collection; with ``damaged`` every tenth line is cut off and followed by the whole one."""
    lines = []
    for number in numbers:
        if damaged and number % 10 == 3:
            lines.append(row(number)[:40])
        lines.append(row(number))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def sources(folder: Path, count: int) -> list[Path]:
    """``count`` reports: seven in ten in a collection with damaged lines, the others as files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = count * 7 // 10
    files = folder / "files"
    files.mkdir(exist_ok=True)
    for number in range(rows, count):
        (files / f"{number}.txt").write_text(text(number) + "\n", encoding="utf-8")
    return [collection(folder / "reports.jsonl", range(rows), damaged=True), files]


def found_in(count: int) -> tuple[int, int]:
    """How many documents and how many failures come of :func:`sources`."""
    return count, sum(1 for number in range(count * 7 // 10) if number % 10 == 3)


def slowly(shard: Shard) -> list[Packed]:
    """Reads as the program does, and takes its time."""
    packed = []
    for one in shard:
        time.sleep(float(os.environ.get(DELAY, "0.1")))
        packed += read_shard([one])
    return packed


def deadly(shard: Shard) -> list[Packed]:
    """Dies of some documents as of a crash in a library, of others only after it has read something."""
    global _read_here
    for _, capture in shard:
        if DEADLY.encode() in capture.content or (_read_here and DEADLY_AFTER_OTHERS.encode() in capture.content):
            os.kill(os.getpid(), signal.SIGSEGV)
    _read_here += len(shard)
    return read_shard(shard)


def hungry(shard: Shard) -> list[Packed]:
    """Needs more memory for some documents than its process may have."""
    import resource

    from tawatur import pipeline
    from tawatur.model import Document
    from tawatur.reader.protocol import Reader

    extract = pipeline.extract

    def greedily(document: Document, reads: Reader | None = None) -> pipeline.Extraction:
        if DEADLY in document.text:
            bytearray(8 << 30)
        return extract(document, reads)

    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    pipeline.extract = greedily
    try:
        return read_shard(shard)
    finally:
        pipeline.extract = extract
