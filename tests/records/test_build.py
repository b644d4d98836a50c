"""Readings to records: every span is proven, ids depend on nothing but the record, standing says who vouches."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model import Document, Link, Mark, MarkRole, Reading, Record, Span
from tawatur.pipeline import catalogue, extract, gazetteer, see
from tawatur.records.build import Meanings, build, identity, spans
from tawatur.text.documents import from_row, from_text

TEXT = "أعلن الجيش العراقي أن مسلحين قصفوا مدينة الموصل بثلاثة صواريخ يوم 8 كانون الأول 2023."


def document(text: str = TEXT) -> Document:
    return from_row({"id": "d", "text": text})


def mark(n: int, role: MarkRole, words: str, label: str = "", text: str = TEXT) -> Mark:
    at = text.index(words)
    return Mark(n, role, Span(at, at + len(words), words), label, 0.99)


def built(marks: list[Mark], links: list[Link]) -> list[Record]:
    scene = see(document())
    records, _ = build(
        scene.document, Reading(tuple(marks), tuple(links)), Meanings(scene, gazetteer(), catalogue()), "t"
    )
    return records


ANCHOR = mark(0, "anchor", "قصفوا", "event/strike.rocket/happened/")
MARKS = [
    ANCHOR,
    mark(1, "place", "الموصل"),
    mark(2, "actor", "مسلحين"),
    mark(3, "source", "الجيش العراقي"),
    mark(4, "cue", "أعلن"),
]
LINKS = [Link(0, n) for n in range(1, 5)]


def test_marks_and_links_become_one_record_with_its_words_resolved() -> None:
    (r,) = built(MARKS, LINKS)
    assert (r.kind, r.type, r.status, r.outcome) == ("event", "strike.rocket", "happened", None)
    assert r.place is not None
    assert (r.place.span.text, r.place.country) == ("الموصل", "IQ")
    assert [p.span.text for p in r.source] == ["الجيش العراقي"]
    assert r.evidence.text == TEXT
    assert r.standing == "attributed"


@pytest.mark.parametrize(
    ("actor", "source", "standing"),
    [
        ("مسلحين", None, "own_voice"),
        ("مسلحين", "الجيش العراقي", "attributed"),
        ("الجيش العراقي", "الجيش العراقي", "claimed"),
    ],
)
def test_who_vouches(actor: str, source: str | None, standing: str) -> None:
    marks = [ANCHOR, mark(1, "place", "الموصل"), mark(2, "actor", actor)]
    marks += [mark(3, "source", source)] if source else []
    (r,) = built(marks, [Link(0, n) for n in range(1, len(marks))])
    assert r.standing == standing


@pytest.mark.parametrize("bad", [Span(3, 9, "غيرها"), Span(5, 5, ""), Span(0, 4, "اعلن")])
def test_a_span_that_is_not_the_documents_own_words_fails_loudly(bad: Span) -> None:
    with pytest.raises(ValueError, match="not the document's own words"):
        built([replace(ANCHOR, span=bad)], [])


def test_the_id_changes_with_what_the_record_points_at_and_not_with_confidence() -> None:
    (r,) = built(MARKS, LINKS)
    assert identity(replace(r, confidence=0.1)) == r.id
    others = [replace(r, doc="e"), replace(r, type="strike.air"), replace(r, place=None), replace(r, source=())]
    assert len({r.id, *map(identity, others)}) == 5


TEXTS = [
    TEXT,
    "قالت وزارة الصحة إن غارة على غزة أسفرت عن مقتل خمسة مدنيين وإصابة 12 آخرين.",
    "نفى متحدث باسم الجيش اللبناني استهداف أي موقع في صيدا.",
    "The army said rockets hit Mosul on 8 December 2023, killing two soldiers.",
    "اجتمع مجلس المدينة صباح اليوم لبحث أسعار الخبز.",
]


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_documents_do_not_depend_on_the_order_that_they_come_in(rng: random.Random, texts: list[str]) -> None:
    documents = [document(t) for t in texts]
    before = {d.text: extract(d).records for d in documents}
    rng.shuffle(documents)
    assert {d.text: extract(d).records for d in documents} == before


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_every_span_of_every_record_is_in_the_document(texts: list[str]) -> None:
    d = document("\n".join(texts))
    records = extract(d).records
    assert all(d.text[s.start : s.end] == s.text for r in records for s in spans(r))
    assert len({r.id for r in records}) == len(records)


def test_a_group_speaks_through_its_statement() -> None:
    text = (
        "أعلنت كتائب القسام استهداف دبابة إسرائيلية بقذيفة في جباليا أمس.\n"
        "وأضاف البيان أن الكتائب قصفت تجمعاً للجنود بقذائف الهاون في بيت لاهيا أمس."
    )
    told = [r for r in extract(from_row({"text": text, "published": "2024-03-10"})).records if r.kind == "event"]
    assert told
    assert {r.standing for r in told if r.actor is not None and r.actor.entity} == {"claimed"}


def test_a_place_is_no_person() -> None:
    text = "وبحسب البيان، طالت عمليات المقاومة الإسلامية في العراق حقل العمر، إضافة إلى قاعدة عين الأسد، أمس الجمعة."
    text += "\nوأوضحت المقاومة أن العمليات نُفذت بالصواريخ، وأن إصابتين سُجلتا في صفوف القوات الأميركية."
    for record in extract(from_text(text, published="2023-12-09")).records:
        assert record.target is None or not (record.target.entity or "").startswith("p.")
