"""Figures of two parties at war, held against what one outlet's archive itemises: verdicts, and a naive count beside them.

    python -m benchmarks.checks [--store FILE]

``--store`` takes a store that holds the archive already (read as it is); else one is made of the reports up to the end of
the months asked for, in a folder that is removed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.common import corpus_hash, finish, rows, shared, table
from tawatur.collection import open_collection
from tawatur.collection.happenings import Happenings
from tawatur.collection.selecting import Stated
from tawatur.events.claim import Claim
from tawatur.events.figures import Judged, judge
from tawatur.events.scope import Item, Scope
from tawatur.meaning.places_regions import countries_of
from tawatur.sources.options import SourceOptions

SINCE, UNTIL = date(2023, 10, 1), date(2024, 1, 31)
PARTIES = ("us", "iri")
LATER = timedelta(7)
"""Reports this long after the last day are taken in: they tell of it."""
EPISODE = timedelta(2)
"""A count of so few days is held against its items one by one, not judged as a total."""


def files() -> list[Path]:
    return sorted(shared("data", "almayadeen").glob("*.jsonl"))


def fill(store: Path, collection: Path) -> None:
    """A store of the archive's reports up to the last day asked for."""
    with collection.open("w", encoding="utf-8") as out:
        for row in (row for path in files() for row in rows(path)):
            if str(row.get("published") or "")[:10] <= str(UNTIL + LATER):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    with open_collection(store) as opened:
        opened.add([(str(collection), SourceOptions(kind="rows"))])


def verdicts(happenings: Happenings) -> list[Judged]:
    """What was found about each figure of the parties in the months asked for, by its last day."""
    asked = [Stated(SINCE, UNTIL, party) for party in PARTIES]
    found = []
    for claim in happenings.claims:
        if any(stated.holds(claim) for stated in asked) and not _episode(claim):
            judged = judge(claim, happenings.items, happenings.coverage)
            if judged is not None:
                found.append(judged)
    return found


def _episode(claim: Claim) -> bool:
    first, last = claim.scope.first, claim.scope.last
    short = first is not None and last is not None and last - first <= EPISODE
    return claim.of == "attacks" and claim.tellings[0].record.kind == "aggregate" and short


def naive(items: Sequence[Item], scope: Scope) -> int:
    """Strikes in the countries on the days, whoever did them, whomever they hit: what a search by place and day counts."""
    assert scope.first is not None
    assert scope.last is not None
    return sum(
        item.first is not None and item.last is not None and item.first <= scope.last and item.last >= scope.first
        and any(t.startswith("strike") for t in item.types)
        and any(countries_of(p) & scope.countries for p in item.places)
        for item in items
    )  # fmt: skip


def within(claim: Claim, count: int) -> str:
    low, high = claim.low, claim.high
    return "agrees" if (low is None or count >= low) and (high is None or count <= high) else "differs"


def _stated(claim: Claim) -> str:
    low = int(claim.low or 0)
    return f"≥ {low}" if claim.high is None else str(low) if claim.low == claim.high else f"{low}–{int(claim.high)}"


def _row(judged: Judged, items: Sequence[Item]) -> list[object]:
    claim, span = judged.claim, judged.span
    assert span is not None
    count = naive(items, claim.scope)
    places = " ".join(sorted(claim.scope.countries)) if len(claim.scope.countries) < 5 else "the region"
    return [
        claim.records[0][:12], claim.origin.partition(":")[2], _stated(claim), places,
        f"{span.first} – {span.last}", len(span.events), len(span.corroborated), len(span.maybe),
        f"{span.covered} of {span.days}", judged.verdict, judged.reason, count, within(claim, count),
    ]  # fmt: skip


def section(store: Path) -> str:
    """The verdicts as tables."""
    with open_collection(store) as opened:
        happenings = opened.happenings
        found = verdicts(happenings)
        items = happenings.items
        spans = [j for j in found if j.span is not None and j.claim.of == "attacks"]
        tally = Counter((j.verdict, j.reason) for j in found)
        plain = Counter(within(j.claim, naive(items, j.claim.scope)) for j in spans)
        body = [_row(j, items) for j in spans]
    head = [
        "record", "by", "stated", "in", "days", "worked out", "two origins", "may be", "covered", "verdict", "reason",
        "naive", "naive says",
    ]  # fmt: skip
    counts = table(["verdict", "reason", "figures"], [[*key, n] for key, n in sorted(tally.items())])
    return "\n\n".join(
        [
            f"**almayadeen**: corpus `{corpus_hash(files())}`, figures of {' and '.join(PARTIES)} stated of or in {SINCE} to "
            f"{UNTIL}: {len(found)}, of these {len(spans)} with days, place and party.",
            table(head, body),
            counts,
            f"The naive count on the {len(spans)}: agrees {plain['agrees']}, differs {plain['differs']}.",
        ]
    )


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--store", type=Path, default=None, help="a store that holds the archive already")
    args = parser.parse_args(argv)
    if args.store is not None:
        print(section(args.store))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "checks.db"
        fill(store, Path(folder) / "reports.jsonl")
        print(section(store))


if __name__ == "__main__":
    finish(main)
