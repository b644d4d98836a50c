"""The gold sets: the whole pipeline against records that annotators made.

python -m benchmarks.gold dev                              figures, with a trivial baseline beside them
python -m benchmarks.gold train --sample 100               the same on a seeded sample of the training set
python -m benchmarks.gold train --errors --limit 20        what went wrong (training sets only)
    [--only event] [--type strike.rocket] [--field place] [--seed 1] [--summary]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import baseline, errors
from benchmarks.common import OUT, Row, Run, corpus_hash, finish, module, predict, rows, shared, table
from tawatur.errors import TawaturError
from tawatur.evaluate import HEADLINES, evaluate, read_gold

MEASURED = ("dev", "dev-posts", "chains-dev", "natural-dev", "english-dev")
TRAINING = ("train", "english-train")


def files(name: str) -> tuple[Path, Path]:
    """The gold and the documents of a set."""
    return shared("gold", f"{name}.json"), shared("gold", f"{name}.documents.jsonl")


def load(name: str) -> tuple[list[Row], list[Row]]:
    """Gold and documents of a set."""
    gold, documents = files(name)
    return [dict(d) for d in read_gold(gold)], list(rows(documents))


def measure(name: str, gold: Sequence[Row], run: Run) -> dict[str, Any]:
    """The shared scorer's figures for a run. Our own scorer must give the same ones."""
    scorer = module(shared("gold", "score.py"))
    path = run.write(OUT / f"{name}.jsonl")
    by_doc: dict[str, list[Row]] = {}
    for record in scorer.read(path):
        by_doc.setdefault(str(record["doc"]), []).append(record)
    figures: dict[str, Any] = scorer.score(gold, by_doc)
    if figures != evaluate(gold, run.records):
        raise TawaturError(f"{name}: tawatur.evaluate and the shared score.py disagree", f"compare them on {path}")
    return figures


def report(name: str, figures: dict[str, Any], other: dict[str, Any], documents: int, run: Run) -> str:
    """The tables of one set in Markdown."""
    body = []
    for label, result in [*((k, figures["records"]) for k in figures["records"]), ("baseline, all", other["records"])]:
        row = result["all" if label.startswith("baseline") else label]
        cells: list[object] = [label, row["found"]["gold"], row["found"]["predicted"]]
        for headline in HEADLINES:
            h = row[headline]
            interval = f" ± {h['±']:.2f}" if "±" in h else ""
            cells += [h["p"], h["r"], f"{h['f1']:.2f}{interval}"]
        body.append(cells)
    head = ["kind", "gold", "predicted"] + [f"{h} {x}" for h in HEADLINES for x in ("P", "R", "F1")]
    fields, quiet = figures["fields"], figures["quiet"]
    shares = table(
        ["field, where given", *fields],
        [["agree", *[v["share"] for v in fields.values()]], ["of", *[v["of"] for v in fields.values()]]],
    )
    lines = [
        f"**{name}**: {documents} documents, corpus `{corpus_hash(files(name))}`, {run.speed:.0f} documents a second.",
        table(head, body),
        shares,
    ]
    if quiet["documents"]:
        lines.append(f"Documents without records: {quiet['documents']}; records predicted on them: {quiet['records']}.")
    return "\n\n".join(lines)


def section(name: str, sample: int = 0, seed: int = 0) -> str:
    """Runs one set and gives its tables; ``sample`` documents of it, or all (0)."""
    gold, documents = load(name)
    if sample and sample < len(documents):
        documents = random.Random(seed).sample(documents, sample)
        ids = {str(d["id"]) for d in documents}
        gold = [d for d in gold if str(d["doc"]) in ids]
    run = predict(documents)
    plain = Run({str(d["id"]): baseline.strikes(d) for d in documents})
    return report(name, measure(name, gold, run), measure(f"{name}.baseline", gold, plain), len(documents), run)


def reviews(name: str, limit: int, seed: int) -> list[errors.Review]:
    """What went wrong on ``limit`` documents of a training set; :class:`TawaturError` for a set that is measured on."""
    if name not in TRAINING:
        raise TawaturError(f"{name} is a set to measure on", f"errors are listed for {' and '.join(TRAINING)} only")
    gold, documents = load(name)
    records = {str(d["doc"]): d["records"] for d in gold}
    sample = random.Random(seed).sample(documents, min(limit, len(documents)))
    run = predict(sample)
    return [errors.review(d, records.get(str(d["id"]), []), run.records[str(d["id"])]) for d in sample]


def show_errors(name: str, args: argparse.Namespace) -> None:
    """Prints the errors on a sample of a training set, as the arguments filter them."""

    def wanted(record: Row) -> bool:
        return (not args.only or record["kind"] == args.only) and (
            not args.type or record["type"].startswith(args.type)
        )

    found = reviews(name, args.limit, args.seed)
    if not args.summary:
        for one in found:
            for line in errors.listing(one, wanted, args.field):
                print(line)
    for line in errors.summary(found, wanted):
        print("\n" + line)


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gold", description="The pipeline against gold records.")
    parser.add_argument("sets", nargs="*", default=list(MEASURED), help=f"of {', '.join((*MEASURED, *TRAINING))}")
    parser.add_argument("--sample", type=int, default=0, help="this many documents, drawn by --seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--errors", action="store_true", help="list what went wrong (training sets only)")
    parser.add_argument("--limit", type=int, default=20, help="documents for --errors")
    parser.add_argument("--summary", action="store_true", help="with --errors: the counts only")
    parser.add_argument("--only", default="", help="with --errors: records of this kind")
    parser.add_argument("--type", default="", help="with --errors: records whose type begins so")
    parser.add_argument("--field", default="", choices=["", *errors.FIELDS], help="with --errors: only this field")
    args = parser.parse_args(argv)
    for name in args.sets:
        if args.errors:
            show_errors(name, args)
        else:
            print(section(name, args.sample or (100 if name in TRAINING else 0), args.seed), end="\n\n")


if __name__ == "__main__":
    finish(main)
