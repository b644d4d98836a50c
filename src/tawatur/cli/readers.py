"""What all commands that read share: the options that choose a reader, and one line where another one takes over."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tawatur.reader.protocol import ReaderChoice

_NAMES = ("rules", "learned", "llm")


def reader_options(command: Callable[..., object]) -> Callable[..., object]:
    """The options that choose a reader; the command is given the choice as ``reads``."""

    @wraps(command)
    def with_choice(*args: object, reader: str | None, **others: object) -> object:
        return command(*args, reads=_choice(reader), **others)

    return click.option(
        "--reader", type=click.Choice(_NAMES), help="What reads the words (default: learned where its model is there)."
    )(with_choice)


def _choice(reader: str | None) -> ReaderChoice:
    from tawatur.config import settings
    from tawatur.reader.protocol import ReaderChoice

    return ReaderChoice(reader or settings().reader)


def tell_reader(reads: ReaderChoice) -> None:
    """One line on standard error where the rules reader reads because the learned one lacks its model."""
    from tawatur.reader.choosing import took_over

    if took_over(reads):
        click.echo("the rules reader reads: the model file of the learned reader is not in this package", err=True)
