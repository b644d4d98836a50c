"""A scene cut into windows of word pieces that the network reads one by one.

A window holds whole sentences: those that it answers for (its core), and around them, as far as there is room, the
headline, the sentences before and one after, so that shared words can be found across sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tawatur.reader.scene import Scene

LONGEST = 384
"""Pieces in a window at most."""
CORE = 288
TITLE, BEFORE, AFTER = 40, 100, 48
BEGIN, END = 0, 2
"""The ids of the pieces that open and close a window, and (``END``) that divide the headline from the rest."""


class Encoding(Protocol):
    """Word pieces of one text."""

    @property
    def ids(self) -> list[int]: ...
    @property
    def offsets(self) -> list[tuple[int, int]]: ...


class Tokenizer(Protocol):
    """What is asked of a tokenizer (``tokenizers.Tokenizer``)."""

    def encode_batch(
        self, input: list[str], is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> Sequence[Encoding]: ...


@dataclass(frozen=True, slots=True)
class Window:
    """``ids``: word pieces. ``words``: the scene's tokens in it, in order; ``at``: for each the index of its first
    piece; ``core``: for each whether the window answers for it."""

    ids: tuple[int, ...]
    words: tuple[int, ...]
    at: tuple[int, ...]
    core: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The pieces of some tokens of one sentence."""

    ids: list[int]
    words: list[tuple[int, int]]


def windows(scene: Scene, tokenizer: Tokenizer) -> list[Window]:
    """The windows of a scene; each token is in the core of exactly one."""
    pieces = _sentences(scene, tokenizer)
    if not pieces:
        return []
    sizes = [len(p.ids) for p in pieces]
    if sum(sizes) + 2 <= LONGEST:
        return [_window(pieces, 0, len(pieces), None, 0, len(pieces))]
    out = []
    first = 0
    while first < len(pieces):
        last = first + 1
        room = sizes[first]
        while last < len(pieces) and room + sizes[last] <= CORE:
            room += sizes[last]
            last += 1
        title = pieces[0] if first > 0 and sizes[0] <= TITLE else None
        low, spare = first, min(BEFORE, LONGEST - 3 - room - (sizes[0] if title else 0))
        while low > (1 if title else 0) and sizes[low - 1] <= spare:
            low -= 1
            spare -= sizes[low]
        high, spare = last, min(AFTER, LONGEST - 3 - sum(sizes[low:last]) - (sizes[0] if title else 0))
        if high < len(pieces) and sizes[high] <= spare:
            high += 1
        out.append(_window(pieces, low, high, title, first, last))
        first = last
    return out


def _window(pieces: Sequence[_Piece], low: int, high: int, title: _Piece | None, first: int, last: int) -> Window:
    ids, words, at, core = [BEGIN], [], [], []

    def put(piece: _Piece, answers: bool) -> None:
        for token, offset in piece.words:
            words.append(token)
            at.append(len(ids) + offset)
            core.append(answers)
        ids.extend(piece.ids)

    if title is not None:
        put(title, False)
        ids.append(END)
    for n in range(low, high):
        put(pieces[n], first <= n < last)
    ids.append(END)
    return Window(tuple(ids), tuple(words), tuple(at), tuple(core))


def _sentences(scene: Scene, tokenizer: Tokenizer) -> list[_Piece]:
    """The pieces of each sentence; one that is longer than a core is cut between tokens."""
    spans = [(s.i, s.j) for s in scene.sentences if s.j > s.i]
    texts = [scene.text[scene.tokens[i].start : scene.tokens[j - 1].end] for i, j in spans]
    out: list[_Piece] = []
    for (i, j), encoding in zip(spans, tokenizer.encode_batch(texts, add_special_tokens=False), strict=True):
        out += _cut(_align(scene, i, j, encoding))
    return out


def _align(scene: Scene, i: int, j: int, encoding: Encoding) -> _Piece:
    base = scene.tokens[i].start
    words = []
    k = 0
    ends = [end for _, end in encoding.offsets]
    for token in range(i, j):
        start = scene.tokens[token].start - base
        while k < len(ends) - 1 and ends[k] <= start:
            k += 1
        words.append((token, k))
    return _Piece(list(encoding.ids), words if encoding.ids else [])


def _cut(piece: _Piece) -> Iterator[_Piece]:
    while len(piece.ids) > CORE:
        n = next((n for n, (_, offset) in enumerate(piece.words) if offset >= CORE), len(piece.words))
        cut = max((offset for _, offset in piece.words[:n]), default=0) or CORE
        n = next((n for n, (_, offset) in enumerate(piece.words) if offset >= cut), len(piece.words))
        yield _Piece(piece.ids[:cut], piece.words[:n])
        piece = _Piece(piece.ids[cut:], [(token, offset - cut) for token, offset in piece.words[n:]])
    yield piece
