"""Which other outlets a report credits: "according to", a dateline in brackets, a source line at its end.

The words that hand over are rows of ``data/credit_words.csv``; the outlets are those of the tables and those of the
collection itself. A mere mention is no credit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tawatur.lexicon.tables import rows
from tawatur.model import Span
from tawatur.origins.families import Publisher, names_of_publishers, outlet_nouns
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, stems, tokenize

CreditKind = Literal["via", "reprint"]
EDGE = 14
"""Words from the beginning or the end within which a name in brackets or behind a dash is the credit of the whole."""
_REACH = 5  # words between the cue and the outlet: "according to sources cited by the agency ..."
_BRACKETS = frozenset("()[]/-–—|:")
_JOINTS = frozenset("-'’")
_DASHES = frozenset("-–—/")


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet that is credited, by which words, and for what: the whole (``reprint``) or something in it (``via``)."""

    publisher: Publisher
    span: Span
    kind: CreditKind


@cache
def _cues() -> tuple[frozenset[str], frozenset[str]]:
    """The words that stand before an outlet and those behind it; of several words the last (before) or the first."""
    before = frozenset(fold(r["words"]).split()[-1] for r in rows("credit_words.csv") if r["side"] == "before")
    after = frozenset(fold(r["words"]).split()[0] for r in rows("credit_words.csv") if r["side"] == "after")
    return before, after


class Names:
    """Names of outlets, by their first word: those of the tables, and those of a collection as they come and go."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Publisher]]] = {}
        for key, one in names_of_publishers().items():
            self.add(key, one)

    def add(self, key: str, one: Publisher) -> str:
        """Takes a name (by ``name_key``) in; gives its first word."""
        words = tuple(key.split())
        found = self._by_first.setdefault(words[0], [])
        if all(w != words for w, _ in found):
            found.append((words, one))
            found.sort(key=lambda x: (-len(x[0]), x[0]))
        return words[0]

    def remove(self, key: str) -> str:
        """Takes a name out; gives its first word."""
        words = tuple(key.split())
        self._by_first[words[0]] = [x for x in self._by_first[words[0]] if x[0] != words]
        return words[0]

    def at(self, tokens: Sequence[Token], i: int) -> tuple[int, Publisher] | None:
        """The longest name that begins at token ``i``: the token behind it, and whose it is."""
        first = tokens[i]
        if first.script == "mark":
            return None
        for start in _starts(first):
            for words, one in self._by_first.get(start, ()):
                j = _reach(tokens, i, words)
                if j:
                    return j, one
        return None


def _starts(token: Token) -> list[str]:
    """The first words of names that a token may be."""
    return [_plain(s) for s, _ in stems(token.norm)] if token.script == "arabic" else [token.norm]


def openings(text: str) -> frozenset[str]:
    """The words of ``text`` at which the name of a credited outlet may begin, whatever outlets there are."""
    tokens = tokenize(text)
    before, after = _cues()
    count = sum(t.script != "mark" for t in tokens)
    out: set[str] = set()
    place = 0
    for i, t in enumerate(tokens):
        if t.script == "mark":
            continue
        edge = place < EDGE or count - place <= EDGE
        place += 1
        if (
            edge
            or any(stem in before for k in tokens[max(i - _REACH, 0) : i] for stem, _ in stems(k.norm))
            or t.norm[:1] == "ل"
            or any(k.norm in after for k in tokens[i + 1 : i + 9])
        ):
            out.update(_starts(t))
    return frozenset(out)


def _plain(norm: str) -> str:
    return norm.removeprefix("ال") if len(norm) > 4 else norm


def _reach(tokens: Sequence[Token], i: int, words: tuple[str, ...]) -> int:
    """The token behind ``words``, of which the first stands at ``i``; 0 where the rest does not follow."""
    j = i + 1
    for word in words[1:]:
        while j < len(tokens) and tokens[j].norm in _JOINTS:
            j += 1
        if j >= len(tokens) or _plain(tokens[j].norm) != word:
            return 0
        j += 1
    return j


def credits(text: str, names: Names) -> tuple[Credit, ...]:
    """The outlets that ``text`` credits, in order, each once."""
    tokens = tokenize(text)
    places: list[int] = []
    count = 0
    for t in tokens:
        places.append(count)
        count += t.script != "mark"
    out: dict[str, Credit] = {}
    i = 0
    while i < len(tokens):
        found = names.at(tokens, i)
        if found is None:
            i += 1
            continue
        j, one = found
        kind = _kind(tokens, i, j, places[i], count)
        if kind is not None and (one.id not in out or kind == "reprint"):
            start, end = tokens[i].start, tokens[j - 1].end
            out[one.id] = Credit(one, Span(start, end, text[start:end]), kind)
        i = j
    return tuple(out.values())


def _kind(tokens: Sequence[Token], i: int, j: int, place: int, total: int) -> CreditKind | None:
    """Whether the name ``[i, j)`` is a credit: by a cue before or behind it, or by its place at an edge of the text."""
    before, after = _cues()
    edge = place < EDGE or total - place <= EDGE
    left = tokens[i - 1].norm if i else ""
    right = tokens[j].norm if j < len(tokens) else ""
    if edge and (
        (left in _BRACKETS and (right in _BRACKETS or right in ("", "."))) or (right in _DASHES and place < EDGE)
    ):
        return "reprint"
    for k in range(i - 1, max(i - 1 - _REACH, -1), -1):
        norm = tokens[k].norm
        if norm in ".!?":
            break
        if any(stem in before for stem, _ in stems(norm)):
            return "via"
        if norm not in outlet_nouns() and norm.removeprefix("ال") not in outlet_nouns() and i - 1 - k > 2:
            break
    if tokens[i].norm[:1] == "ل" and tokens[i].script == "arabic" and not tokens[i].norm.startswith("لل"):
        return "via"
    behind = next((t.norm for t in tokens[j : j + 3] if t.script != "mark"), "")
    return "via" if behind in after else None
