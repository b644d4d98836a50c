"""Many reports, kept: read this second. A collection is a store with all that is done with it.

import tawatur

with tawatur.open("reports.sqlite") as collection:
    print(collection.add(["folder/", "export/result.json"]))
    for report in collection.documents():
        print(report.id, report.title)
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from tawatur.collection.adding import Adder, Summary
from tawatur.collection.changes import Change, compare
from tawatur.collection.deciding import GRADE, OTHER, SAME, decided_grade
from tawatur.collection.happenings import Happenings
from tawatur.collection.progress import SILENT, Progress
from tawatur.collection.rereading import reread
from tawatur.collection.web import Web
from tawatur.engines import Engine
from tawatur.errors import InputError
from tawatur.model import Capture, Decision, Generation
from tawatur.pipeline import generation, reader
from tawatur.reader.protocol import BEST, ReaderChoice
from tawatur.sources.detect import captures
from tawatur.sources.feed_list import FeedFile
from tawatur.sources.fetching import FetchSettings
from tawatur.sources.gone import Finding, check_gone
from tawatur.sources.options import SourceOptions
from tawatur.sources.watching import Told, Watched, watch
from tawatur.store.archive import dump
from tawatur.store.decisions import decide, decisions, undo
from tawatur.store.finding import Found
from tawatur.store.listing import Listed
from tawatur.store.loading import load
from tawatur.store.notes import IssueRow
from tawatur.store.repository import Store
from tawatur.store.stored import StoredReading
from tawatur.store.takedown import Takedown, take_down
from tawatur.store.verify import Verified, verify

PATIENCE = 0.5
"""Seconds that visits under way have to end when watching is to stop: with the rest it takes less than two."""

__all__ = ["Change", "Collection", "Progress", "Summary", "compare", "open_collection"]


class Collection:
    """A store that is open, and what is done with it. ``fetching`` says how pages are fetched, ``reads`` which reader
    reads what comes in."""

    def __init__(self, store: Store, fetching: FetchSettings | None = None, reads: ReaderChoice = BEST) -> None:
        self.store = store
        self._fetching = fetching or FetchSettings()
        self._reads = reads
        self._web: Web | None = None

    @property
    def path(self) -> Path:
        """The file of the store."""
        return self.store.path

    @property
    def generation(self) -> Generation:
        """The state of the reader that reads what comes in; it is loaded for that."""
        return generation(reader(self._reads))

    @property
    def web(self) -> Web:
        """Fetches pages, politely, and notes every visit."""
        if self._web is None:
            self._web = Web(self.store, self._fetching, self._reads)
        return self._web

    def close(self) -> None:
        """Closes the store and all connections."""
        if self._web is not None:
            self._web.close()
            self._web = None
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(
        self,
        sources: Iterable[str | tuple[str, SourceOptions]],
        options: SourceOptions | None = None,
        *,
        workers: int | None = None,
        engine: Engine | None = None,
        progress: Progress = SILENT,
        archived: str = "",
    ) -> Summary:
        """Reads ``sources`` (paths, folders, addresses, "-"; with options of their own where they differ) into the
        store. May be killed at any moment and run again. ``workers``: processes that read (None: one a core, where
        there is enough to read); ``archived``: the address of an outside archive of what is added."""
        given = [s if isinstance(s, tuple) else (s, options or SourceOptions()) for s in sources]
        adder = Adder(
            self.store,
            self.generation,
            reader=self._reads,
            workers=workers,
            engine=engine,
            progress=progress,
            archived=archived,
        )
        return adder.add([partial(captures, name, self._with_fetch(own)) for name, own in given])

    def add_captures(self, found: Iterable[Capture], *, progress: Progress = SILENT) -> Summary:
        """Captures at hand, as from a feed or a second visit."""
        adder = Adder(self.store, self.generation, reader=self._reads, workers=1, progress=progress)
        return adder.add([lambda: iter(found)])

    def documents(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        outlet: str = "",
        language: str = "",
        text: str = "",
        limit: int | None = None,
    ) -> Iterator[Listed]:
        """The reports as they count now, latest day first; see :func:`tawatur.store.listing.listed`."""
        return self.store.documents(
            since=since, until=until, outlet=outlet, language=language, text=text, limit=limit
        )  # fmt: skip

    def show(self, key: str, *, generation: str = "", version: int | None = None) -> StoredReading:
        """The report with this id or address, or with the record or capture of this id: then the version and the
        reading that have it. :class:`InputError` where there is none."""
        found = self.store.find(key)
        if not found.document:
            raise InputError(
                f"{key} was captured and not read with success",
                f"`tawatur issues --document {key}` says why, `tawatur show {key} --format raw` gives its bytes",
            )
        reading = self.store.reading(found.document, generation, version)
        if version is None and not _has(reading, found):
            return next((other for other in self._others(reading, generation) if _has(other, found)), reading)
        return reading

    def _others(self, reading: StoredReading, generation: str) -> Iterator[StoredReading]:
        """The other versions of a report, latest first, each as each reader saw it."""
        for version in reversed(reading.versions):
            if not version.document:
                continue
            seen = self.store.reading(version.document, generation, version.number)
            yield seen
            if not generation:
                for each in reversed(seen.generations):
                    yield self.store.reading(version.document, each, version.number)

    def content(self, key: str, *, generation: str = "", version: int | None = None) -> bytes:
        """The bytes of a report as they were found, also of one that could not be read; otherwise as :meth:`show`."""
        found = self.store.find(key)
        if found.kind == "capture" and version is None:
            return self.store.capture(found.id).content
        return self.store.capture(self.show(key, generation=generation, version=version).version.capture).content

    def issues(self, *, code: str = "", document: str = "", limit: int | None = None) -> Iterator[IssueRow]:
        """Everything unexpected that was met, latest first; of one ``code``, of the report or the capture with an id."""
        if not document:
            return self.store.issue_rows(code, limit=limit)
        found = self.store.find(document)
        if found.kind == "capture":
            return self.store.issue_rows(code, limit=limit, capture=found.id)
        return self.store.issue_rows(code, found.document, limit)

    def reread(
        self,
        keys: Sequence[str] = (),
        *,
        workers: int | None = None,
        engine: Engine | None = None,
        progress: Progress = SILENT,
    ) -> Iterator[Change]:
        """Reads again what the reader of this program has not read: all of it, or the reports of ``keys``. The older
        readings stay. Yields how each document is read otherwise (also where it is not: then the change is empty)."""
        captures_of = [self.store.reading(self.show(k).document.id).version.capture for k in keys]
        return reread(
            self.store,
            self.generation,
            captures_of,
            reader=self._reads,
            workers=workers,
            engine=engine,
            progress=progress,
        )

    def gone(self, keys: Sequence[str] = ()) -> Iterator[tuple[Listed, Finding]]:
        """Whether reports are still at their address: each that has one of the web (or those of ``keys``), and what was
        found. A page with other words is captured and read as a new version; a row of a collection or a message of a
        channel, which did not come from its address, is only asked for."""
        wanted = {self.show(k).document.id for k in keys}
        for report in list(self.documents()):
            if not report.url.startswith(("http://", "https://")) or (wanted and report.id not in wanted):
                continue
            kept = self.store.capture(report.capture)
            known = sha256(kept.content).hexdigest()
            finding = check_gone(kept.address or report.url, self.web.fetcher, known=known)
            capture = finding.capture
            if finding.state == "changed" and capture is not None:
                if kept.kind in ("row", "message"):
                    finding = replace(finding, state="there", note="it was not kept from there", capture=None)
                else:
                    kept_now = self.add_captures([capture])
                    if kept_now.same:
                        finding = replace(finding, state="unchanged", note="other bytes, the same words")
                    elif kept_now.failed:
                        finding = replace(finding, note="what is there now could not be read")
            yield report, finding

    def watch(
        self,
        feeds: Path,
        *,
        stop: threading.Event | None = None,
        once: bool = False,
        tell: Callable[[Told], None] = lambda told: None,
        progress: Progress = SILENT,
    ) -> Watched:
        """Visits the feeds, sitemaps and pages of a list again and again until ``stop`` is set (with ``once`` each a
        single time). One that fails is told, waits longer, and harms no other; the list may be changed meanwhile."""
        ended = stop or threading.Event()
        file = FeedFile(feeds)
        state = self.generation
        return watch(
            file.entries,
            lambda entry: self.web.visit(entry, state, ended.is_set, progress),
            ended,
            tell,
            once=once,
            changed=file.changed,
            books=self.web.books,
            patience=PATIENCE,
        )

    @property
    def happenings(self) -> Happenings:
        """The events of the reports as they count now, with their origins, checks and ledgers."""
        return Happenings(self.store)

    def decide(self, what: str, key: str, value: str, *, who: str, why: str) -> Decision:
        """A person's decision: ``same`` or ``other`` of two records (ids, or events, whose first records are meant), or
        the ``grade`` of an event. Raises :class:`InputError` where there is no such thing."""
        happenings = self.happenings
        if what == "grade":
            view = happenings.view(key)
            return decide(self.store, GRADE, view.event.members[0], json.dumps(decided_grade(value)), who=who, why=why)
        one, other = (self._record(happenings, k) for k in (key, value))
        if one == other:
            raise InputError("a record is the same as itself", "name two records of different events")
        kind = SAME if what == "same" else OTHER
        first, second = sorted((one, other))
        return decide(self.store, kind, first, json.dumps(second), who=who, why=why)

    def undo(self, key: str, *, who: str, why: str) -> Decision:
        """Takes a decision back (its id, or the beginning of it)."""
        found = [d for d in decisions(self.store) if d.id.startswith(key)]
        if len(found) != 1:
            raise InputError(f"{len(found)} decisions begin with {key!r}", "tawatur decisions lists them")
        return undo(self.store, found[0].id, who=who, why=why)

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, the oldest first."""
        return decisions(self.store)

    def _record(self, happenings: Happenings, key: str) -> str:
        if key in happenings.event_of:
            return key
        return happenings.view(key).event.members[0]

    def take_down(self, key: str, *, who: str, why: str) -> Takedown:
        """Removes the bytes, text and spans of a report for good; digests and the reason stay."""
        return take_down(self.store, key, who=who, why=why)

    def verify(self, head: str = "") -> Verified:
        """Whether the store is whole and unaltered; ``head`` is one that was noted before (``seq:link``)."""
        return verify(self.store, head=head)

    def dump(self, path: Path) -> None:
        """Everything into one portable archive."""
        dump(self.store, path)

    def _with_fetch(self, options: SourceOptions) -> SourceOptions:
        return replace(options, fetch=lambda address: self.web.reports(address, media=options.media))


def _has(reading: StoredReading, found: Found) -> bool:
    """Whether what was found is in this reading."""
    if found.kind == "capture":
        return reading.version.capture == found.id
    return found.kind == "document" or any(record.id == found.id for record in reading.records)


def open_collection(
    path: str | Path,
    *,
    create: bool = True,
    readonly: bool = False,
    fetching: FetchSettings | None = None,
    reads: ReaderChoice = BEST,
) -> Collection:
    """The collection at ``path`` (a file; in a folder the file ``tawatur.sqlite``), made where it is missing and
    ``create`` is set; ``reads`` chooses the reader of what comes in. Raises :class:`tawatur.errors.TawaturError`."""
    return Collection(Store.open(Path(path), create=create, readonly=readonly), fetching, reads)


def load_collection(archive: Path, into: Path) -> Collection:
    """A new collection at ``into`` from an archive that :meth:`Collection.dump` made."""
    load(archive, into)
    return open_collection(into, create=False)
