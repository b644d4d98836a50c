"""Words that tell of a happening: where they stand, what they tell of, and in which form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tawatur.lexicon.inflect import Count, imperfect, noun, perfect
from tawatur.lexicon.phrases import Phrases
from tawatur.lexicon.tables import rows, several
from tawatur.reader.clauses import word_class
from tawatur.text.tokens import Token, cut

Shape = Literal["perfect", "imperfect", "masdar", "noun", "verb_en", "noun_en"]


@dataclass(frozen=True, slots=True)
class Sense:
    """A row of the trigger tables in one of its forms."""

    id: str
    type: str
    flags: frozenset[str]
    shape: Shape
    count: Count
    pronoun: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger at tokens ``[i, j)``; ``start`` leaves the proclitics out; ``prefix`` are these, folded."""

    i: int
    j: int
    start: int
    end: int
    sense: Sense
    prefix: str

    @property
    def definite(self) -> bool:
        return self.prefix.endswith(("ال", "لل"))

    @property
    def verb(self) -> bool:
        return self.sense.shape in ("perfect", "imperfect", "verb_en")


@cache
def _book() -> Phrases[tuple[Sense, ...]]:
    senses: dict[str, list[Sense]] = {}

    def put(form: str, sense: Sense) -> None:
        known = senses.setdefault(form, [])
        if all((s.id, s.shape) != (sense.id, sense.shape) for s in known):
            known.append(sense)

    for row in rows("triggers.csv"):
        flags = frozenset(several(row["flags"]))

        def sense(
            shape: Shape, count: Count, pronoun: str = "", row: dict[str, str] = row, flags: frozenset[str] = flags
        ) -> Sense:
            return Sense(row["id"], row["type"], flags, shape, count, pronoun)

        for stem in several(row["perfect"]):
            for f in perfect(stem):
                put(f.form, sense("perfect", f.count, f.pronoun))
        for stem in several(row["imperfect"]):
            for f in imperfect(stem):
                put(f.form, sense("imperfect", f.count, f.pronoun))
        for word in several(row["masdar"]):
            for f in noun(word, of="masdar", dual=False):
                put(f.form, sense("masdar", f.count, f.pronoun))
        for word in several(row["singular"]):
            for f in noun(word):
                put(f.form, sense("noun", f.count, f.pronoun))
        for word in several(row["plural"]):
            for f in noun(word, "many"):
                put(f.form, sense("noun", f.count, f.pronoun))
    for row in rows("triggers_en.csv"):
        flags = frozenset(several(row["flags"]))
        shape: Shape = "verb_en" if "verb" in flags else "noun_en"
        for form in several(row["forms"]):
            many = form.endswith("s") and not form.endswith("ss")
            put(form, Sense(row["id"], row["type"], flags, shape, "many" if many else "one"))
    book: Phrases[tuple[Sense, ...]] = Phrases()
    for form, known in senses.items():
        book.add(form, tuple(known))
    return book


_BEFORE_NOUNS = frozenset(
    {"in", "near", "onto", "against", "about", "cause", "between", "with", "means", "support", "happen"}
)
_TIMES = frozenset({"منذ", "خلال", "اثناء", "قبل", "بعد", "عقب", "عمليه", "محاوله", "تحت", "دون"})


def find_triggers(text: str, tokens: Sequence[Token]) -> list[Trigger]:
    """Every trigger of the text in order. Of several readings of a form the first row of the table is taken,
    but a verbal noun is preferred where a preposition or an article stands before it."""
    out = []
    for m in _book().find(tokens):
        first = tokens[m.i]
        prefix = first.norm[: m.letters]
        senses = m.value
        nominal = prefix.endswith(("ال", "لل", "ب", "ك")) or prefix == "ل"
        if not nominal and m.i and not m.letters and len(senses) > 1:
            # After a preposition no verb stands: "في قصف", "إثر قصف".
            nominal = word_class(tokens[m.i - 1].norm) in _BEFORE_NOUNS or tokens[m.i - 1].norm in _TIMES
        if nominal:
            nouns = tuple(s for s in senses if s.shape in ("masdar", "noun"))
            if not nouns and m.letters:
                continue
            senses = nouns or senses
        out.append(
            Trigger(
                m.i,
                m.j,
                cut(text, first, m.letters) if m.letters else first.start,
                tokens[m.j - 1].end,
                senses[0],
                prefix,
            )
        )
    return out
