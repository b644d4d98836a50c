"""A store is made or brought forward whole, or stays as it was."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.dialects import postgresql

from tawatur.errors import TawaturError
from tawatur.store import migrate
from tawatur.store.tables import metadata

LATER = """
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{below}"


def upgrade():
    with op.batch_alter_table("captures") as table:
        table.add_column(sa.Column("weather", sa.Text(), nullable=False, server_default="fair"))
        table.alter_column("outlet", new_column_name="publisher")
    op.execute("INSERT INTO visits (address, at, status, final_address, etag, last_modified, digest, note)"
               " VALUES ('a', 'b', 1, '', '', '', '', '')")
{more}
"""
ROWS = (
    "INSERT INTO head VALUES (1, 4, 'ab')",
    "INSERT INTO blobs VALUES ('d1', 3, x'00')",
    "INSERT INTO captures VALUES (1, 'c1', 's', '', '', '', '', '', '', '', '', 'The Outlet', '', '', '', 'd1')",
    "INSERT INTO pending VALUES (1, 'me')",
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def shape(connection: Connection) -> dict[str, Any]:
    """All that a database says of its tables."""
    seen = inspect(connection)
    return {
        table: (
            [{**column, "type": str(column["type"])} for column in seen.get_columns(table)],
            seen.get_pk_constraint(table),
            sorted(seen.get_foreign_keys(table), key=str),
            sorted(seen.get_indexes(table), key=str),
            sorted(seen.get_unique_constraints(table), key=str),
        )
        for table in seen.get_table_names()
    }


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store as this program makes it, with a few rows."""
    path = tmp_path / "the books.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate.create(connection)
        for row in ROWS:
            connection.exec_driver_sql(row)
    engine.dispose()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    return path


def later(folder: Path, more: str = "", below: str = migrate.HEAD) -> tuple[Path, Path]:
    """The migrations of this program and one that it does not have yet."""
    folder.mkdir()
    (folder / "later.py").write_text(LATER.format(below=below, more=more), encoding="utf-8")
    return migrate.VERSIONS, folder


def test_the_newest_revision_is_the_one_that_the_folder_ends_with() -> None:
    assert ScriptDirectory(migrate.VERSIONS.parent, version_locations=[migrate.VERSIONS]).get_heads() == [migrate.HEAD]


def test_migrations_from_nothing_give_the_tables(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
    migrate.upgrade(connection)
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    assert compare_metadata(context, metadata) == []
    assert migrate.revision(connection) == migrate.HEAD


def test_a_new_store_has_what_the_migrations_would_have_given(connection: Connection) -> None:
    migrate.create(connection)
    made = shape(connection)
    other = create_engine("sqlite://")
    with other.connect() as second:
        migrate.upgrade(second)
        assert shape(second) == made
    other.dispose()
    assert made.keys() == {*metadata.tables, "alembic_version"}
    assert migrate.revision(connection) == migrate.HEAD


def test_the_migrations_are_statements_that_postgresql_takes(capsys: pytest.CaptureFixture[str]) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    script = ScriptDirectory(migrate.VERSIONS.parent, version_locations=[migrate.VERSIONS])
    steps = script._upgrade_revs("head", "base")
    with EnvironmentContext(Config(), script, fn=lambda *_: steps, as_sql=True) as environment:
        environment.configure(dialect_name=postgresql.dialect.name, literal_binds=True)
        environment.run_migrations()
    told = capsys.readouterr().out
    assert all(f"CREATE TABLE {table} (" in told for table in metadata.tables)
    assert "BYTEA" in told
    assert "BIGSERIAL" in told


def test_a_store_of_today_is_left_alone(old: Path) -> None:
    before = old.read_bytes()
    assert migrate.bring_forward(old) == migrate.BroughtForward(migrate.HEAD, migrate.HEAD)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_an_older_store_is_brought_forward_and_a_copy_kept(old: Path, tmp_path: Path) -> None:
    before = dump(old)
    old.chmod(0o640)
    done = migrate.bring_forward(old, later(tmp_path / "versions"))
    assert done == migrate.BroughtForward(migrate.HEAD, "later", old.with_name(f"the books.db.before-{migrate.HEAD}"))
    assert done.kept is not None
    assert dump(done.kept) == before
    assert done.kept.stat().st_mode & 0o777 == 0o640
    with closing(sqlite3.connect(old)) as raw:
        assert raw.execute("SELECT publisher, weather FROM captures").fetchall() == [("The Outlet", "fair")]
        assert raw.execute("SELECT capture FROM pending").fetchall() == [(1,)]
        assert raw.execute("SELECT count(*) FROM visits").fetchone() == (1,)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    names = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert names == [old.name, done.kept.name]


def test_a_copy_that_was_kept_before_is_not_written_over(old: Path, tmp_path: Path) -> None:
    first = old.with_name(f"{old.name}.before-{migrate.HEAD}")
    first.write_text("kept by somebody", encoding="utf-8")
    done = migrate.bring_forward(old, later(tmp_path / "versions"))
    assert done.kept == first.with_name(first.name + "-2")
    assert first.read_text(encoding="utf-8") == "kept by somebody"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("    op.execute('INSERT INTO nowhere VALUES (1)')", "no such table: nowhere"),
        ("    op.execute('UPDATE pending SET capture = 7')", "a row of pending points at nothing in captures"),
        ("    op.execute('UPDATE head SET seq = 1')", "the journal has another end"),
        ("    raise RuntimeError('half way')", "half way"),
    ],
)
def test_a_migration_that_fails_half_way_leaves_the_store_as_it_was(
    old: Path, tmp_path: Path, more: str, said: str
) -> None:
    before = dump(old)
    with pytest.raises(TawaturError, match=said) as raised:
        migrate.bring_forward(old, later(tmp_path / "versions", more))
    assert raised.value.hint
    assert "\n" not in str(raised.value)
    assert dump(old) == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [old.name]


def test_a_migration_that_fails_only_on_the_store_itself_leaves_it_as_it_was(old: Path, tmp_path: Path) -> None:
    # what it runs on the second time (the store, after the copy) is made to fail by a file that the first run leaves
    mark = tmp_path / "ran"
    more = f"    import pathlib\n    path = pathlib.Path({str(mark)!r})\n    assert not path.exists()\n    path.touch()"
    before = dump(old)
    with pytest.raises(TawaturError, match="AssertionError"):
        migrate.bring_forward(old, later(tmp_path / "versions", more))
    assert mark.exists()
    assert dump(old) == before


def test_a_store_of_a_newer_program_is_refused(old: Path, tmp_path: Path) -> None:
    migrate.bring_forward(old, later(tmp_path / "versions"))
    with pytest.raises(TawaturError, match="newer tawatur"):
        migrate.bring_forward(old)


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(TawaturError, match="no store"):
        migrate.bring_forward(path)


@pytest.mark.parametrize("content", [b"no database at all, but some words" * 99, b"SQLite format 3\0" + b"\1" * 5000])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(TawaturError):
        migrate.bring_forward(path)
    assert path.read_bytes() == content


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(TawaturError):
        migrate.bring_forward(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_others_who_have_the_store_open_are_waited_for_not_run_over(old: Path, tmp_path: Path) -> None:
    versions = later(tmp_path / "versions")
    with closing(sqlite3.connect(old)) as other:
        other.execute("SELECT * FROM captures").fetchall()
        before = dump(old)
        with pytest.raises(TawaturError, match="others have it open"):
            migrate.bring_forward(old, versions, wait=0.1)
        assert dump(old) == before
    assert migrate.bring_forward(old, versions, wait=0.1).after == "later"


def test_of_two_at_once_one_brings_it_forward(old: Path, tmp_path: Path) -> None:
    versions = later(tmp_path / "versions")
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: migrate.bring_forward(old, versions), range(2)))
    assert [each.after for each in done] == ["later", "later"]
    assert sorted(each.before for each in done) == [migrate.HEAD, "later"]
    assert sum(each.kept is not None for each in done) == 1


def test_opening_does_not_load_alembic() -> None:
    program = "import sys, tawatur.store.migrate; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_migrating_leaves_logging_alone(old: Path, tmp_path: Path) -> None:
    program = (
        "import logging, pathlib, sys; from tawatur.store import migrate;"
        "migrate.bring_forward(pathlib.Path(sys.argv[1]), (migrate.VERSIONS, pathlib.Path(sys.argv[2])));"
        "sys.exit(len(logging.getLogger().handlers))"
    )
    _, folder = later(tmp_path / "versions")
    ran = subprocess.run([sys.executable, "-c", program, old, folder], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
