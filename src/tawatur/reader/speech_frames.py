"""The frame of one speech cue: who speaks, to whom, and where what was said begins.

Arabic puts the speaker after the verb ("قال الوزير، في بيان، إنّ …"), before it in headlines ("الوزير يقول: …") or
leaves the name out ("وأضاف أنّ"). Nothing here looks beyond the sentence of the cue; speech.py fills in the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tawatur.reader.scene import Scene
from tawatur.reader.speech_cues import Cue, classes

_REACH = 60
_GLUED_THAT = re.compile("ب?[أإ]ن\u0651")
_GLUED_END = re.compile("[أإ]ن\u0651$")
Range = tuple[int, int]


@dataclass(slots=True)
class Frame:
    """Token ranges around one cue. ``begins`` is where what was said starts, ``kind`` how it is introduced:
    that, prep, colon, quote, object, or empty where nothing follows."""

    cue: Cue
    segments: list[Range] = field(default_factory=list)
    addressee: Range | None = None
    begins: int | None = None
    kind: str = ""
    target: Range | None = None
    time: int | None = None
    left: bool = False
    stop: int = 0


class Grounds:
    """What of a scene the frames look up again and again: parties and quotations by their first token, times."""

    def __init__(self, scene: Scene, cues: list[Cue]) -> None:
        self.scene = scene
        self.norms = [t.norm for t in scene.tokens]
        self.party_at = {}
        for p in scene.parties:
            if p.head in ("demonym", "site"):
                continue
            if p.i not in self.party_at or self.party_at[p.i].j < p.j:
                self.party_at[p.i] = p
        self.quote_at = {i - 1: j for i, j in reversed(scene.quotes)}
        self.place_at = {p.i for p in scene.places}
        self.deeds = {k for k, n in enumerate(self.norms) if deed(n)}
        self.time_at = {t.i: n for n, t in enumerate(scene.times)}
        that = classes()["that"]
        self.that = {k for k, n in enumerate(self.norms) if n in that}
        for k, n in enumerate(self.norms):
            # Pages that lose the space around a link glue the words: "أنّهجوماً", "للميادينأنّ".
            if len(n) > 4 and "ان" in n and k not in self.that:
                word = scene.text[scene.tokens[k].start : scene.tokens[k].end]
                if _GLUED_THAT.match(word):
                    self.that.add(k)
                elif _GLUED_END.search(word) and k + 1 < len(self.norms):
                    self.that.add(k + 1)
        self.glued = {c.i: c.ends for c in cues if c.ends}
        self.breakers = {
            c.i for c in cues if c.form.shape in ("participle", "past", "present") and not c.form.lemma.needs
        }


@lru_cache(maxsize=1 << 14)
def governed(norm: str, governs: frozenset[str]) -> bool:
    """Whether the word is a preposition of the verb, or carries its ب."""
    if norm in governs and norm != "obj" and norm != "ب":
        return True
    return "ب" in governs and (norm == "ب" or (norm[:1] == "ب" and len(norm) > 3 and norm not in classes()["not_b"]))


def right_of(g: Grounds, cue: Cue, stop: int) -> Frame:
    """The frame of a cue whose speaker, if told, follows it; ``stop`` is the end of its sentence."""
    w, norms, lemma = classes(), g.norms, cue.form.lemma
    out = Frame(cue, stop=stop)
    limit = min(stop, cue.j + _REACH)
    if cue.ends and _opens(g, cue):
        out.begins, out.kind = cue.j, "that"
        return out
    i, start, skipping = cue.j, cue.i if cue.ends else -1, False
    adjunct, preposition = w["adjunct"], w["preposition"]

    def close(at: int) -> None:
        nonlocal start
        if start >= 0 and at > start:
            out.segments.append((start, at))
        start = -1

    while i < limit:
        norm = norms[i]
        if i in g.that and i > cue.j and norms[i - 1] in w["before_that"] and norms[i - 1] not in lemma.governs:
            close(i - 1)
            skipping = True
            i += 1
            continue
        if i in g.that and (i > cue.j or norm not in ("وان", "وانه", "وانها", "وانهم")):
            close(i)
            out.begins, out.kind = i, "that"
            return out
        if norm == ":":
            close(i)
            out.begins, out.kind = i + 1, "colon"
            return out
        if (end := g.quote_at.get(i)) is not None:
            named = i > cue.j and norms[i - 1] in w["outlet_noun"] | w["head"]
            if end - i > (7 if named else 5) or (start < 0 and out.segments and not named):
                close(i)
                out.begins, out.kind = i + 1, "quote"
                return out
            if start < 0 and not skipping:
                start = i
            i = end + 1
            continue
        if norm == "(":
            while i < limit and norms[i] != ")":
                i += 1
            i += 1
            continue
        if norm in (",", "-", "–", "—"):
            close(i)
            skipping = False
            i += 1
            continue
        if norm in (".", "!", "?", ";"):
            break
        party = g.party_at.get(i)
        if i in g.deeds and party is None and "obj" in lemma.governs and not skipping:
            close(i)
            out.begins, out.kind = i, "object"
            return out
        if party is None and i not in g.place_at and governed(norm, lemma.governs):
            close(i)
            out.kind = "prep"
            out.begins = i + 1 if norm in lemma.governs else i
            if out.begins < limit and out.begins in g.that:
                out.kind = "that"
            return out
        if i in g.breakers and i > cue.j and (start >= 0 or out.segments or skipping):
            close(i)
            out.stop = i
            break
        if (t := g.time_at.get(i)) is not None:
            close(i)
            if out.time is None:
                out.time = t
            skipping = True
            i = g.scene.times[t].j
            continue
        to = _addressee(g, i, limit)
        if to is not None and (start >= 0 or out.segments or skipping or cue.form.person != "?"):
            close(i)
            if out.addressee is None:
                out.addressee = to
            skipping = True
            i = max(i + 1, to[1])
            continue
        nxt = norms[i + 1] if i + 1 < limit else ""
        told_in = norm in ("في", "علي", "ب", "وفي", "من", "الي") and (occasion(nxt) or nxt.isdigit())
        if norm in adjunct or norm in w["per"] or told_in or (start < 0 and norm in preposition):
            close(i)
            skipping = True
        elif party is not None and not skipping:
            if start < 0:
                start = i
            # A pattern may take in the outlet that is spoken to ("مصادر في البحرية لوكالة …").
            told = next((k for k in range(i + 2, party.j) if _addressee(g, k, limit) is not None), party.j)
            i = max(i + 1, told)
            continue
        elif start < 0 and not skipping:
            start = i
        i += 1
    close(min(i, limit))
    return out


def _opens(g: Grounds, cue: Cue) -> bool:
    """Whether what is stuck to a cue opens what was said ("أكّدأن")."""
    return g.norms[cue.i][cue.ends :] in classes()["that"]


def _addressee(g: Grounds, i: int, limit: int) -> Range | None:
    """An outlet that is spoken to: "لوكالة رويترز", "لـ"سانا"", "مع شبكة …", "إلى القناة …"."""
    w, norms = classes(), g.norms
    norm = norms[i]
    outlets = w["outlet_noun"]
    if norm in ("مع", "ل", "الي"):
        j = i + 1
        if j >= limit:
            return None
        if norms[j] in outlets or (norm == "ل" and j in g.quote_at) or _is_outlet(g, j):
            return _name_end(g, j, limit)
        return None
    if norm[:1] == "ل" and len(norm) > 4:
        rest = norm[1:]
        if norm[:2] == "لل" and ("ال" + norm[2:] in outlets or norm in w["own_to"]):
            return _name_end(g, i, limit)
        if rest in outlets or _is_outlet(g, i):
            return _name_end(g, i, limit)
    return None


def _is_outlet(g: Grounds, i: int) -> bool:
    party = g.party_at.get(i)
    return party is not None and party.kind in ("outlet", "agency")


def _name_end(g: Grounds, i: int, limit: int) -> Range:
    """The outlet's name from ``i``: a known party, or its noun with the quotation or the words up to the next mark."""
    norms, w = g.norms, classes()
    party = g.party_at.get(i)
    if party is not None:
        return (i, party.j)
    j = i
    while j < limit and j - i < 5:
        if (end := g.quote_at.get(j)) is not None:
            return (i, min(end + 1, limit)) if end - j <= 7 else (i, max(j, i + 1))
        if j in g.that or norms[j] in w["adjunct"] or (g.scene.tokens[j].script == "mark"):
            break
        j += 1
        if j < limit and norms[j - 1][:2] in ("ال", "لل") and norms[j][:2] != "ال":
            break
    return (i, max(j, i + 1))


def left_of(g: Grounds, cue: Cue, start: int) -> list[Range]:
    """The name before a verb, as headlines have it, nearest segment last; empty where a clause begins at the verb."""
    w, norms = classes(), g.norms
    i = cue.i - 1
    if cue.letters and norms[cue.i][:1] in "وف":
        return []
    while i >= start and norms[i] in ("قد", "كان", "كانت", "لقد", "كانوا"):
        i -= 1
    out: list[Range] = []
    stop = i + 1
    commas = 0
    marks = {e: s for s, e in g.quote_at.items()}
    while i >= start and cue.i - i < 22:
        norm = norms[i]
        if i in marks:
            if i - marks[i] > 7:
                break
            i = marks[i] - 1
            continue
        if norm == ",":
            if stop > i + 1:
                out.append((i + 1, stop))
            commas += 1
            stop = i
            if commas > 2:
                break
        elif norm in w["break"] and norm in w["preposition"]:
            stop = i + 1  # "وفي السياق نفسه": an occasion, no name
            break
        elif (
            g.scene.tokens[i].script == "mark"
            or i in g.that
            or norm in w["break"]
            or norm in w["relative"]
            or norm in w["per"]
            or norm in w["carry"]
            or i in g.breakers
        ):
            break
        i -= 1
    if stop > i + 1 and commas <= 2:
        out.append((i + 1, stop))
    return _nearest(g, out)


def _nearest(g: Grounds, segments: list[Range]) -> list[Range]:
    """Of the stretches before a verb, nearest first, the one that names the speaker (and the role before it)."""
    w, norms = classes(), g.norms
    if not segments:
        return []
    a, b = segments[0]
    for k in range(b - 1, a, -1):
        if norms[k][:1] == "و" and norms[k] not in w["not_w"] and norms[k] not in w["head"] and k not in g.party_at:
            if b - k <= 6 and not (norms[k][:3] == "وال" and norms[a][:2] == "ال" and k - a == 1):
                a = k
            break
    if norms[a] in w["preposition"] or norms[a] in w["adjunct"] or norms[a] in w["pronoun"]:
        return []
    if len(segments) > 1 and a == segments[0][0]:
        c, d = segments[1]
        first = norms[c].removeprefix("ال").removeprefix("و")
        if (first in w["head"] or first in w["title"]) and b - a <= 6:
            return [(c, d), (a, b)]
    return [(a, b)]


@lru_cache(maxsize=1 << 14)
def deed(norm: str) -> bool:
    """A noun of what was done ("مقتل", "استهدافها"), with or without a pronoun."""
    deeds = classes()["deed"]
    if norm in deeds or (norm.endswith("ا") and norm[:-1] in deeds):
        return True
    for tail in ("ها", "هم", "ه"):
        if norm.endswith(tail):
            base = norm.removesuffix(tail)
            return base in deeds or (base.endswith("ت") and base[:-1] + "ه" in deeds)
    return False


def split_name(g: Grounds, a: int, b: int) -> int:
    """Where the first name of ``[a, b)`` ends, for verbs whose object follows at once ("دان الوزير الهجوم")."""
    w, norms = classes(), g.norms
    party = g.party_at.get(a)
    if party is not None:
        return min(party.j, b)
    i = a
    opened = True  # the next word belongs to the name whatever it is
    titled = False
    while i < b and i - a < 10:
        norm = norms[i]
        if (end := g.quote_at.get(i)) is not None:
            if i > a and not opened and norms[i - 1] not in w["outlet_noun"]:
                break
            i, opened = end + 1, False
            continue
        definite = norm[:2] == "ال"
        bare = norm.removeprefix("و").removeprefix("ال")
        title = bare in w["head"] or bare in w["title"]
        if i > a and not opened and not (definite and (_nisba(norm) or norm in w["epithet"])):
            # What is left of a stretch after a title is its holder's name when it is short.
            if titled and not definite and b - i <= 4 and norm[:1] != "ب":
                return b
            break
        titled = titled or title
        opened = (title and not (definite and bare not in w["title"])) or norm == "باسم" or (i == a and not definite)
        if i == a and not definite and not title and i + 1 < b and norms[i + 1][:2] == "ال":
            opened = False
        i += 1
    return min(max(i, a + 1), b)


def _nisba(norm: str) -> bool:
    return norm.endswith(("ي", "يه", "يين", "يون", "يتين", "يان", "يتان"))


def occasion(noun: str) -> bool:
    """A noun that after "in" tells where somebody spoke ("في بيانه"), with or without a pronoun."""
    nouns = classes()["adjunct_noun"]
    if noun in nouns:
        return True
    for tail in ("ها", "هم", "ه"):
        if noun.endswith(tail):
            base = noun.removesuffix(tail)
            return base in nouns or (base.endswith("ت") and base[:-1] + "ه" in nouns)
    return False
