"""``tawatur schema``."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) of the lines that extract writes."""
    import json

    from tawatur.cli.output import Output
    from tawatur.export.schema import schema as made

    with Output(None) as out:
        out.write(json.dumps(made(), indent=2, ensure_ascii=False) + "\n")
