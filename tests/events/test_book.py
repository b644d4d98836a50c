"""One document after another gives what all at once give, whatever comes, goes or is decided; undoing leaves no trace."""

from __future__ import annotations

import random
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.events.book import Register
from tawatur.events.build import components, event_id
from tawatur.events.facets import facets
from tawatur.events.memory import MemoryBook
from tawatur.events.told import Told, Verdict
from tests.events.made import Sketch, collections
from tests.events.test_clusters import EAGER, consistent


def state(book: MemoryBook, keys: set[str]) -> list[object]:
    """The components that a book holds, of records that are there."""
    found, rows = book.component(book.component_of(keys))
    return [found, rows.ids, [r.tobytes() for r in rows.rows]]


def anew(tolds: list[Told], verdicts: list[Verdict]) -> list[object]:
    found = facets(tolds)
    made = components(found, verdicts, EAGER)
    return [made, found.ids, [r.tobytes() for r in found.rows]]


def by_document(tolds: list[Told]) -> dict[str, list[Told]]:
    out: dict[str, list[Told]] = defaultdict(list)
    for told in {t.key: t for t in tolds}.values():
        out[told.facts.doc].append(told)
    return out


@settings(max_examples=60, deadline=None)
@given(collections(), st.data(), st.randoms(use_true_random=False))
def test_whatever_the_order_it_is_as_if_all_had_come_at_once(
    tolds: list[Told], data: st.DataObject, order: random.Random
) -> None:
    verdicts = data.draw(st.composite(consistent)(tolds))
    documents = by_document(tolds)
    tolds = [t for found in documents.values() for t in found]
    at_once = set(data.draw(st.lists(st.sampled_from(sorted(documents)), unique=True)) if documents else [])
    book = MemoryBook(facets(t for d in at_once for t in documents[d]), scale=EAGER)
    register = Register(book, EAGER)
    steps: list[str | Verdict] = [*(set(documents) - at_once), *verdicts]
    steps.sort(key=str)
    order.shuffle(steps)
    for step in steps:
        if isinstance(step, Verdict):
            register.decide(step)
        else:
            register.place(documents[step])
    assert state(book, {t.key for t in tolds}) == anew(tolds, verdicts)


@settings(max_examples=60, deadline=None)
@given(collections(), st.data())
def test_taking_back_leaves_no_trace(tolds: list[Told], data: st.DataObject) -> None:
    documents = by_document(tolds)
    verdicts = data.draw(st.composite(consistent)(tolds))
    going = set(data.draw(st.lists(st.sampled_from(sorted(documents)), unique=True)) if documents else [])
    book = MemoryBook(facets(t for d, found in documents.items() if d not in going for t in found), scale=EAGER)
    keys = {t.key for t in tolds}
    before = state(book, keys)
    register = Register(book, EAGER)
    for doc in sorted(going):
        register.place(documents[doc])
    for verdict in verdicts:
        register.decide(verdict)
    for verdict in verdicts:
        register.undecide(verdict)
    for doc in sorted(going):
        register.remove(doc)
    assert state(book, keys) == before


@settings(max_examples=40, deadline=None)
@given(collections(), st.data())
def test_what_was_there_at_first_can_go_and_come_again(tolds: list[Told], data: st.DataObject) -> None:
    documents = by_document(tolds)
    going = set(data.draw(st.lists(st.sampled_from(sorted(documents)), unique=True)) if documents else [])
    book = MemoryBook(facets(tolds), scale=EAGER)
    keys = {t.key for t in tolds}
    before = state(book, keys)
    register = Register(book, EAGER)
    for doc in sorted(going):
        register.remove(doc)
    staying = [t for doc, found in documents.items() if doc not in going for t in found]
    assert state(book, keys) == anew(staying, [])
    for doc in sorted(going, reverse=True):
        register.place(documents[doc])
    assert state(book, keys) == before


@settings(max_examples=40, deadline=None)
@given(collections())
def test_what_is_told_of_changes_is_what_changed(tolds: list[Told]) -> None:
    register = Register(MemoryBook(scale=EAGER), EAGER)
    held: dict[str, tuple[str, ...]] = {}
    for found in by_document(tolds).values():
        change = register.place(found)
        assert change.gone <= set(held)
        held = {k: m for k, m in held.items() if k not in change.gone} | dict(change.now)
    assert held == {event_id(m): m for c in components(facets(tolds), (), EAGER) for m in c.events}


def test_a_document_that_is_read_anew_takes_the_place_of_the_old_reading() -> None:
    book = MemoryBook(scale=EAGER)
    register = Register(book, EAGER)
    register.place([Sketch("a", "one").told(), Sketch("b", "one", 2, 1, place=4).told()])
    register.place([Sketch("c", "two").told()])
    change = register.place([Sketch("d", "one").told()])
    assert change.gone == {event_id(["a", "c"]), event_id(["b"])}
    assert dict(change.now) == {event_id(["c", "d"]): ("c", "d")}


def test_a_copy_that_is_found_out_later_is_compared_anew() -> None:
    """The record is the same, what is known of its report is not."""
    one = Sketch("a", "one", 0, place=None, day=None, published=None, lineage="l")
    alone = Sketch("b", "two", 1, place=None, day=None, published=None)
    copied = Sketch("b", "two", 1, place=None, day=None, published=None, lineage="l")
    book = MemoryBook(scale=EAGER)
    register = Register(book, EAGER)
    register.place([one.told()])
    register.place([alone.told()])
    register.place([copied.told()])
    assert state(book, {"a", "b"}) == anew([one.told(), copied.told()], [])


def test_a_document_without_records_is_gone() -> None:
    book = MemoryBook(scale=EAGER)
    register = Register(book, EAGER)
    register.place([Sketch("a", "one").told()])
    assert register.place([], "one").gone == {event_id(["a"])}
    assert book.component_of({"a"}) == set()


def test_a_verdict_waits_for_its_record() -> None:
    register = Register(MemoryBook(scale=EAGER), EAGER)
    register.decide(Verdict("same", "a", "b"))
    register.place([Sketch("a", "one", place=0).told()])
    change = register.place([Sketch("b", "two", 2, place=4, day=5).told()])
    assert dict(change.now) == {event_id(["a", "b"]): ("a", "b")}
