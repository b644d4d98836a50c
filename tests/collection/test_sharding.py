"""How much is read at a time and kept at a time; memory and lost work stay bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tawatur.collection import sharding
from tawatur.collection.sharding import gathered, shards
from tawatur.errors import InputError
from tawatur.model import Attachment, Capture
from tawatur.store.packing import Packed
from tawatur.store.repository import Store
from tawatur.store.takedown import take_down
from tests.store.made import failed


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.sqlite") as opened:
        yield opened


def captured(store: Store, *contents: bytes) -> list[str]:
    return [a.id for a in store.add_captures([Capture(c, kind="text") for c in contents], "me")]


def test_shards_hold_all_captures_in_order_as_they_were_given(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharding, "PLANNED", 5)
    monkeypatch.setattr(sharding, "SHARD", 3)
    keys = captured(store, *(f"report {n}".encode() for n in range(12)))
    keys.reverse()  # neither the order of ids nor the one in which they came
    found = list(shards(store, keys))
    assert [len(shard) for shard in found] == [3, 2, 3, 2, 2]
    assert [(key, c.content) for shard in found for key, c in shard] == [
        (key, f"report {n}".encode()) for key, n in zip(keys, range(11, -1, -1), strict=True)
    ]


def test_a_shard_is_no_larger_than_its_bytes_but_for_a_single_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharding, "SHARD_BYTES", 10)
    keys = captured(store, b"aaaa", b"bbbbbb", b"c", b"d" * 50, b"e")
    found = [[c.content for _, c in shard] for shard in shards(store, keys)]
    assert found == [[b"aaaa", b"bbbbbb"], [b"c"], [b"d" * 50], [b"e"]]


def test_what_was_taken_down_meanwhile_is_left_out(store: Store) -> None:
    keys = captured(store, b"one", b"two", b"three")
    take_down(store, keys[1], who="me", why="a court")
    assert [key for shard in shards(store, keys) for key, _ in shard] == [keys[0], keys[2]]
    assert list(shards(store, [keys[1]])) == []


def test_several_captures_are_what_each_is_alone(store: Store) -> None:
    pictures = tuple(Attachment("picture", f"https://a.org/{n}.png", digest=f"{n:064}") for n in (2, 1))
    given = Capture(b"with pictures", address="https://a.org/", title="T", attachments=pictures)
    other = replace(given, content=b"without", address="https://a.org/2", attachments=())
    keys = [a.id for a in store.add_captures([given, other], "me")]
    assert store.several(keys) == [(key, store.capture(key)) for key in keys]
    assert [a.address for a in store.several(keys)[0][1].attachments] == [p.address for p in pictures]
    with pytest.raises(InputError, match="no capture nothing"):
        store.several([keys[0], "nothing"])


class Clock:
    """A clock that stands still but where a test moves it."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(sharding, "time", made)
    return made


def packed(count: int) -> list[Packed]:
    return [failed(f"{n:032}") for n in range(count)]


def test_quick_readings_are_kept_together(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharding, "KEPT", 4)
    lists = [packed(2), packed(1), packed(3), packed(1)]
    assert [len(each) for each in gathered(iter(lists))] == [6, 1]


def test_slow_readings_are_not_held_back(clock: Clock) -> None:
    def slow() -> Iterator[list[Packed]]:
        for _ in range(3):
            clock.now += sharding.KEPT_AFTER
            yield packed(1)

    assert [len(each) for each in gathered(slow())] == [1, 1, 1]


def test_nothing_is_kept_of_nothing(clock: Clock) -> None:
    assert list(gathered(iter([[], []]))) == []
