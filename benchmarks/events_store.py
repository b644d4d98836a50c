"""Events kept in the books: how long a store takes to be brought up to date, asked, and given one more document.

    python -m benchmarks.events_store STORE [SAMPLE]

``STORE`` is a store of `tawatur add`; a copy of it is measured. ``SAMPLE`` documents (30), evenly spread, are taken out and
put in again one by one, and the tables must then hold what they held before. Times are those of the clock and, in
brackets, of the processor; the fixed cost of a transaction (opening tables, names of outlets) is printed apart. Wanted:
one new document in under 50 ms beside that.
"""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, func, select

from benchmarks.common import finish, table
from tawatur.collection.happenings import Happenings
from tawatur.collection.placing import Placing, rebuild, refresh
from tawatur.errors import InputError
from tawatur.origins.view import EventView
from tawatur.store import derived, descents
from tawatur.store.database import reading, writing
from tawatur.store.repository import Store

Time = tuple[float, float]


def timed(act: Callable[[], object]) -> Time:
    """Seconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - clock, time.process_time() - processor


def one(store: Store, event: str) -> EventView:
    """An event with all that stands behind it."""
    return Happenings(store).view(event)


def said(times: Sequence[Time], unit: float = 1.0) -> str:
    """The middle of several times and the longest."""
    middle = sorted(times)[len(times) // 2]
    if len(times) == 1:
        return f"{middle[0] * unit:,.1f} ({middle[1] * unit:,.1f})"
    longest = max(times)
    return f"{middle[0] * unit:,.1f} ({middle[1] * unit:,.1f}), at most {longest[0] * unit:,.1f}"


def held(connection: Connection) -> dict[str, set[tuple[object, ...]]]:
    """The rows of the tables of events."""
    found = (t for t in derived.tables() if t is not derived.placings)
    return {t.name: {tuple(row) for row in connection.execute(select(t))} for t in found}


def placed(store: Store, doc: str, wanted: int | None) -> tuple[Time, Time]:
    """The fixed cost of placing one document, and all else, until it is on the disk."""
    began = time.perf_counter(), time.process_time()
    with writing(store.engine) as connection:
        placing = Placing(connection)
        ready = time.perf_counter(), time.process_time()
        placing.place(doc, wanted)
    done = time.perf_counter(), time.process_time()
    return (ready[0] - began[0], ready[1] - began[1]), (done[0] - ready[0], done[1] - ready[1])


def measured(store: Store, sample: int) -> list[list[str]]:
    """The rows of the table; :class:`RuntimeError` where the tables hold something else at the end."""
    before = store.path.stat().st_size
    out = [["all worked out at once, s", said([timed(lambda: rebuild(store))])]]
    out.append(["peak memory until then, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,}"])
    out.append(["nothing new, ms", said([timed(lambda: refresh(store)) for _ in range(5)], 1000)])
    out.append(["all events, ms", said([timed(lambda: Happenings(store).events) for _ in range(5)], 1000)])
    found = Happenings(store)
    some = found.events[:: max(1, len(found.events) // 30)]
    out.append(["one event, ms", said([timed(partial(one, store, e.id)) for e in some], 1000)])
    with reading(store.engine) as connection:
        counts = descents.counting(connection)
        was = held(connection)
    docs = sorted(counts)[:: max(1, len(counts) // sample)][:sample]
    gone = [placed(store, doc, None) for doc in docs]
    come = [placed(store, doc, counts[doc]) for doc in docs]
    with reading(store.engine) as connection:
        if held(connection) != was:
            raise RuntimeError("one by one is not the same as all at once")
        out.append(["documents", f"{len(counts):,}"])
        for each in (derived.facets, derived.events, derived.lineages, derived.fingerprints, derived.blocks):
            out.append(
                [f"rows of {each.name}", f"{connection.execute(select(func.count()).select_from(each)).scalar():,}"]
            )
    out.append(["fixed cost of placing, ms", said([fixed for fixed, _ in (*gone, *come)], 1000)])
    out.append(["a document put in, ms", said([time for _, time in come], 1000)])
    out.append(["a document taken out, ms", said([time for _, time in gone], 1000)])
    out.append(
        ["size of the store before and after, MB", f"{before / 1e6:,.0f}, {store.path.stat().st_size / 1e6:,.0f}"]
    )
    return out


def main(arguments: Sequence[str]) -> None:
    """Measures the store that is named."""
    if not arguments:
        raise InputError("no store is named", "give the path of one that `tawatur add` made")
    given = Path(arguments[0])
    sample = int(arguments[1]) if len(arguments) > 1 else 30
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "store.sqlite"
        shutil.copyfile(given, copy)
        with Store.open(copy, create=False) as store:
            print(table(["", given.stem], measured(store, sample)))


if __name__ == "__main__":
    finish(main)
