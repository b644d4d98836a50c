"""Which predicted record answers which gold record, and how far the two agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tawatur.evaluate.items import TEXT_FIELDS, Item, Numbers
from tawatur.evaluate.values import party, same, sequence

T = TypeVar("T")


def _matched(gold: Sequence[T], predicted: Sequence[T], alike: Callable[[T, T], bool]) -> float:
    """F1 over two lists, each entry matched once, first come first served."""
    if not gold and not predicted:
        return 1.0
    left, hits = list(predicted), 0
    for wanted in gold:
        for i, given in enumerate(left):
            if alike(wanted, given):
                del left[i]
                hits += 1
                break
    return 2 * hits / (len(gold) + len(predicted))


def _numbers(gold: Numbers, predicted: Numbers) -> float:
    return _matched(gold, predicted, lambda a, b: a == b)


def _chain(gold: Sequence[str], predicted: Sequence[str]) -> bool:
    return len(gold) == len(predicted) and all(map(party, gold, predicted))


def affinity(gold: Item, predicted: Item) -> float:
    """How well a predicted record fits a gold one; 0 where they cannot be the same."""
    if gold.kind != predicted.kind:
        return 0.0
    score = 0.2 + 1.5 * same(gold.anchor, predicted.anchor, 0.5)
    family = str(gold.type).split(".")[0] == str(predicted.type).split(".")[0]
    score += 1.0 * (gold.type == predicted.type) + 0.5 * family
    for name, weight in (("place", 2.0), ("target", 0.8), ("actor", 0.8)):
        if gold.texts[name]:
            score += weight * same(gold.texts[name], predicted.texts[name], 0.5)
    score += 1.0 * (gold.date is not None and gold.date == predicted.date)
    score += 1.0 * bool(gold.numbers) * _numbers(gold.numbers, predicted.numbers)
    return score if score >= 1.9 else 0.0


def agreement(gold: Item, predicted: Item) -> dict[str, float | None]:
    """Agreement of an aligned pair by field, each 0 to 1; None where neither side gives the field."""
    out: dict[str, float | None] = {}
    for name in TEXT_FIELDS:
        a, b = gold.texts[name], predicted.texts[name]
        alike = party if name == "actor" else same
        out[name] = float(alike(a, b)) if sequence(a) or sequence(b) else None
    out["type"], out["status"] = float(gold.type == predicted.type), float(gold.status == predicted.status)
    told = gold.outcome or predicted.outcome
    out["outcome"] = float(gold.outcome == predicted.outcome) if told else None
    none = (None, None)
    dated = gold.date or predicted.date
    out["date"] = float((gold.date or none) == (predicted.date or none)) if dated else None
    armed = gold.weapons or predicted.weapons
    out["weapons"] = _matched(gold.weapons, predicted.weapons, same) if armed else None
    counted = gold.numbers or predicted.numbers
    out["numbers"] = _numbers(gold.numbers, predicted.numbers) if counted else None
    a_chain, b_chain = gold.source, predicted.source
    whole = float(_chain(a_chain, b_chain)) if a_chain or b_chain else None
    out["source"] = _matched(a_chain, b_chain, party) if a_chain or b_chain else None
    out["chain"] = whole
    ends = bool(a_chain and b_chain) and party(a_chain[-1], b_chain[-1])
    out["origin"] = float(ends) if a_chain or b_chain else None
    out["hops2"] = whole if len(a_chain) > 1 else None
    out["standing"] = float(gold.standing == predicted.standing)
    if gold.kind == "statement":
        out["place"] = None
    return out


def align(gold: Sequence[Item], predicted: Sequence[Item]) -> list[tuple[int, int]]:
    """Pairs of indices into ``gold`` and ``predicted``, one to one, best first; equals in order of what else agrees."""
    ranked = []
    for i, wanted in enumerate(gold):
        for j, given in enumerate(predicted):
            if fit := affinity(wanted, given):
                ranked.append((-fit, -sum(v or 0 for v in agreement(wanted, given).values()), i, j))
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(ranked):
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            pairs.append((i, j))
    return pairs
