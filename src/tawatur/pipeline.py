"""One report in, records out: the steps in order, for one document. Read this first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tawatur.errors import StoppedError, TawaturError
from tawatur.meaning.actors import Catalogue
from tawatur.meaning.dates import conflicts
from tawatur.meaning.document_times import document_times, post_conflicts
from tawatur.meaning.numbers import find_numbers
from tawatur.meaning.places import Gazetteer
from tawatur.meaning.published import infer_published
from tawatur.meaning.weapons import find_weapons
from tawatur.model import Capture, Document, Generation, Issue, Read, Record
from tawatur.reader.choosing import reader_of
from tawatur.reader.figures import singles
from tawatur.reader.protocol import BEST, LEARNED, LLM, Reader, ReaderChoice
from tawatur.reader.scene import Scene, stretches
from tawatur.records.build import Meanings, build
from tawatur.text.documents import document_of
from tawatur.text.glued import separated
from tawatur.text.parts import parts_of
from tawatur.text.sentences import sentences
from tawatur.text.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document as it was read (its day of publication inferred where it was not given), and its records."""

    document: Document
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]


READS_WITH = ("text", "lexicon", "meaning", "reader", "records", "data")
"""The rooms whose code and tables decide what is read in a capture."""
OWN = {LEARNED: ("reader/learned", "data/learned"), LLM: ("reader/llm", "data/llm")}
"""Code and tables of one reader alone, by how their paths begin: another one is no other for a change in them."""


def reader(choice: ReaderChoice | str = "") -> Reader:
    """The reader of a choice, or with this name ("" for the best at hand), loaded once. Raises :class:`TawaturError`."""
    return reader_of(ReaderChoice(choice) if isinstance(choice, str) else choice)


def generation(reads: Reader | None = None) -> Generation:
    """Which state of a reader reads (of the default one where none is given): its name, the program's version, and a
    digest of all code, tables and models that it reads with."""
    reads = reads or reader()
    return _generation(reads.name, reads.digest)


@cache
def _generation(name: str, extra: str) -> Generation:
    digest = code_digest(name)
    return Generation(name, version("tawatur"), hashlib.sha256(f"{digest}\0{extra}".encode()).hexdigest())


@cache
def code_digest(name: str = "") -> str:
    """A digest of the code and tables that documents are read with: those of all readers, and those of one alone where
    it is named. What is compiled from the tables is left out."""
    home = Path(__file__).resolve().parent
    others = tuple(begin for reads, begins in OWN.items() if reads != name for begin in begins)
    digest = hashlib.sha256()
    for path in sorted(p for room in READS_WITH for p in (home / room).rglob("*") if p.is_file()):
        at = path.relative_to(home).as_posix()
        if path.suffix in (".pyc", ".idx") or at.startswith(others):
            continue
        digest.update(at.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@cache
def catalogue() -> Catalogue:
    return Catalogue.load()


def see(document: Document) -> Scene:
    """The document's words, sentences and mentions: all that a reader looks at."""
    tokens = separated(document.text, tokenize(document.text))
    if not document.parts:
        document = replace(document, parts=parts_of(document.text, document.title))
    document = infer_published(document, tokens)
    times = document_times(document, tokens)
    ends = {k: t.j for t in times for k in range(t.i, t.j)}
    numbers = [q for q in find_numbers(document.text, tokens) if ends.get(q.i, -1) < q.j]
    return Scene(
        document,
        tokens,
        sentences(document.text, tokens, document.parts),
        sorted([*numbers, *singles(document.text, tokens, numbers)], key=lambda q: q.i),
        times,
        gazetteer().find(document.text, tokens),
        catalogue().find(document.text, tokens),
        find_weapons(document.text, tokens),
    )


def extract(document: Document, reads: Reader | None = None) -> Extraction:
    """The records of one document by a reader (the default one where none is given). The same document gives the same
    records, in whatever order documents come. Raises :class:`TawaturError` where the reader cannot read it."""
    reads = reads or reader()
    scene = see(document)
    records: list[Record] = []
    issues = [
        *scene.document.issues,
        *conflicts(scene.text, scene.times, scene.published),
        *post_conflicts(scene.document),
    ]
    for stretch in stretches(scene):
        reading = reads.read(stretch)
        meanings = Meanings(stretch, gazetteer(), catalogue())
        found, thrown_out = build(
            scene.document, reading, meanings, generation(reads).id, reads.floors, reads.confidence
        )
        records += found
        issues += [*reading.issues, *thrown_out]
    return Extraction(scene.document, tuple(records), tuple(issues))


def read(key: str, capture: Capture, choice: ReaderChoice = BEST) -> Read:
    """What a reader makes of the capture with the id ``key``. What cannot be read is a failure with the code
    ``unreadable``; something that should not happen has the code ``unexpected`` and says what it was. Raises
    :class:`TawaturError` only where the capture is not to blame: the reader cannot be loaded, or can read no more."""
    reads = reader(choice)
    try:
        found = extract(document_of(capture), reads)
    except StoppedError:
        raise
    except TawaturError as error:
        hint = f" ({error.hint})" if error.hint else ""
        return Read(key, failure=Issue("unreadable", f"{error}{hint}"))
    except Exception as error:
        return Read(key, failure=Issue("unexpected", f"{type(error).__name__}: {error}"))
    issues = tuple(dict.fromkeys((*found.document.issues, *found.issues)))
    return Read(key, found.document, found.records, issues)
