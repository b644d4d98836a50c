"""Words that hand a statement to somebody: verbs of speech in all their forms, "according to", verbal nouns.

The rows of data/cues.csv name each verb once; its forms are made here, folded, so that finding the cues of a
document is one look-up a token.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from tawatur.text.normal import fold
from tawatur.text.tokens import Token

Shape = Literal["past", "present", "participle", "noun", "per"]
Person = Literal["m", "f", "p", "?"]
_OBJECTS = ("ه", "ها", "هم", "هما", "نا")


class Lemma(NamedTuple):
    """One verb of data/cues.csv: ``role`` say, add, admit, announce, claim, show, relay or text; the prepositions
    (or ``obj``) that it governs; ``needs`` says how much must follow before an ambiguous form counts."""

    name: str
    role: str
    governs: frozenset[str]
    needs: str
    lang: str


class Form(NamedTuple):
    """One inflected form: of which verb, in what shape, gender or number, and whether an object pronoun hangs on it."""

    lemma: Lemma
    shape: Shape
    person: Person
    pronoun: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A form met in a document: tokens ``[i, j)``, how many folded letters of the first are a clitic, and how many
    letters in the form ends where the next word is stuck to it (0: with the token)."""

    i: int
    j: int
    letters: int
    form: Form
    ends: int = 0


def _table(name: str) -> list[dict[str, str]]:
    text = (files("tawatur.data") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    """The closed word classes of data/speech_words.csv, folded: class to words."""
    out: dict[str, set[str]] = {}
    for row in _table("speech_words.csv"):
        out.setdefault(row["class"], set()).update(fold(w) for w in row["words"].split())
    return {k: frozenset(v) for k, v in out.items()}


@lru_cache(maxsize=1)
def forms() -> dict[str, tuple[Form, ...]]:
    """Every folded form of every cue."""
    out: dict[str, list[Form]] = {}

    def put(word: str, form: Form) -> None:
        kept = out.setdefault(word, [])
        if form not in kept:
            kept.append(form)

    for row in _table("cues.csv"):
        arabic = "\u0600" <= row["lemma"][0] <= "\u06ff"
        lemma = Lemma(
            fold(row["lemma"]), row["role"], frozenset(map(fold, row["governs"].split())), row["needs"],
            "ar" if arabic else "en",
        )  # fmt: skip
        make = _arabic if arabic else _english
        for word, shape, person, pronoun in make(row):
            put(word, Form(lemma, shape, person, pronoun))
    return {k: tuple(v) for k, v in out.items()}


Made = list[tuple[str, Shape, Person, bool]]


def _arabic(row: dict[str, str]) -> Made:
    out: Made = []
    past = [fold(w) for w in row["past"].split()]
    if past:
        m, f, p = past[0], past[1] if len(past) > 1 else past[0] + "ت", past[2] if len(past) > 2 else ""
        dual = past[3] if len(past) > 3 else f + "ا"
        people: list[tuple[str, Person]] = [(m, "m"), (f, "f"), (p or m.removesuffix("ي") + "وا", "p"), (dual, "p")]
        out += [(w, "past", who, False) for w, who in people]
        stem = m[:-1] + "ا" if m.endswith("ي") else m
        out += [(s + o, "past", who, True) for s, who in ((stem, "m"), (f, "f")) for o in _OBJECTS]  # type: ignore[misc]
    present = [fold(w) for w in row["present"].split()]
    if present:
        p = present[1] if len(present) > 1 else present[0] + "ون"
        prefixes: list[tuple[str, Person]] = [("ي", "m"), ("ت", "f"), ("ن", "p"), ("ا", "m")]
        out += [(prefix + present[0], "present", who, False) for prefix, who in prefixes]
        out.append(("ي" + p, "present", "p", False))
        out += [(prefix + present[0] + "ان", "present", "p", False) for prefix in "يت"]
        out += [
            (prefix + present[0] + o, "present", who, True) for prefix, who in prefixes[:2] for o in ("ه", "ها", "هم")
        ]
    stem = fold(row["participle"])
    if stem:
        bare = stem.removesuffix("ي")
        out += [
            (stem + "ا", "participle", "m", False), (stem + "ه", "participle", "f", False),
            (bare + "ين", "participle", "p", False), (stem + "تين", "participle", "p", False),
        ]  # fmt: skip
    for noun in row["masdar"].split():
        noun = fold(noun)
        base = noun[:-1] + "ت" if noun.endswith("ه") else noun
        out.append((noun, "noun", "?", False))
        out += [(base + o, "noun", who, True) for o, who in (("ه", "m"), ("ها", "f"), ("هم", "p"))]  # type: ignore[misc]
    return out


def _english(row: dict[str, str]) -> Made:
    out: Made = [(w, "past", "?", False) for w in row["past"].lower().split()]
    out += [(w, "present", "?", False) for w in row["present"].lower().split()]
    out += [(w, "participle", "?", False) for w in row["participle"].lower().split()]
    out += [(w, "noun", "?", False) for w in row["masdar"].lower().split()]
    return out


_PER = Lemma("وفق", "per", frozenset(), "", "ar")
_PER_EN = Lemma("according", "per", frozenset(), "", "en")
_PER_FORM = Form(_PER, "per", "?", False)
_PER_FORM_EN = Form(_PER_EN, "per", "?", False)


def find_cues(tokens: Sequence[Token]) -> list[Cue]:
    """The cues of a document in order, ambiguous forms included; what follows decides about those."""
    table, words = forms(), classes()
    per, masked = words["per"], words["not_cue"]
    out: list[Cue] = []
    for k, token in enumerate(tokens):
        norm = token.norm
        if norm in masked:
            continue
        if norm in per:
            out.append(Cue(k, k + 1, 0, _PER_FORM))
        elif norm == "according" and k + 1 < len(tokens) and tokens[k + 1].norm == "to":
            out.append(Cue(k, k + 2, 0, _PER_FORM_EN))
        elif (found := table.get(norm)) is not None:
            out += [Cue(k, k + 1, 0, f) for f in found]
        elif token.script == "arabic" and len(norm) > 3:
            for prefix in ("و", "ف", "ب", "وب"):
                rest = norm.removeprefix(prefix)
                if rest is norm or rest == norm:
                    continue
                if prefix != "ب" and prefix != "وب" and rest in per:
                    out.append(Cue(k, k + 1, len(prefix), _PER_FORM))
                    break
                kept = [f for f in table.get(rest, ()) if f.shape == "noun" or "ب" not in prefix]
                if kept:
                    out += [Cue(k, k + 1, len(prefix), f) for f in kept]
                    break
            else:
                if len(norm) > 6 and (glued := _glued(norm)) is not None:
                    out.append(Cue(k, k + 1, glued[0], glued[1], glued[2]))
    return out


@lru_cache(maxsize=1 << 15)
def _glued(norm: str) -> tuple[int, Form, int] | None:
    """A verb with the next word stuck to it, as pages print it that lose the space around a link ("أعلنتكتائب")."""
    table, words = forms(), classes()
    letters = 1 if norm[:1] == "و" else 0
    for n in range(letters + 3, min(len(norm) - 2, letters + 8)):
        found = table.get(norm[letters:n])
        rest = norm[n:]
        if not found or found[0].shape != "past" or found[0].pronoun or found[0].lemma.needs:
            continue
        if (
            rest in words["head"]
            or rest in words["outlet_noun"]
            or rest in words["sources"]
            or rest in words["that"]
            or (rest[:2] == "ال" and len(rest) > 5)
        ):
            return letters, found[0], n
    return None
