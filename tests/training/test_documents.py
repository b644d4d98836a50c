"""Further coded reports: places in texts that lie elsewhere become records; a text that changed is noticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tawatur import pipeline
from tawatur.reader.classes import COUNTED, KINDS, OUTCOMES, STATUSES
from tawatur.reader.learned.labels import OF_KIND
from tawatur.text.documents import from_row
from training.documents import CODED, SEVERAL, dated, digest, gold_of, load_coded, shared

TEXT = "أعلنت الوزارة أن ثلاثة جنود قتلوا في الحلة يوم الأحد."


def span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def coded() -> dict[str, object]:
    return {
        "kind": "event", "type": "harm", "outcome": "hit", "anchor": span("قتلوا"), "target": span("جنود"),
        "place": span("الحلة"), "time": span("يوم الأحد"), "source": [span("الوزارة")], "cue": span("أعلنت"),
        "numbers": [["killed", 3, 3, *span("ثلاثة")]],
    }  # fmt: skip


def test_places_become_words() -> None:
    r = gold_of(coded(), TEXT)
    assert (r["anchor"], r["target"], r["place"], r["cue"]) == ("قتلوا", "جنود", "الحلة", "أعلنت")
    assert (r["status"], r["actor"], r["weapons"]) == ("happened", None, [])
    assert r["source"] == ["الوزارة"]
    assert r["numbers"] == [{"of": "killed", "low": 3, "high": 3, "text": "ثلاثة"}]
    assert TEXT[r["at"]["numbers"][0] :].startswith("ثلاثة")
    assert "actor" not in r["at"]


def test_a_time_gets_its_days() -> None:
    scene = pipeline.see(from_row({"id": "a", "text": TEXT, "published": "2024-02-06"}))
    (r,) = dated(scene, [gold_of(coded(), TEXT)])
    assert r["date"] == ["2024-02-04", "2024-02-04"]
    (r,) = dated(scene, [gold_of({**coded(), "time": None}, TEXT)])
    assert r["date"] is None


def test_another_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "almayadeen"
    folder.mkdir(parents=True)
    row = {"id": "7", "title": "", "text": TEXT}
    (folder / "2024-02.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    monkeypatch.setenv("TAWATUR_SHARED", str(tmp_path))
    listed = tmp_path / "coded.jsonl"
    line = {"doc": "7", "set": "almayadeen", "sha": digest(TEXT), "records": [coded()]}
    listed.write_text(json.dumps(line) + "\n", encoding="utf-8")
    ((found, records),) = load_coded(False, listed)
    assert load_coded(True, listed) == []
    assert (found, records[0]["anchor"]) == (row, "قتلوا")
    listed.write_text(json.dumps({**line, "sha": digest(TEXT + " ")}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="document 7 is missing or is not the text"):
        load_coded(False, listed)
    listed.write_text(json.dumps({**line, "doc": "8"}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="document 8"):
        load_coded(False, listed)


def test_what_is_coded_keeps_to_the_closed_lists() -> None:
    rows = [json.loads(line) for line in CODED.read_text(encoding="utf-8").splitlines()]
    assert len({(row["set"], row["doc"]) for row in rows}) == len(rows) > 1000
    for row in rows:
        for r in row["records"]:
            assert r["kind"] in KINDS, row["doc"]
            assert r["type"] in OF_KIND[r["kind"]], row["doc"]
            assert r.get("status", "happened") in STATUSES, row["doc"]
            assert r.get("outcome", "hit") in OUTCOMES, row["doc"]
            assert all(of in COUNTED for of, *_ in r.get("numbers", [])), row["doc"]
            spans = [v for k, v in r.items() if k in ("anchor", "actor", "target", "place", "time", "cue")]
            spans += [s for name in SEVERAL for s in r.get(name, [])] + [n[3:] for n in r.get("numbers", [])]
            assert all(0 <= a < b for a, b in spans), row["doc"]


@pytest.mark.skipif(
    not (shared() / "data" / "almayadeen").is_dir(), reason="needs the coded texts beside the repository"
)
def test_the_coded_texts_are_those_beside_the_repository() -> None:
    for row, records in load_coded(False) + load_coded(True):
        text = from_row(row).text
        for r in records:
            assert r["anchor"].strip()
            assert text.startswith(r["anchor"], r["at"]["anchor"])
