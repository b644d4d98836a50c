"""The page about the store says what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

from tawatur.store.tables import metadata

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "store.md").read_text(encoding="utf-8")


def test_the_page_lists_every_table_and_column_in_order() -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\| (.*) \|$", PAGE, flags=re.MULTILINE)
    listed = {table: re.findall(r"`(\w+)`", columns) for table, columns in rows}
    assert len(rows) == len(listed)
    assert listed == {name: list(table.columns.keys()) for name, table in metadata.tables.items()}


def test_the_diagram_has_the_foreign_keys_and_no_others() -> None:
    diagram = re.search(r"```mermaid\nerDiagram\n(.*?)```", PAGE, flags=re.DOTALL)
    assert diagram is not None
    lines = [line.strip() for line in diagram[1].splitlines()]
    drawn = [re.fullmatch(r"(\w+) ([}|])o--([o|])\| (\w+) : (\w+)", line) for line in lines]
    assert [line for line, edge in zip(lines, drawn, strict=True) if edge is None] == []
    edges = {(e[1], e[5], e[4], e[3] == "o", e[2] == "|") for e in drawn if e}
    assert len(edges) == len(lines)
    assert edges == {
        (table.name, key.parent.name, key.column.table.name, bool(key.parent.nullable), _alone(key.parent))
        for table in metadata.tables.values()
        for key in table.foreign_keys
    }


def _alone(column: object) -> bool:
    """Whether a column is its table's whole primary key, so that one row at most points there."""
    return any(list(table.primary_key) == [column] for table in metadata.tables.values())


def test_tables_that_the_page_calls_alone_have_no_foreign_keys() -> None:
    named = re.search(r"^(`\w+`(?:, `\w+`)* and `\w+`) stand alone", PAGE, flags=re.MULTILINE)
    assert named is not None
    pointed = {key.column.table.name for table in metadata.tables.values() for key in table.foreign_keys}
    alone = {name for name, table in metadata.tables.items() if not table.foreign_keys and name not in pointed}
    assert set(re.findall(r"`(\w+)`", named[1])) == alone
