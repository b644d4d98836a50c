"""The shortest words that name a speaker whole, and whether that speaker is the publisher itself."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.reader.scene import Words
from tawatur.reader.speech_cues import classes
from tawatur.reader.speech_grounds import Grounds, Range
from tawatur.text.normal import fold
from tawatur.text.tokens import cut as cut_at


class Naming:
    """Picks names out of the token ranges that a frame gives."""

    def __init__(self, g: Grounds) -> None:
        self.g = g
        outlet = fold(g.scene.document.outlet)
        self.publisher = classes().get("publisher:" + outlet, frozenset()) | ({outlet} if outlet else frozenset())

    def cut(self, i: int, j: int, letters: int) -> Words:
        scene = self.g.scene
        return Words(i, j, cut_at(scene.text, scene.tokens[i], letters), scene.tokens[j - 1].end)

    def pick(self, segments: Sequence[Range | None]) -> Words | None:
        """The name in ``segments``, the stretches between commas where the speaker stands."""
        segs = [s for s in segments if s is not None and s[1] > s[0]]
        if not segs:
            return None
        a, b = segs[0]
        for p in range(a, min(a + 3, b)):
            party = self.g.party_at.get(p)
            if party is not None and party.person is not None and party.person[1] <= self.g.scene.tokens[b - 1].end:
                return self._named(party.i, party.j, party.person)
        if len(segs) > 1 and self._titled(a, b):
            for c, d in segs[1:4]:
                if self._personal(c, d):
                    return self._trim(c, d)
        return self._trim(a, b)

    def _named(self, i: int, j: int, name: Range) -> Words:
        """The person's name inside a mention of a role and its holder; ``name`` are offsets."""
        tokens = self.g.scene.tokens
        inside = [k for k in range(i, j) if tokens[k].end > name[0] and tokens[k].start < name[1]] or [i]
        return Words(inside[0], inside[-1] + 1, name[0], name[1])

    def _titled(self, a: int, b: int) -> bool:
        w, norms = classes(), self.g.norms
        while a < b and self.g.scene.tokens[a].script == "mark":
            a += 1
        first = norms[a][self.g.glued.get(a, 0) :] if a < b else ""
        return a < b and (first.removeprefix("ال") in w["head"] | w["title"] or first in w["one_of"])

    def _personal(self, a: int, b: int) -> bool:
        """Whether a stretch between commas reads as a person's name."""
        w, norms = classes(), self.g.norms
        first = norms[a].removeprefix("ال") if self.g.definite(a) else norms[a]
        if first in w["title"] and self.g.definite(a):
            return b - a <= 6
        return not (
            first in w["head"] or first in w["outlet_noun"] or norms[a] in w["one_of"] or self.g.definite(a) or norms[a][:2] == "لل"
            or norms[a] in w["preposition"] or norms[a].endswith("ها") or b - a > 6
        )  # fmt: skip

    def _trim(self, a: int, b: int) -> Words | None:
        w, norms, g = classes(), self.g.norms, self.g
        tokens = g.scene.tokens
        while a < b and (
            norms[a] in w["lead_in"] or norms[a] == "ل" or (tokens[a].script == "mark" and a not in g.quote_at)
        ):
            a += 1
        while b > a and (
            norms[b - 1] in w["adjunct"] or (tokens[b - 1].script == "mark" and norms[b - 1] not in '"»”)')
        ):
            b -= 1
        if a >= b or norms[a] in w["preposition"] or norms[a] in w["pronoun"] or norms[a] in w["per"]:
            return None
        if self._object_like(a) or all(tokens[k].script == "mark" for k in range(a, b)):
            return None
        if a in g.verbs and a not in g.party_at and bool(w["head"].isdisjoint((norms[a], norms[a].removeprefix("و")))):
            return None
        if a in g.glued:
            return self.cut(a, min(b, a + 12), g.glued[a])
        party = g.party_at.get(a)
        if party is not None and norms[a][:1] == "و" and party.start == tokens[a].start + 1:
            return Words(a, min(b, a + 12), party.start, tokens[min(b, a + 12) - 1].end)
        if norms[a][:1] == "و" and norms[a] not in w["not_w"] and len(norms[a]) > 3 and party is None:
            return self.cut(a, min(b, a + 12), 1)
        bare = norms[a][1:] if norms[a][:1] == "ل" and norms[a][:2] != "لل" else norms[a]
        if bare in w["outlet_noun"] and a + 1 < b and (end := g.quote_at.get(a + 1)) is not None and a + 2 < end <= b:
            # A name of one word is the outlet's whole name only with its noun ("صحيفة «معاريف»").
            return g.scene.words(a + 2, end) if end - a > 3 else self.cut(a, end + 1, len(norms[a]) - len(bare))
        if (end := g.quote_at.get(a)) is not None and end == b - 1 and end > a + 1:
            return g.scene.words(a + 1, end)
        letters = 1 if bare != norms[a] and (bare in w["outlet_noun"] or bare in w["head"] or bare in w["plain"]) else 0
        b = min(b, a + 12)
        return self.cut(a, b, letters) if letters else g.scene.words(a, b)

    def _object_like(self, a: int) -> bool:
        """Whether a word cannot open the name of a speaker: it hangs on another ("هويته") or is in the accusative."""
        token, text = self.g.scene.tokens[a], self.g.scene.text
        word = text[token.start : token.end]
        if a in self.g.party_at or len(token.norm) < 4 or token.norm[:2] == "ال":
            return False
        return word.endswith(("ه", "ها", "هم", "اً", "ًا")) and token.norm not in classes()["head"]

    def extent(self, i: int, stop: int) -> int:
        """Where the name that begins at ``i`` ends: a known party, a mark, an opening of what was said, or a verb."""
        g, norms, w = self.g, self.g.norms, classes()
        party = g.party_at.get(i)
        j = party.j if party is not None else i
        while j < stop and j - i < 14:
            norm = norms[j]
            if (end := g.quote_at.get(j)) is not None:
                if end - j > 7:
                    break
                j = end + 1
                continue
            if norm in (",", ":", ".", "(", "-", ";") or j in g.that or norm in w["adjunct"]:
                if norm == "," and j + 1 < stop and self._apposed(i, j, stop):
                    j += 1
                    continue
                break
            if norm in w["saying"] or (j in g.breakers and j > i):
                break
            j += 1
        return max(j, i + 1)

    def _apposed(self, i: int, comma: int, stop: int) -> bool:
        """Whether a name in apposition follows the comma ("عن المتحدث باسم الجيش، فلان، قوله")."""
        w, norms = classes(), self.g.norms
        if norms[i].removeprefix("ال").removeprefix("ل") not in w["head"] | w["title"]:
            return False
        k = comma + 1
        while k < stop and k - comma <= 5:
            if norms[k] == ",":
                return k > comma + 1
            if k in self.g.that or norms[k] in w["adjunct"] or norms[k] in w["saying"] or k in self.g.breakers:
                return k > comma + 1 and (norms[k] in w["saying"] or k in self.g.that)
            k += 1
        return False

    def outlet(self, words: Words) -> bool:
        w = classes()["outlet_noun"]
        norms = self.g.norms
        if any(norms[k].removeprefix("ل") in w for k in range(max(0, words.i - 2), words.j)):
            return True
        party = self.g.party_at.get(words.i)
        return party is not None and party.kind in ("outlet", "agency")

    def own(self, words: Words) -> bool:
        """Whether the words name the publisher or its correspondent (codebook rule 16)."""
        norms, w = self.g.norms, classes()
        first = norms[words.i]
        if first in w["own"] or first[:4] in ("مراس", "موفد"):
            if first.endswith(("ها", "هم")):
                return False
            rest = "".join(norms[k] for k in range(words.i, words.j))
            known = len(self.publisher) > 1
            return not known or first.endswith("نا") or words.j == words.i + 1 or any(p in rest for p in self.publisher)
        names = [norms[k].removeprefix("لل").removeprefix("ال") for k in range(words.i, words.j)]
        publisher = {p.removeprefix("ال") for p in self.publisher}
        return len(names) <= 3 and names[-1] in publisher and first not in w["sources"]

    def chain(self, words: Words) -> tuple[Words, ...]:
        return () if self.own(words) else (words,)

    def alike(self, a: Words, b: Words) -> bool:
        """The same name by its words."""
        norms = self.g.norms
        x = {norms[k].removeprefix("ال") for k in range(a.i, a.j)}
        y = {norms[k].removeprefix("ال") for k in range(b.i, b.j)}
        return x <= y or y <= x
