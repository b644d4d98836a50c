"""How two readings of one document differ, record by record and field by field."""

from __future__ import annotations

from dataclasses import replace

from tawatur.collection.changes import compare
from tawatur.model import Number, Party, Record
from tests.store.made import document, record

DOC = document("Rockets hit a base, and then drones hit a port.")
HIT = replace(record(DOC, 0), id="a")
DRONES = replace(record(DOC, 29), id="b")


def test_the_same_records_are_no_change() -> None:
    assert not compare("7", [HIT, DRONES], [DRONES, HIT])


def test_another_reader_score_or_sentence_is_no_change() -> None:
    other = replace(HIT, reader="rules/2", confidence=0.9, gloss=replace(HIT.gloss, en="Rockets hit a base."))
    assert not compare("7", [HIT], [other])


def test_records_come_and_go() -> None:
    change = compare("7", [HIT], [DRONES])
    assert (change.added, change.gone, change.changed) == ((DRONES,), (HIT,), ())


def test_a_record_that_is_seen_otherwise_names_its_fields() -> None:
    sighted: Record = replace(
        HIT,
        id="c",
        reader="rules/2",
        confidence=0.9,
        actor=Party(DOC.span(0, 7)),
        numbers=(Number(DOC.span(0, 7), "munitions", 2, 2),),
    )
    change = compare("7", [HIT, DRONES], [sighted, DRONES])
    (changed,) = change.changed
    assert (changed.before, changed.after, changed.fields) == (HIT, sighted, ("actor", "numbers"))
    assert (change.added, change.gone) == ((), ())


def test_several_records_at_one_anchor_are_paired_in_order_and_the_rest_comes_or_goes() -> None:
    second, third = replace(HIT, id="d", outcome="hit"), replace(HIT, id="e", outcome="missed")
    change = compare("7", [HIT, second], [replace(HIT, id="f", status="denied")])
    assert [(c.before.id, c.after.id, c.fields) for c in change.changed] == [("a", "f", ("status",))]
    assert change.gone == (second,)
    # what both saw alike is no partner for what they saw otherwise
    change = compare("7", [HIT, second], [second, third])
    assert [(c.before.id, c.after.id) for c in change.changed] == [("a", "e")]


def test_another_text_alone_is_a_change() -> None:
    assert compare("7", [HIT], [HIT], text=True)
