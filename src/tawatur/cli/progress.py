"""Counts and bars on standard error for runs over many documents, where somebody is looking."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from tawatur.collection.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

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
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} documents"), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None, completed=FEW)
        for item in items:
            progress.advance(task)
            yield item


class Shown(Progress):
    """Two bars, captured and read, with rates and the time left; only lines of what failed where nobody looks on."""

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._capturing: TaskID | None = None
        self._reading: TaskID | None = None
        self._captured = 0

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._bars = _bars()
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def captured(self, count: int, size: int) -> None:
        """See :class:`tawatur.collection.progress.Progress`."""
        if self._bars is None:
            return
        if self._capturing is None:
            self._capturing = self._bars.add_task("captured", total=None)
        self._captured += count
        self._bars.advance(self._capturing, count)

    def reading(self, total: int) -> None:
        """See :class:`tawatur.collection.progress.Progress`."""
        if self._bars is None:
            return
        if self._capturing is not None:  # all is captured: how many there are is known now
            self._bars.update(self._capturing, total=self._captured)
        self._reading = self._bars.add_task("read", total=total)

    def read(self, count: int) -> None:
        """See :class:`tawatur.collection.progress.Progress`."""
        if self._bars is not None and self._reading is not None:
            self._bars.advance(self._reading, count)

    def told(self, message: str, hint: str = "") -> None:
        """One line for what failed, above the bars."""
        from tawatur.cli.main import complain

        if self._bars is None:
            complain(message, hint)
        else:
            line = f"error: {message}" + (f"  hint: {hint}" if hint else "")
            self._bars.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Rate(ProgressColumn):
        """Documents a second."""

        def render(self, task: Task) -> Text:
            """The rate of the last seconds, empty until there is one."""
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    return Bars(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(),
        TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True,
    )  # fmt: skip


class Lines(Progress):
    """Only what failed, a line each."""

    def told(self, message: str, hint: str = "") -> None:
        """One line on standard error."""
        from tawatur.cli.main import complain

        complain(message, hint)
