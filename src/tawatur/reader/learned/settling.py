"""How far the network's answers are trusted beside the choices of the rules reader.

A network that has learned its training documents by heart trusts itself too much there. So a few weights were fitted
on answers about documents that the network had not seen (``training/settle.py``): what each score counts, and what the
rules' choice of the same answer adds to it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tawatur.errors import TawaturError
from tawatur.reader.learned.answers import Array
from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import KINDS, OUTCOMES, TYPES

HEARD = ("keep", "draft.", "said", "speech.", "paragraph", "part.", "quoted", "title")
"""How the names of those features of a word begin that speak for or against its being an anchor."""


def heard(names: Iterable[str]) -> list[str]:
    """Those of a word's features that speak for or against its being an anchor."""
    return [n for n in names if n.startswith(HEARD)]


@dataclass(frozen=True, slots=True)
class Anchors:
    """For one kind: what the network's score counts, and what each feature adds."""

    scale: float
    bias: float
    names: Mapping[str, float]

    def chance(self, score: float, names: Iterable[str]) -> float:
        """How probable a record of the kind at a word is."""
        value = self.scale * score + self.bias + sum(self.names.get(n, 0.0) for n in heard(names))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@dataclass(frozen=True, slots=True)
class Settling:
    """``anchors`` by kind; ``types`` and ``outcomes``: what a feature with the name of the answer adds (``type.``,
    ``trigger.``, ``speech.``, ``outcome.``) to a score; ``roles`` [roles, 5]: what a score counts, and what is added
    where the rules choose the word for the telling (1), for one beside it (2), for both (3), and to "none" (4)."""

    anchors: Mapping[str, Anchors]
    types: Mapping[str, float]
    outcomes: Mapping[str, float]
    roles: Array

    def type(self, scores: Array, names: Sequence[str]) -> Array:
        return _added(scores, names, TYPES, self.types)

    def outcome(self, scores: Array, names: Sequence[str]) -> Array:
        return _added(scores, names, OUTCOMES, self.outcomes)

    def role(self, scores: Array, hint: Array) -> Array:
        """``scores`` [n, roles, words + 1] settled, ``hint`` [n, roles, words]."""
        out = scores * self.roles[None, :, :1]
        added = np.concatenate([np.zeros((len(ROLES), 1)), self.roles[:, 1:4]], axis=1)
        out[..., :-1] += added[np.arange(len(ROLES))[None, :, None], hint]
        out[..., -1] += self.roles[None, :, 4]
        return np.asarray(out)


def _added(scores: Array, names: Sequence[str], answers: Sequence[str], weights: Mapping[str, float]) -> Array:
    out = scores * weights["scale"]
    for name in names:
        begin, _, answer = name.partition(".")
        if begin in weights and answer in answers:
            out[answers.index(answer)] += weights[begin]
    return np.asarray(out)


def load(path: Path) -> Settling:
    """The weights of a file; :class:`TawaturError` where it cannot be read."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Settling(
            {kind: Anchors(**table["anchors"][kind]) for kind in KINDS},
            table["types"],
            table["outcomes"],
            np.array([table["roles"][role] for role in ROLES]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TawaturError(f"{path} cannot be read ({error})", "run make model") from error
