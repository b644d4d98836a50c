"""How well records agree with a gold set of your own: the scorer behind the figures in ``docs/benchmarks.md``.

Gold is ``[{"doc": ID, "records": [...]}]``; predictions are records as ``tawatur extract --format jsonl`` writes them
(a text field may be a plain string, null, or an object with ``text``). Records are aligned one to one inside a
document, best pair first. *found*: a gold record has an aligned prediction of its kind; *exact*: kind, type, status,
place and date agree too; *sourced*: kind, type, place, date, actor and the whole chain of who says so. Fields are
measured over the aligned pairs in which either side gives them, so always leaving one empty scores nothing.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from tawatur.errors import InputError

Row = Mapping[str, Any]
T = TypeVar("T")
Numbers = tuple[tuple[str, float | None, float | None], ...]

TEXT_FIELDS = ("actor", "target", "place", "time", "cue")
HEADLINES = {
    "found": (),
    "exact": ("type", "status", "place", "date"),
    "sourced": ("type", "place", "date", "actor", "chain"),
}
_INVISIBLE = re.compile(r"[\u0640\u064b-\u065f\u0670\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_LETTERS = str.maketrans("أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩", "اااايهوي0123456789")
_WORD = re.compile(r"[\u0600-\u06ff]+|[^\W_\u0600-\u06ff]+")
_PROCLITIC = re.compile(r"^[وفبكل]{0,2}ال(?=\w{2})|^لل(?=\w{2})|^[وبل](?=\w{4})")
_ARTICLES = frozenset(("the", "a", "an"))


@lru_cache(maxsize=1 << 16)
def sequence(text: str) -> tuple[str, ...]:
    """The comparable words of a value in order: one letter form, no diacritics, no article and no proclitics."""
    plain = _INVISIBLE.sub("", text).lower().translate(_LETTERS)
    return tuple(_PROCLITIC.sub("", word) for word in _WORD.findall(plain) if word not in _ARTICLES)


def same(a: str, b: str, least: float = 0.6) -> bool:
    """Two values name the same thing: enough of their words are shared. Two empty values agree."""
    first, second = set(sequence(a)), set(sequence(b))
    if not first or not second:
        return not first and not second
    return 2 * len(first & second) / (len(first) + len(second)) >= least


def party(a: str, b: str) -> bool:
    """The same party, also where one side gives the name with its role ("spokesman John Kirby", "Kirby")."""
    if same(a, b):
        return True
    short, long = sorted((sequence(a), sequence(b)), key=len)
    if not short or len(long) > 9 or not set(short) <= set(long):
        return False
    return len(short) > 1 or short[-1] == long[-1]


@dataclass(frozen=True, slots=True)
class Item:
    """A record in comparable shape. ``faults`` names the fields that were out of shape and count as empty."""

    doc: str
    kind: str | None
    type: str | None
    status: str | None
    outcome: str | None
    anchor: str
    texts: Mapping[str, str]
    date: tuple[str | None, str | None] | None
    weapons: tuple[str, ...]
    source: tuple[str, ...]
    numbers: Numbers
    faults: tuple[str, ...] = field(default=(), compare=False)

    @property
    def standing(self) -> str:
        if not self.source:
            return "own_voice"
        origin, actor = self.source[-1], self.texts["actor"]
        return "claimed" if actor and (party(origin, actor) or same(origin, actor, 0.5)) else "attributed"


def item(row: Row, doc: str | None = None) -> Item:
    """``row`` in comparable shape; ``doc`` where the row does not say it itself."""
    faults: list[str] = []

    def keep(name: str, read: Callable[[Any], Any], empty: Any = None) -> Any:
        value = row.get(name)
        if value is None:
            return empty
        try:
            return read(value)
        except (TypeError, ValueError):
            faults.append(name)
            return empty

    def each(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def many(value: Any) -> tuple[Any, ...]:
            if not isinstance(value, list):
                raise TypeError
            return tuple(map(read, value))

        return many

    return Item(
        doc=str(row["doc"]) if doc is None else doc,
        kind=keep("kind", _string),
        type=keep("type", _string),
        status=keep("status", _string),
        outcome=keep("outcome", _string) or None,
        anchor=keep("anchor", _text, ""),
        texts={name: keep(name, _text, "") for name in TEXT_FIELDS},
        date=keep("date", _days),
        weapons=keep("weapons", each(_text), ()),
        source=keep("source", each(_text), ()),
        numbers=keep("numbers", each(_number), ()),
        faults=tuple(faults),
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("text")
        return "" if value is None else _string(value)
    return _string(value)


def _days(value: Any) -> tuple[str | None, str | None] | None:
    if not isinstance(value, list) or len(value) not in (0, 2):
        raise TypeError
    for day in value:
        if day is not None and (len(_string(day)) != 10 or not date.fromisoformat(day)):
            raise ValueError
    return (value[0], value[1]) if value else None


def _number(value: Any) -> tuple[str, float | None, float | None]:
    if not isinstance(value, Mapping):
        raise TypeError
    bounds = [value.get("low"), value.get("high")]
    for bound in bounds:
        if bound is not None and (isinstance(bound, bool) or not math.isfinite(bound)):
            raise ValueError
    of = value.get("of")
    return "other" if of == "sites" else of, bounds[0], bounds[1]  # type: ignore[return-value]


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


@dataclass(slots=True)
class Tally:
    """Counts over documents, of one kind or of all."""

    gold: int = 0
    predicted: int = 0
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HEADLINES, 0))

    def add(self, other: Tally) -> None:
        self.gold += other.gold
        self.predicted += other.predicted
        for name, n in other.hits.items():
            self.hits[name] += n

    def f1(self, name: str) -> float:
        both = self.gold + self.predicted
        return 2 * self.hits[name] / both if both else 0.0

    def row(self, name: str) -> dict[str, float | None]:
        precision = self.hits[name] / self.predicted if self.predicted else 0.0
        recall = self.hits[name] / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "p": round(precision, 3),
            "r": round(recall, 3),
            "f1": round(f1, 3),
            "gold": self.gold,
            "predicted": self.predicted,
        }


def _half_interval(tallies: Sequence[Tally], name: str, draws: Sequence[Sequence[int]]) -> float | None:
    values = []
    for draw in draws:
        total = Tally()
        for i in draw:
            total.gold += tallies[i].gold
            total.predicted += tallies[i].predicted
            total.hits[name] += tallies[i].hits[name]
        values.append(total.f1(name))
    values.sort()
    if not values:
        return None
    return round((values[int(0.975 * len(values))] - values[int(0.025 * len(values))]) / 2, 3)


def evaluate(
    gold: Sequence[Row], predicted: Mapping[str, Sequence[Row]], rounds: int = 1000
) -> dict[str, dict[str, Any]]:
    """Scores of ``predicted`` (rows by document id) against ``gold`` (documents with their records).

    Gives ``records`` (kind, and ``all``: found, exact, sourced as P/R/F1; ``±`` is half of a 95 % interval from
    ``rounds`` resamplings of documents), ``fields`` (share that agrees, of how many) and ``quiet`` (records predicted
    on documents that have none).
    """
    documents: list[dict[str | None, Tally]] = []
    fields: dict[str, list[float]] = defaultdict(list)
    quiet = {"documents": 0, "records": 0}
    for entry in gold:
        doc = str(entry["doc"])
        wanted = [item(row, doc) for row in entry["records"]]
        given = [item(row, doc) for row in predicted.get(doc, ())]
        tallies: dict[str | None, Tally] = defaultdict(Tally)
        for one in wanted:
            tallies[one.kind].gold += 1
        for one in given:
            tallies[one.kind].predicted += 1
        if not wanted:
            quiet["documents"] += 1
            quiet["records"] += len(given)
        pairs = align(wanted, given)
        met = {i for i, _ in pairs}
        fields["hops2"] += [0.0 for i, one in enumerate(wanted) if len(one.source) > 1 and i not in met]
        for i, j in pairs:
            agreed = agreement(wanted[i], given[j])
            for name, needed in HEADLINES.items():
                tallies[wanted[i].kind].hits[name] += all(agreed[f] in (None, 1) for f in needed)
            for name, value in agreed.items():
                if value is not None:
                    fields[name].append(value)
        documents.append(tallies)
    return {
        "records": _records(documents, rounds),
        "fields": {f: {"share": round(sum(v) / len(v), 3), "of": len(v)} for f, v in sorted(fields.items()) if v},
        "quiet": quiet,
    }


def _records(documents: Sequence[Mapping[str | None, Tally]], rounds: int) -> dict[str, dict[str, Any]]:
    by_kind: dict[str | None, Tally] = defaultdict(Tally)
    sums = []
    for tallies in documents:
        whole = Tally()
        for kind, tally in tallies.items():
            by_kind[kind].add(tally)
            whole.add(tally)
        sums.append(whole)
    table = {kind: {name: by_kind[kind].row(name) for name in HEADLINES} for kind in sorted(filter(None, by_kind))}
    everything = Tally()
    for whole in sums:
        everything.add(whole)
    table["all"] = {name: everything.row(name) for name in HEADLINES}
    rng = random.Random(0)  # seeded: the same predictions give the same interval
    draws = [rng.choices(range(len(sums)), k=len(sums)) for _ in range(rounds)] if sums else []
    for name in HEADLINES:
        table["all"][name]["±"] = _half_interval(sums, name, draws)
    return table


def read_gold(path: Path) -> list[Row]:
    """The gold documents of a JSON file; :class:`InputError` where it is not of that shape."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a gold file ({error})") from error
    if not isinstance(content, list) or not all(
        isinstance(d, dict) and {"doc", "records"} <= d.keys() for d in content
    ):
        raise InputError(f"{path}: not a gold file", 'expected a list of {"doc": …, "records": […]}')
    return content


def read_predicted(lines: Iterable[str]) -> dict[str, list[Row]]:
    """Predicted rows by document id; lines that are no record are left out."""
    out: dict[str, list[Row]] = defaultdict(list)
    for line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and row.get("doc") is not None:
            out[str(row["doc"])].append(row)
    return dict(out)
