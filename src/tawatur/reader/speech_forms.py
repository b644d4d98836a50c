"""Which frames count as speech: every form of a verb has its own demands (a participle needs what was said, a verb
that means other things as well needs "that"), and where its speaker is told before it, after it or not at all."""

from __future__ import annotations

from tawatur.reader.speech_cues import Cue, classes
from tawatur.reader.speech_english import english
from tawatur.reader.speech_frames import right_of
from tawatur.reader.speech_grounds import Frame, Grounds, Range
from tawatur.reader.speech_left import left_of, split_name


def frame_of(g: Grounds, cue: Cue, start: int, stop: int) -> Frame | None:
    """The frame of a cue, or None where the form is no speech here."""
    norms, form = g.norms, cue.form
    if form.lemma.lang == "en":
        return english(g, cue, start, stop)
    if cue.i > start and norms[cue.i - 1] in ("الجدير", "والجدير", "جدير"):
        return None
    frame = right_of(g, cue, stop)
    lemma = form.lemma
    if frame.segments and plural(g, cue):
        # A verb before its subject stands in the singular: what follows one in the plural is no speaker.
        if frame.begins is None:
            frame.begins, frame.kind = frame.segments[0][0], "object"
        frame.segments = left_of(g, cue, start) or _clause_subject(g, cue, start)
        frame.left = bool(frame.segments)
    elif plural(g, cue) and not (cue.letters and cue.i == start):
        frame.segments = left_of(g, cue, start) or _clause_subject(g, cue, start)
        frame.left = bool(frame.segments)
    clause = frame.kind in ("that", "colon", "quote") or (frame.kind == "object" and not lemma.needs)
    if frame.kind == "object" and form.shape in ("past", "present") and frame.segments:
        left = left_of(g, cue, start) if after_subject(g, cue, start) else []
        if left:
            frame.segments, frame.left = left, True
            frame.begins = cue.j
    if form.shape == "participle":
        if frame.begins is None:
            if "obj" not in lemma.governs or not frame.segments or cue.i == start or norms[cue.i - 1] != ",":
                return None
            frame.begins, frame.kind = cue.j, "object"
        elif (
            frame.begins - cue.j > 14
            or (lemma.needs and not clause)
            or ("obj" not in lemma.governs and frame.segments and frame.kind not in ("colon", "quote", "that"))
        ):
            return None
        return frame
    if form.shape == "noun":
        if not form.pronoun and lemma.name in ("حديث", "طلب", "كشف", "وصف", "تعليق"):
            return None
        if frame.begins is None or frame.begins - cue.j > ((14 if frame.kind == "colon" else 4) if form.pronoun else 9):
            return None
        if not form.pronoun and cue.i > start and norms[cue.i - 1] in ("في", "وفي", "خلال", "بعد", "عبر", "عن"):
            return None
        if not clause and (form.pronoun or cue.i != start):
            return None
        if frame.kind == "quote" and not form.pronoun:
            return None
        return frame
    if lemma.role == "relay":
        if not frame.segments:
            frame.segments = left_of(g, cue, start)
        return frame if frame.begins is not None or form.pronoun else None
    if form.pronoun and frame.begins is None:
        frame.kind = ""
        return frame if frame.segments and lemma.needs == "" else None
    if lemma.needs == "strict" and not clause:
        return None
    if lemma.needs == "prep" and frame.begins is None:
        return None
    if lemma.needs == "duty" and not any(n in classes()["duty"] for n in norms[cue.j : min(stop, cue.j + 22)]):
        return None
    if "both" in lemma.governs and clause and frame.segments and after_subject(g, cue, start):
        left = left_of(g, cue, start)
        if left:
            frame.segments, frame.left = left, True
    if lemma.role == "text" and (not clause or norms[cue.j] not in ("في", "فيه", "فيها")):
        return None
    if not clause and form.shape == "present" and norms[cue.i][:1] in "نا":
        return None
    if frame.begins is None or (frame.kind == "prep" and "both" in lemma.governs):
        if "obj" in lemma.governs and not form.pronoun:
            if frame.segments:
                a, b = frame.segments[0]
                left = left_of(g, cue, start) if after_subject(g, cue, start) else []
                if not left and _object(g, a, form.person):
                    frame.segments, frame.begins, frame.kind = [], frame.begins or a, frame.kind or "object"
                    frame.segments = left_of(g, cue, start)
                    frame.left = bool(frame.segments)
                    return frame
                if frame.kind == "prep" and "both" in lemma.governs and len(frame.segments) == 1 and _hearer(g, a):
                    frame.target, frame.segments = (a, b), left
                    frame.left = bool(left)
                    return frame
                if left:
                    frame.segments, frame.left, frame.begins = left, True, cue.j
                    frame.kind = frame.kind or "object"
                    return frame
                cut = split_name(g, a, b)
                rest = [(cut, b)] if cut < b else []
                frame.segments = [(a, cut), *([] if rest else frame.segments[1:])]
                frame.begins = frame.begins if frame.kind == "prep" else (rest[0][0] if rest else min(b + 1, stop))
                frame.kind = frame.kind or "object"
                if rest:
                    frame.target = rest[0]
        elif frame.begins is None:
            if norms[cue.i - 1] not in ("كما", "ما", "لما", "مثلما") or cue.i == start:
                return None
            frame.kind = ""
    if not frame.segments and frame.kind:
        frame.segments = left_of(g, cue, start)
        frame.left = bool(frame.segments)
    return frame


def after_subject(g: Grounds, cue: Cue, start: int) -> bool:
    """Whether the verb stands where its speaker is named before it: headlines, "كان … قد", "أنّ … قال", "أما … ف"."""
    norms = g.norms
    if cue.i == start or (cue.letters and norms[cue.i][:1] != "ف"):
        return False
    if cue.form.shape == "present" or norms[cue.i - 1] in ("قد", "كان", "كانت", "كانوا"):
        return True
    left = left_of(g, cue, start)
    if not left:
        return False
    before = left[0][0] - 1
    if before >= start and norms[before] in ('"', "«", "“"):
        before -= 1
    return before >= start and (before in g.that or norms[before] in ("كان", "كانت", "وكان", "وكانت", "اما", "لكن"))


def _object(g: Grounds, i: int, person: str) -> bool:
    """Whether a noun after the verb carries the speaker's own pronoun ("أكدت دعمها"): then it is no speaker."""
    token = g.scene.tokens[i]
    word = g.scene.text[token.start : token.end]
    if i in g.party_at or token.norm[:2] == "ال" or len(token.norm) < 5:
        return False
    return word.endswith({"f": "ها", "p": "هم"}.get(person, "ه"))


def plural(g: Grounds, cue: Cue) -> bool:
    """Whether a verb carries its plural or dual subject itself ("قالوا", "يتهمون")."""
    return cue.form.person == "p" and cue.form.shape in ("past", "present") and g.norms[cue.i].endswith(("ون", "وا"))


def _clause_subject(g: Grounds, cue: Cue, start: int) -> list[Range]:
    """The noun that a clause begins with which "and" goes on with ("أنّ المسؤولين يتعاملون …، ويقولون")."""
    norms, w = g.norms, classes()
    that = next((k for k in range(cue.i - 1, max(start, cue.i - 40) - 1, -1) if k in g.that), None)
    if that is None or that + 1 >= cue.i:
        return []
    a = that + 1
    while a < cue.i and g.scene.tokens[a].script == "mark":
        a += 1
    party = g.party_at.get(a)
    if party is not None:
        return [(a, party.j)] if party.j <= cue.i else []
    if (
        a >= cue.i
        or norms[a] in w["preposition"]
        or norms[a] in w["pronoun"]
        or not norms[a].endswith(("ين", "ون", "ات"))
    ):
        return []
    b = split_name(g, a, cue.i)
    return [(a, b)]


def _hearer(g: Grounds, a: int) -> bool:
    """Whether a name after the verb is who was spoken to: a crowd, or a plural in the oblique case ("دعا المواطنين")."""
    norm = g.norms[a]
    if norm in classes()["hearer"]:
        return True
    return norm.endswith("ين") and len(norm) > 6 and g.definite(a) and a not in g.party_at
