"""A report before it has a form: its sentences, each with the records that prove it, and the notes that these become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tawatur.events.told import Facts
from tawatur.export.chart import Chart
from tawatur.export.names import Lang
from tawatur.model import Record


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence and the ids of the records that prove it, the most telling first. ``counted`` are records of the
    events that a count in it went over; ``link`` is the annex (its number) that it points to."""

    text: str
    records: tuple[str, ...]
    counted: tuple[str, ...] = ()
    link: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences under a heading of ``level`` 3 or 4; ``number`` is that of an annex, 0 elsewhere."""

    title: str
    level: int
    sentences: tuple[Sentence, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: sentences of its own, then groups."""

    title: str
    sentences: tuple[Sentence, ...] = ()
    groups: tuple[Group, ...] = ()


class Annex:
    """Gathers what has no room in the body, one numbered group after another."""

    def __init__(self) -> None:
        self._groups: list[Group] = []

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(self._groups)

    def pointer(self, title: str, sentences: tuple[Sentence, ...], text: str) -> Sentence:
        """Adds a group; returns the sentence ``text`` that points to it and is proven by the first record of each."""
        number = len(self._groups) + 1
        self._groups.append(Group(f"{number}. {title}", 3, sentences, number))
        return Sentence(f"{text}.", tuple(dict.fromkeys(s.records[0] for s in sentences)), link=number)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of numbers; ``inner`` ones are parts of the one above."""

    label: str
    value: str
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the record that it shows and the report that this stands in."""

    number: int
    record: Record
    facts: Facts


@dataclass(frozen=True, slots=True)
class Draft:
    """All of a report. ``sections`` is its body, every sentence of which is proven; ``annex`` is more of the same,
    ``main`` the main points of the body in short."""

    lang: Lang
    title: str
    scope: str
    how: tuple[str, ...]
    grades: tuple[tuple[str, str], ...]
    numbers: tuple[Row, ...]
    sections: tuple[Section, ...]
    chart: Chart
    annex: tuple[Group, ...] = ()
    main: tuple[Sentence, ...] = ()
    notes: tuple[Note, ...] = ()
    numbered: Mapping[str, int] = field(default_factory=dict)

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in the order of reading."""
        yield from self.main
        for section in self.sections:
            yield from section.sentences
            for group in section.groups:
                yield from group.sentences
        for group in self.annex:
            yield from group.sentences

    def marks(self, sentence: Sentence) -> list[tuple[int, int]]:
        """The note numbers of a sentence as runs, first and last: those of its own words, then those of the events that
        it counts. Three and more in a row are one run."""
        counted = [r for r in sentence.counted if r not in sentence.records]
        return self._runs(sentence.records) + self._runs(counted)

    def _runs(self, records: Iterable[str]) -> list[tuple[int, int]]:
        numbers = sorted({self.numbered[r] for r in records if r in self.numbered})
        runs: list[tuple[int, int]] = []
        for n in numbers:
            if runs and runs[-1][1] == n - 1:
                runs[-1] = (runs[-1][0], n)
            else:
                runs.append((n, n))
        out: list[tuple[int, int]] = []
        for a, b in runs:
            out += [(a, a), (b, b)] if b == a + 1 else [(a, b)]
        return out


def noted(
    sentences: Iterable[Sentence], records: Mapping[str, Record], documents: Mapping[str, Facts]
) -> tuple[tuple[Note, ...], dict[str, int]]:
    """The notes of ``sentences``, numbered as they are first read, and the number of each record. Tellings whose report
    is not at hand get none."""
    numbered: dict[str, int] = {}
    notes: list[Note] = []
    for sentence in sentences:
        for key in (*sentence.records, *sentence.counted):
            record = records.get(key)
            if key in numbered or record is None or record.doc not in documents:
                continue
            numbered[key] = len(notes) + 1
            notes.append(Note(len(notes) + 1, record, documents[record.doc]))
    return tuple(notes), numbered
