"""How much is read at a time, and by what: captures of a store in shards, and the engine that reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tawatur.engines import Engine, InProcess, Processes, Shard, usable_cores
from tawatur.model import Capture
from tawatur.store.captures import TakenDownError
from tawatur.store.repository import Store

SHARD, SHARD_BYTES = 8, 1 << 20
"""Captures that are read together, and kept in one transaction."""
FEW = 40
"""Fewer documents than this are read here: processes take a second or two to start."""
MOST_WORKERS = 8


def shards(store: Store, keys: Sequence[str]) -> Iterator[Shard]:
    """The captures with these ids, a few at a time. One that was taken down meanwhile is left out."""
    shard: list[tuple[str, Capture]] = []
    size = 0
    for key in keys:
        try:
            capture = store.capture(key)
        except TakenDownError:
            continue
        if shard and (len(shard) >= SHARD or size + len(capture.content) > SHARD_BYTES):
            yield shard
            shard, size = [], 0
        shard.append((key, capture))
        size += len(capture.content)
    if shard:
        yield shard


def engine_for(documents: int, workers: int | None, *, left_over: bool = False) -> Engine:
    """What reads so many documents. ``workers`` None: as many as the cores, where there is enough to read. With
    ``left_over`` some were under way when an earlier run died. One of them may be why: then they are read in processes
    of their own, which may die without harm."""
    if workers is None:
        few = documents < FEW and not left_over
        workers = 1 if few else min(usable_cores(), MOST_WORKERS)
        return Processes(workers) if workers > 1 or left_over else InProcess()
    return Processes(workers) if workers > 1 else InProcess()
