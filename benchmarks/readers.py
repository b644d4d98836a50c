"""The readers side by side on the gold sets: how good, how sure the difference is, how fast, and what goes wrong.

python -m benchmarks.readers                                         rules and learned on all sets
python -m benchmarks.readers --readers rules,learned,crf --predicted crf=records.jsonl --sets dev,natural-dev
python -m benchmarks.readers --errors rules                          the error table of another than the last reader
python -m benchmarks.readers --write                                 and the tables put into docs/benchmarks.md

A reader that is not in the package is measured by its records (``--predicted NAME=FILE``, lines as ``tawatur extract
--format jsonl`` writes them). What is not on this machine, a set or a reader, is told in one line and left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks import errors, gold
from benchmarks.__main__ import put
from benchmarks.common import DataMissing, Row, Run, corpus_hash, finish, predict, table
from tawatur.errors import InputError, TawaturError
from tawatur.evaluate import HEADLINES, aligned, differences, error_table, evaluate, read_predicted

READERS = ("rules", "learned")
ARABIC = ("dev", "dev-posts", "chains-dev", "natural-dev")
ALL_ARABIC = "all Arabic"


@dataclass(frozen=True, slots=True)
class Measured:
    """A set (or several as one) and what each reader, by name, made of it."""

    name: str
    gold: Sequence[Row]
    runs: Mapping[str, Run]
    corpus: str = ""


def told(line: str) -> None:
    """A line on what is left out, on standard error: it is no part of the tables."""
    print(f"left out: {line}", file=sys.stderr)


def loaded(names: Sequence[str]) -> dict[str, tuple[list[Row], list[Row], str]]:
    """Gold, documents and corpus hash of the sets that are here."""
    out = {}
    for name in names:
        try:
            out[name] = (*gold.load(name), corpus_hash(gold.files(name)))
        except DataMissing as missing:
            told(f"{name}: {missing} ({missing.hint})")
    if not out:
        raise DataMissing("none of the sets is here", "set TAWATUR_SHARED to the folder that holds gold/")
    return out


def files_of(given: Sequence[str]) -> dict[str, dict[str, list[Row]]]:
    """Records by reader and document of ``NAME=FILE`` arguments; a name may be given several files."""
    out: dict[str, dict[str, list[Row]]] = {}
    for argument in given:
        name, equals, path = argument.partition("=")
        if not (name and equals and path):
            raise InputError(f"--predicted {argument!r} names no reader and file", "write it as crf=records.jsonl")
        records = out.setdefault(name, {})
        for doc, rows in read_predicted(Path(path)).items():
            records.setdefault(doc, []).extend(dict(row) for row in rows)
    return out


def measure(
    readers: Sequence[str], sets: Sequence[str], files: Mapping[str, Mapping[str, list[Row]]]
) -> list[Measured]:
    """Every reader on every set that is here; after them, where there are several, the Arabic sets as one."""
    from tawatur import pipeline

    data = loaded(sets)
    runs: dict[str, dict[str, Run]] = {name: {} for name in data}
    for name in dict.fromkeys((*readers, *files)):
        if name in files:
            for set_, (truth, _, _) in data.items():
                ids = {str(entry["doc"]) for entry in truth}
                records = {doc: rows for doc, rows in files[name].items() if doc in ids}
                if records:
                    runs[set_][name] = Run(records)
                else:
                    told(f"{name}: no records on {set_}")
            continue
        try:
            reads = pipeline.reader(name)
        except TawaturError as error:
            told(f"{name}: {error}")
            continue
        if reads.name != name:
            told(f"{name}: it is not in this package, {reads.name} would read in its place")
            continue
        for set_, (_, documents, _) in data.items():
            runs[set_][name] = predict(documents, reads)
    out = [Measured(name, truth, runs[name], corpus) for name, (truth, _, corpus) in data.items()]
    several = [one for one in out if one.name in ARABIC]
    return [*out, together(several)] if len(several) > 1 else out


def together(several: Sequence[Measured]) -> Measured:
    """Sets as one, for the readers that read all of them. A set's name is put before its ids, which may recur."""
    readers = [name for name in several[0].runs if all(name in one.runs for one in several)]
    truth = [{**entry, "doc": f"{one.name}/{entry['doc']}"} for one in several for entry in one.gold]
    runs = {}
    for name in readers:
        records = {f"{one.name}/{doc}": rows for one in several for doc, rows in one.runs[name].records.items()}
        runs[name] = Run(records, sum(one.runs[name].seconds for one in several))
    return Measured(ALL_ARABIC, truth, runs)


def scores(measured: Sequence[Measured]) -> str:
    """Reader by set: the headlines, chains of two links and more, what stayed quiet, and the speed."""
    body: list[list[object]] = []
    for one in measured:
        for name, run in one.runs.items():
            figures = evaluate(one.gold, run.records)
            row = figures["records"]["all"]
            quiet, hops2 = figures["quiet"], figures["fields"].get("hops2")
            body.append(
                [
                    one.name,
                    name,
                    row["found"]["gold"],
                    row["found"]["predicted"],
                    *[f"{row[h]['f1']:.3f} ± {row[h]['±']:.2f}" for h in HEADLINES],
                    f"{hops2['share']:.2f} of {hops2['of']}" if hops2 else None,
                    f"{quiet['records']} in {quiet['documents']}" if quiet["documents"] else None,
                    round(run.speed) if run.seconds else None,
                ]
            )
    head = [
        "set",
        "reader",
        "gold",
        "predicted",
        *HEADLINES,
        "hops2",
        "on quiet documents",
        "documents a second",
    ]
    return table(head, body)


def against(measured: Sequence[Measured]) -> str:
    """Each reader against each before it: differences in F1, 95 % of paired draws, and how often it is not better."""
    body = []
    for one in measured:
        for other, name in combinations(one.runs, 2):
            found = differences(one.gold, one.runs[name].records, one.runs[other].records)
            cells = [one.name, f"{name} − {other}"]
            for d in found.values():
                cells += [f"{d.difference:+.3f} ({d.low:+.3f} to {d.high:+.3f})", f"{100 * d.not_better:.1f} %"]
            body.append(cells)
    head = ["set", "difference in F1", *[x for h in HEADLINES for x in (h, "not better in")]]
    return table(head, body) if body else ""


def what_fails(measured: Sequence[Measured], reader: str = "") -> Iterator[str]:
    """The error table of one reader ("" for the last of the package that is here) on the Arabic sets as one, or else on
    the last set."""
    one = measured[-1]
    reader = reader or next((name for name, run in reversed(list(one.runs.items())) if run.seconds), "")
    if reader not in one.runs:
        told(f"the error table: {reader or 'no reader of the package'} has not read {one.name}")
        return
    found = error_table(aligned(one.gold, one.runs[reader].records))
    yield f"What the reader `{reader}` gets wrong, on {one.name}:"
    yield from errors.tables(found)


def sections(measured: Sequence[Measured], reader: str) -> str:
    """All tables in Markdown; the error table is that of ``reader``."""
    corpora = [f"{one.name} ({len(one.gold)} documents, corpus `{one.corpus}`)" for one in measured if one.corpus]
    lines = [f"Sets: {', '.join(corpora)}.", scores(measured), against(measured), *what_fails(measured, reader)]
    return "\n\n".join(filter(None, lines))


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that say what is measured, shared with ``benchmarks.calibration``."""
    parser.add_argument("--readers", type=_names, default=list(READERS), metavar="NAMES", help="of the package")
    parser.add_argument("--sets", type=_names, default=list(gold.MEASURED), metavar="NAMES", help="gold sets")
    parser.add_argument(
        "--predicted", action="append", default=[], metavar="NAME=FILE", help="a reader known by its records"
    )
    parser.add_argument("--write", action="store_true", help="put what is printed into docs/benchmarks.md")


def _names(given: str) -> list[str]:
    return [name for name in given.split(",") if name]


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=(__doc__ or "").splitlines()[0])
    arguments(parser)
    parser.add_argument(
        "--errors", default="", metavar="NAME", help="whose errors are counted (else the last reader's)"
    )
    args = parser.parse_args(argv)
    files = files_of(args.predicted)
    tables = sections(measure([r for r in args.readers if r not in files], args.sets, files), args.errors)
    print(tables)
    if args.write:
        put("readers", tables)


if __name__ == "__main__":
    finish(main)
