"""How the work of events grows: 100,000 and 1,000,000 made-up records of one year at real places of the gazetteer.

    python -m benchmarks.events_scale [--one N SKEW]     the table; with --one only N records, in this process

Both sizes have the same share of copies, of wide and missing places and of missing days, and every place is as likely as
another; a third row, larger and skewed, has places that are struck daily (rank to the power of -0.6). Each size runs in a process of its own, so that its memory can be told. The time
is that of the processor, from records to events. The rows of facets are made of each record by itself: that is measured
on 2,000 records with sentences and added; what follows (from rows to events) is measured whole and printed apart. Wanted:
time per record grows not over 1.3 times, one new document is placed in under 50 ms, memory stays under 2 GB.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import ROOT, finish, table
from tawatur.events.book import Register
from tawatur.events.facets import DAY, INFERRED, NONE, ROW, SETTLEMENT, SPOT, Facets, facets, number, types
from tawatur.events.memory import MemoryBook
from tawatur.events.told import Facts, Told
from tawatur.events.wordsets import common_forms
from tawatur.meaning.actors_tables import tables
from tawatur.meaning.places_table import table as place_table
from tawatur.model import Place, Record, Span

SIZES = ((100_000, 0.0), (1_000_000, 0.0), (1_000_000, 0.6))
TELLINGS = 3.0
"""Records of an event, on average (geometric: most have one or two, some twenty)."""
COPIES = 0.3
"""Share of the records of an event that take over the sentence of its first."""
START = date(2023, 1, 1).toordinal()
Numbers = NDArray[np.uint64]


def places() -> dict[str, NDArray[np.generic]]:
    """Columns of the places of the gazetteer that have coordinates, in an order drawn once."""
    rows = [r for r in place_table("places.csv.xz") if r["lat"] and r["lon"]]
    rows = [rows[i] for i in np.random.default_rng(7).permutation(len(rows))]
    return {
        "place": np.array([number(r["id"]) for r in rows], np.uint64),
        "name": np.array([number("name:" + (r.get("ar") or r.get("en") or r["id"])) for r in rows], np.uint64),
        "lat": np.array([float(r["lat"]) for r in rows], np.float32),
        "lon": np.array([float(r["lon"]) for r in rows], np.float32),
        "country": np.array([number(r["country"]) for r in rows], np.uint64),
        "admin": np.array([number(r["country"] + "/" + (r.get("admin1") or "")) for r in rows], np.uint64),
    }


def made(count: int, skew: float = 0.0) -> Facets:
    """``count`` records of made-up events; ``skew`` says how unevenly places are struck."""
    draw = np.random.default_rng(20231208)
    known = places()
    events = int(count / TELLINGS)
    of = np.sort(np.concatenate([np.arange(events), _extra(draw, events, count - events)]))
    out = np.zeros(count, ROW)
    weight = np.arange(1, len(known["place"]) + 1) ** -skew
    where = draw.choice(len(weight), events, p=weight / weight.sum())[of]
    for name, column in known.items():
        out[name] = column[where]
    out["precision"], out["kind"] = 1, np.where(draw.random(events)[of] < 0.2, SPOT, SETTLEMENT)
    _places_told(draw, out)
    day = START + draw.integers(0, 365, events)[of]
    later = draw.choice(4, count, p=(0.6, 0.3, 0.07, 0.03))
    basis = draw.choice((DAY, INFERRED, NONE), count, p=(0.6, 0.38, 0.02))
    out["basis"] = basis
    out["first"] = np.choose(basis, (0, day + later - 3, day))
    out["last"] = np.choose(basis, (0, day + later, day))
    out["weekday"], out["month_day"] = -1, 0
    kinds = np.array([types()[t] for t in ("strike.air", "strike.rocket", "strike.drone", "raid", "clash", "bomb")])
    out["type"] = np.where(
        draw.random(count) < 0.2, types()["strike.unspecified"], kinds[draw.integers(0, 6, events)[of]]
    )
    parties = np.array([number(p) for p in sorted(tables().entities)[:60]], np.uint64)
    out["actor"] = np.where(draw.random(count) < 0.25, np.uint64(0), parties[draw.integers(0, 60, events)[of]])
    killed = draw.integers(1, 9, events)[of].astype(np.float32)
    out["killed"] = np.where(draw.random(count) < 0.5, killed, np.nan)[:, None]
    out["injured"] = out["munitions"] = np.nan
    _words(draw, out, of, events)
    # two records a document, of different events
    out["doc"] = draw.permutation(count).astype(np.uint64) // 2 + 1
    out["anchor"] = out["evidence"] = np.arange(count) % 100_000
    order = np.argsort(draw.integers(0, 1 << 62, count, np.uint64))
    return Facets(tuple(f"{i:020x}" for i in range(count)), out[order])


def _extra(draw: np.random.Generator, events: int, count: int) -> NDArray[np.int64]:
    """The events of further tellings: some are told by many."""
    share = draw.geometric(1 / TELLINGS, events).astype(float)
    return draw.choice(events, count, p=share / share.sum())


def _places_told(draw: np.random.Generator, out: NDArray[np.void]) -> None:
    """Some records tell only the area, and some no place."""
    how = draw.random(len(out))
    wide, without = how < 0.08, how > 0.96
    out["place"][wide] = out["name"][wide] = out["admin"][wide]
    out["precision"][wide], out["own"][wide], out["kind"][wide] = 3, 1, 0
    for name in ("place", "name", "admin", "country", "precision", "kind"):
        out[name][without] = 0
    for name in ("lat", "lon"):
        out[name][without] = np.nan


def _words(draw: np.random.Generator, out: NDArray[np.void], of: NDArray[np.int64], events: int) -> None:
    """Half of a record's words are its event's; those of copies all are. An event has six rare words, of which a record
    holds four by chance."""
    count = len(out)
    bits = draw.integers(0, 1 << 63, (events, 8), np.uint64) & draw.integers(0, 1 << 63, (events, 8), np.uint64)
    bits &= draw.integers(0, 1 << 63, (events, 8), np.uint64) & draw.integers(0, 1 << 63, (events, 8), np.uint64)
    copy = draw.random(count) < COPIES
    own = np.zeros((count, 8), np.uint64)
    for column in range(8):
        noise = draw.integers(0, 1 << 63, (4, count), np.uint64)
        own[:, column] = np.where(
            copy, bits[of, column], bits[of, column] & noise[0] | noise[1] & noise[2] & noise[3] & ~noise[0]
        )
    out["words"] = own
    out["language"] = np.where(copy, 1, draw.choice((1, 2), count, p=(0.85, 0.15)))
    out["sentence"] = np.where(copy, of + 1, count + 1 + np.arange(count)).astype(np.uint64)
    out["lineage"] = np.where(copy, of + 1, 0).astype(np.uint64)
    rare = draw.integers(1, 1 << 32, (events, 6), np.uint32)
    for column in range(4):
        out["rare"][:, column] = rare[of, draw.integers(0, 6, count)]
    out["rare"][:, :4].sort(axis=1)


def seconds_to_facets(count: int) -> float:
    """What it takes to make the facets of ``count`` records with sentences of their own, of thirty words each."""
    draw = np.random.default_rng(1)
    forms = list(draw.choice(common_forms()[:20000], 4000))
    tolds = []
    for number_of in range(count):
        text = " ".join(draw.choice(forms, 30))
        span, place = Span(0, len(text), text), str(draw.choice(forms))
        record = Record(
            f"d{number_of}", "event", "strike.air", "happened", Span(0, 3, text[:3]), span, id=f"{number_of:020x}",
            place=Place(Span(0, len(place), place), f"x:{place}", lat=33.0, lon=44.0, country="IQ", precision=1),
        )  # fmt: skip
        tolds.append(Told(Facts(f"d{number_of}", date(2023, 12, 8), text=text), record))
    facets(tolds[:1])
    start = time.process_time()
    facets(tolds)
    return time.process_time() - start


def one(count: int, skew: float) -> dict[str, float]:
    """What ``count`` records take."""
    found = made(count, skew)
    reading = seconds_to_facets(2000) / 2000 * count
    start = time.process_time()
    book = MemoryBook(found)
    seconds = time.process_time() - start
    register = Register(book)
    spent = []
    for number_of in range(40):
        rows = np.flatnonzero(found.rows["doc"] == number_of * 997 % (count // 2) + 1)
        fresh = Facets(tuple(f"f{number_of:03}{i:016x}" for i in range(len(rows))), found.rows[rows].copy())
        fresh.rows["doc"] = np.uint64(count + number_of)
        begin = time.perf_counter()
        register.place_facets(f"new {number_of}", fresh)
        spent.append(time.perf_counter() - begin)
    return {
        "records": count,
        "skew": skew,
        "facets": reading,
        "seconds": seconds,
        "components": book.sizes()[0],
        "events": book.sizes()[1],
        "largest": book.sizes()[2],
        "place_ms": 1000 * float(np.median(spent)),
        "slowest_ms": 1000 * max(spent),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def section() -> str:
    """The table of this benchmark in Markdown."""
    found = []
    for size, skew in SIZES:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.events_scale", "--one", str(size), str(skew)],
            cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
        found.append(json.loads(done.stdout))
    body = [
        [
            f["records"], f["skew"], f["events"], f["largest"], 1e6 * f["facets"] / f["records"],
            1e6 * f["seconds"] / f["records"], 1e6 * (f["facets"] + f["seconds"]) / f["records"],
            f["place_ms"], f["slowest_ms"], round(f["memory_mb"]),
        ]
        for f in found
    ]  # fmt: skip
    small, large = ((f["facets"] + f["seconds"]) / f["records"] for f in found[:2])
    apart = [f["seconds"] / f["records"] for f in found[:2]]
    head = [
        "records", "skew", "events", "largest component", "facets, µs a record", "events, µs a record", "together",
        "one document, ms", "slowest of 40, ms", "memory, MB",
    ]  # fmt: skip
    return "\n\n".join(
        [
            "**Events at scale**: made-up records of one year at real places.",
            table(head, body),
            f"Ten times the records take {large / small:.2f} times as long for each "
            f"({apart[1] / apart[0]:.2f} without the facets).",
        ]
    )


def main(argv: Sequence[str]) -> None:
    if "--one" in argv:
        size, skew = argv[argv.index("--one") + 1 :][:2]
        print(json.dumps(one(int(size), float(skew))))
    else:
        print(section())


if __name__ == "__main__":
    finish(main)
