"""How much is read at a time, and by what: captures of a store in shards, and the engine that reads them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from tawatur.engines import Engine, InProcess, Processes, Shard, reads_with, usable_cores
from tawatur.errors import InputError, TawaturError
from tawatur.reader.protocol import BEST, LLM, ReaderChoice
from tawatur.store.packing import Packed
from tawatur.store.repository import Store

T = TypeVar("T")

SHARD, SHARD_BYTES = 8, 1 << 20
"""Captures that are read together: so many, or so many bytes."""
KEPT, KEPT_AFTER = 48, 0.3
"""Readings of one transaction: so many, or what came in so many seconds. Where readers are quick, the one writer would
take a third of a core for a transaction a shard; where they are slow, what was read is not held back."""
PLANNED = 500
"""Captures whose sizes are asked for at once."""
FEW = 40
"""Fewer documents than this are read here: processes take a second or two to start."""
MOST_WORKERS = 8


def shards(store: Store, keys: Sequence[str]) -> Iterator[Shard]:
    """The captures with these ids, a few at a time. One that was taken down meanwhile is left out."""
    for at in range(0, len(keys), PLANNED):
        sizes = store.sizes(keys[at : at + PLANNED])
        for few in grouped(sizes, sizes.__getitem__, SHARD, SHARD_BYTES):
            shard = store.several(few)
            if shard:
                yield shard


def grouped(items: Iterable[T], size: Callable[[T], int], most: int, most_bytes: int) -> Iterator[list[T]]:
    """``items`` in groups, each of at most ``most`` and, but for a single one, of at most ``most_bytes`` together. Where
    they break off (:class:`InputError`), what came before comes first."""
    group: list[T] = []
    together = 0
    try:
        for item in items:
            length = size(item)
            if group and (len(group) >= most or together + length > most_bytes):
                yield group
                group, together = [], 0
            group.append(item)
            together += length
    except InputError:
        if group:
            yield group
        raise
    if group:
        yield group


def gathered(readings: Iterable[list[Packed]]) -> Iterator[list[Packed]]:
    """Readings as they come, in lists for one transaction each. Where reading ends in a :class:`TawaturError`, what was
    read comes first."""
    held: list[Packed] = []
    kept = time.monotonic()
    try:
        for packed in readings:
            held += packed
            if len(held) >= KEPT or time.monotonic() - kept >= KEPT_AFTER:
                yield held
                held, kept = [], time.monotonic()
    except TawaturError:
        if held:
            yield held
        raise
    if held:
        yield held


def engine_for(documents: int, workers: int | None, *, left_over: bool = False, reader: ReaderChoice = BEST) -> Engine:
    """What reads so many documents by a reader. ``workers`` None: as many as the cores, where there is enough to read.
    With ``left_over`` some were under way when an earlier run died. One of them may be why: then they are read in processes
    of their own, which may die without harm."""
    apart = left_over and workers is None
    if workers is None:
        # one that asks a model waits for it, and spends in one place
        few = (documents < FEW and not left_over) or reader.name == LLM
        workers = 1 if few else min(usable_cores(), MOST_WORKERS)
    read = reads_with(reader.shared_by(workers))
    return Processes(workers, read) if workers > 1 or apart else InProcess(read)
