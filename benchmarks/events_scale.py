"""How the work of events grows: 100,000 and 1,000,000 made-up records of one year at real places of the gazetteer.

    python -m benchmarks.events_scale                    the tables
    python -m benchmarks.events_scale --one N            the whole way of N records, in this process
    python -m benchmarks.events_scale --skewed N SKEW    from rows of facets on, with places that are struck unevenly

The whole way goes from records to events: facets are made of whole records, a chunk at a time, then pairs and clusters.
Making the records is not counted. The small size is measured before and after the large one, each in a process of its
own, so that its memory can be told; times are of the processor. Both sizes have the same year and the same places, so that in
the large one ten times as many records meet by chance. Wanted: time per record grows not over 1.3 times, one new
document is placed in under 50 ms, memory stays under 2 GB.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.common import ROOT, finish, table
from benchmarks.events_made import drawn, gazetteer, rows, tolds
from tawatur.events.book import Register
from tawatur.events.facets import Facets, facets
from tawatur.events.memory import MemoryBook

SMALL, LARGE = 100_000, 1_000_000
SKEWS = (0.6, 0.8)
PLACED = 40
"""Documents that are placed one by one."""
Found = Mapping[str, float]


def whole(count: int) -> Found:
    """What ``count`` records take, from records to events."""
    made = drawn(count, len(gazetteer()))
    parts, spent = [], 0.0
    for chunk in tolds(made):
        start = time.process_time()
        parts.append(facets(chunk))
        spent += time.process_time() - start
    start = time.process_time()
    found = Facets.join(parts)
    spent += time.process_time() - start
    del parts, made
    return {"facets": spent, **clustered(found)}


def skewed(count: int, skew: float) -> Found:
    """What ``count`` rows of facets take."""
    return clustered(rows(drawn(count, len(gazetteer()), skew)))


def clustered(found: Facets) -> dict[str, float]:
    """Events from rows of facets, then one document after another placed among them."""
    start = time.process_time()
    book = MemoryBook(found)
    seconds = time.process_time() - start
    components, events, largest = book.sizes()
    register = Register(book)
    spent = [placed(register, found, n, n * 997) for n in range(PLACED)]
    biggest = book.largest()
    some = [bisect_left(found.ids, biggest[len(biggest) * k // 5]) for k in range(5)]
    worst = max(placed(register, found, PLACED + k, n) for k, n in enumerate(some))
    return {
        "records": len(found), "seconds": seconds, "components": components, "events": events, "largest": largest,
        "place_ms": 1000 * float(np.median(spent)), "slowest_ms": 1000 * max(spent), "worst_ms": 1000 * worst,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def placed(register: Register, found: Facets, number_of: int, like: int) -> float:
    """Seconds to place a new document that tells what the one of row ``like`` tells."""
    chosen = np.flatnonzero(found.rows["doc"] == found.rows["doc"][like % len(found)])
    fresh = Facets(tuple(f"f{number_of:03}{i:016x}" for i in range(len(chosen))), found.rows[chosen].copy())
    fresh.rows["doc"] = np.uint64(1 + number_of)
    start = time.process_time()
    register.place_facets(f"new {number_of}", fresh)
    return time.process_time() - start


def apart(*arguments: object) -> Found:
    """What this module measures in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.events_scale", *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    out: Found = json.loads(done.stdout)
    return out


def micro(found: Found, *names: str) -> float:
    """Microseconds a record."""
    return 1e6 * sum(found[n] for n in names) / found["records"]


def growth(small: Sequence[Found], large: Found, *names: str) -> float:
    """How many times as long each record takes in the large collection, beside the mean of the small ones."""
    return micro(large, *names) * len(small) / sum(micro(f, *names) for f in small)


def section() -> str:
    """The tables of this benchmark in Markdown."""
    first, large, last = (apart("--one", size) for size in (SMALL, LARGE, SMALL))
    uneven = [(skew, apart("--skewed", LARGE, skew)) for skew in SKEWS]
    return report([first, last], large, uneven)


def report(small: Sequence[Found], large: Found, uneven: Sequence[tuple[float, Found]]) -> str:
    order = [small[0], large, *small[1:]]
    whole_way = [
        [f["records"], f["events"], micro(f, "facets"), micro(f, "seconds"), micro(f, "facets", "seconds"), round(f["memory_mb"])]
        for f in order
    ]  # fmt: skip
    documents = [
        [f["records"], skew, micro(f, "seconds"), f["largest"], f["place_ms"], f["slowest_ms"], f["worst_ms"], round(f["memory_mb"])]
        for skew, f in [(0.0, small[0]), (0.0, large), *uneven]
    ]  # fmt: skip
    both, facet, rest = (growth(small, large, *n) for n in (("facets", "seconds"), ("facets",), ("seconds",)))
    return "\n\n".join(
        [
            "**Events at scale**: made-up records of one year at real places, in the order in which they were measured.",
            table(["records", "events", "facets, µs a record", "clusters, µs a record", "whole, µs a record", "memory, MB"], whole_way),
            f"Ten times the records take {both:.2f} times as long for each (facets {facet:.2f}, clusters {rest:.2f}).",
            "One more document among them; *skew*: a place is struck by its rank to the power of minus that.",
            table(
                [
                    "records", "skew", "clusters, µs a record", "largest component", f"one document, ms (middle of {PLACED})",
                    "slowest, ms", "in the largest component, ms", "memory, MB",
                ],
                documents,
            ),
        ]
    )  # fmt: skip


def main(argv: Sequence[str]) -> None:
    if argv[:1] == ["--one"]:
        print(json.dumps(whole(int(argv[1]))))
    elif argv[:1] == ["--skewed"]:
        print(json.dumps(skewed(int(argv[1]), float(argv[2]))))
    else:
        print(section())


if __name__ == "__main__":
    finish(main)
