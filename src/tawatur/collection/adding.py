"""Documents come in: first all captures are kept, then what waits is read. Two transactions, and either may be the last.

Whatever is killed in between loses nothing: what was captured and not read waits in the store, and the next run reads
it. What was captured before costs a hash and a look.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field, replace

from tawatur.collection.owners import alive, this_process
from tawatur.collection.progress import SILENT, Progress
from tawatur.collection.sharding import engine_for, gathered, grouped, shards
from tawatur.engines import Engine
from tawatur.errors import InputError, placed
from tawatur.model import NO_REPORT, UNCHANGED, Attachment, Capture, Generation, Issue, Unread
from tawatur.reader.protocol import BEST, ReaderChoice
from tawatur.store.packing import Packed
from tawatur.store.repository import Store

BATCH, BATCH_BYTES = 200, 8 << 20
"""Captures of one transaction: so many, or so many bytes."""

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
    """Adds captures to a store, by one reader, which ``generation`` is the state of. ``workers`` None: as many as the cores, where there is enough to read.
    ``books`` is held whenever the store is written to."""

    def __init__(
        self,
        store: Store,
        generation: Generation,
        *,
        reader: ReaderChoice = BEST,
        workers: int | None = None,
        engine: Engine | None = None,
        progress: Progress = SILENT,
        archived: str = "",
        books: AbstractContextManager[object] | None = None,
    ) -> None:
        self._store = store
        self._books = books or nullcontext()
        self._generation = generation
        self._reader = reader
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
        for batch in grouped(found, _size, BATCH, BATCH_BYTES):
            captures = [c for c in (self._capture_of(f, summary) for f in batch) if c is not None]
            if captures:
                self._keep(captures, summary)
            self._progress.captured(len(batch), sum(map(_size, batch)))

    def _capture_of(self, found: Found, summary: Summary) -> Capture | None:
        """What is kept of something found. The bytes of what could not be read are kept as a capture that any reader
        fails on, so that a run killed after this one finds it so as well; without bytes, a row says what was lost."""
        if isinstance(found, Capture):
            return self._with_archive(found)
        if found.code == UNCHANGED:
            summary.seen += 1
            summary.same += 1
            return None
        said = found.message + (f" ({found.hint})" if found.hint else "")
        if found.content is not None and found.code != NO_REPORT:
            return Capture(found.content, kind="unread", collection="unread", title=said, found_at=found.found_at)
        if found.code == NO_REPORT:
            summary.notes += 1
        else:
            summary.seen += 1
            summary.failed += 1
            self._progress.told(placed(found.found_at, found.message), found.hint)
        with self._books:
            self._store.note_issue(Issue(found.code, said), found.found_at)
        return None

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
                self._progress.told(placed(capture.found_at or capture.address, added.message), "")
            elif added.state == "pending" and added.id not in self._ours:
                # captured by a run that was killed (then it is claimed and counted below), or by one that runs now
                self._ours.add(added.id)
            else:
                summary.same += 1

    def _read(self, summary: Summary) -> None:
        with self._books:
            waiting = self._store.claim(self._owner, alive)
        if waiting:
            self._progress.reading(len(waiting))
            left_over = any(key not in self._ours for key in waiting)
            engine = self._engine or engine_for(len(waiting), self._workers, left_over=left_over, reader=self._reader)
            with closing(engine.run(shards(self._store, waiting))) as readings:
                for packed in gathered(readings):
                    self._took(packed, summary)
        # what is left of ours waits for another run that captured it first and still reads: it is there, not added here
        summary.same += len(self._ours)
        self._ours.clear()

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
                self._progress.told(placed(self._where(one.capture), one.issues[0]["message"]), "")
        self._progress.read(len(packed))

    def _where(self, key: str) -> str:
        capture = self._store.capture(key)
        return capture.found_at or capture.address or key


def _size(found: Found) -> int:
    """The bytes of something found."""
    return len(found.content or b"")
