"""Gold records as what the network has to answer: for each window its anchors, and for each anchor the words of its roles."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from tawatur.reader.learned.features import word_features
from tawatur.reader.learned.hints import NUMBERS, ROLES, Hints
from tawatur.reader.learned.labels import KINDS, OUTCOMES, STATUSES, TYPES
from tawatur.reader.learned.windows import Tokenizer, Window, windows
from tawatur.reader.rules import Seen
from tawatur.reader.scene import Scene

Gold = dict[str, Any]
Ranges = list[tuple[int, int]]


@dataclass
class Anchor:
    """The gold records of one kind at one anchor. Words are places in the window; ``roles`` holds first and last
    words; ``exact`` and ``near`` the words that the rules reader would choose, by role."""

    word: int
    end: int
    kind: int
    type: int
    status: int
    outcome: int
    records: int
    roles: dict[int, Ranges] = field(default_factory=dict)
    exact: list[tuple[int, int]] = field(default_factory=list)
    near: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Example:
    """A window, the names of its words' features, their sentences, and its anchors."""

    doc: str
    window: Window
    features: list[list[str]]
    sentences: list[int]
    anchors: list[Anchor]
    weight: float = 1.0


def examples(doc: str, seen: Seen, tokenizer: Tokenizer, gold: list[Gold]) -> list[Example]:
    """The windows of a document with what is to be answered."""
    scene = seen.scene
    names = word_features(seen)
    hints = Hints(seen)
    found = grouped(scene, gold)
    out = []
    for window in windows(scene, tokenizer):
        # A token may stand twice, in the headline and in its own sentence: the later one is meant.
        where = {token: n for n, token in enumerate(window.words)}
        anchors = [
            _anchor(scene, where, hints, token, kind, records)
            for (token, kind), records in sorted(found.items())
            if token in where and window.core[where[token]]
        ]
        out.append(
            Example(
                doc, window, [names[k] for k in window.words], [scene.sentence_at(k) for k in window.words], anchors
            )
        )
    return out


def token_at(scene: Scene, offset: int) -> int:
    """The token that holds the character at ``offset``, or the next one."""
    k = bisect_right([t.start for t in scene.tokens], offset) - 1
    if k >= 0 and scene.tokens[k].end > offset:
        return k
    return min(k + 1, len(scene.tokens) - 1)


def grouped(scene: Scene, gold: list[Gold]) -> dict[tuple[int, int], list[Gold]]:
    """The gold records by the token of their anchor and their kind."""
    out: dict[tuple[int, int], list[Gold]] = defaultdict(list)
    for r in gold:
        at = (r.get("at") or {}).get("anchor")
        if isinstance(at, int):
            out[(token_at(scene, at), KINDS.index(r["kind"]))].append(r)
    return out


def spans_of(r: Gold) -> list[tuple[str, int, str]]:
    """The roles of a record: name, offset and words."""
    at = r.get("at") or {}
    out = [(f, at[f], r[f]) for f in ("actor", "target", "place", "time", "cue") if r[f] and isinstance(at.get(f), int)]
    for name, items in (("weapon", "weapons"), ("source", "source"), ("number", "numbers")):
        places = at.get(items)
        if not isinstance(places, list) or len(places) != len(r[items]):
            continue
        for n, (value, offset) in enumerate(zip(r[items], places, strict=True)):
            if not isinstance(offset, int):
                continue
            if name == "source":
                out.append(("origin" if n == len(places) - 1 else "outer", offset, value))
            elif name == "number":
                out.append((value["of"] if value["of"] in NUMBERS else "other", offset, value["text"]))
            else:
                out.append((name, offset, value))
    return out


def _anchor(scene: Scene, where: dict[int, int], hints: Hints, token: int, kind: int, records: list[Gold]) -> Anchor:
    def most(values: list[str], of: tuple[str, ...]) -> int:
        return of.index(Counter(values).most_common(1)[0][0])

    end = token_at(scene, records[0]["at"]["anchor"] + len(records[0]["anchor"]) - 1)
    out = Anchor(
        where[token],
        where.get(end, where[token]),
        kind,
        most([r["type"] for r in records], TYPES),
        most([r["status"] for r in records], STATUSES),
        most([r["outcome"] or "" for r in records], OUTCOMES),
        len(records),
    )
    roles: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for r in records:
        for role, offset, words in spans_of(r):
            first, last = token_at(scene, offset), token_at(scene, offset + len(words) - 1)
            if first in where:
                roles[ROLES.index(role)].add((where[first], where.get(last, where[first])))
    out.roles = {role: sorted(ranges) for role, ranges in roles.items()}
    exact, near = hints.at(token)
    out.exact = [(ROLES.index(role), where[k]) for role, k in exact if k in where]
    out.near = [(ROLES.index(role), where[k]) for role, k in near if k in where]
    return out
