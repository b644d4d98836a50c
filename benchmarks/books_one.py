"""One run of adding for :mod:`benchmarks.books`, in a process of its own: ``STORE WORKERS COLLECTION...``.

Prints what it took as JSON; the time is of the work, without starting this program.
"""

from __future__ import annotations

import json
import resource
import sys
import time


def main(store: str, workers: str, *files: str) -> None:
    # the processes that read import this module as well and need none of these
    from tawatur.collection import open_collection
    from tawatur.pipeline import generation
    from tawatur.sources.options import SourceOptions

    generation()
    began, own = time.monotonic(), time.process_time()
    with open_collection(store) as opened:
        summary = opened.add([(name, SourceOptions(kind="rows")) for name in files], workers=int(workers))
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "seconds": time.monotonic() - began,
        "own": time.process_time() - own,
        "others": others.ru_utime + others.ru_stime,
        "seen": summary.seen,
        "added": summary.added,
        "failed": summary.failed,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
