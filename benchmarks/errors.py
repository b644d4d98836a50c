"""What a reader gets wrong: as numbers on any set, and with its words on the training set, to find what to mend. The
sets that are measured on stay unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.common import Row, table
from tawatur.evaluate import ErrorTable, Item, agreement, align, item
from tawatur.evaluate.errors import FIELDS as COUNTED
from tawatur.evaluate.errors import WAYS, way

FIELDS = (
    "type",
    "status",
    "actor",
    "target",
    "place",
    "date",
    "weapons",
    "numbers",
    "outcome",
    "source",
    "standing",
    "cue",
)


@dataclass(slots=True)
class Review:
    """One document: pairs that met, gold that was missed, predictions that were made up."""

    doc: Row
    pairs: list[tuple[Row, Row, dict[str, float | None]]] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    made_up: list[Row] = field(default_factory=list)


def review(doc: Row, gold: Sequence[Row], predicted: Sequence[Row]) -> Review:
    """Aligns the records of one document as the scorer does."""
    key = str(doc["id"])
    a, b = [item(r, key) for r in gold], [item(r, key) for r in predicted]
    pairs = align(a, b)
    met_gold, met_predicted = {i for i, _ in pairs}, {j for _, j in pairs}
    return Review(
        doc,
        [(gold[i], predicted[j], agreement(a[i], b[j])) for i, j in pairs],
        [r for i, r in enumerate(gold) if i not in met_gold],
        [r for j, r in enumerate(predicted) if j not in met_predicted],
    )


def listing(one: Review, wanted: Callable[[Row], bool], only_field: str = "") -> Iterator[str]:
    """The lines that show one document's errors; ``wanted`` filters records, ``only_field`` the differing fields."""
    lines = []
    text = (one.doc.get("title") or "") + "\n" + one.doc["text"] if one.doc.get("title") else one.doc["text"]
    if not only_field:
        lines += [f"  MISSED   {_brief(r)}\n           … {_around(text, r)}" for r in one.missed if wanted(r)]
        lines += [f"  MADE UP  {_brief(r)}\n           … {_around(text, r)}" for r in one.made_up if wanted(r)]
    for gold, given, agreed in one.pairs:
        wrong = [f for f in FIELDS if agreed[f] is not None and agreed[f] != 1 and only_field in ("", f)]
        if wrong and wanted(gold):
            lines.append(f"  DIFFERS  {_brief(gold)}\n           … {_around(text, gold)}")
            lines += [f"           {f}: gold {_value(gold, f)}  ≠  {_value(given, f)}" for f in wrong]
    if lines:
        yield f"== {one.doc['id']} published {one.doc.get('published')} · {one.doc.get('title') or ''}"
        yield from lines


def summary(reviews: Sequence[Review], wanted: Callable[[Row], bool], top: int = 25) -> Iterator[str]:
    """Counts over documents: types met, missed and made up; confusions; fields by how they fail; frequent anchors."""
    met: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    made_up: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    fails: dict[str, Counter[str]] = {f: Counter() for f in COUNTED}
    words: dict[str, Counter[str]] = {"missed": Counter(), "made up": Counter()}
    for one in reviews:
        for gold, given, agreed in one.pairs:
            if not wanted(gold):
                continue
            met[_kind(gold)] += 1
            if gold["type"] != given["type"]:
                confused[gold["type"], given["type"]] += 1
            for f in COUNTED:
                if (value := agreed[f]) is not None:
                    fails[f][way(item(gold, ""), item(given, ""), f, value)] += 1
        for name, records, counts in (("missed", one.missed, missed), ("made up", one.made_up, made_up)):
            for r in filter(wanted, records):
                counts[_kind(r)] += 1
                words[name][f"{_text(r['anchor'])} ({r['type']})"] += 1
    kinds = sorted({*met, *missed, *made_up}, key=lambda k: -missed[k] - made_up[k])
    yield table(["kind and type", "met", "missed", "made up"], [[k, met[k], missed[k], made_up[k]] for k in kinds])
    yield table(["gold type", "read as", "times"], [[a, b, n] for (a, b), n in confused.most_common(top)])
    yield _fields(fails)
    for name, counts in words.items():
        yield f"frequent anchors {name}: " + " · ".join(f"{w} {n}" for w, n in counts.most_common(2 * top))


def tables(found: ErrorTable, top: int = 10) -> Iterator[str]:
    """The error table in Markdown: what is missed, what is made up, how fields fail, confusions of types; of each group
    the ``top`` ones, and the others together."""
    for title, groups in (("missed", found.missed), ("made up", found.made_up)):
        rows: list[list[object]] = []
        for group, values in groups.items():
            counts = list(values.items())
            rows += [[group, value, n, of] for value, (n, of) in counts[:top]]
            if rest := counts[top:]:
                rows.append(
                    [group, f"{len(rest)} others", sum(n for _, (n, _) in rest), sum(of for _, (_, of) in rest)]
                )
        yield table([f"{title}, by", "", "records", "of"], rows)
    yield _fields(found.fields)
    if found.confused:
        yield table(["gold type", "read as", "times"], [list(row) for row in found.confused[:top]])


def _fields(fails: Mapping[str, Mapping[str, int]]) -> str:
    return table(["field of those found", *WAYS], [[f, *[ways.get(w, 0) for w in WAYS]] for f, ways in fails.items()])


def _kind(record: Row) -> str:
    return f"{record['kind']} {record['type']}"


def _text(value: object) -> str:
    return str(value.get("text") or "") if isinstance(value, dict) else str(value or "")


def _value(record: Row, name: str) -> str:
    if name == "standing":
        one: Item = item(record, "")
        return one.standing
    value = record.get(name)
    if name == "numbers":
        return ", ".join(f"{n['of']} {n['low']}–{n['high']} ({n.get('text')})" for n in value or []) or "∅"
    if name == "date":
        return f"{value} ({_text(record.get('time'))})" if value or record.get("time") else "∅"
    if isinstance(value, list):
        return " ← ".join(map(_text, value)) or "∅"
    return _text(value) or "∅"


def _brief(record: Row) -> str:
    shown = [
        f"{f}={_value(record, f)}" for f in ("actor", "target", "place", "date", "numbers", "source") if record.get(f)
    ]
    return f"{_kind(record)} {record['status']} [{_text(record['anchor'])}] " + " ".join(shown)


def _around(text: str, record: Row, reach: int = 110) -> str:
    """The words around a record's anchor, on one line."""
    at = record["anchor"].get("start") if isinstance(record["anchor"], dict) else record.get("at", {}).get("anchor")
    if at is None:
        at = max(0, text.find(_text(record["anchor"])))
    return " ".join(text[max(0, at - reach) : at + reach].replace("\n", " ⏎ ").split())
