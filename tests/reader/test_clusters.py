"""Which triggers tell of one happening, and that a crowd of them stays bounded."""

from __future__ import annotations

import pytest

from tawatur.pipeline import extract, see
from tawatur.reader.clusters import MOST_IN_SCENE, MOST_IN_SENTENCE, Cluster, clusters
from tawatur.reader.scene import Scene
from tawatur.reader.triggers import find_triggers
from tawatur.text.documents import from_row


def grouped(text: str) -> tuple[Scene, list[Cluster]]:
    scene = see(from_row({"text": text}))
    return scene, clusters(scene, find_triggers(scene.text, scene.tokens))


def heads(text: str) -> list[str]:
    _, found = grouped(text)
    return [text[c.head.start : c.head.end] for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a raid, and whom it hurt
        ("غارة على الميناء أسفرت عن مقتل ثلاثة عمال", ["غارة"]),
        # whom it hurt, by what
        ("مقتل ثلاثة عمال في غارة على الميناء", ["غارة"]),
        # dead and hurt are one toll
        ("مقتل أربعة وإصابة تسعة في حادثة واحدة", ["مقتل"]),
        # two sentences never join
        ("غارة على الميناء. مقتل ثلاثة عمال.", ["غارة", "مقتل"]),
        # "while" begins something else
        ("استهدفت المدفعية الجسر فيما اقتحمت قوة الحي", ["استهدفت", "اقتحمت"]),
    ],
)
def test_which_triggers_anchor(text: str, expected: list[str]) -> None:
    assert heads(text) == expected


def test_a_cluster_looks_no_further_than_its_neighbours() -> None:
    scene, (first, second) = grouped("استهدفت المدفعية الجسر فيما اقتحمت قوة الحي")
    assert (first.left, second.right) == (0, len(scene.tokens))
    assert first.right == second.first
    assert second.left == first.last


def test_a_crowded_sentence_is_bounded_and_says_so() -> None:
    scene, found = grouped("قصف " * 200)
    assert len(found) == MOST_IN_SENTENCE
    (issue,) = scene.issues
    assert issue.code == "crowded"
    assert issue.span is not None
    assert issue.span.text == "قصف"


def test_a_crowded_scene_is_bounded() -> None:
    _, found = grouped("قصف الجسر.\n" * (MOST_IN_SCENE + 50))
    assert len(found) == MOST_IN_SCENE


def test_the_issue_reaches_whoever_asks_for_records() -> None:
    assert "crowded" in {issue.code for issue in extract(from_row({"text": "قصف " * 200})).issues}


def test_an_ordinary_sentence_has_no_such_issue() -> None:
    scene, _ = grouped("غارة على الميناء أسفرت عن مقتل ثلاثة عمال")
    assert scene.issues == []
