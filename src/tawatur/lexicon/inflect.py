"""The forms that an Arabic dictionary row takes in print, folded: verbs with their persons and object
pronouns, verbal nouns and nouns with number, case and possessives. Over-generation is harmless here:
a form that no writer uses is a key that no text asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from tawatur.text.normal import fold

Form = Literal["perfect", "imperfect", "masdar", "noun"]
Count = Literal["one", "two", "many"]

PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا", "ي")
_PERFECT = ("", "ت", "وا", "ا", "تا", "نا", "ن")
_IMPERFECT = ("", "ون", "وا", "ان", "ن")


class Inflected(NamedTuple):
    """A folded form, what it is a form of, its number (of the subject for verbs) and the pronoun at its end."""

    form: str
    of: Form
    count: Count  # type: ignore[assignment]  # the name hides tuple.count, which nobody calls
    pronoun: str


def perfect(stem: str) -> Iterator[Inflected]:
    """The third persons of a perfect, given as the third person masculine singular."""
    stem = fold(stem)
    head, _, rest = stem.partition(" ")
    for ending in _PERFECT:
        count: Count = "many" if ending in ("وا", "ن") else "two" if ending in ("ا", "تا") else "one"
        yield Inflected(f"{head}{ending} {rest}".strip(), "perfect", count, "")
        if not rest:
            bare = "و" if ending == "وا" else ending
            for p in PRONOUNS[:4]:
                yield Inflected(head + bare + p, "perfect", count, p)


def imperfect(stem: str) -> Iterator[Inflected]:
    """The third persons (and "we") of an imperfect, given without its prefix."""
    stem = fold(stem)
    head, _, rest = stem.partition(" ")
    for prefix in "يتن":
        for ending in _IMPERFECT:
            count: Count = "many" if ending in ("ون", "وا", "ن") else "two" if ending == "ان" else "one"
            yield Inflected(f"{prefix}{head}{ending} {rest}".strip(), "imperfect", count, "")
            if not rest:
                bare = "و" if ending in ("ون", "وا") else ending
                for p in PRONOUNS[:4]:
                    yield Inflected(prefix + head + bare + p, "imperfect", count, p)


def noun(word: str, count: Count = "one", of: Form = "noun", dual: bool = True) -> Iterator[Inflected]:
    """A noun or verbal noun with accusative ending, possessive pronouns and, for a singular, its dual.

    A phrase of noun and adjective inflects its adjective too ("هجوما جويا", "هجومين جويين").
    """
    words = fold(word).split()
    head, rest = words[0], words[1:]
    feminine = head.endswith("ه")
    base = head[:-1] + "ت" if feminine else head

    def phrase(first: str, *tails: tuple[str, ...]) -> Iterator[str]:
        if not rest:
            yield first
            return
        for t in tails or ((),):
            yield " ".join([first, *[w + (t[0] if t and not w.startswith("ال") else "") for w in rest]])

    for form in phrase(head):
        yield Inflected(form, of, count, "")
    if rest:
        yield Inflected(" ".join(["ال" + head, *["ال" + w for w in rest]]), of, count, "")
    if not feminine:
        for form in phrase(head + "ا", ("ا",), ("",)):
            yield Inflected(form, of, count, "")
    if not rest:
        for p in PRONOUNS:
            yield Inflected(base + p, of, count, p)
    if count == "one" and dual:
        for ending in ("ين", "ان", "ي", "ا"):
            if not rest:
                if ending in ("ي", "ا") and not feminine:
                    continue
                yield Inflected(base + ending, of, "two", "")
            else:
                for tail in ("ين", "ان", "تين", "تان"):
                    adjectives = [(w[:-1] if w.endswith("ه") else w) + tail for w in rest]
                    yield Inflected(" ".join([base + ending, *adjectives]), of, "two", "")
