"""``tawatur eval``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from tawatur.cli.store import output_option

if TYPE_CHECKING:
    from tawatur.evaluate import Row


@click.command("eval")
@click.argument("gold", metavar="GOLD")
@click.argument("predicted", metavar="PREDICTED")
@click.option("--against", metavar="OTHER", help="Records of another reader: how sure is it that the first is better?")
@click.option("--errors", is_flag=True, help="Also count what is missed, what is made up, and which fields fail.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@output_option
@click.pass_context
def eval_(
    context: click.Context,
    gold: str,
    predicted: str,
    against: str | None,
    errors: bool,
    as_json: bool,
    output: str | None,
) -> None:
    """Score a reader's records against a gold set of your own.

    GOLD is a JSON list of documents with their records; PREDICTED are lines as extract --format jsonl writes them, or
    - for standard input.
    """
    if predicted == "-" and against == "-":
        raise click.UsageError("standard input can be read once only: give --against a file", context)
    import json
    from pathlib import Path

    from tawatur.cli.output import Output
    from tawatur.evaluate import aligned, differences, error_table, evaluate, read_gold
    from tawatur.evaluate.text import differences_text, errors_text, scores_text

    truth = read_gold(Path(gold))
    rows = _predicted(predicted, truth)
    figures: dict[str, Any] = {"documents": len(truth), **evaluate(truth, rows, by_kind=True)}
    lines = [*scores_text(figures)]
    if against is not None:
        found = differences(truth, rows, _predicted(against, truth))
        figures["against"] = {headline: one.row() for headline, one in found.items()}
        lines += ["", *differences_text(found, predicted, against)]
    if errors:
        table = error_table(aligned(truth, rows))
        figures["errors"] = table.as_json()
        lines += ["", *errors_text(table)]
    with Output(output) as out:
        out.write((json.dumps(figures, ensure_ascii=False) if as_json else "\n".join(lines)) + "\n")


def _predicted(name: str, gold: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    """The predictions of a file or of standard input; what of them does not count is told on standard error."""
    import io
    import sys
    from pathlib import Path

    from tawatur.evaluate import notes, parse_predicted, read_predicted

    if name == "-":
        rows = parse_predicted(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig"), "standard input")
    else:
        rows = read_predicted(Path(name))
    for line in notes(gold, rows, name if name != "-" else "standard input"):
        click.echo(line, err=True)
    return rows
