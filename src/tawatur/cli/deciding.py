"""``tawatur decide``, ``tawatur undo`` and ``tawatur decisions``: what people say of events, for good and undoable."""

from __future__ import annotations

import click

from tawatur.cli.store import store_option

who_option = click.option("--who", default="", metavar="NAME", help="Who decides (TAWATUR_USER; else your account).")
why_option = click.option("--why", required=True, metavar="TEXT", help="The reason, which stays.")


@click.command()
@click.argument("what", type=click.Choice(["same", "other", "grade"]))
@click.argument("key", metavar="ID")
@click.argument("value", metavar="ID|GRADE")
@why_option
@who_option
@store_option
def decide(what: str, key: str, value: str, why: str, who: str, store: str | None) -> None:
    """Decide that two records tell of one event or of two, or how one is graded.

    same RECORD RECORD, other RECORD RECORD, or grade EVENT confirmed. Nothing is changed by it: it stands beside, and
    can be undone.
    """
    from tawatur.cli.store import open_store
    from tawatur.collection.deciding import decision_line
    from tawatur.config import user

    with open_store(store) as opened:
        click.echo(decision_line(opened.decide(what, key, value, who=who or user(), why=why)))


@click.command()
@click.argument("key", metavar="ID")
@why_option
@who_option
@store_option
def undo(key: str, why: str, who: str, store: str | None) -> None:
    """Take a decision back. What it changed is again as it was before."""
    from tawatur.cli.store import open_store
    from tawatur.collection.deciding import decision_line
    from tawatur.config import user

    with open_store(store) as opened:
        click.echo(decision_line(opened.undo(key, who=who or user(), why=why)))


@click.command()
@store_option
def decisions(store: str | None) -> None:
    """List all decisions, the oldest first, also those that were taken back."""
    from tawatur.cli.store import open_store
    from tawatur.collection.deciding import decision_line

    with open_store(store, readonly=True) as opened:
        for decision in opened.decisions():
            click.echo(decision_line(decision))
