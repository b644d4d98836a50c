"""Cross-fitting: who shares a fold, and that the package's weights are in use again afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scipy", reason="scipy fits the weights; the program itself does not need it")

from tawatur import pipeline
from tawatur.lexicon import weights
from tawatur.text.documents import from_row
from training import crossfit
from training.documents import Gold
from training.rules import packed

SAID = "أعلنت المقاومة الإسلامية أنها قصفت قاعدة عين الأسد بثلاثة صواريخ مساء أمس."
TOTAL = "أعلنت الوزارة أن 120 هجوما وقعت منذ تشرين الأول."
QUIET = "افتتحت الوزارة معرض الكتاب السنوي في العاصمة وحضره الطلاب."


def gold(text: str, **values: Any) -> Gold:
    """A gold record of ``text``; the fields that are not given are empty."""
    empty: Gold = {"status": "happened", "actor": None, "target": None, "place": None, "time": None, "date": None,
             "weapons": [], "numbers": [], "outcome": None, "source": [], "cue": None}  # fmt: skip
    at = {k: text.index(v) for k, v in values.items() if k in ("anchor", "actor", "place", "time")}
    return {**empty, **values, "at": at}


def reports(count: int) -> list[crossfit.Read]:
    """``count`` reports of one strike, as many of a total, and as many of a book fair."""
    strike = gold(
        SAID, kind="event", type="strike.rocket", anchor="قصفت", actor="المقاومة الإسلامية", place="عين الأسد",
        time="مساء أمس", date=["2024-02-03", "2024-02-03"], source=["المقاومة الإسلامية"], cue="أعلنت",
        numbers=[{"of": "munitions", "low": 3, "high": 3}],
    )  # fmt: skip
    total = gold(
        TOTAL, kind="statistic", type="total_attacks", anchor="هجوما", source=["الوزارة"], cue="أعلنت",
        numbers=[{"of": "attacks", "low": 120, "high": 120}],
    )  # fmt: skip
    told = [(SAID, [strike]), (TOTAL, [total]), (QUIET, [])]
    return [
        (pipeline.see(from_row({"id": f"{k}-{n}", "text": text, "published": "2024-02-04"})), records)
        for n in range(count)
        for k, (text, records) in enumerate(told)
    ]


def test_documents_that_begin_alike_share_a_fold() -> None:
    long = "قصفت الطائرات مواقع في الريف " * 20
    texts = {f"doc{n}": f"تقرير رقم {n} " + long for n in range(60)}
    texts["z1"] = long + "النهاية الأولى"
    texts["a1"] = "«" + long.replace("قصفت", "قَصَفَت") + "» تمت"
    found = crossfit.folds(texts)
    assert found["z1"] == found["a1"]
    assert set(found.values()) == {0, 1, 2}
    # The fold of a document hangs on nothing but itself and what begins like it.
    assert crossfit.folds({k: texts[k] for k in ("doc7", "a1", "z1")}) == {k: found[k] for k in ("doc7", "a1", "z1")}


def test_fitted_weights_are_used_only_while_they_are_given(tmp_path: Path) -> None:
    seen = reports(6)
    shipped = weights.weights("keep")
    tables = crossfit.fit_fold(seen, [(seen[2][0], False)], rounds=1)
    assert weights.weights("keep") == shipped != tables["keep"]
    assert any(name.startswith("type:strike.rocket") for name in tables)
    crossfit.fold_path(tmp_path, 1).write_text(packed(tables), encoding="utf-8")
    assert crossfit.load_fold(tmp_path, 1) == tables


def test_figures_come_from_the_given_weights() -> None:
    seen = reports(1)
    assert crossfit.figures(seen, None)["found"] == 1.0
    assert crossfit.figures(seen, {"keep": {"bias": -30.0}})["found"] == 0.0
