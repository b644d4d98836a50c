"""How surely a name that stands in a text is a place there, and what exactly its mention takes in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tawatur.meaning.gazetteer import Rows
from tawatur.meaning.places_keys import LOOSE_ARTICLES
from tawatur.meaning.places_match import Match
from tawatur.meaning.places_mention import LEAST, WEAK, PlaceMention
from tawatur.meaning.places_table import ARTICLE, DERIVED
from tawatur.meaning.places_words import Frame, adjectives, commons, frames, locative
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, cut

_PERSONS = frozenset("عبد السيد سيد محمد احمد محمود علي حسين حسن الحاج حاج ال الشهيد القايد".split())
_UNITS = frozenset("سرايا فيلق لواء كتيبه كتايب حركه قناه صحيفه وكاله يوم سيف فرقه قوه صلوات اذاعه".split())
"""Words after which a name is part of a unit's, an outlet's or a day's name."""


class Judge:
    """Makes mentions of matches."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._adjectives = adjectives()
        self._commons = commons()
        self._frames = frames()
        self._odd = lru_cache(maxsize=1 << 15)(self._other_article)

    def mention(
        self, text: str, tokens: Sequence[Token], i: int, match: Match, frame: Frame | None, led: bool = False
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
        name = (
            " ".join([first.norm[match.letters :], *(t.norm for t in tokens[i + 1 : match.j])])
            if first.script == "arabic"
            else fold(text[start:end])
        )
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
        if (
            before.removeprefix("و") in _UNITS
            and match.letters == 0
            and self._rows.row(match.hits[0].number).group != "country"
        ):
            weight *= 0.4
        if strong:
            weight = max(0.8, 1 - (1 - weight) * 0.3)
        elif led and weight >= LEAST:
            weight = 1 - (1 - weight) * 0.55
        if weight < LEAST:
            return None
        top = self._rows.row(match.hits[0].number)
        metonym = not led and (top.group == "country" or top.prior > 5)
        return PlaceMention(
            i, j, start, end, frame.frame if frame else "", round(weight, 3), metonym, match.key, match.article
        )

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

    def _weight(self, match: Match, name: str, script: str) -> float:
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

    def _other_article(self, key: str, article: bool) -> bool:
        """Whether all names of a key begin with an article where the text has none, or the other way round."""
        return all(bool(h.flags & ARTICLE) != article for h in self._rows.hits(key, True))
