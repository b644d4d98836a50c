"""What kind of speech act a speech is, and which speech acts are records of their own.

The weights of data/speech_types.csv say how much each word of the cue and of what was said speaks for each type, and
for "none" (talk that is no record: diplomacy, sport, an event that is only reported). They were learned from the
training set by ``benchmarks/speech.py`` and can be read and corrected by hand.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from math import exp

from tawatur.reader.scene import Scene
from tawatur.reader.speech import Speech
from tawatur.reader.speech_cues import classes
from tawatur.text.normal import fold

TYPES = (
    "threat", "pledge", "accusation", "condemnation", "demand", "denial", "praise", "assessment", "announcement",
)  # fmt: skip
STRONG = frozenset(("threat", "pledge", "condemnation", "demand", "denial"))
_NONE = len(TYPES)
_WORDS = 30
# Below this a speech is no record; one told over several hands is told for its own sake more often.
_LEAST, _LEAST_CHAIN = 0.3, 0.08
_ONLY: dict[str, tuple[str, ...]] = {
    fold("هدد"): ("threat",), fold("توعد"): ("threat", "pledge"), "threaten": ("threat",),
}  # fmt: skip
"""What some verbs say by themselves, whatever stands around them."""
_PLAIN = 0.35
"""An English "said" that tells of a happening hands it over and is no speech act of its own, unless this sure."""
_THREAT = 0.8
"""How sure a threat is whose words name what it threatens to do."""
Weights = tuple[float, ...]


_given: dict[str, Weights] | None = None


def use(table: dict[str, Weights] | None) -> None:
    """Type speeches with ``table`` from here on, in this process only; with the package's again for ``None``."""
    global _given
    _given = table
    weights.cache_clear()


@lru_cache(maxsize=1)
def weights() -> dict[str, Weights]:
    """Feature to its weights for each of ``TYPES`` and, last, for none."""
    if _given is not None:
        return _given
    return table_of((files("tawatur.data") / "speech_types.csv").read_text(encoding="utf-8"))


def table_of(text: str) -> dict[str, Weights]:
    """The weights of a table written as ``data/speech_types.csv`` is."""
    return {row[0]: tuple(float(x or 0) for x in row[1:]) for row in list(csv.reader(text.splitlines()))[1:]}


@lru_cache(maxsize=1 << 16)
def content_word(norm: str) -> str:
    """A word of what was said as the weights know it: clitics off, a future verb marked; empty for small words."""
    if len(norm) < 2 or norm.isdigit():
        return ""
    word = norm
    if word[:1] in "وف" and len(word) > 4:
        word = word[1:]
    for prefix in ("بال", "لل", "كال", "ال"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return word[len(prefix) :]
    if word[:2] in ("سي", "ست", "سن") and len(word) > 4:
        return "س+" + word[2:5]
    if word[:1] in "بل" and len(word) > 4:
        word = word[1:]
    return word


def features(scene: Scene, s: Speech) -> set[str]:
    """What is known of a speech act for the weights."""
    tokens = scene.tokens
    w = classes()
    out = {"=", "cue:" + s.lemma, "shape:" + s.shape, "kind:" + s.kind, "role:" + s.role}
    out.add("cue+kind:" + s.lemma + " " + s.kind)
    if s.shape in ("noun", "present"):
        out.add("cue+shape:" + s.lemma + " " + s.shape)
    out.add("mode:" + s.mode)
    if s.nested:
        out.add("nested")
    if not s.told:
        out.add("untold")
    if s.speaker is None:
        out.add("nobody")
    else:
        if not s.chain:
            out.add("own")
        for k in range(max(0, s.speaker.i - 1), min(s.speaker.j, s.speaker.i + 8)):
            norm = tokens[k].norm
            if norm in w["outlet_noun"]:
                out.add("outlet")
            if tokens[k].script != "mark":
                out.add("by:" + norm.removeprefix("و").removeprefix("ال"))
    if len(s.chain) > 1:
        out.add("chain")
        out.add("link:" + s.link)
        out.add("chain+kind:" + s.kind)
    if s.content is not None:
        i, j = s.content
        for k in range(i, min(j, i + _WORDS)):
            if tokens[k].script == "mark":
                continue
            word = content_word(tokens[k].norm)
            if word:
                out.add("word:" + word)
                if word.startswith("س+"):
                    out.add("future")
                if k - i < 4:
                    out.add("first:" + word)
        if j - i < 5:
            out.add("short")
    return out


def logits(found: Iterable[str]) -> Weights:
    table = weights()
    total = [0.0] * (_NONE + 1)
    # In order, so that near ties fall the same way in every process, whatever the seed of its hashes.
    for f in sorted(found):
        row = table.get(f)
        if row is not None:
            for n, x in enumerate(row):
                total[n] += x
    return tuple(total)


def shares(values: Weights) -> list[float]:
    top = max(values)
    raw = [exp(v - top) for v in values]
    whole = sum(raw)
    return [r / whole for r in raw]


def typed(scene: Scene, speeches: list[Speech]) -> list[Speech]:
    """The speeches with type, score and what follows from these."""
    out: list[Speech] = []
    for s in speeches:
        claim = s.role in ("claim", "announce")
        values = logits(features(scene, s))
        share = shares(values)
        allowed = [TYPES.index(t) for t in _ONLY.get(s.lemma, TYPES)]
        best = max(allowed, key=share.__getitem__)
        none = share[_NONE]
        strong = TYPES[best] in STRONG and none < 0.5
        told = replace(s, type=TYPES[best], score=1 - none, strong=strong, claim=claim and none > 0.5, weights=values)
        out.append(told)
    return out


def event_feature(s: Speech, anchors: Sequence[int]) -> str:
    """Whether an event, a count or a figure is told in what was said, near its beginning or later."""
    if s.content is None:
        return "event:no"
    k = bisect_left(anchors, s.content[0])
    if k == len(anchors) or anchors[k] >= s.content[1]:
        return "event:no"
    return (
        "event:near"
        if anchors[k] - s.content[0] <= 5
        else "event:mid"
        if anchors[k] - s.content[0] <= 14
        else "event:far"
    )


def statements(
    scene: Scene, speeches: Sequence[Speech], anchors: Sequence[int], threatened: Sequence[int] = ()
) -> list[Speech]:
    """The speeches that are records of their own, one for each point of each speaker (codebook rules 5, 8, 9, 24, 33).

    ``anchors`` are the tokens of the events, counts and figures found, so that a report of these is not told twice;
    ``threatened`` those of happenings that are only threatened: a speech of theirs is a threat, whatever else it tells.
    """
    ordered = sorted(anchors)
    table = weights()
    kept: list[Speech] = []
    for s in speeches:
        if s.speaker is None or not s.chain or s.role == "headline":
            continue
        extra = table.get(event_feature(s, ordered))
        values = tuple(a + b for a, b in zip(s.weights, extra, strict=True)) if extra else s.weights
        share = shares(values)
        if s.type == "threat" and any(holds(s, at) for at in threatened):
            kept.append(replace(s, score=max(_THREAT, 1 - share[_NONE])))
            continue
        if scene.tokens[s.cue.i].script == "latin" and share[_NONE] > _PLAIN and any(holds(s, at) for at in ordered):
            continue
        if 1 - share[_NONE] < (_LEAST_CHAIN if len(s.chain) > 1 else _LEAST):
            continue
        allowed = [TYPES.index(t) for t in _ONLY.get(s.lemma, TYPES)]
        best = max(allowed, key=share.__getitem__)
        kept.append(replace(s, type=TYPES[best], score=1 - share[_NONE]))
    return _merged(scene, kept)


def holds(speech: Speech, at: int) -> bool:
    """Whether the token ``at`` is among the words said."""
    return speech.content is not None and speech.content[0] <= at < speech.content[1]


def _merged(scene: Scene, kept: list[Speech]) -> list[Speech]:
    """Without repeats: headline, summary and body tell the same speech act; the body's words stay."""
    words = {id(s): _content(scene, s) for s in kept}
    body = [s for s in kept if not is_repeat(scene, s)]
    out: list[Speech] = list(body)
    inside = {id(s) for s in body}
    for s in kept:
        if id(s) in inside:
            continue
        if not any(_same(scene, s, o, words) for o in out):
            out.append(s)
    out.sort(key=lambda s: s.cue.i)
    final: list[Speech] = []
    for s in out:
        if not any(_again(scene, s, o, words) for o in final):
            final.append(s)
    return final


def _first_body(scene: Scene) -> int:
    """The number of the paragraph that is headline or summary last; the body begins after it."""
    title = bool(scene.document.title)
    count = scene.sentences[-1].paragraph + 1 if scene.sentences else 0
    return (1 if title else 0) if count >= 4 else (0 if title and count > 1 else -1)


def is_repeat(scene: Scene, s: Speech) -> bool:
    """Whether the speech stands in headline or summary, or in a last paragraph that prints the summary again."""
    paragraph = scene.sentences[scene.sentence_at(s.cue.i)].paragraph
    first, last = _first_body(scene), scene.sentences[-1].paragraph
    return paragraph <= first or (paragraph == last and _repeats(scene, last, first))


def _repeats(scene: Scene, last: int, first: int) -> bool:
    """Whether the last paragraph says the summary again."""
    a = {scene.tokens[k].norm for s in scene.sentences if s.paragraph == last for k in range(s.i, s.j)}
    b = {scene.tokens[k].norm for s in scene.sentences if s.paragraph == first for k in range(s.i, s.j)}
    return bool(a) and last > first and len(a & b) >= 0.8 * len(a | b)


def _content(scene: Scene, s: Speech) -> frozenset[str]:
    if s.content is None:
        return frozenset()
    out = (content_word(scene.tokens[k].norm) for k in range(s.content[0], min(s.content[1], s.content[0] + 60)))
    return frozenset(w for w in out if len(w) > 2)


def _alike(scene: Scene, a: Speech, b: Speech) -> bool:
    if a.speaker is None or b.speaker is None:
        return False
    x, y = (
        {content_word(scene.tokens[k].norm) for k in range(s.i, s.j) if scene.tokens[k].script != "mark"}
        for s in (a.speaker, b.speaker)
    )
    return bool(x & y)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _same(scene: Scene, head: Speech, body: Speech, words: dict[int, frozenset[str]]) -> bool:
    """Whether a speech of the headline or summary is told again in ``body``."""
    overlap = _overlap(words[id(head)], words[id(body)])
    if overlap >= 0.5:
        return True
    return _alike(scene, head, body) and (overlap >= 0.2 or head.type == body.type or head.lemma == body.lemma)


def _again(scene: Scene, s: Speech, earlier: Speech, words: dict[int, frozenset[str]]) -> bool:
    return (
        _overlap(words[id(s)], words[id(earlier)]) >= 0.75
        and s.cue.i != earlier.cue.i
        and (
            s.content is None
            or earlier.content is None
            or s.content[0] >= earlier.content[1]
            or s.content[1] <= earlier.content[0]
        )
    )
