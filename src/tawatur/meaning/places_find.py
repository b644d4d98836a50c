"""Which words of a text may name a place: one pass over its tokens, longest names first, each with how surely it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from tawatur.meaning.gazetteer import Hit, Rows
from tawatur.meaning.places_keys import LOOSE_ARTICLES, piece, text_key
from tawatur.meaning.places_table import ARTICLE, DERIVED, FRAMED, table
from tawatur.meaning.places_words import HOLDING, JOINS, Frame, commons, compass, compass_of, frame_of, frames, locative
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, cut, stems

WEAK = frozenset(["near", "area", "surroundings"])
"""Frames that say where, but not that the name is a settlement's."""
_BESIDE = frozenset(["near", "surroundings"])
GUESSED = frozenset(["city", "town", "village", "camp", "neighbourhood", "settlement"])
"""Frames after which an unknown word is taken for a name."""
_FUNCTION = frozenset("من ان في علي ما لا التي الذي الذين او هو هي بل ال كل مع لم به انه تم الان اي الي عن كما قد لو دون غير بين قال كان".split())
"""Words that end or begin no name of two words, though a village may be called like them."""
_PERSONS = frozenset("عبد السيد سيد محمد احمد محمود علي حسين حسن الحاج حاج ال الشهيد القايد".split())
_UNITS = frozenset("سرايا فيلق لواء كتيبه كتايب حركه قناه صحيفه وكاله يوم سيف فرقه قوه صلوات اذاعه".split())
"""Words after which a name is part of a unit's, an outlet's or a day's name."""
_HEADS = frozenset("بيت كفر تل ام ابو خربه دير عين وادي جبل خان بير بني راس مزرعه كفار شيخ عرب رسم تله".split())


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that may name a place: token range ``[i, j)``, offsets of the bare name, the feature word before it, how
    surely it is a place here (0 to 1), whether a capital or country stands for its government, and the key it is
    looked up by. ``side`` is a compass word that the name does not hold ("north of X"); ``held`` a preposition before the name or its feature
    word: what is named right before lies in or by it."""

    i: int
    j: int
    start: int
    end: int
    frame: str = ""
    weight: float = 0.0
    metonym: bool = False
    key: str = ""
    article: bool = False
    side: bool = False
    held: bool = False


class _Word(NamedTuple):
    """What a word can be at the beginning of a mention."""

    readings: tuple[tuple[str, int, int], ...]
    frame: tuple[Frame, int] | None
    compass: int | None
    plain: bool
    """An ordinary word that is some village's name too: a place only behind a feature word."""


class _Match(NamedTuple):
    j: int
    letters: int
    key: str
    hits: tuple[Hit, ...]
    article: bool
    words: int


_NOTHING = _Word((), None, None, True)
_INDEFINITE = frozenset("اخري اخر عده مختلفه متفرقه مجاوره محيطه كثيره عديده باكملها بكاملها".split())
"""What is said of towns and villages that are not named."""
_OPENING = frozenset("#\"'“«”‘’")
"""Marks that may stand between a feature word and the name."""
_LONGEST = 8
"""Words of the longest name that is looked for."""
_LIMIT = 200_000
LEAST = 0.12
"""Mentions that are less likely a place than this are not given."""


def _adjectives() -> frozenset[str]:
    out = set()
    for row in table("countries.csv"):
        for word in f"{row['adjectives_ar']}|{row['adjectives_en']}".split("|"):
            norm = fold(word.strip())
            if norm:
                out |= {norm, "ال" + norm} if norm[0] > "\u0600" else {norm, norm + "s"}
    return frozenset(out)


def top_group(hits: Sequence[Hit], rows: Rows) -> str:
    """The kind of the likeliest row."""
    return rows.row(hits[0].number).group


class Finder:
    """Finds mentions. Words met before are remembered, up to a bound."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._words: dict[str, _Word] = {}
        self._adjectives = _adjectives()
        self._commons = commons()
        self._frames = frames()
        self._after = compass()[1]
        self._odd = lru_cache(maxsize=1 << 15)(self._other_article)

    def _other_article(self, key: str, article: bool) -> bool:
        """Whether all names of a key begin with an article where the text has none, or the other way round."""
        return all(bool(h.flags & ARTICLE) != article for h in self._rows.hits(key, True))

    def find(self, text: str, tokens: Sequence[Token]) -> list[PlaceMention]:
        """The mentions of a text in order; no two share a token."""
        out: list[PlaceMention] = []
        words = self._words
        carried: Frame | None = None
        carried_at = -1
        i, n = 0, len(tokens)
        while i < n:
            token = tokens[i]
            word = words.get(token.norm)
            if word is None:
                word = self._word(token)
            if word.plain:
                i += 1
                continue
            given = carried if carried_at >= i - 1 and word.compass is None and self._joined(tokens, carried_at, i) else None
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

    def _word(self, token: Token) -> _Word:
        if len(self._words) > _LIMIT:
            self._words.clear()
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
                plain = frame is None and side is None and all(most == 1 and self._ordinary(rest) for rest, _, most in readings)
                word = _Word(tuple(readings), frame, side, plain)
        self._words[token.norm] = word
        return word

    def _ordinary(self, name: str) -> bool:
        common = self._commons.get(name)
        return common is not None and common.weight < LEAST

    def _at(
        self, text: str, tokens: Sequence[Token], i: int, word: _Word, given: Frame | None
    ) -> tuple[PlaceMention, Frame | None] | None:
        """The mention that begins with token ``i``, feature and compass words included, and the frame that it hands on."""
        whole = self._match(text, tokens, i, word, given) if word.readings else None
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
        mention = self._mention(text, tokens, i, whole, frame)
        return (mention, frame) if mention else None

    def _framed(
        self, text: str, tokens: Sequence[Token], i: int, frame: tuple[Frame, int], whole: _Match | None
    ) -> tuple[PlaceMention, Frame | None] | None:
        """A name after a feature word: bare, or with the word where the name keeps it."""
        this, letters = frame
        k = i + 1
        if tokens[k].script == "mark" and tokens[k].norm in _OPENING and k + 1 < len(tokens):
            k += 1
        word = self._words.get(tokens[k].norm) or self._word(tokens[k])
        if word.frame is not None and not word.frame[1] and k + 1 < len(tokens) and not this.keep:
            # "town and camp of", "the area of the town of": the nearest feature word counts.
            inner = self._framed(text, tokens, k, word.frame, None)
            if inner:
                return inner
        if word.frame is not None and not word.frame[1] and this.frame == "countryside" and k + 1 < len(tokens):
            inner = self._framed(text, tokens, k, word.frame, None)
            if inner and not word.frame[0].keep:
                mention = replace(inner[0], i=i, start=cut(text, tokens[i], letters), frame=this.frame)
                return mention, this
        match = self._match(text, tokens, k, word, this, clitics=False) if word.readings else None
        if whole is not None and whole.words > 1 and (this.keep or match is None):
            mention = self._mention(text, tokens, i, whole, this)
            return (mention, this) if mention else None
        if match is None:
            if this.frame in GUESSED and tokens[k].script == "arabic" and not this.keep:
                guess = self._guess(text, tokens, k, this)
                return (guess, this) if guess else None
            return None
        mention = self._mention(text, tokens, k, match, this)
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
        word = self._words.get(tokens[k].norm) or self._word(tokens[k])
        if word.frame is not None and not word.frame[1] and not word.frame[0].keep and k + 1 < len(tokens):
            framed = self._framed(text, tokens, k, word.frame, None)
            return (replace(framed[0], side=True), None) if framed else None
        match = self._match(text, tokens, k, word, None, clitics=False) if word.readings else None
        if match is None:
            return None
        mention = self._mention(text, tokens, k, match, None, led=True)
        if mention is None:
            return None
        group = self._rows.row(match.hits[0].number).group
        if group in ("country", "region", "governorate") and not self._town(match.hits):
            mention = replace(mention, i=i, start=cut(text, tokens[i], letters), metonym=False)
        return replace(mention, side=True), None

    def _town(self, hits: Sequence[Hit]) -> bool:
        """Whether a name is first of all a town's."""
        best = [self._rows.row(h.number) for h in hits[:4]]
        top = best[0]
        return top.group not in ("country", "region") and any(r.group == "settlement" and r.prior > top.prior - 1.5 for r in best)

    def _match(
        self, text: str, tokens: Sequence[Token], i: int, word: _Word, frame: Frame | None, clitics: bool = True
    ) -> _Match | None:
        """The longest name that begins with token ``i``; of equals the one that takes fewest clitics off."""
        first = tokens[i]
        arabic = first.script == "arabic"
        if not arabic and not text[first.start].isupper() and compass_of(first.norm) is None:
            return None
        best: _Match | None = None
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
                        tail = self._tail(text, tokens, i, _LONGEST)
                    size = min(most, len(tail) + 1)
            while size > low:
                if size == 1 or (tail and tail[size - 2][0] and not tail[size - 2][2] and rest not in _FUNCTION):
                    key = head + "".join([t[0] for t in (tail or ())[: size - 1]])
                    hits = self._rows.bare(key, arabic) if frame is None else self._fitting(self._rows.hits(key, arabic), frame)
                    if hits:
                        end = tail[size - 2][1] if tail and size > 1 else i + 1
                        best = _Match(end, letters, key, hits, rest.startswith("ال"), size)
                        break
                size -= 1
        return best

    def _tail(self, text: str, tokens: Sequence[Token], i: int, words: int) -> list[tuple[str, int, bool]]:
        """Up to ``words`` words that may go on with a name after token ``i``: each one's piece, the token after it, and whether no name ends so."""
        out: list[tuple[str, int, bool]] = []
        last, arabic = tokens[i].end, tokens[i].script == "arabic"
        for at in range(i + 1, min(i + 2 * words + 1, len(tokens))):
            token = tokens[at]
            if arabic and token.norm in ("-", "–"):
                continue
            if token.script == "mark" or "\n" in text[last : token.start] or len(out) == words:
                break
            out.append((piece(token.norm, token.script), at + 1, token.norm in _FUNCTION or (arabic and compass_of(token.norm) is not None)))
            last = token.end
        return out

    def _fitting(self, hits: tuple[Hit, ...], frame: Frame) -> tuple[Hit, ...]:
        """The hits without those that need another feature word."""
        return tuple(h for h in hits if not h.flags & FRAMED or self._rows.row(h.number).group in frame.groups)

    def _mention(
        self, text: str, tokens: Sequence[Token], i: int, match: _Match, frame: Frame | None, led: bool = False
    ) -> PlaceMention | None:
        """A match as a mention with its weight, or None where the words are no name of a place here."""
        first, j = tokens[i], match.j
        if match.words == 1 and (frame is None or frame.frame in WEAK):
            common = self._commons.get(first.norm[match.letters :])
            if common is not None and common.weight < LEAST:
                return None
        before = tokens[i - 1].norm if i else ""
        start = cut(text, first, match.letters)
        if first.script == "latin":
            if before in LOOSE_ARTICLES and i and tokens[i - 1].end + 1 == first.start:
                i -= 1
                start = tokens[i].start
                before = tokens[i - 1].norm if i else ""
            frame, j = self._behind(tokens, max(i + 1, j - 2), j, frame)
        end = tokens[j - 1].end
        name = " ".join([first.norm[match.letters :], *(t.norm for t in tokens[i + 1 : match.j])]) if first.script == "arabic" else fold(text[start:end])
        strong = frame is not None and frame.frame not in WEAK
        clitic = first.norm[: match.letters]
        led = led or locative(before) or clitic[-1:] == "ب" or frame is not None
        if name in self._adjectives and not (led and not name.startswith("ال")) and not strong:
            return None
        weight = self._weight(match, name, first.script)
        if match.letters and match.words == 1 and weight < 0.9:
            weight *= 0.8
        if weight < 0.8 and not led and before in self._commons and self._commons[before].kind == "person":
            weight *= 0.3
        if before.removeprefix("و") in _UNITS and match.letters == 0 and top_group(match.hits, self._rows) != "country":
            weight *= 0.4
        if strong:
            weight = max(0.8, 1 - (1 - weight) * 0.3)
        elif led and weight >= LEAST:
            weight = 1 - (1 - weight) * 0.55
        if weight < LEAST:
            return None
        top = self._rows.row(match.hits[0].number)
        metonym = not led and (top.group == "country" or top.prior > 5)
        return PlaceMention(i, j, start, end, frame.frame if frame else "", round(weight, 3), metonym, match.key, match.article)

    def _behind(self, tokens: Sequence[Token], low: int, j: int, frame: Frame | None) -> tuple[Frame | None, int]:
        """In English the feature word stands behind the name, or ends the name as the gazetteer has it; an airport's
        or port's name keeps it. Gives the frame and where the mention ends; nothing before ``low`` is taken off."""
        for at in range(low, j + 1):
            for size in (2, 1):
                if at + size > len(tokens):
                    continue
                found = self._frames.get(("after", " ".join(t.norm for t in tokens[at : at + size])))
                if found and (at == j or at + size == j):
                    return found, at + size if found.keep else at
        return frame, j

    def _weight(self, match: _Match, name: str, script: str) -> float:
        """How surely a name is a place when nothing around it tells."""
        common = self._commons.get(name)
        if common is not None:
            return common.weight
        odd = script == "arabic" and match.words == 1 and self._odd(match.key, match.article)
        if odd:
            other = self._commons.get(name[2:] if match.article else "ال" + name)
            if other is not None:
                return other.weight * 0.5
        top = self._rows.row(match.hits[0].number)
        derived = match.hits[0].flags & DERIVED and all(h.flags & DERIVED for h in match.hits)
        if match.words > 1:
            person = top.prior < 2 and name.split(" ", 1)[0] in _PERSONS
            weight = 0.15 if person else 0.55 if derived else 0.85
        elif top.group == "country" or top.prior >= 3:
            weight = 0.85
        elif top.prior >= 1.5:
            weight = 0.75
        else:
            weight = 0.3 if derived else 0.5
        if match.hits[0].loose:
            weight *= 0.6
        if script == "latin" and match.words == 1 and top.prior < 2.5:
            weight *= 0.6
        if odd:
            weight *= 0.6
        return weight

    def _guess(self, text: str, tokens: Sequence[Token], k: int, frame: Frame) -> PlaceMention | None:
        """An unknown word behind "the village of": a name that the gazetteer has not."""
        norm = tokens[k].norm
        if len(norm) < 3 or norm in _INDEFINITE or norm in self._commons or norm in self._adjectives or locative(norm) or frame_of(norm) or norm.endswith("يه"):
            return None
        j = k + 2 if norm in _HEADS and k + 1 < len(tokens) and tokens[k + 1].script == "arabic" else k + 1
        return PlaceMention(k, j, tokens[k].start, tokens[j - 1].end, frame.frame, 0.5, key=text_key(tokens[k:j]), article=norm.startswith("ال"))

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
