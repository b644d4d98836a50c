"""The frame of one speech cue: who speaks, to whom, and where what was said begins.

Arabic puts the speaker after the verb ("قال الوزير، في بيان، إنّ …"), before it in headlines ("الوزير يقول: …") or
leaves the name out ("وأضاف أنّ"). Nothing here looks beyond the sentence of the cue; speech.py fills in the rest.
"""

from __future__ import annotations

from tawatur.reader.speech_cues import Cue, classes
from tawatur.reader.speech_grounds import Frame, Grounds, Range
from tawatur.reader.speech_words import governed, occasion

_REACH = 60


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
        if norm in w["pronominal"] and start < 0 and i == cue.j:
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
    if _body(g, i):
        return None
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


def _body(g: Grounds, i: int) -> bool:
    """Whether "agency" here is a body of states ("لوكالة الأمم المتحدة") or belongs to a title ("المدير العام للوكالة")."""
    w, norms = classes(), g.norms
    return (i + 1 < len(norms) and norms[i + 1] in w["no_outlet"]) or norms[i - 1] in ("العام", "العامه", "التنفيذي")


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


def spoken_to(g: Grounds, start: int, verb: int) -> Range | None:
    """The outlet of an occasion told before the verb: "وفي حديث لوكالة …، قال فلان"."""
    norms = g.norms
    for k in range(start, min(start + 5, verb)):
        if occasion(norms[k]) or occasion(norms[k].removeprefix("وفي").removeprefix("في")):
            for i in range(k + 1, min(k + 6, verb)):
                to = _addressee(g, i, verb)
                if to is not None:
                    return to
    return None
