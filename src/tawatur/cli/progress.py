"""A count on standard error for runs over many documents, where somebody is looking."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
FEW = 20


def counted(items: Iterable[T]) -> Iterator[T]:
    """``items`` unchanged; after the first 20 a running count, if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    source = iter(items)
    for _, item in zip(range(FEW), source, strict=False):
        yield item
    yield from _with_bar(source)


def _with_bar(items: Iterator[T]) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} documents"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None, completed=FEW)
        for item in items:
            progress.advance(task)
            yield item
