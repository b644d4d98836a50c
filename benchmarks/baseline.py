"""What no reading at all would give: the baselines that stand beside our figures."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from benchmarks.common import Row, shared
from tawatur.text.normal import fold
from tawatur.text.tokens import Token, stems, tokenize

STRIKE = frozenset(
    fold(word)
    for word in (
        "قصف قصفت استهداف استهدف استهدفت هجوم غارة غارات ضربة ضربات انفجار تفجير "
        "strike strikes attack attacked attacks shelling shelled bombed raid raids explosion"
    ).split()
)
_SENTENCE = re.compile(r"[^.!?؟\n]+")
Names = dict[tuple[str, ...], Row]


@lru_cache(maxsize=1)
def gazetteer() -> Names:
    """Every name of the shared gazetteer, folded into words."""
    names: Names = {}
    for file in ("places.csv", "admin.csv"):
        with shared("data", "gazetteer", file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in ("name_ar", "name_en"):
                    key = tuple(t.norm for t in tokenize(row.get(column) or ""))
                    if key:
                        names.setdefault(key, row)
    return names


def longest(tokens: list[Token], names: Names, most: int = 4) -> list[tuple[int, int, Row]]:
    """The names that stand in a text: leftmost, then longest; ``(first token, last token + 1, row)``."""
    out, i = [], 0
    while i < len(tokens):
        step = 1
        for n in range(min(most, len(tokens) - i), 0, -1):
            rest = tuple(t.norm for t in tokens[i + 1 : i + n])
            row = next((names[k] for s, _ in stems(tokens[i].norm) if (k := (s, *rest)) in names), None)
            if row is not None and (n > 1 or len(tokens[i].norm) > 2):
                out.append((i, i + n, row))
                step = n
                break
        i += step
    return out


def strikes(document: Row) -> list[Row]:
    """One strike of no told kind for every sentence that holds a word of attack and a name of the gazetteer
    (the longest), on the day of publication, in the publisher's own voice."""
    title = document.get("title") or ""
    text = f"{title}\n{document['text']}" if title else document["text"]
    day = (document.get("published") or "")[:10]
    out = []
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        tokens = tokenize(words)
        anchor = next((t for t in tokens if any(s in STRIKE for s, _ in stems(t.norm))), None)
        places = longest(tokens, gazetteer()) if anchor else []
        if anchor and places:
            first, last, _ = max(places, key=lambda p: (p[1] - p[0], tokens[p[1] - 1].end - tokens[p[0]].start))
            out.append(
                {
                    "doc": str(document["id"]),
                    "kind": "event",
                    "type": "strike.unspecified",
                    "status": "happened",
                    "anchor": words[anchor.start : anchor.end],
                    "place": words[tokens[first].start : tokens[last - 1].end],
                    "date": [day, day] if day else None,
                    "numbers": [],
                    "source": [],
                }
            )
    return out
