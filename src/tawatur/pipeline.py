"""One report in, records out: the steps in order, for one document. Read this first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from tawatur.meaning.actors import Catalogue
from tawatur.meaning.dates import conflicts
from tawatur.meaning.document_times import document_times, post_conflicts
from tawatur.meaning.numbers import find_numbers
from tawatur.meaning.places import Gazetteer
from tawatur.meaning.published import infer_published
from tawatur.meaning.weapons import find_weapons
from tawatur.model import Document, Issue, Record
from tawatur.reader import rules
from tawatur.reader.figures import singles
from tawatur.reader.scene import Scene, stretches
from tawatur.records.build import Meanings, build
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


def extract(document: Document) -> Extraction:
    """The records of one document. The same document gives the same records, in whatever order documents come."""
    scene = see(document)
    records: list[Record] = []
    issues = [
        *scene.document.issues,
        *conflicts(scene.text, scene.times, scene.published),
        *post_conflicts(scene.document),
    ]
    for stretch in stretches(scene):
        reading = rules.read(stretch)
        found, thrown_out = build(scene.document, reading, Meanings(stretch, gazetteer(), catalogue()), rules.NAME)
        records += found
        issues += [*reading.issues, *thrown_out]
    return Extraction(scene.document, tuple(records), tuple(issues))
