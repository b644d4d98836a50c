"""Whether a document tells of conflict at all: most of what a newspaper prints does not.

Each sign is a named feature; the weights (``gate`` in ``data/weights.json``) were fitted on the training documents
and on ``training/natural.csv``, a reading of a newspaper's ordinary days.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.lexicon.weights import probability, score, weights
from tawatur.reader.events import Draft
from tawatur.reader.scene import Scene
from tawatur.reader.speech import Speech
from tawatur.text.tokens import stems

SURE = 0.45
_STEPS = (0, 1, 2, 3, 5, 8, 13, 21)


def _step(n: float) -> str:
    return str(max(s for s in _STEPS if s <= n))


def gate_features(scene: Scene, drafts: Sequence[Draft], speeches: Sequence[Speech]) -> list[str]:
    """The signs of one document, given all drafts and the speeches that would become statements."""
    kept = [d for d in drafts if d.keep >= SURE]
    top = max((d.keep for d in drafts), default=0.0)
    out = [
        "bias",
        f"events{_step(len(kept))}",
        f"top{int(top * 10)}",
        f"placed{_step(sum(1 for d in kept if d.place >= 0))}",
        f"speeches{_step(len(speeches))}",
        f"spoken{_step(sum(s.score for s in speeches))}",
        f"loud{int(10 * max((s.score for s in speeches), default=0.0))}",
        f"armed{_step(sum(1 for p in scene.parties if p.kind == 'armed_group'))}",
        f"forces{_step(sum(1 for p in scene.parties if p.kind == 'state_force'))}",
        f"weapons{_step(len(scene.weapons))}",
    ]
    if in_arabic(scene):
        out.append("arabic")
    out += [f"type.{t}" for t in sorted({d.type for d in kept})]
    out += [f"says.{t}" for t in sorted({s.type for s in speeches})]
    out += [f"who.{e}" for e in sorted({p.entity for p in scene.parties if p.entity})]
    head = {
        stems(t.norm)[-1][0]
        for s in scene.sentences
        if s.paragraph <= 1
        for t in scene.tokens[s.i : s.j]
        if t.script == "arabic"
    }
    out += [f"t.{w}" for w in sorted(head)]
    body = {stems(t.norm)[-1][0] for t in scene.tokens[:400] if t.script == "arabic"}
    return out + [f"b.{w}" for w in sorted(body)]


def in_arabic(scene: Scene) -> bool:
    """Whether half of a document's words or more are written in Arabic script."""
    arabic = sum(1 for t in scene.tokens if t.script == "arabic")
    return 2 * arabic >= len(scene.tokens) - sum(1 for t in scene.tokens if t.script in ("mark", "number"))


def tells(features: Sequence[str]) -> float:
    """How sure it is that the document holds a record (0 to 1). The signs were read off Arabic newspapers: a document
    that is not in Arabic passes."""
    table = weights("gate")
    return probability(score(table, features)) if table and "arabic" in features else 1.0
