"""Documents come in: first all captures are kept, then what waits is read. Two transactions, and either may be the last.

Whatever is killed in between loses nothing: what was captured and not read waits in the store, and the next run reads
it. What was captured before costs a hash and a look.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import groupby

from tawatur.collection.owners import alive, this_process
from tawatur.collection.progress import SILENT, Progress
from tawatur.engines import Engine, InProcess, Processes, Shard, usable_cores
from tawatur.errors import InputError
from tawatur.model import NO_REPORT, Attachment, Capture, Generation, Issue, Read, Unread
from tawatur.store.packing import Packed, pack
from tawatur.store.repository import Store

BATCH, BATCH_BYTES = 200, 8 << 20
"""Captures of one transaction: so many, or so many bytes."""
SHARD, SHARD_BYTES = 8, 1 << 20
"""Captures that are read together, and kept in one transaction."""
FEW = 40
"""Fewer documents than this are read here: processes take a second or two to start."""
MOST_WORKERS = 8

Found = Capture | Unread


@dataclass(slots=True)
class Summary:
    """What came of adding: ``seen`` = ``added`` + ``same`` + ``failed``. ``resumed`` are documents that an earlier run had
    captured and not read, read now, and not among those seen; ``notes`` are things met that are no documents.
    ``codes`` are the exit codes of sources that could not be read at all."""

    seen: int = 0
    added: int = 0
    same: int = 0
    failed: int = 0
    resumed: int = 0
    notes: int = 0
    seconds: float = 0.0
    codes: list[int] = field(default_factory=list)

    @property
    def adds_up(self) -> bool:
        """Whether every document seen is accounted for."""
        return self.seen == self.added + self.same + self.failed

    def count(self, outcome: str) -> None:
        """One more that was seen ended so."""
        setattr(self, outcome, getattr(self, outcome) + 1)


class Adder:
    """Adds captures to a store, by one reader. ``workers`` None: as many as the cores, where there is enough to read.
    ``books`` is held whenever the store is written to."""

    def __init__(
        self,
        store: Store,
        generation: Generation,
        *,
        workers: int | None = None,
        engine: Engine | None = None,
        progress: Progress = SILENT,
        archived: str = "",
        books: AbstractContextManager[object] | None = None,
    ) -> None:
        self._store = store
        self._books = books or nullcontext()
        self._generation = generation
        self._workers = workers
        self._engine = engine
        self._progress = progress
        self._archived = archived
        self._owner = this_process()
        self._ours: set[str] = set()

    def add(self, sources: Iterable[Callable[[], Iterator[Found]]]) -> Summary:
        """Everything that ``sources`` yield. A source that cannot be read at all (:class:`InputError`) is told, and the
        others are read."""
        began = time.monotonic()
        summary = Summary()
        for source in sources:
            try:
                self._capture(source(), summary)
            except InputError as error:
                summary.codes.append(error.code)
                self._progress.told(str(error), error.hint)
        self._read(summary)
        summary.seconds = time.monotonic() - began
        return summary

    def _capture(self, found: Iterator[Found], summary: Summary) -> None:
        for batch in _batches(found):
            captures = [self._with_archive(f) for f in batch if isinstance(f, Capture)]
            for one in batch:
                if isinstance(one, Unread):
                    self._unread(one, summary)
            if captures:
                self._keep(captures, summary)
            self._progress.captured(len(batch), sum(len(f.content or b"") for f in batch))

    def _with_archive(self, capture: Capture) -> Capture:
        if not self._archived:
            return capture
        return replace(capture, attachments=(*capture.attachments, Attachment("archive", self._archived)))

    def _keep(self, captures: Sequence[Capture], summary: Summary) -> None:
        with self._books:
            kept = self._store.add_captures(captures, self._owner)
        for capture, added in zip(captures, kept, strict=True):
            summary.seen += 1
            if added.state == "new":
                self._ours.add(added.id)
            elif added.state == "failed":
                summary.failed += 1
                self._progress.told(f"{capture.found_at or capture.address}: {added.message}", "")
            elif added.state == "pending" and added.id not in self._ours:
                # captured by a run that was killed (then it is claimed and counted below), or by one that runs now
                self._ours.add(added.id)
            else:
                summary.same += 1

    def _unread(self, unread: Unread, summary: Summary) -> None:
        """What could not be read: its bytes are kept as a capture whose reading failed, else a row says what was lost."""
        issue = Issue(unread.code, unread.message + (f" ({unread.hint})" if unread.hint else ""))
        if unread.code == NO_REPORT:
            summary.notes += 1
        else:
            summary.seen += 1
            summary.failed += 1
            self._progress.told(f"{unread.found_at}: {unread.message}", unread.hint)
        with self._books:
            if unread.content is None:
                self._store.note_issue(issue, unread.found_at)
                return
            capture = Capture(unread.content, found_at=unread.found_at, collection="unread")
            (added,) = self._store.add_captures([capture], self._owner)
            if added.state in ("new", "pending"):
                self._store.add_readings([pack(Read(added.id, failure=issue))], self._generation)

    def _read(self, summary: Summary) -> None:
        with self._books:
            waiting = self._store.claim(self._owner, alive)
        if waiting:
            self._progress.reading(len(waiting))
            for packed in self._engine_for(len(waiting)).run(self._shards(waiting)):
                self._took(packed, summary)
        # what is left of ours waits for another run that captured it first and still reads: it is there, not added here
        summary.same += len(self._ours)
        self._ours.clear()

    def _engine_for(self, documents: int) -> Engine:
        if self._engine is not None:
            return self._engine
        workers = self._workers or min(usable_cores(), MOST_WORKERS)
        return Processes(workers) if workers > 1 and documents >= FEW else InProcess()

    def _shards(self, waiting: Sequence[str]) -> Iterator[Shard]:
        shard: list[tuple[str, Capture]] = []
        size = 0
        for key in waiting:
            capture = self._store.capture(key)
            if shard and (len(shard) >= SHARD or size + len(capture.content) > SHARD_BYTES):
                yield shard
                shard, size = [], 0
            shard.append((key, capture))
            size += len(capture.content)
        if shard:
            yield shard

    def _took(self, packed: Sequence[Packed], summary: Summary) -> None:
        with self._books:
            outcomes = self._store.add_readings(packed, self._generation)
        for one, outcome in zip(packed, outcomes, strict=True):
            if one.capture in self._ours:
                self._ours.discard(one.capture)
                summary.count(outcome)
            else:
                summary.resumed += 1
            if outcome == "failed":
                self._progress.told(f"{self._where(one.capture)}: {one.issues[0]['message']}", "")
        self._progress.read(len(packed))

    def _where(self, key: str) -> str:
        capture = self._store.capture(key)
        return capture.found_at or capture.address or key


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    """Runs of what is found, each small enough for one transaction."""
    count = size = number = 0

    def batch_of(one: Found) -> int:
        nonlocal count, size, number
        length = len(one.content or b"")
        if count and (count >= BATCH or size + length > BATCH_BYTES):
            count, size, number = 0, 0, number + 1
        count, size = count + 1, size + length
        return number

    for _, group in groupby(found, batch_of):
        yield list(group)
