"""Two texts side by side: the passages that they share word for word, and how much of each text these are.

Passages are found from common runs of four words and grown in both directions; two neighbours with up to three other
words between them on either side are one passage (a reporter's wording changed here and there). Words in quotation
marks and words that an outlet prints again and again are counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tawatur.model import Span
from tawatur.origins.quotes import quoted
from tawatur.origins.shingles import SHINGLE, Words, shingles, words_of

SEED = 4
"""Words of a common run that a passage grows from."""
GAP = 3
"""Other words that a passage may hold between two runs, on either side."""
LEAST = 6
"""Matched words of a passage that is kept; shorter ones are the language's."""
_OFTEN = 12  # occurrences of a seed in one text above which it is nobody's own


@dataclass(frozen=True, slots=True)
class Run:
    """A passage that two texts share: its words in each, how many matched, and of these how many stand outside
    quotation marks and are no standing phrase of an outlet (``own``)."""

    copy: Span
    original: Span
    words: int
    own: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text made ready to be compared."""

    text: str
    words: Words
    quoted: tuple[bool, ...]
    stock: tuple[bool, ...]

    @property
    def length(self) -> int:
        """Words that are no standing phrases."""
        return max(len(self.words.norms) - sum(self.stock), 1)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share. ``copy_share`` and ``original_share`` are the parts of the words of each (standing phrases
    left out) that are shared; ``own_share`` counts words outside quotations only, against the shorter text."""

    runs: tuple[Run, ...]
    copy_share: float
    original_share: float
    own_share: float
    longest_own: int
    own: int


def prepare(text: str, is_stock: Callable[[int], bool] = lambda _: False, words: Words | None = None) -> Text:
    """``text`` with its words marked; ``is_stock`` says of a shingle that an outlet prints it again and again."""
    found = words_of(text) if words is None else words
    inside = [False] * len(found.norms)
    i = 0
    for start, end in quoted(text):
        while i < len(inside) and found.starts[i] < start:
            i += 1
        while i < len(inside) and found.ends[i] <= end:
            inside[i] = True
            i += 1
    stock = [False] * len(found.norms)
    for i, value in enumerate(shingles(found.norms)):
        if is_stock(value):
            stock[i : i + SHINGLE] = [True] * len(stock[i : i + SHINGLE])
    return Text(text, found, tuple(inside), tuple(stock))


def compare(copy: Text, original: Text) -> Overlap:
    """What ``copy`` shares with ``original``; the order only names the sides."""
    runs: list[Run] = []
    got, had = [False] * len(copy.words.norms), [False] * len(original.words.norms)
    own_at: list[bool] = [False] * len(copy.words.norms)
    for passage in _passages(copy.words.norms, original.words.norms):
        pairs = [(i, j) for i, j in passage if not (got[i] or had[j])]
        fresh = [(i, j) for i, j in pairs if not (copy.stock[i] or original.stock[j])]
        if len(fresh) < LEAST:
            continue
        for i, j in fresh:
            got[i] = had[j] = True
            own_at[i] = not (copy.quoted[i] or original.quoted[j])
        own = sum(own_at[i] for i, _ in fresh)
        runs.append(
            Run(_span(copy, fresh[0][0], fresh[-1][0]), _span(original, fresh[0][1], fresh[-1][1]), len(fresh), own)
        )
    own = sum(own_at)
    return Overlap(
        tuple(sorted(runs, key=lambda r: r.copy.start)),
        sum(got) / copy.length,
        sum(had) / original.length,
        own / min(copy.length, original.length),
        max((r.own for r in runs), default=0),
        own,
    )


def _span(text: Text, first: int, last: int) -> Span:
    start, end = text.words.starts[first], text.words.ends[last]
    return Span(start, end, text.text[start:end])


def _passages(a: Sequence[str], b: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Matched pairs of words, passage by passage, the longest first."""
    where: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(b) - SEED + 1):
        where.setdefault(tuple(b[j : j + SEED]), []).append(j)
    blocks: list[tuple[int, int, int]] = []
    covered: dict[int, int] = {}  # diagonal -> where its last block ends in a
    for i in range(len(a) - SEED + 1):
        at = where.get(tuple(a[i : i + SEED]), ())
        if len(at) > _OFTEN:
            continue
        for j in at:
            if covered.get(i - j, 0) > i:
                continue
            n = SEED
            while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
                n += 1
            blocks.append((i, j, n))
            covered[i - j] = i + n
    chains: list[list[tuple[int, int, int]]] = []
    for block in blocks:
        best: list[tuple[int, int, int]] | None = None
        for chain in reversed(chains[-24:]):
            i, j, n = chain[-1]
            if 0 <= block[0] - (i + n) <= GAP and 0 <= block[1] - (j + n) <= GAP:
                best = chain
                break
        if best is None:
            chains.append([block])
        else:
            best.append(block)
    passages = [[(i + k, j + k) for i, j, n in chain for k in range(n)] for chain in chains]
    return sorted(passages, key=lambda p: (-len(p), p[0]))
