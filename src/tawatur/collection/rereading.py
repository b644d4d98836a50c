"""Reading again by a newer reader: a generation beside the old one, and how they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from tawatur.collection.changes import Change, compare
from tawatur.collection.progress import Progress
from tawatur.collection.sharding import engine_for, gathered, shards
from tawatur.engines import Engine
from tawatur.errors import InputError
from tawatur.model import Generation
from tawatur.reader.protocol import ReaderChoice
from tawatur.store.repository import Store
from tawatur.store.stored import StoredReading


def reread(
    store: Store,
    generation: Generation,
    captures: Sequence[str],
    *,
    reader: ReaderChoice,
    workers: int | None,
    engine: Engine | None,
    progress: Progress,
) -> Iterator[Change]:
    """Reads ``captures`` (all where none is named) that ``generation``, the state of ``reader``, has not read, and yields the change of each
    document. Killed and run again, it goes on where it was."""
    todo = list(store.unread_by(generation))
    if captures:
        wanted = set(captures)
        todo = [key for key in todo if key in wanted]
    progress.reading(len(todo))
    engine = engine or engine_for(len(todo), workers, reader=reader)
    with closing(engine.run(shards(store, todo))) as readings:
        for packed in gathered(readings):
            before = {p.capture: _latest(store, p.capture) for p in packed}
            store.add_readings(packed, generation)
            for one in packed:
                change = _change(before[one.capture], _latest(store, one.capture))
                if change is not None:
                    yield change
            progress.read(len(packed))


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
