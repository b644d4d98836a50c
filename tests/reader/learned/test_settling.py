"""What the network's scores count beside the choices of the rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tawatur.errors import TawaturError
from tawatur.reader.learned.hints import ROLES
from tawatur.reader.learned.labels import TYPES
from tawatur.reader.learned.onnx import OnnxNetwork
from tawatur.reader.learned.settling import Anchors, Settling, load
from tests.reader.learned.made import as_it_is


def test_features_that_speak_of_anchors_are_heard_and_others_are_not() -> None:
    own = Anchors(1.0, 0.0, {"keep7": 2.0, "place3.B": 9.0})
    assert own.chance(0.0, []) == 0.5
    assert own.chance(0.0, ["place3.B"]) == 0.5
    assert own.chance(0.0, ["keep7"]) == pytest.approx(1 / (1 + np.exp(-2)))


def test_the_rules_choice_of_a_type_counts_as_much_as_was_fitted() -> None:
    base = as_it_is()
    own = Settling(base.anchors, {"scale": 0.5, "type": 1.5}, base.outcomes, base.roles)
    scores = np.zeros(len(TYPES))
    scores[0] = 2.0
    settled = own.type(scores, ["type.clash", "trigger.raid", "type.nothing"])
    assert settled[0] == 1.0
    assert settled[TYPES.index("clash")] == 1.5
    assert settled[TYPES.index("raid")] == 0.0


def test_hints_are_added_by_their_kind_and_none_by_itself() -> None:
    base = as_it_is()
    roles = base.roles.copy()
    roles[0] = [2.0, 1.0, 0.5, 3.0, -1.0]
    own = Settling(base.anchors, base.types, base.outcomes, roles)
    hint = np.zeros((1, len(ROLES), 4), dtype=np.int64)
    hint[0, 0] = [0, 1, 2, 3]
    settled = own.role(np.ones((1, len(ROLES), 5)), hint)
    assert settled[0, 0].tolist() == [2.0, 3.0, 2.5, 5.0, 1.0]
    assert settled[0, 1].tolist() == [1.0] * 5


@pytest.mark.parametrize("content", ["", "{}", '{"anchors": {}}'])
def test_a_damaged_table_is_told_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settling.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TawaturError, match=r"settling\.json"):
        load(path)


def test_a_model_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TawaturError, match="cannot be read"):
        OnnxNetwork(tmp_path, 1)
    (tmp_path / "words.onnx").write_bytes(b"cut off")
    (tmp_path / "meta.json").write_text('{"files": {"words.onnx": "0"}}', encoding="utf-8")
    with pytest.raises(TawaturError, match="damaged"):
        OnnxNetwork(tmp_path, 1)


def test_a_model_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"files": {}, "kinds": ["event"]}', encoding="utf-8")
    with pytest.raises(TawaturError, match="another version"):
        OnnxNetwork(tmp_path, 1)
