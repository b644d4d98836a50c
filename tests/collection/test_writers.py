"""Four runs of adding at once on one store."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from tests.collection.killing import running, state, undisturbed
from tests.collection.made import found_in, sources


def test_four_writers_at_once_make_what_one_makes(tmp_path: Path) -> None:
    rows, files = sources(tmp_path / "given", 60)
    more, others = sources(tmp_path / "more", 80)  # the same reports and twenty besides
    store = tmp_path / "shared.sqlite"
    given = [(rows, others), (files, more), (more, rows), (others, files, rows)]
    with ExitStack() as runs:
        started = [runs.enter_context(running(store, 0, each, delay=0.01)) for each in given]
        told = []
        for process in started:
            assert process.stdout is not None
            told.append([int(each) for each in process.stdout.read().split()[1:]])
            assert process.wait() == 0
    found = state(store)
    assert (found.pending, found.twice, found.findings) == (0, 0, ())
    assert found.content == undisturbed(tmp_path / "once.sqlite", [rows, files, more, others])
    assert all(seen == added + same + failed for seen, added, same, failed, _ in told)
    # what a run captured that one of the others was reading is "same" in one and "added" in the other
    assert sum(added + resumed for _, added, _, _, resumed in told) == found.documents
    assert found.documents <= found_in(60)[0] + found_in(80)[0]
