"""What every benchmark shares: where the data lies, how documents go through the pipeline, how tables are printed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from tawatur.errors import TawaturError

if TYPE_CHECKING:
    from tawatur.reader.protocol import Reader

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "benchmarks"
Row = dict[str, Any]


class DataMissing(TawaturError):
    """The data that a benchmark needs is not on this machine (exit code 4)."""

    code = 4


def shared(*parts: str) -> Path:
    """A path below the shared data: ``$TAWATUR_SHARED``, else ``shared`` beside the repository."""
    base = Path(os.environ.get("TAWATUR_SHARED") or ROOT.parent / "shared")
    path = base.joinpath(*parts)
    if not path.exists():
        raise DataMissing(
            f"{'/'.join(parts) or base.name} is not here", "set TAWATUR_SHARED to the folder that holds it"
        )
    return path


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def module(path: Path) -> ModuleType:
    """A Python file outside the repository as a module (the shared scorers)."""
    spec = importlib.util.spec_from_file_location(f"shared_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise DataMissing(f"{path.name} cannot be loaded")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def corpus_hash(paths: Iterable[Path]) -> str:
    """The first 16 hex digits of the SHA-256 over the bytes of files, in order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(slots=True)
class Run:
    """Predicted records by document, and how long the pipeline took for them (seconds, start-up left out)."""

    records: dict[str, list[Row]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def speed(self) -> float:
        """Documents a second."""
        return len(self.records) / self.seconds if self.seconds else 0.0

    def write(self, path: Path) -> Path:
        """The records as JSONL, as ``tawatur extract --format jsonl`` writes them."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as out:
            for records in self.records.values():
                for record in records:
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
        return path


def finish(main: Callable[[Sequence[str]], int | None]) -> NoReturn:
    """Runs a benchmark's ``main`` with the command line and ends the process; errors take one line."""
    try:
        raise SystemExit(main(sys.argv[1:]) or 0)
    except TawaturError as error:
        print(f"benchmarks: {error}" + (f" ({error.hint})" if error.hint else ""), file=sys.stderr)
        raise SystemExit(error.code) from None


def predict(documents: Sequence[Row], reads: Reader | None = None) -> Run:
    """Every document through the whole pipeline with a reader (the default one where none is given). A first one,
    uncounted, loads the tables."""
    from tawatur.export.jsonl import record_line
    from tawatur.pipeline import extract
    from tawatur.text.documents import from_row

    run = Run()
    if documents:
        extract(from_row(documents[0]), reads)
    for row in documents:
        start = time.perf_counter()
        records = extract(from_row(row), reads).records
        run.seconds += time.perf_counter() - start
        run.records[str(row["id"])] = [record_line(record) for record in records]
    return run


def table(head: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    """A Markdown table; numbers to the right."""
    cells = [[_cell(value) for value in row] for row in body]
    widths = [max(len(row[i]) for row in [list(head), *cells]) for i in range(len(head))]
    left = [0, *[i for i in range(1, len(head)) if any(not _numeric(row[i]) for row in cells)]]

    def line(row: Sequence[str]) -> str:
        return (
            "| "
            + " | ".join(
                c.ljust(w) if i in left else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
            )
            + " |"
        )

    rule = "|" + "|".join("-" * (w + 2) if i in left else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([line(list(head)), rule, *map(line, cells)])


def _cell(value: object) -> str:
    return (
        "–"
        if value is None
        else f"{value:.2f}"
        if isinstance(value, float)
        else f"{value:,}"
        if isinstance(value, int)
        else str(value)
    )


def _numeric(cell: str) -> bool:
    return cell in ("", "–") or cell.lstrip("±≥≤<>").replace(",", "").replace(".", "").replace(" ± ", "").isdigit()
