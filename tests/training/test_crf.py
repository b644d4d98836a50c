"""The CRF floor: labels from gold and back, which anchor a value goes to, and a whole round from training to records."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scipy", reason="scipy fits the weights; the program itself does not need it")

from tawatur import pipeline
from tawatur.errors import TawaturError
from tawatur.model import Part
from tawatur.reader.scene import Scene
from tawatur.text.documents import from_row
from training import crf
from training.crf_features import LAYERS, layer_labels, read_sentences, spans_in, word_features
from training.documents import Gold

STRIKE = "قصفت الطائرات بلدة كفركلا، وأصيب 3 جنود."
SPOKE = "وقال الناطق إن القوات ستواصل عملياتها. وغادر الوفد المدينة."


def see(text: str, key: str = "d") -> Scene:
    return pipeline.see(from_row({"id": key, "text": text, "published": "2024-03-02"}))


def gold(text: str, **values: Any) -> Gold:
    """A gold record with offsets of its values, the first place where each stands."""
    empty: Gold = dict.fromkeys(("actor", "target", "place", "time", "cue")) | {
        "weapons": [],
        "numbers": [],
        "source": [],
    }
    at: dict[str, Any] = {k: text.index(v) for k, v in values.items() if k in ("anchor", *empty) and isinstance(v, str)}
    at["source"] = [text.index(v) for v in values.get("source", [])]
    at["numbers"] = [text.index(n["text"]) for n in values.get("numbers", [])]
    return {**empty, **values, "at": at}


STRIKE_GOLD = gold(
    STRIKE, kind="event", type="strike.air", anchor="قصفت", actor="الطائرات", place="كفركلا",
    numbers=[{"of": "injured", "low": 3, "high": 3, "text": "3 جنود"}],
)  # fmt: skip
SPOKE_GOLD = gold(
    SPOKE, kind="statement", type="pledge", anchor="قال", actor="الناطق", source=["الناطق"], cue="قال",
)  # fmt: skip


def told(text: str, record: Gold, layer: str) -> list[tuple[str, str]]:
    """The words and the class of each value of a layer, through its labels and back."""
    scene = see(text)
    labels = layer_labels(scene, [record], layer)
    return [
        (text[scene.tokens[i].start + off : scene.tokens[j - 1].end], name)
        for s in scene.sentences
        for i, j, off, name in spans_in(labels[s.i : s.j], s.i)
    ]


@pytest.mark.parametrize(
    ("text", "record", "layer", "expected"),
    [
        (STRIKE, STRIKE_GOLD, "anchor", [("قصفت", "event/strike.air")]),
        (STRIKE, STRIKE_GOLD, "number", [("3 جنود", "injured")]),
        (STRIKE, STRIKE_GOLD, "target", []),
        (SPOKE, SPOKE_GOLD, "source", [("الناطق", "")]),
        # The value leaves off the "and" that the word begins with.
        (SPOKE, SPOKE_GOLD, "cue", [("قال", "")]),
    ],
)
def test_labels_hold_the_gold_values(text: str, record: Gold, layer: str, expected: list[tuple[str, str]]) -> None:
    assert told(text, record, layer) == expected


def test_an_inside_label_without_a_beginning_is_no_value() -> None:
    assert spans_in(["I", "O", "B/0/x", "I", "B/1/y"], 10) == [(12, 14, 0, "x"), (14, 15, 1, "y")]


def test_of_two_records_at_one_anchor_the_kind_that_is_told_more_often_stands() -> None:
    other = {**STRIKE_GOLD, "kind": "aggregate"}
    labels = layer_labels(see(STRIKE), [other, STRIKE_GOLD, STRIKE_GOLD], "anchor")
    assert [x for x in labels if x != "O"] == ["B/0/event/strike.air"]


def test_a_word_sees_its_neighbours_only_in_its_sentence() -> None:
    scene = see(SPOKE)
    first, last = scene.sentences[0], scene.sentences[-1]
    features = word_features(scene)
    assert "1:none" in features[first.j - 1]
    assert {"-1:none", "-2:none"} <= set(features[last.i])
    assert f"1:w={scene.tokens[last.i + 1].norm}" in features[last.i]


def test_a_word_sees_mentions_triggers_and_how_far_they_are() -> None:
    scene = see(STRIKE)
    place = next(k for k, t in enumerate(scene.tokens) if t.norm == "كفركلا")
    features = word_features(scene)[place]
    assert "place=B" in features
    assert "left.trigger=strike.unspecified" in features


def value(scene: Scene, word: str, name: str = "") -> crf.Value:
    """The first token with these letters, as a value."""
    k = next(k for k, t in enumerate(scene.tokens) if scene.text[t.start : t.end] == word)
    t = scene.tokens[k]
    return crf.Value(k, k + 1, t.start, t.end, name)


def test_a_value_goes_to_the_nearest_anchor_of_its_sentence_else_to_the_nearest_before() -> None:
    scene = see("قصفت الطائرات الجنوب واعتقلت القوات شابا. وغادر الوفد. ثم هاجم المسلحون الثكنة.")
    anchors = [value(scene, w) for w in ("قصفت", "واعتقلت", "هاجم")]
    assert crf.anchor_of(scene, anchors, value(scene, "الطائرات")) == 0
    assert crf.anchor_of(scene, anchors, value(scene, "شابا")) == 1
    assert crf.anchor_of(scene, anchors, value(scene, "الوفد")) == 1
    assert crf.anchor_of(scene, anchors[2:], value(scene, "الطائرات")) is None


def test_values_snap_to_mentions_and_a_number_that_is_none_is_dropped() -> None:
    scene = see(STRIKE)
    found: dict[str, list[crf.Value]] = {layer: [] for layer in LAYERS}
    found["anchor"] = [value(scene, "قصفت", "event/strike.air")]
    found["number"] = [value(scene, "3", "injured"), value(scene, "الطائرات", "other")]
    result = crf.reading(scene, found, [0.7])
    figure = next(q for q in scene.numbers if q.low == 3)
    marks = [(m.role, m.span.start, m.span.end, m.label) for m in result.marks]
    assert marks[0] == ("anchor", 0, 4, "event/strike.air/happened/")
    assert marks[1:] == [("number", figure.start, figure.end, "injured")]
    assert [(link.anchor, link.mark) for link in result.links] == [(0, 1)]


def test_page_furniture_is_not_read() -> None:
    text = f"{STRIKE}\n{SPOKE}"
    parts = (Part("body", 0, len(STRIKE)), Part("furniture", len(STRIKE) + 1, len(text), reason="comments"))
    scene = pipeline.see(replace(from_row({"id": "page", "text": text}), parts=parts))
    read = read_sentences(scene)
    assert [scene.text[s.start : s.end] for s in read] == [STRIKE]
    assert len(scene.sentences) > len(read)


def test_what_is_learned_is_found_again(tmp_path: Path) -> None:
    pytest.importorskip("pycrfsuite", reason="python-crfsuite trains the floor; the program itself does not need it")
    documents = [
        (see(text, f"{n}"), [record]) for n in range(4) for text, record in ((STRIKE, STRIKE_GOLD), (SPOKE, SPOKE_GOLD))
    ]
    crf.train(documents, LAYERS, tmp_path)
    out = tmp_path / "found.jsonl"
    rows = [{"id": "new", "text": f"{STRIKE} {SPOKE}", "published": "2024-03-02"}]
    crf.predict(rows, crf.CrfReader(tmp_path), out)
    records = [json.loads(x) for x in out.read_text(encoding="utf-8").splitlines()]
    strike, spoke = (next(r for r in records if r["kind"] == kind) for kind in ("event", "statement"))
    assert (strike["type"], strike["anchor"]["text"], strike["actor"]["text"]) == ("strike.air", "قصفت", "الطائرات")
    assert strike["place"]["text"] == "كفركلا"
    assert [(n["of"], n["low"], n["high"]) for n in strike["numbers"]] == [("injured", 3, 3)]
    assert (spoke["type"], [p["text"] for p in spoke["source"]], spoke["cue"]["text"]) == ("pledge", ["الناطق"], "قال")
    assert spoke["reader"].startswith("crf/")


def test_a_missing_model_is_one_plain_line(tmp_path: Path) -> None:
    pytest.importorskip("pycrfsuite", reason="python-crfsuite trains the floor; the program itself does not need it")
    with pytest.raises(TawaturError, match=r"no anchor\.crfsuite") as error:
        crf.CrfReader(tmp_path)
    assert "--train" in error.value.hint
