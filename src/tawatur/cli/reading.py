"""From the names on the command line to extractions, one after the other; what fails is told and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from tawatur.errors import InputError, StoppedError, TawaturError, placed
from tawatur.model import NO_REPORT, Capture, Unread
from tawatur.pipeline import Extraction, extract
from tawatur.reader.protocol import Reader
from tawatur.sources.detect import captures
from tawatur.sources.options import SourceOptions
from tawatur.text.documents import document_of

SOME_FAILED = 4
UNEXPECTED = 1


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of the reports where they do not say it themselves, and the least confidence (0 to 1)
    of records that are wanted."""

    title: str = ""
    published: str = ""
    outlet: str = ""
    least: float = 0.0


@dataclass(slots=True)
class Tally:
    """How many documents were read, with what codes others failed, and how many records were too unsure."""

    read: int = 0
    unsure: int = 0
    failures: list[int] = field(default_factory=list)

    @property
    def code(self) -> int:
        """The exit code: 0, or 4 where others were read, or that of the first failure."""
        if not self.failures:
            return 0
        return SOME_FAILED if self.read else self.failures[0]


def extractions(
    inputs: Sequence[tuple[str, bool]],
    options: Options,
    tally: Tally,
    complain: Callable[[str, str], None],
    reads: Reader,
    stdin: BinaryIO | None = None,
) -> Iterator[Extraction]:
    """The extractions of all ``inputs``, pairs of a name and whether it is a collection, by a reader."""
    for name, documents in inputs:
        how = SourceOptions(
            "rows" if documents else "", title=options.title, published=options.published, outlet=options.outlet
        )
        try:
            for found in captures(name, how, stdin):
                result = _one(found, tally, complain, reads)
                if result is not None:
                    tally.read += 1
                    yield _sure(result, options.least, tally)
        except InputError as error:
            tally.failures.append(error.code)
            complain(str(error), error.hint)


def _sure(result: Extraction, least: float, tally: Tally) -> Extraction:
    """The extraction without the records that are less sure than ``least``, which are counted."""
    records = tuple(r for r in result.records if r.confidence >= least)
    tally.unsure += len(result.records) - len(records)
    return replace(result, records=records)


def _one(
    found: Capture | Unread, tally: Tally, complain: Callable[[str, str], None], reads: Reader
) -> Extraction | None:
    where = found.found_at
    if isinstance(found, Unread):
        if found.code != NO_REPORT:
            tally.failures.append(InputError.code)
            complain(placed(where, found.message), found.hint)
        return None
    try:
        return extract(document_of(found), reads)
    except StoppedError:
        raise
    except TawaturError as error:
        tally.failures.append(error.code)
        complain(placed(where, str(error)), error.hint)
    except Exception as error:
        # One document must not end a run over thousands; the line says which one, so that it can be looked at.
        tally.failures.append(UNEXPECTED)
        complain(f"{where}: unexpected: {type(error).__name__}: {error}", "please report it with this document")
    return None
