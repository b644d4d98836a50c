"""Runs of adding that are killed at random moments, and four at once on one store: what comes of it is one and the same."""

from __future__ import annotations

import random
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.common import table
from tawatur.errors import TawaturError
from tests.collection.killing import State, kill_until_done, running, state, undisturbed
from tests.collection.made import found_in, sources

DELAY = 0.1
"""Seconds that a document is held up."""
COUNT = 150
LONGEST = {0: 2.0, 2: 4.0}
"""Seconds of its work after which a run is killed at the latest, by how many workers it has."""
WRITERS = 4


def sound(found: State, wanted: str, count: int, what: str) -> None:
    """:class:`TawaturError` where a store is not what one undisturbed run makes."""
    documents, failed = found_in(count)
    told = (found.content, found.documents, found.failed, found.pending, found.twice, found.findings)
    if told != (wanted, documents, failed, 0, 0, ()):
        raise TawaturError(f"{what}: {found}, and not {wanted}")


def section_kill(kills: int, seed: int = 0) -> str:
    """Kills half of the runs while they read in their own process, half while two others read for them."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="books-") as name:
        folder = Path(name)
        given = sources(folder / "given", COUNT)
        wanted = undisturbed(folder / "once.sqlite", given)
        draw = random.Random(seed)
        for workers, longest in LONGEST.items():
            done = rounds = orphans = 0
            while done < kills // len(LONGEST):
                rounds += 1
                store = folder / f"{workers}-{rounds}.sqlite"
                most = kills // len(LONGEST) - done
                killed = kill_until_done(
                    store, workers, given, delay=DELAY, most=most, longest=longest, draw=draw
                )  # fmt: skip
                sound(state(store), wanted, COUNT, f"killed with {workers} workers, round {rounds}")
                done, orphans = done + killed.kills, orphans + killed.orphans
            if orphans:
                raise TawaturError(f"{orphans} processes outlived the run that had started them")
            rows.append([f"{workers} beside it" if workers else "itself", done, rounds, "the same", "nothing", 0])
    head = ["who reads", "kills", "stores", "content hash", "verify finds", "processes left over"]
    return (
        f"Runs of `add` over {COUNT} invented reports, a reader held up by {DELAY} s a document, killed (SIGKILL) at a random"
        f" moment in up to {LONGEST[0]:.0f} or {LONGEST[2]:.0f} s of their work and run again until done.\n\n{table(head, rows)}"
    )


def section_writers(count: int = 400) -> str:
    """Four runs at once, each with three of four shares of the sources."""
    with tempfile.TemporaryDirectory(prefix="books-") as name:
        folder = Path(name)
        given = [path for k in range(WRITERS) for path in sources(folder / f"given{k}", count // WRITERS + 2 * k)]
        shares = [given[2 * k : 2 * k + 2] for k in range(WRITERS)]
        wanted = undisturbed(folder / "once.sqlite", given)
        store = folder / "shared.sqlite"
        seen = added = 0
        with ExitStack() as runs:
            started = [
                runs.enter_context(
                    running(store, 2 * (k % 2), [p for j in range(3) for p in shares[(k + j) % WRITERS]], 0.01)
                )
                for k in range(WRITERS)
            ]
            for process in started:
                assert process.stdout is not None
                told = process.stdout.read().split()
                if process.wait() or told[0] != "done":
                    raise TawaturError("one of four writers failed")
                seen, added = seen + int(told[1]), added + int(told[2])
        found = state(store)
        if (found.content, found.pending, found.twice, found.findings) != (wanted, 0, 0, ()):
            raise TawaturError(f"four writers: {found}, and not {wanted}")
    return (
        f"Four runs of `add` at once on one store, each over three of four shares of {found.documents} invented reports"
        f" ({seen} seen, {added} added together): content hash as of one run alone, verify finds nothing."
    )
