"""Decisions are only ever added, and what takes one back can be taken back itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select

from tawatur.errors import InputError
from tawatur.model import Decision
from tawatur.store import tables
from tawatur.store.decisions import decide, decisions, digest_of, in_force, undo
from tawatur.store.repository import Store

SOURCE = Path(tables.__file__).parents[1]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "books.db") as store:
        yield store


def merge(store: Store, why: str = "the same clash", undoes: str = "") -> Decision:
    return decide(store, "merge", "event-1", '{"with": "event-2"}', who="Rana", why=why, undoes=undoes)


def test_a_decision_is_kept_with_its_time_in_utc_and_its_value_in_one_form(store: Store) -> None:
    at = datetime(2026, 3, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    made = decide(store, "merge", " event-1 ", '{"b": 1, "a": "ط"}', who="Rana ", why="one clash", at=at)
    assert made.at == NOON
    assert (made.subject, made.who, made.value) == ("event-1", "Rana", '{"a":"ط","b":1}')
    assert re.fullmatch("[0-9a-f]{32}", made.id)
    assert decisions(store) == in_force(store) == (made,)


def test_the_id_depends_on_what_was_decided_and_not_on_when(store: Store, tmp_path: Path) -> None:
    def ids(other: Store, day: int) -> list[str]:
        at = datetime(2026, 3, day, tzinfo=UTC)
        given = [["merge", "event-1", "1", "Rana", "clash"] for _ in range(6)]
        for place, value in enumerate(("split", "event-2", "2", "Omar", "raid")):
            given[place][place] = value
        return [decide(other, k, s, v, who=w, why=y, at=at).id for k, s, v, w, y in given]

    here = ids(store, 1)
    with Store.open(tmp_path / "other.db") as other:
        assert ids(other, 2) == here
    assert len(set(here)) == 6


def test_each_decision_has_one_entry_in_the_journal(store: Store) -> None:
    made = [merge(store), merge(store, "another reason"), merge(store)]
    with store.engine.connect() as connection:
        found = connection.execute(
            select(tables.journal.c.subject, tables.journal.c.digest).where(tables.journal.c.kind == "decision")
        ).all()
    assert [tuple(row) for row in found] == [(d.id, digest_of(d)) for d in made[:2]]


def test_the_journal_sees_a_change_of_any_field() -> None:
    decision = Decision("merge", "event-1", "1", "Rana", "clash", NOON, "id", "earlier")
    changed = [
        Decision("split", "event-1", "1", "Rana", "clash", NOON, "id", "earlier"),
        Decision("merge", "event-2", "1", "Rana", "clash", NOON, "id", "earlier"),
        Decision("merge", "event-1", "2", "Rana", "clash", NOON, "id", "earlier"),
        Decision("merge", "event-1", "1", "Omar", "clash", NOON, "id", "earlier"),
        Decision("merge", "event-1", "1", "Rana", "raid", NOON, "id", "earlier"),
        Decision("merge", "event-1", "1", "Rana", "clash", NOON + timedelta(seconds=1), "id", "earlier"),
        Decision("merge", "event-1", "1", "Rana", "clash", NOON, "di", "earlier"),
        Decision("merge", "event-1", "1", "Rana", "clash", NOON, "id", "later"),
    ]
    assert len({digest_of(d) for d in [decision, *changed]}) == 9


def test_what_is_in_force_already_is_not_decided_twice(store: Store) -> None:
    first = merge(store)
    assert merge(store) == first
    assert decisions(store) == (first,)


def test_an_undo_can_be_undone_and_then_the_first_holds_again(store: Store) -> None:
    first = merge(store)
    back = undo(store, first.id, who="Omar", why="two clashes")
    assert in_force(store) == ()
    again = undo(store, back.id, who="Rana", why="no, one")
    assert in_force(store) == (first,)
    assert [d.id for d in decisions(store)] == [first.id, back.id, again.id]


def test_after_an_undo_the_same_can_be_decided_again(store: Store) -> None:
    first = merge(store)
    undo(store, first.id, who="Omar", why="two clashes")
    second = merge(store)
    assert second.id != first.id
    assert in_force(store) == (second,)


def test_a_decision_may_stand_in_the_place_of_another(store: Store) -> None:
    first = merge(store)
    second = merge(store, "the same siege", undoes=first.id)
    assert in_force(store, "merge", "event-1") == (second,)
    undo(store, second.id, who="Omar", why="no siege")
    assert in_force(store) == (first,)


def test_what_is_undone_cannot_be_undone_again(store: Store) -> None:
    first = merge(store)
    undo(store, first.id, who="Omar", why="two clashes")
    with pytest.raises(InputError, match="taken back already"):
        undo(store, first.id, who="Sara", why="two clashes")
    assert len(decisions(store)) == 2


def test_a_takedown_cannot_be_undone(store: Store) -> None:
    made = decide(store, "takedown", "https://x.example/1", "{}", who="Rana", why="a court")
    with pytest.raises(InputError, match="cannot be taken back"):
        undo(store, made.id, who="Omar", why="regret")
    assert decisions(store) == (made,)


def test_an_undo_is_about_what_the_first_was_about(store: Store) -> None:
    first = merge(store)
    with pytest.raises(InputError, match="is about event-1, not event-9"):
        decide(store, "merge", "event-9", "1", who="Omar", why="no", undoes=first.id)
    with pytest.raises(InputError, match="no decision nothing"):
        undo(store, "nothing", who="Omar", why="no")


def test_those_in_force_are_found_by_kind_and_subject(store: Store) -> None:
    made = {
        (kind, subject): decide(store, kind, subject, "1", who="Rana", why="seen")
        for kind in ("merge", "grade")
        for subject in ("event-1", "event-2")
    }
    assert in_force(store, kind="merge") == (made["merge", "event-1"], made["merge", "event-2"])
    assert in_force(store, subject="event-2") == (made["merge", "event-2"], made["grade", "event-2"])
    assert in_force(store, "grade", "event-1") == (made["grade", "event-1"],)
    assert decisions(store, "event-3") == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"who": "  "}, "needs its who"),
        ({"why": ""}, "needs its why"),
        ({"kind": ""}, "needs its kind"),
        ({"subject": " "}, "needs its subject"),
        ({"value": "not json"}, "no JSON"),
        ({"value": ""}, "no JSON"),
        ({"value": "NaN"}, "no JSON"),
        ({"value": '"\\u0000"'}, "no text"),
        ({"value": '"\\ud800"'}, "no text"),
        ({"why": "a\0b"}, "no text"),
        ({"who": "\udcff"}, "no text"),
    ],
)
def test_a_decision_that_lacks_something_is_not_kept(store: Store, given: dict[str, str], said: str) -> None:
    whole = {"kind": "merge", "subject": "event-1", "value": "1", "who": "Rana", "why": "seen", **given}
    with pytest.raises(InputError, match=said) as raised:
        decide(store, whole["kind"], whole["subject"], whole["value"], who=whole["who"], why=whole["why"])
    assert "\n" not in str(raised.value)
    assert decisions(store) == ()


def test_a_time_without_its_offset_is_a_mistake_of_the_caller(store: Store) -> None:
    with pytest.raises(ValueError, match="UTC offset"):
        decide(store, "merge", "event-1", "1", who="Rana", why="seen", at=datetime(2026, 3, 1))


def test_two_at_once_take_one_decision_back_once(store: Store) -> None:
    first = merge(store)

    def attempt(who: str) -> bool:
        with Store.open(store.path) as other:
            try:
                undo(other, first.id, who=who, why="two clashes")
            except InputError:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, ["Omar", "Sara", "Lina", "Adam"])) == [False, False, False, True]
    assert len(decisions(store)) == 2


def changing(source: str) -> list[int]:
    """Lines of a program that change or delete rows of decisions or of the journal."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.search(
                r"\b(update|delete\s+from|replace\s+into)\s+\W?(decisions|journal)\b", node.value, re.IGNORECASE
            ):
                found.append(node.lineno)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            about = node.func.value if isinstance(node.func, ast.Attribute) else None
            things = [thing for thing in (about, *node.args[:1]) if thing is not None]
            if name in ("update", "delete") and any(
                re.search(r"\b(decisions|journal|table)$", ast.unparse(thing)) for thing in things
            ):
                found.append(node.lineno)
    return found


def test_no_program_of_ours_changes_or_deletes_a_decision() -> None:
    assert [
        f"{path.name}:{line}" for path in SOURCE.rglob("*.py") for line in changing(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "connection.execute(decisions.update().values(why=''))",
        "connection.execute(tables.decisions.delete())",
        "connection.execute(update(tables.journal))",
        "connection.execute(delete(decisions))",
        "connection.exec_driver_sql('DELETE FROM decisions')",
        "connection.exec_driver_sql('update \"decisions\" set why = 1')",
    ],
)
def test_a_program_that_did_would_be_found(source: str) -> None:
    assert changing(source) == [1]
