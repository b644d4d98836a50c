"""Which words of a text may name a place: one pass over its tokens, longest names first, each with how surely it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tawatur.meaning.gazetteer import Rows
from tawatur.meaning.places_keys import text_key
from tawatur.meaning.places_match import Match, Matcher, Word
from tawatur.meaning.places_mention import PlaceMention
from tawatur.meaning.places_weight import Judge
from tawatur.meaning.places_words import (
    HOLDING,
    JOINS,
    Frame,
    adjectives,
    commons,
    compass,
    compass_of,
    frame_of,
    locative,
)
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, cut

_BESIDE = frozenset(["near", "surroundings"])
"""Frames of what a place is by."""
GUESSED = frozenset(["city", "town", "village", "camp", "neighbourhood", "settlement"])
"""Frames after which an unknown word is taken for a name."""
_HEADS = frozenset("بيت كفر تل ام ابو خربه دير عين وادي جبل خان بير بني راس مزرعه كفار شيخ عرب رسم تله".split())
"""Words that begin a name of two."""
_INDEFINITE = frozenset("اخري اخر عده مختلفه متفرقه مجاوره محيطه كثيره عديده باكملها بكاملها".split())
"""What is said of towns and villages that are not named."""
_OPENING = frozenset("#\"'“«”‘’")
"""Marks that may stand between a feature word and the name."""


class Finder:
    """Finds mentions."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._matcher = Matcher(rows)
        self._judge = Judge(rows)
        self._adjectives = adjectives()
        self._commons = commons()
        self._after = compass()[1]

    def find(self, text: str, tokens: Sequence[Token]) -> list[PlaceMention]:
        """The mentions of a text in order; no two share a token."""
        out: list[PlaceMention] = []
        words = self._matcher.words
        carried: Frame | None = None
        carried_at = -1
        i, n = 0, len(tokens)
        while i < n:
            token = tokens[i]
            word = words.get(token.norm)
            if word is None:
                word = self._matcher.word(token)
            if word.plain:
                i += 1
                continue
            given = (
                carried
                if carried_at >= i - 1 and word.compass is None and self._joined(tokens, carried_at, i)
                else None
            )
            found = self._at(text, tokens, i, word, given)
            if found is None:
                i += 1
                continue
            mention, frame = found
            if mention.frame in _BESIDE or self._held(text, tokens, i, mention):
                mention = replace(mention, held=True)
            out.append(mention)
            carried, carried_at = frame, mention.j
            i = mention.j
        return self._listed(tokens, out)

    def _held(self, text: str, tokens: Sequence[Token], i: int, mention: PlaceMention) -> bool:
        """Whether a preposition stands before the name, or before the feature or compass word at ``i`` that leads to it."""
        first = tokens[i]
        if i < mention.i or mention.side:
            if compass_of(first.norm) is not None:
                return True
            frame = frame_of(first.norm)
            if frame is not None and (frame[0].frame in _BESIDE or first.norm[frame[1] - 1 : frame[1]] in ("ب", "ل")):
                return True
        elif mention.start > first.start and "ب" in fold(text[first.start : mention.start]):
            return True
        before = tokens[i - 1].norm if i else ""
        if before in ("#", "") or (before == "من" and i > 1):
            before = tokens[i - 2].norm if i > 1 else ""
        return before in HOLDING

    def _joined(self, tokens: Sequence[Token], end: int, i: int) -> bool:
        """Whether the word at ``i`` goes on with a list whose last item ended at ``end``."""
        if i == end:
            return tokens[i].norm[:1] == "و"
        return i == end + 1 and tokens[end].norm in JOINS

    def _at(
        self, text: str, tokens: Sequence[Token], i: int, word: Word, given: Frame | None
    ) -> tuple[PlaceMention, Frame | None] | None:
        """The mention that begins with token ``i``, feature and compass words included, and the frame that it hands on."""
        whole = self._matcher.match(text, tokens, i, word, given) if word.readings else None
        if word.compass is not None and (whole is None or whole.words == 1):
            found = self._sided(text, tokens, i, word.compass)
            if found:
                return found
        if word.frame is not None and i + 1 < len(tokens):
            found = self._framed(text, tokens, i, word.frame, whole)
            if found:
                return found
        if whole is None:
            return None
        frame = given
        mention = self._judge.mention(text, tokens, i, whole, frame)
        return (mention, frame) if mention else None

    def _framed(
        self, text: str, tokens: Sequence[Token], i: int, frame: tuple[Frame, int], whole: Match | None
    ) -> tuple[PlaceMention, Frame | None] | None:
        """A name after a feature word: bare, or with the word where the name keeps it."""
        this, letters = frame
        k = i + 1
        if tokens[k].script == "mark" and tokens[k].norm in _OPENING and k + 1 < len(tokens):
            k += 1
        word = self._matcher.word(tokens[k])
        if word.frame is not None and not word.frame[1] and k + 1 < len(tokens) and not this.keep:
            # "town and camp of", "the area of the town of": the nearest feature word counts.
            inner = self._framed(text, tokens, k, word.frame, None)
            if inner:
                return inner
        if word.frame is not None and not word.frame[1] and this.frame == "countryside" and k + 1 < len(tokens):
            inner = self._framed(text, tokens, k, word.frame, None)
            if inner and not word.frame[0].keep:
                within = replace(inner[0], i=i, start=cut(text, tokens[i], letters), frame=this.frame)
                return within, this
        match = self._matcher.match(text, tokens, k, word, this, clitics=False) if word.readings else None
        if whole is not None and whole.words > 1 and (this.keep or match is None):
            named = self._judge.mention(text, tokens, i, whole, this)
            return (named, this) if named else None
        if match is None:
            if this.frame in GUESSED and tokens[k].script == "arabic" and not this.keep:
                guess = self._guess(text, tokens, k, this)
                return (guess, this) if guess else None
            return None
        mention = self._judge.mention(text, tokens, k, match, this)
        if mention is None:
            return None
        if this.keep and mention.weight > 0.3 and tokens[k - 1].norm not in _OPENING - {"#"}:
            mention = replace(mention, i=i, start=cut(text, tokens[i], letters))
        if this.frame == "countryside":
            j = mention.j
            while j < len(tokens) and j < mention.j + 2 and tokens[j].norm in self._after:
                j += 1
            mention = replace(mention, j=j, end=tokens[j - 1].end)
        return mention, this

    def _sided(
        self, text: str, tokens: Sequence[Token], i: int, letters: int
    ) -> tuple[PlaceMention, Frame | None] | None:
        """A compass word and a name: one region ("north of Syria"), or the name alone ("north of the town")."""
        k = i + 1
        while k < len(tokens) and k < i + 3 and compass_of(tokens[k].norm) is not None:
            k += 1
        if k < len(tokens) and tokens[k].norm in ("of", "#"):
            k += 1
        if k >= len(tokens) or "\n" in text[tokens[i].start : tokens[k].start]:
            return None
        word = self._matcher.word(tokens[k])
        if word.frame is not None and not word.frame[1] and not word.frame[0].keep and k + 1 < len(tokens):
            framed = self._framed(text, tokens, k, word.frame, None)
            return (replace(framed[0], side=True), None) if framed else None
        match = self._matcher.match(text, tokens, k, word, None, clitics=False) if word.readings else None
        if match is None:
            return None
        mention = self._judge.mention(text, tokens, k, match, None, led=True)
        if mention is None:
            return None
        group = self._rows.row(match.hits[0].number).group
        if group in ("country", "region", "governorate") and not self._matcher.town(match.hits):
            mention = replace(mention, i=i, start=cut(text, tokens[i], letters), metonym=False)
        return replace(mention, side=True), None

    def _guess(self, text: str, tokens: Sequence[Token], k: int, frame: Frame) -> PlaceMention | None:
        """An unknown word behind "the village of": a name that the gazetteer has not."""
        norm = tokens[k].norm
        if (
            len(norm) < 3
            or norm in _INDEFINITE
            or norm in self._commons
            or norm in self._adjectives
            or locative(norm)
            or frame_of(norm)
            or norm.endswith("يه")
        ):
            return None
        j = k + 2 if norm in _HEADS and k + 1 < len(tokens) and tokens[k + 1].script == "arabic" else k + 1
        return PlaceMention(
            k,
            j,
            tokens[k].start,
            tokens[j - 1].end,
            frame.frame,
            0.5,
            key=text_key(tokens[k:j]),
            article=norm.startswith("ال"),
        )

    def _listed(self, tokens: Sequence[Token], found: list[PlaceMention]) -> list[PlaceMention]:
        """A doubtful name in a list with a sure one is surer."""
        for n, mention in enumerate(found):
            if not 0.2 <= mention.weight < 0.8:
                continue
            for other in (found[n - 1] if n else None, found[n + 1] if n + 1 < len(found) else None):
                if other is None or other.weight < 0.8 or other.metonym:
                    continue
                left, right = (other, mention) if other.i < mention.i else (mention, other)
                if self._joined(tokens, left.j, right.i):
                    found[n] = replace(mention, weight=round(1 - (1 - mention.weight) * 0.5, 3))
                    break
        return found
