"""What all commands that read share: the options that choose a reader, and one line where another one takes over."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tawatur.reader.protocol import ReaderChoice

_NAMES = ("rules", "learned", "llm")
_TOKENS, _SECONDS = 4096, 120.0

_OPTIONS = (
    click.option(
        "--reader", type=click.Choice(_NAMES), help="What reads the words (default: rules)."
    ),
    click.option("--llm-endpoint", default="", metavar="URL", help="Whom --reader llm asks: http://127.0.0.1:8080/v1."),
    click.option("--llm-model", default="", metavar="NAME", help="Which model it asks there."),
    click.option(
        "--llm-max-tokens", type=click.IntRange(1), default=_TOKENS, metavar="N", help="Tokens of an answer, at most."
    ),
    click.option(
        "--llm-timeout", type=click.FloatRange(0, min_open=True), default=_SECONDS, metavar="SECONDS",
        help="Seconds that an answer may take.",
    ),
    click.option("--llm-budget", type=click.IntRange(1), metavar="N", help="Tokens of the whole run, at most."),
    click.option("--no-llm-cache", is_flag=True, help="Ask again also what was answered before, and keep no answer."),
)  # fmt: skip


def reader_options(command: Callable[..., object]) -> Callable[..., object]:
    """The options that choose a reader; the command is given the choice as ``reads``."""

    @wraps(command)
    def with_choice(
        *args: object,
        reader: str | None,
        llm_endpoint: str,
        llm_model: str,
        llm_max_tokens: int,
        llm_timeout: float,
        llm_budget: int | None,
        no_llm_cache: bool,
        **others: object,
    ) -> object:
        from tawatur.config import settings
        from tawatur.reader.protocol import LlmOptions, ReaderChoice

        asks = LlmOptions(
            llm_endpoint or settings().llm_endpoint,
            llm_model or settings().llm_model,
            llm_max_tokens,
            llm_timeout,
            llm_budget,
            not no_llm_cache,
        )
        return command(*args, reads=ReaderChoice(reader or settings().reader, asks), **others)

    given: Callable[..., object] = with_choice
    for option in reversed(_OPTIONS):
        given = option(given)
    return given


def tell_reader(reads: ReaderChoice) -> None:
    """One line on standard error where the rules reader reads because the learned one lacks its model."""
    from tawatur.reader.choosing import took_over

    if took_over(reads):
        click.echo("the rules reader reads: the model file of the learned reader is not in this package", err=True)


def tell_costs(reads: ReaderChoice) -> None:
    """One line on standard error of what asking a model cost in this process, where one was asked."""
    from tawatur.reader.protocol import LLM

    if reads.name != LLM:
        return
    from tawatur.reader.choosing import reader_of
    from tawatur.reader.llm import LlmReader

    asked = reader_of(reads)
    if isinstance(asked, LlmReader) and (asked.costs.requests or asked.costs.kept):
        costs = asked.costs
        click.echo(
            f"the model was asked {costs.requests:,} times for {costs.tokens:,} tokens;"
            f" {costs.kept:,} answers were kept from before",
            err=True,
        )
