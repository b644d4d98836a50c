"""The frame of an English speech cue: the speaker stands before the verb ("Kirby said …"), or after it where the
words that were said come first ("…," said Kirby)."""

from __future__ import annotations

from tawatur.reader.speech_cues import Cue, classes
from tawatur.reader.speech_grounds import Frame, Grounds, Range

_REACH = 14
_CLOSING = frozenset(",\"”»'’?!")
# A verb that is speech only after these words ("will continue", "remains committed").
_AFTER = {"will": frozenset({"will"}), "be": frozenset({"is", "are", "remain", "remains", "was", "were", "be"})}


def english(g: Grounds, cue: Cue, start: int, stop: int) -> Frame | None:
    """Who speaks and what was said around ``cue`` in the sentence ``[start, stop)``; None where it is no speech."""
    norms = g.norms
    lemma = cue.form.lemma
    out = Frame(cue, stop=stop)
    i = cue.j
    if i < stop and norms[i] == "by":
        return None
    if lemma.needs == "call" and (i >= stop or norms[i] not in ("for", "on", "upon")):
        return None
    left = _before(g, cue.i, start)
    if (asked := _AFTER.get(lemma.needs)) is not None:
        if cue.i == start or norms[cue.i - 1] not in asked or left is None:
            return None
        out.segments, out.left, out.begins, out.kind = [left], True, min(i, stop - 1), "object"
        return out
    rest = next((k for k in range(i, stop) if norms[k] in (".", "!", "?") and not _abbreviated(g, k)), stop)
    if (
        cue.form.shape == "past"
        and i < rest
        and cue.i > start
        and norms[cue.i - 1] in _CLOSING
        and norms[i] not in ("that", ":")
    ):
        # The words come first: "…," said Kirby.
        out.segments, out.begins, out.kind = [(i, _name(g, i, rest))], start, "before"
        return out
    if cue.form.shape != "participle" and left is not None:
        out.segments, out.left = [left], True
    if lemma.name == "tell" and i < stop:
        j = _name(g, i, stop)
        party = g.party_at.get(i)
        if party is not None and party.kind in ("outlet", "agency"):
            out.addressee = (i, j)
        i = j
    that = next((k for k in range(i, min(stop, i + 12)) if norms[k] in ("that", ":") or k in g.quote_at), None)
    if that is not None:
        out.begins, out.kind = that + 1, "that" if norms[that] == "that" else "quote"
        if not out.segments and cue.form.shape == "past" and that - i >= 1 and norms[that] == ":":
            out.segments = [(i, that)]
        return out if out.begins < stop or norms[that] == ":" else None
    if lemma.needs == "that":
        return None
    if left is not None and left[0] - start > 3 and rest - i <= 2:
        out.begins, out.kind = start, "before"
        return out
    if i >= rest:
        return None
    out.begins, out.kind = i, "object" if "obj" in lemma.governs else "that"
    return out


def _abbreviated(g: Grounds, k: int) -> bool:
    """Whether a full stop belongs to a title or an initial before it ("Lt. Gen. Stephen J. Townsend")."""
    before = g.norms[k - 1] if k else ""
    return before in classes()["en_title"] or (len(before) == 1 and before.isalpha())


def _before(g: Grounds, verb: int, start: int) -> Range | None:
    """The name before a verb: back to a mark or a word that opens a clause."""
    norms, w = g.norms, classes()
    i = verb
    while i > start and verb - i < _REACH:
        norm = norms[i - 1]
        mark = g.scene.tokens[i - 1].script == "mark" and norm not in ("(", ")", "-", "'", "’")
        if norm in w["en_stop"] or (mark and not (norm == "." and _abbreviated(g, i - 1))):
            break
        i -= 1
    end = verb
    while i < end and norms[i] in w["en_lead"]:
        i += 1
    while end > i and norms[end - 1] in w["en_helper"]:
        end -= 1
    if i >= end or (end - i == 1 and norms[i] in w["en_pronoun"]):
        return None
    party = next((p for k in range(i, end) if (p := g.party_at.get(k)) is not None), None)
    return (party.i, party.j) if party is not None and party.j <= end else (i, end)


def _name(g: Grounds, i: int, stop: int) -> int:
    """Where a name that begins at ``i`` ends."""
    party = g.party_at.get(i)
    if party is not None:
        return int(min(party.j, stop))
    w, j = classes(), i
    while j < stop and j - i < 8:
        mark = g.scene.tokens[j].script == "mark" and not (g.norms[j] == "." and _abbreviated(g, j))
        if j > i and (mark or g.norms[j] in w["en_stop"] or g.norms[j] in ("in", "on", "at")):
            break
        j += 1
    return max(j, i + 1)
