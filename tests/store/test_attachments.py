"""What belongs to a report is told once, whether its source brought it, a reader found it, or both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tawatur.model import Attachment, Read
from tawatur.store.packing import pack
from tawatur.store.repository import Store
from tests.store.made import OLD, document, page

PHOTO = b"\xff\xd8\xff a photo"
DIGEST = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.sqlite") as opened:
        yield opened


def attachments(store: Store, brought: list[Attachment], found: list[Attachment]) -> list[tuple[str, str, str]]:
    """Kind, address and digest of what a report has whose source brought some and whose reader found some."""
    (added,) = store.add_captures([replace(page("words"), attachments=tuple(brought))], "us")
    read = Read(added.id, replace(document("words of it"), attachments=tuple(found)))
    store.add_readings([pack(read)], OLD)
    return [(a.kind, a.address, a.digest) for a in store.reading("7").attachments]


def test_a_picture_that_a_reader_finds_again_is_told_once(store: Store) -> None:
    brought = [Attachment("picture", "page_files/صورة 1.jpg", media_type="image/jpeg", content=PHOTO)]
    found = [Attachment("picture", "page_files/%D8%B5%D9%88%D8%B1%D8%A9%201.jpg"), Attachment("link", "https://b.org/")]
    assert attachments(store, brought, found) == [
        ("picture", "page_files/صورة 1.jpg", DIGEST),
        ("link", "https://b.org/", ""),
    ]


def test_of_another_kind_or_place_it_is_another(store: Store) -> None:
    brought = [Attachment("picture", "https://a.org/1.jpg", media_type="image/jpeg", content=PHOTO)]
    found = [Attachment("link", "https://a.org/1.jpg"), Attachment("picture", "https://a.org/2.jpg")]
    assert len(attachments(store, brought, found)) == 3


def test_without_bytes_nothing_stands_in_the_way(store: Store) -> None:
    found = [Attachment("post", "https://x.org/1", author="one"), Attachment("post", "https://x.org/1", author="two")]
    assert len(attachments(store, [], found)) == 2
