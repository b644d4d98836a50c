"""The command line. Modules that take time to load are loaded by the verb that needs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import NoReturn

import click

from tawatur.cli.add import add
from tawatur.cli.deciding import decide, decisions, undo
from tawatur.cli.eval import eval_
from tawatur.cli.events import event, events
from tawatur.cli.extract import extract
from tawatur.cli.keeping import dump, gone, load, reread, takedown, verify
from tawatur.cli.listing import issues, list_, show
from tawatur.cli.output import ReaderGoneError
from tawatur.cli.reporting import brief, check, ledger
from tawatur.cli.schema import schema
from tawatur.cli.watch import watch
from tawatur.errors import TawaturError

UNEXPECTED, USAGE = 1, 2


SECTIONS = (
    ("Read one report, keeping nothing", (extract, schema)),
    ("Fill a store", (add, watch)),
    ("Look into it", (list_, show, issues)),
    ("Ask what happened", (events, event, check, ledger, brief)),
    ("Decide", (decide, undo, decisions)),
    ("Keep it for years", (reread, gone, verify, dump, load, takedown)),
    ("Measure a reader", (eval_,)),
)


class Sections(click.Group):
    """Commands, listed by what they are for."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands for ``--help``."""
        for title, commands in SECTIONS:
            with formatter.section(title):
                formatter.write_dl([(str(c.name), c.get_short_help_str(limit=100)) for c in commands], col_max=12)


@click.group(
    cls=Sections,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 well, 1 unexpected, 2 usage, 3 nothing could be read, 4 some could not, 5 a store that is not"
    " whole, 130 interrupted.",
)
@click.version_option(version("tawatur"), prog_name="tawatur")
def cli() -> None:
    """Reads reports of armed conflict and keeps who says that who did what to whom, word for word.

    tawatur COMMAND --help tells more of each.
    """


for command in (c for _, commands in SECTIONS for c in commands):
    cli.add_command(command)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the program and end the process: 0 well, 1 unexpected, 2 usage, 3 an input that cannot be read, 4 some
    documents failed, 5 a store that is not whole. Errors are one line on standard error."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run the program with ``args`` (the process's own by default) and give its exit code."""
    try:
        code = cli.main(args=list(args) if args is not None else None, prog_name="tawatur", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "tawatur"
        complain(error.format_message(), f"see {where} --help")
        return USAGE
    except TawaturError as error:
        complain(str(error), error.hint)
        return error.code
    except (ReaderGoneError, BrokenPipeError):
        # The reader has seen enough; what is left must not raise again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (click.Abort, KeyboardInterrupt):
        complain("stopped", "")
        return 130
    except Exception as error:
        complain(f"unexpected: {type(error).__name__}: {error}", "please report it with the input that it met")
        return UNEXPECTED


def complain(message: str, hint: str) -> None:
    """One line on standard error."""
    line = f"error: {message}" + (f"  hint: {hint}" if hint else "")
    click.echo(" ".join(line.split("\n")), err=True)
