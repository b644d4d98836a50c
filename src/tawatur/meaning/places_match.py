"""The longest names that begin at a token: what each word can begin, remembered, and the names of the gazetteer it does begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tawatur.meaning.gazetteer import Hit, Rows
from tawatur.meaning.places_keys import ARTICLES, piece
from tawatur.meaning.places_mention import LEAST
from tawatur.meaning.places_table import FRAMED
from tawatur.meaning.places_words import Frame, commons, compass_of, frame_of
from tawatur.text.tokens import Token, stems

_FUNCTION = frozenset(
    "من ان في علي ما لا التي الذي الذين او هو هي بل ال كل مع لم به انه تم الان اي الي عن كما قد لو دون غير بين قال كان".split()
)
"""Words that end or begin no name of two words, though a village may be called like them."""
_LONGEST = 8
"""Words of the longest name that is looked for."""
_LIMIT, _PAIRS = 200_000, 1 << 16
"""How many words, and pairs of words, are remembered."""


class Word(NamedTuple):
    """What a word can be at the beginning of a mention."""

    readings: tuple[tuple[str, int, int], ...]
    frame: tuple[Frame, int] | None
    compass: int | None
    plain: bool
    """An ordinary word that is some village's name too: a place only behind a feature word."""


class Match(NamedTuple):
    j: int
    letters: int
    key: str
    hits: tuple[Hit, ...]
    article: bool
    words: int


_DASHES = ("-", "–")
_UNSEEN = Match(-1, 0, "", (), False, 0)
_NOTHING = Word((), None, None, True)


def _capital(text: str, token: Token) -> bool:
    """Whether a Latin word is written as a name: with a capital, also after an article ("al-Tanf")."""
    article, dash, _ = token.norm.partition("-")
    at = token.start + len(article) + 1 if dash and article in ARTICLES else token.start
    return at < token.end and text[at].isupper()


class Matcher:
    """Names by their first word. Words met before are remembered, up to a bound."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._commons = commons()
        self.words: dict[str, Word] = {}
        self._pairs: dict[tuple[str, str], Match | None] = {}

    def word(self, token: Token) -> Word:
        """What a token can begin."""
        known = self.words.get(token.norm)
        if known is not None:
            return known
        if len(self.words) > _LIMIT:
            self.words.clear()
        word = _NOTHING
        if token.script in ("arabic", "latin"):
            norm = token.norm
            readings = []
            for rest, letters in stems(norm) if token.script == "arabic" else ((norm, 0),):
                if letters and norm[letters - 2 : letters] == "ال":
                    continue
                key = piece(rest, token.script)
                most = self._rows.most(key) if len(key) > 1 else 0
                if most:
                    readings.append((rest, letters, 1 if rest in _FUNCTION else most))
            frame = frame_of(norm)
            side = compass_of(norm)
            if readings or frame or side is not None:
                plain = (
                    frame is None
                    and side is None
                    and all(most == 1 and self._ordinary(rest) for rest, _, most in readings)
                )
                word = Word(tuple(readings), frame, side, plain)
        self.words[token.norm] = word
        return word

    def _ordinary(self, name: str) -> bool:
        common = self._commons.get(name)
        return common is not None and common.weight < LEAST

    def match(
        self, text: str, tokens: Sequence[Token], i: int, word: Word, frame: Frame | None, clitics: bool = True
    ) -> Match | None:
        """The longest name that begins with token ``i``; of equals the one that takes fewest clitics off."""
        first = tokens[i]
        if first.script != "arabic":
            if not _capital(text, first) and compass_of(first.norm) is None:
                return None
            return self._longest(text, tokens, i, word, frame, clitics)[0]
        if frame is not None or not clitics:
            return self._longest(text, tokens, i, word, frame, clitics)[0]
        # Two words in a row come again and again: what begins with them is remembered, where a third does not matter.
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        follow = ""
        if after is not None and "\n" not in text[first.end : after.start]:
            follow = after.norm
        pair = (first.norm, follow)
        known = self._pairs.get(pair, _UNSEEN)
        if known is _UNSEEN:
            found, short = self._longest(text, tokens, i, word, None, True)
            if short and follow not in _DASHES:
                if len(self._pairs) > _PAIRS:
                    self._pairs.clear()
                self._pairs[pair] = found and found._replace(j=found.j - i)
            return found
        return known and Match(i + known.j, *known[1:])

    def _longest(
        self, text: str, tokens: Sequence[Token], i: int, word: Word, frame: Frame | None, clitics: bool
    ) -> tuple[Match | None, bool]:
        """See :meth:`match`; and whether no more than the next word was looked at."""
        first = tokens[i]
        arabic, short = first.script == "arabic", True
        best: Match | None = None
        tail: list[tuple[str, int, bool]] | None = None
        for rest, letters, most in word.readings:
            if letters and not clitics:
                break
            head = piece(rest, first.script)
            low = best.words if best else 0
            low = max(low, 1) if letters and len(rest) < 3 else low
            size = 1
            if most > 1:
                if tail is None:
                    tail = self._tail(text, tokens, i, 1)
                size = len(tail) + 1
                if tail and most > 2:
                    most = min(most, self._rows.longest(head, tail[0][0])) if arabic else most
                    if most > size:
                        tail, short = self._tail(text, tokens, i, _LONGEST), False
                    size = min(most, len(tail) + 1)
            while size > low:
                if size == 1 or (tail and tail[size - 2][0] and not tail[size - 2][2] and rest not in _FUNCTION):
                    key = head + "".join([t[0] for t in (tail or ())[: size - 1]])
                    hits = (
                        self._rows.bare(key, arabic)
                        if frame is None
                        else self._fitting(self._rows.hits(key, arabic), frame)
                    )
                    if hits:
                        end = tail[size - 2][1] if tail and size > 1 else i + 1
                        best = Match(end, letters, key, hits, rest.startswith("ال"), size)
                        break
                size -= 1
        return best, short

    def _tail(self, text: str, tokens: Sequence[Token], i: int, words: int) -> list[tuple[str, int, bool]]:
        """Up to ``words`` words that may go on with a name after token ``i``: each one's piece, the token after it, and whether no name ends so."""
        out: list[tuple[str, int, bool]] = []
        last, arabic = tokens[i].end, tokens[i].script == "arabic"
        for at in range(i + 1, min(i + 2 * words + 1, len(tokens))):
            token = tokens[at]
            if arabic and token.norm in _DASHES:
                continue
            if token.script == "mark" or "\n" in text[last : token.start] or len(out) == words:
                break
            out.append(
                (
                    piece(token.norm, token.script),
                    at + 1,
                    token.norm in _FUNCTION or (arabic and compass_of(token.norm) is not None),
                )
            )
            last = token.end
        return out

    def _fitting(self, hits: tuple[Hit, ...], frame: Frame) -> tuple[Hit, ...]:
        """The hits without those that need another feature word."""
        return tuple(h for h in hits if not h.flags & FRAMED or self._rows.row(h.number).group in frame.groups)

    def town(self, hits: Sequence[Hit]) -> bool:
        """Whether a name is first of all a town's."""
        best = [self._rows.row(h.number) for h in hits[:4]]
        top = best[0]
        return top.group not in ("country", "region") and any(
            r.group == "settlement" and r.prior > top.prior - 1.5 for r in best
        )
