"""Names before a verb of speech, as headlines have them, and where a name ends that its object follows at once."""

from __future__ import annotations

from tawatur.reader.speech_cues import Cue, classes
from tawatur.reader.speech_grounds import Grounds, Range
from tawatur.reader.speech_words import nisba


def left_of(g: Grounds, cue: Cue, start: int) -> list[Range]:
    """The name before a verb, as headlines have it, nearest segment last; empty where a clause begins at the verb."""
    w, norms = classes(), g.norms
    i = cue.i - 1
    if cue.letters and not (norms[cue.i][:1] == "ف" and norms[start] in ("اما", "واما")):
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
            or norm in ("اما", "واما")
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
    while len(segments) > 1 and all(k in g.time_at or norms[k] in w["adjunct"] for k in range(*segments[0])):
        segments = segments[1:]
    while len(segments) > 1 and norms[segments[0][0]] in w["compass"]:
        segments = segments[1:]
    if not segments:
        return []
    a, b = segments[0]
    for k in range(b - 1, a, -1):
        if g.joined(k):
            if b - k <= 6 and not (norms[k][:3] == "وال" and norms[a][:2] == "ال" and k - a == 1):
                a = k
            break
    if a > 0 and a == segments[0][0] and norms[a - 1] in ("من", "ومن", "عن"):
        return []
    bare = norms[a].removeprefix("و") if norms[a] not in w["not_w"] else norms[a]
    if norms[a] in w["preposition"] or bare in w["adjunct"] or norms[a] in w["pronoun"]:
        return []
    if len(segments) > 1 and a == segments[0][0]:
        c, d = segments[1]
        first = norms[c].removeprefix("ال").removeprefix("و")
        if (first in w["head"] or first in w["title"]) and b - a <= 6:
            return [(c, d), (a, b)]
    return [(a, b)]


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
        if i > a and not opened and not (definite and (nisba(norm) or norm in w["epithet"])):
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
