"""One document as the rules see it: words, sentences, quotations, and every mention that meaning/ found.

Numbers, times, names and weapons are found once for a document and handed to the readers, so that no
reader looks for them again (docs/decisions).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, TypeVar

from tawatur.meaning.actors import PartyMention
from tawatur.meaning.dates import TimeExpression
from tawatur.meaning.numbers import Quantity
from tawatur.meaning.places import PlaceMention
from tawatur.meaning.weapons import WeaponMention
from tawatur.model import Document, Issue
from tawatur.text.sentences import Sentence
from tawatur.text.tokens import Token

_OPEN = {"«": "»", "“": "”", "„": "“", "‹": "›"}
_PLAIN = '"'
# Longer than the longest of reports (tokens): beyond it a document is read in stretches.
STRETCH = 3000


class Ranged(Protocol):
    """A mention: the tokens ``[i, j)``."""

    @property
    def i(self) -> int: ...
    @property
    def j(self) -> int: ...


Mention = TypeVar("Mention", bound=Ranged)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that a reader picked: token range ``[i, j)`` and offsets ``[start, end)``."""

    i: int
    j: int
    start: int
    end: int


@dataclass(slots=True)
class Scene:
    """What the rules readers look at. Token ranges are half open; ``…_at`` maps the token that a mention
    begins at to its index; ``issues`` tell what was not looked at;
    ``breaks`` keeps the breaks of a sentence once they were asked for."""

    document: Document
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    numbers: Sequence[Quantity]
    times: Sequence[TimeExpression]
    places: Sequence[PlaceMention]
    parties: Sequence[PartyMention]
    weapons: Sequence[WeaponMention]
    quotes: list[tuple[int, int]] = field(default_factory=list)
    number_at: dict[int, int] = field(default_factory=dict)
    time_at: dict[int, int] = field(default_factory=dict)
    place_at: dict[int, int] = field(default_factory=dict)
    party_at: dict[int, int] = field(default_factory=dict)
    weapon_at: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    breaks: dict[int, list[int]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [s.i for s in self.sentences]
        self.quotes = quotations(self.tokens, self.sentences)
        self.number_at = {m.i: k for k, m in enumerate(self.numbers)}
        self.time_at = {m.i: k for k, m in enumerate(self.times)}
        self.weapon_at = {m.i: k for k, m in enumerate(self.weapons)}
        for p in self.places:
            self.names.update((k, "PLACE") for k in range(p.i, p.j) if p.weight >= 0.5)
        for a in self.parties:
            if a.head in ("name", "person"):
                self.names.update((k, "PARTY") for k in range(a.i, a.j))
        # Of several mentions that begin at one word the longest stands.
        for k, p in enumerate(self.places):
            at = self.place_at.get(p.i)
            if at is None or self.places[at].j < p.j:
                self.place_at[p.i] = k
        for k, a in enumerate(self.parties):
            at = self.party_at.get(a.i)
            if at is None or self.parties[at].j < a.j:
                self.party_at[a.i] = k

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def published(self) -> date | None:
        return self.document.published.value

    def sentence_at(self, token: int) -> int:
        """The index of the sentence that holds the token, or of the last one before it."""
        return max(0, bisect_right(self._starts, token) - 1)

    def words(self, i: int, j: int) -> Words:
        return Words(i, j, self.tokens[i].start, self.tokens[j - 1].end)


def stretches(scene: Scene) -> list[Scene]:
    """The scene itself, or, where it is far longer than any report, its stretches of about ``STRETCH`` tokens, cut
    between paragraphs where it can be: each is read by itself, so that the work grows only with the length."""
    if len(scene.tokens) <= STRETCH:
        return [scene]
    out: list[Scene] = []
    first = 0
    for n, s in enumerate(scene.sentences):
        size = s.j - scene.sentences[first].i
        last = n + 1 == len(scene.sentences)
        if last or size >= STRETCH * 5 // 4 or (size >= STRETCH and scene.sentences[n + 1].paragraph != s.paragraph):
            out.append(_stretch(scene, scene.sentences[first : n + 1]))
            first = n + 1
    return out


def _stretch(scene: Scene, own: Sequence[Sentence]) -> Scene:
    low, high = own[0].i, own[-1].j

    def inside(mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions in the stretch (they are sorted by their first token), counted from its first token."""
        first, last = bisect_left(mentions, low, key=_first), bisect_left(mentions, high, key=_first)
        return [replace(m, i=m.i - low, j=m.j - low) for m in mentions[first:last] if m.j <= high]  # type: ignore[type-var]

    return Scene(
        scene.document,
        scene.tokens[low:high],
        [s._replace(i=s.i - low, j=s.j - low) for s in own],
        inside(scene.numbers),
        inside(scene.times),
        inside(scene.places),
        inside(scene.parties),
        inside(scene.weapons),
    )


def _first(mention: Mention) -> int:
    return mention.i


def quotations(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Token ranges inside quotation marks (marks left out), closed at the latest where the paragraph ends.

    Straight marks open and close in turn; nested pairs of other kinds are listed too, outer first.
    """
    out: list[tuple[int, int]] = []
    paragraph_end: dict[int, int] = {}
    for s in sentences:
        paragraph_end[s.paragraph] = s.j
    stack: list[tuple[str, int]] = []
    paragraph = -1
    for s in sentences:
        if s.paragraph != paragraph:
            # An unclosed quotation ends with its paragraph only when it is long enough to be speech.
            stack.clear()
            paragraph = s.paragraph
        for k in range(s.i, s.j):
            norm = tokens[k].norm
            if tokens[k].script != "mark":
                continue
            if stack and norm == stack[-1][0]:
                _, i = stack.pop()
                if k > i:
                    out.append((i, k))
            elif norm in _OPEN:
                stack.append((_OPEN[norm], k + 1))
            elif norm == _PLAIN:
                stack.append((_PLAIN, k + 1))
        if s.j == paragraph_end[s.paragraph]:
            for _, i in stack:
                if s.j - i > 4:
                    out.append((i, s.j))
            stack.clear()
    out.sort()
    return out
