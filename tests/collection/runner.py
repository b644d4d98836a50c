"""Adds sources to a store with a slow reader, as a program of its own that can be killed at any moment.

    python -m tests.collection.runner STORE WORKERS SOURCE...

``WORKERS`` 0 reads in this process. It prints ``working`` when its work begins, and at the end ``done`` with what came
of it: seen, added, same, failed, resumed.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(store: str, workers: str, *sources: str) -> None:
    # workers import this module as well and need none of these
    from tawatur.collection import open_collection
    from tawatur.engines import InProcess, Processes
    from tests.collection.made import slowly

    engine = Processes(int(workers), slowly) if int(workers) else InProcess(slowly)
    print("working", flush=True)
    with open_collection(Path(store)) as opened:
        summary = opened.add(sources, engine=engine)
    print(f"done {summary.seen} {summary.added} {summary.same} {summary.failed} {summary.resumed}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
