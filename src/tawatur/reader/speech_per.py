""" "According to X", "as X told Y", "citing X": whose word a sentence is where no verb of speech stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tawatur.reader.speech_cues import Cue, classes
from tawatur.reader.speech_frames import right_of
from tawatur.reader.speech_grounds import Grounds, Range
from tawatur.reader.speech_names import Naming

# Verbs whose object is the one told: "أبلغ المسؤول الوكالة", "أفاد به مسؤول الوكالة".
_TELL = frozenset({"افاد", "ابلغ", "اخبر", "اطلع"})


class Per(NamedTuple):
    """The cue to show, the names from nearest the publisher to the origin (none: the last speaker), the token after."""

    cue: Cue
    names: tuple[Range, ...]
    end: int


def according(g: Grounds, names: Naming, cue: Cue, cues: Sequence[Cue], stop: int) -> Per | None:
    """Reads "according to" at ``cue`` in a sentence that ends at ``stop``."""
    norms, w = g.norms, classes()
    i = cue.j
    if i >= stop:
        return None
    if norms[i] in ("عن", "الي", "علي", "ل"):
        i += 1
    what = i < stop and (norms[i] in ("ما", "لما", "عما") or norms[cue.i].endswith("حسبما") or norms[cue.i] == "وفقما")
    inner = next((c for c in cues if i <= c.i <= i + 2 and c.form.shape in ("past", "present")), None) if what else None
    if inner is not None:
        frame = right_of(g, inner, stop)
        told = list(frame.segments[:1])
        end = told[0][1] if told else inner.j
        if told and (k := told_to(g, inner, *told[0])) is not None:
            told = [(k, told[0][1]), (told[0][0], k)]
        elif told and (k := handed_on(g, *told[0])) is not None:
            told = [(told[0][0], k), (k + 1, told[0][1])]
        elif inner.form.lemma.role == "relay" and frame.kind == "prep" and frame.begins is not None:
            end = names.extent(frame.begins, stop)
            told.append((frame.begins, end))
        elif frame.addressee is not None and told:
            told.insert(0, frame.addressee)
        return Per(inner, tuple(told), end)
    if i >= stop or norms[i] in w["self"]:
        return None
    j = names.extent(i, stop)
    return Per(cue, ((i, j),), j)


def told_to(g: Grounds, cue: Cue, a: int, b: int) -> int | None:
    """Where in ``[a, b)`` the outlet begins that the one named before it tells; None where there is none."""
    norms, w = g.norms, classes()
    if cue.form.lemma.name not in _TELL or norms[a] in w["outlet_noun"]:
        return None
    party = g.party_at.get(a)
    if party is not None and _outlet(g, a) and not any(norms[k] in w["outlet_noun"] for k in range(a + 1, party.j)):
        return None  # an outlet's own name, not "an officer, the agency" read as one
    for k in range(a + 1, b):
        before = norms[k - 1].removeprefix("ال")
        if _outlet(g, k) and before not in w["preposition"] and before not in w["own"] | w["staff"]:
            return k
    return None


def tells(g: Grounds, cue: Cue, k: int) -> bool:
    """Whether a verb takes whom it tells as its object, and that is the outlet at ``k``."""
    return cue.form.lemma.name in _TELL and _outlet(g, k)


def handed_on(g: Grounds, a: int, b: int) -> int | None:
    """Where in ``[a, b)`` "from" stands between an outlet and whom it quotes ("وكالة رويترز عن مسؤولين")."""
    if not _outlet(g, a):
        return None
    return next((k for k in range(a + 1, b - 1) if g.norms[k] == "عن"), None)


def _outlet(g: Grounds, k: int) -> bool:
    party = g.party_at.get(k)
    return g.norms[k] in classes()["outlet_noun"] or (party is not None and party.kind in ("outlet", "agency"))
