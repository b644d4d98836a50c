"""docs/usage.md tells of every command, option and choice, each where it belongs, and of none that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest

from tawatur.cli.main import cli
from tawatur.config import Settings
from tawatur.sources.gone import State

PAGE = (Path(__file__).parents[2] / "docs" / "usage.md").read_text(encoding="utf-8")
SHARED = "Options of several commands"
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))


def named(text: str) -> set[str]:
    """Options that a text tells of: what stands in backticks and begins with a dash."""
    return set(re.findall(r"`(--?[a-z][a-z-]*)", text))


def section(command: str) -> str:
    (found,) = (text for title, text in SECTIONS.items() if re.match(rf"`tawatur {command}\b[^a-z]", title))
    return str(found)


def options(command: click.Command) -> Iterator[click.Option]:
    return (p for p in command.params if isinstance(p, click.Option))


def test_every_command_has_its_section_and_no_other_is_there() -> None:
    told = {m[1] for title in SECTIONS if (m := re.match(r"`tawatur ([a-z]+)", title))}
    assert told == set(cli.commands)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_and_choice_of_a_command_is_told(name: str) -> None:
    own, both = section(name), section(name) + SECTIONS[SHARED]
    for option in options(cli.commands[name]):
        assert set(option.opts) <= named(both), option.opts
        if isinstance(option.type, click.Choice):
            text = own if f"`{option.opts[0]}`" in own else both
            assert [c for c in option.type.choices if f"`{c}`" not in text] == [], option.opts


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_no_option_is_told_that_the_command_does_not_have(name: str) -> None:
    rows = "\n".join(line for line in section(name).splitlines() if line.startswith("| `--"))
    assert named(rows) <= {o for option in options(cli.commands[name]) for o in option.opts}


def test_the_shared_options_are_options_of_several_commands() -> None:
    rows = [line for line in SECTIONS[SHARED].splitlines() if line.startswith("| `--")]
    assert len(rows) > 5
    for row in rows:
        first = row.split("`")[1]
        having = [c for c in cli.commands.values() if any(first in o.opts for o in options(c))]
        assert len(having) > 1, first


def test_every_state_that_gone_finds_is_told() -> None:
    assert [s for s in get_args(State) if f"`{s}`" not in section("gone")] == []


def test_every_setting_is_told() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| `(TAWATUR_[A-Z_]+)`", SECTIONS["Settings"], flags=re.MULTILINE)
    assert dict(rows) == {name: f"TAWATUR_{name.upper()}" for name in Settings.model_fields}


def test_links_lead_to_sections_and_files_that_are_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        file, _, anchor = target.partition("#")
        if file.endswith(".png"):
            assert (Path(__file__).parents[2] / "docs" / file).is_file(), target
            continue
        page = PAGE if not file else (Path(__file__).parents[2] / "docs" / file).read_text(encoding="utf-8")
        titles = re.findall(r"^#+ (.+)$", page, flags=re.MULTILINE)
        anchors = {re.sub(r"[^a-z0-9 _-]", "", title.lower()).replace(" ", "-") for title in titles}
        assert not anchor or anchor in anchors, target
