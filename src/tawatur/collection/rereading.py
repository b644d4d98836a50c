"""Reading again by a newer reader: a generation beside the old one, and how they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tawatur.collection.adding import FEW, MOST_WORKERS, SHARD
from tawatur.collection.changes import Change, compare
from tawatur.collection.progress import Progress
from tawatur.engines import Engine, InProcess, Processes, Shard, usable_cores
from tawatur.errors import InputError
from tawatur.model import Generation
from tawatur.store.repository import Store
from tawatur.store.stored import StoredReading


def reread(
    store: Store,
    generation: Generation,
    captures: Sequence[str],
    *,
    workers: int | None,
    engine: Engine | None,
    progress: Progress,
) -> Iterator[Change]:
    """Reads ``captures`` (all where none is named) that ``generation`` has not read, and yields the change of each
    document. Killed and run again, it goes on where it was."""
    todo = list(store.unread_by(generation))
    if captures:
        wanted = set(captures)
        todo = [key for key in todo if key in wanted]
    progress.reading(len(todo))
    if engine is None:
        workers = workers or min(usable_cores(), MOST_WORKERS)
        engine = Processes(workers) if workers > 1 and len(todo) >= FEW else InProcess()
    for packed in engine.run(_shards(store, todo)):
        before = {p.capture: _latest(store, p.capture) for p in packed}
        store.add_readings(packed, generation)
        for one in packed:
            change = _change(before[one.capture], _latest(store, one.capture))
            if change is not None:
                yield change
        progress.read(len(packed))


def _shards(store: Store, keys: Sequence[str]) -> Iterator[Shard]:
    for at in range(0, len(keys), SHARD):
        yield [(key, store.capture(key)) for key in keys[at : at + SHARD]]


def _latest(store: Store, capture: str) -> StoredReading | None:
    found = store.find(capture)
    if not found.document:
        return None
    try:
        reading = store.reading(found.document)
    except InputError:
        return None
    return reading if reading.version.capture == capture else None


def _change(before: StoredReading | None, after: StoredReading | None) -> Change | None:
    """None where the capture is not the version that counts, or cannot be read."""
    if after is None:
        return None
    old = before.records if before is not None else ()
    other = before is not None and before.document.text != after.document.text
    return compare(after.document.id, old, after.records, text=other)
