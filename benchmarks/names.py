"""Parties and names, measured alone: how many of the gold parties the finder sees, and persons and organisations of
ANERcorp beside a bare lookup of the catalogue's names. ``python -m benchmarks.names`` prints both tables; a part whose
data is absent is skipped with a line that says so."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

from tawatur.evaluate.values import party
from tawatur.meaning.actors import Catalogue
from tawatur.meaning.actors_phrases import known_name
from tawatur.text.tokens import tokenize

SHARED = Path(os.environ.get("TAWATUR_SHARED", Path(__file__).resolve().parents[2] / "shared"))
SETS = ("train", "dev", "dev-posts", "chains-dev", "english-train", "english-dev")
ORGANISATIONS = frozenset(("state_force", "armed_group", "outlet", "agency", "ngo", "other", "government"))


def gold(catalogue: Catalogue) -> None:
    """The share of gold actors, sources and targets that some mention agrees with, and mentions a document."""
    print(f"{'gold':<14} {'actor':>7} {'source':>7} {'target':>7} {'mentions/doc':>13}")
    for name in SETS:
        path = SHARED / "gold" / f"{name}.json"
        if not path.is_file():
            print(f"{name:<14} skipped: {path.name} is not there")
            continue
        lines = path.with_name(f"{name}.documents.jsonl").read_text(encoding="utf-8").splitlines()
        texts = {str(d["id"]): "\n".join(filter(None, (d.get("title"), d["text"]))) for d in map(json.loads, lines)}
        hit: Counter[str] = Counter()
        total: Counter[str] = Counter()
        found = documents = 0
        for entry in json.loads(path.read_text(encoding="utf-8")):
            text = texts[str(entry["doc"])]
            mentions = catalogue.find(text, tokenize(text))
            words = {text[m.start : m.end] for m in mentions} | {text[slice(*m.person)] for m in mentions if m.person}
            found, documents = found + len(mentions), documents + 1
            for record in entry["records"]:
                for field in ("actor", "source", "target"):
                    value = record[field]
                    for item in value if isinstance(value, list) else [value]:
                        if item:
                            total[field] += 1
                            hit[field] += item in words or any(party(item, w) for w in words)
        shares = " ".join(f"{hit[f] / max(total[f], 1):7.3f}" for f in ("actor", "source", "target"))
        print(f"{name:<14} {shares} {found / max(documents, 1):13.1f}")


def _sentences(path: Path) -> list[list[tuple[str, str]]]:
    out: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) == 2:
            out[-1].append((parts[0], parts[1]))
        elif out[-1]:
            out.append([])
    return [s for s in out if s]


def anercorp(catalogue: Catalogue) -> None:
    """Word-level F1 for persons and organisations: the finder, and a lookup of catalogue names."""
    path = SHARED / "data" / "anercorp" / "train.txt"
    if not path.is_file():
        print("anercorp: skipped, train.txt is not there")
        return
    counts = {(who, tag): [0, 0, 0] for who in ("finder", "lookup") for tag in ("PERS", "ORG")}
    for sentence in _sentences(path):
        text = " ".join(w for w, _ in sentence)
        tokens = tokenize(text)
        starts: dict[int, int] = {}
        at = 0
        for k, (w, _) in enumerate(sentence):
            starts |= dict.fromkeys(range(at, at + len(w)), k)
            at += len(w) + 1
        marked: dict[tuple[str, str], set[int]] = {key: set() for key in counts}
        for m in catalogue.find(text, tokens):
            if m.person is not None:
                marked["finder", "PERS"] |= {starts[c] for c in range(*m.person) if c in starts}
            elif m.head == "name" and m.kind in ORGANISATIONS and len(m.entity or "") != 2:
                marked["finder", "ORG"] |= {starts[c] for c in range(m.start, m.end) if c in starts}
        for i, t in enumerate(tokens):
            named = known_name(tokens, i, t.norm)
            if named is None:
                continue
            known = catalogue.entity(named[1])
            tag = "PERS" if named[1].startswith("p.") else "ORG"
            if tag == "PERS" or (known is not None and known.kind in ORGANISATIONS and len(known.id) != 2):
                marked["lookup", tag] |= {starts[c] for c in range(t.start, tokens[named[0] - 1].end) if c in starts}
        for (who, tag), words in marked.items():
            truth = {k for k, (_, label) in enumerate(sentence) if label.endswith(tag)}
            counts[who, tag][0] += len(truth & words)
            counts[who, tag][1] += len(words)
            counts[who, tag][2] += len(truth)
    print(f"{'anercorp':<16} {'P':>6} {'R':>6} {'F1':>6}")
    for (who, tag), (hit, predicted, true) in counts.items():
        p, r = hit / max(predicted, 1), hit / max(true, 1)
        print(f"{who + ' ' + tag:<16} {p:6.3f} {r:6.3f} {2 * p * r / max(p + r, 1e-9):6.3f}")


def main() -> None:
    catalogue = Catalogue.load()
    gold(catalogue)
    anercorp(catalogue)


if __name__ == "__main__":
    main()
