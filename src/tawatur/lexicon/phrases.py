"""Phrases found over tokens: one dictionary look-up for a word, longest phrase first, proclitics taken off.

Every word form is looked at once in a process: what it can begin is kept by its folded form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from tawatur.text.normal import fold
from tawatur.text.tokens import Token, stems

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    """A phrase at tokens ``[i, j)``; ``letters`` folded letters of the first word are proclitics."""

    i: int
    j: int
    letters: int
    value: T


class Phrases(Generic[T]):
    """A dictionary of phrases. Keys are folded; the first one added for a key wins."""

    def __init__(self) -> None:
        self._values: dict[str, T] = {}
        self._longest: dict[str, int] = {}
        self._begins: dict[str, tuple[tuple[str, int, int], ...]] = {}

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: str) -> bool:
        return fold(key) in self._values

    def add(self, key: str, value: T) -> None:
        key = " ".join(fold(key).split())
        if not key or key in self._values:
            return
        self._values[key] = value
        first, count = key.split(" ", 1)[0], key.count(" ") + 1
        if count > self._longest.get(first, 0):
            self._longest[first] = count
            self._begins.clear()

    def _beginnings(self, norm: str) -> tuple[tuple[str, int, int], ...]:
        found = self._begins.get(norm)
        if found is None:
            longest = self._longest
            found = tuple((s, n, longest[s]) for s, n in stems(norm) if s in longest)
            self._begins[norm] = found
        return found

    def at(self, tokens: Sequence[Token], i: int) -> Match[T] | None:
        """The longest phrase that begins at token ``i``, the whole word before its stems; None if there is none."""
        best: Match[T] | None = None
        for stem, letters, longest in self._beginnings(tokens[i].norm):
            for count in range(min(longest, len(tokens) - i), 0, -1):
                key = stem if count == 1 else " ".join((stem, *(t.norm for t in tokens[i + 1 : i + count])))
                if key in self._values:
                    if best is None or i + count > best.j:
                        best = Match(i, i + count, letters, self._values[key])
                    break
        return best

    def find(self, tokens: Sequence[Token]) -> list[Match[T]]:
        """Every phrase, left to right, none inside another."""
        out: list[Match[T]] = []
        begins, i = self._begins, 0
        n = len(tokens)
        while i < n:
            found = begins.get(tokens[i].norm)
            if found is None or found:
                m = self.at(tokens, i)
                if m is not None:
                    out.append(m)
                    i = m.j
                    continue
            i += 1
        return out
