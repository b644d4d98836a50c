"""The model in the package: whole and small, and what every reader of reports must read right."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from tawatur import pipeline
from tawatur.errors import TawaturError
from tawatur.model import Record
from tawatur.reader import learned
from tawatur.reader.learned.onnx import OnnxNetwork
from tawatur.text.documents import from_text

SHARED = Path(os.environ.get("TAWATUR_SHARED") or Path(__file__).parents[4] / "shared")
pytestmark = pytest.mark.skipif(not learned.available(), reason="the package has no model here: make model")


def read(text: str, published: str = "2024-02-06") -> list[Record]:
    return list(pipeline.extract(from_text(text, published=published), pipeline.reader("learned")).records)


def test_the_files_are_small_and_those_that_the_model_says() -> None:
    meta = json.loads((learned.FOLDER / "meta.json").read_text(encoding="utf-8"))
    sizes = {p.name: p.stat().st_size for p in learned.FOLDER.iterdir()}
    assert sum(sizes.values()) <= 50_000_000
    assert set(sizes) == {*meta["files"], "meta.json", "README.md"}
    for name, digest in meta["files"].items():
        assert hashlib.sha256((learned.FOLDER / name).read_bytes()).hexdigest() == digest, name


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    for path in learned.FOLDER.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "floors.json").unlink()
    (tmp_path / "floors.json").write_text("{}", encoding="utf-8")
    with pytest.raises(TawaturError, match=r"floors\.json is damaged"):
        OnnxNetwork(tmp_path, 1)


def test_it_reads_and_says_who_read() -> None:
    found = read("قصفت طائرات حربية إسرائيلية مدينة صيدا مساء الأحد، ما أدى إلى مقتل أربعة مدنيين.")
    (r,) = found
    assert (r.kind, r.type) == ("event", "strike.air")
    assert r.place is not None
    assert r.place.span.text == "صيدا"
    assert r.reader.startswith("learned/")


@pytest.mark.parametrize(
    "text",
    [
        "The Pentagon said that a base in eastern Syria was attacked with two drones on Sunday.",
        "According to the defence ministry, rockets were fired at the airport of Erbil on Sunday.",
        "Reuters reported, citing a security official, that a drone hit a fuel depot in Hodeidah overnight.",
    ],
)
def test_who_says_so_is_not_who_did_it(text: str) -> None:
    events = [r for r in read(text) if r.kind == "event"]
    assert events
    assert [r.actor.span.text for r in events if r.actor] == []


def test_who_claims_what_he_tells_is_who_did_it() -> None:
    (r,) = [r for r in read("The army said its jets struck a depot near Homs on Sunday.") if r.kind == "event"]
    assert r.actor is not None
    assert (r.actor.span.text, [s.span.text for s in r.source]) == ("army", ["army"])


@pytest.mark.skipif(not (SHARED / "mission" / "report.txt").is_file(), reason="needs the mission's report")
def test_the_report_that_the_project_began_with() -> None:
    """As far as it gets: every attacked place, and every speech act with its speaker, as told by the report."""
    text = (SHARED / "mission" / "report.txt").read_text(encoding="utf-8")
    found = read(text, "2023-12-09")
    places = {r.place.span.text for r in found if r.kind == "event" and r.place}
    assert {"العمر", "كونيكو", "خراب الجير", "الشدادي", "عين الأسد"} <= places
    assert any("أربيل" in p for p in places)
    speakers = Counter(r.actor.span.text for r in found if r.kind == "statement" and r.actor)
    assert speakers["أبو علي العسكري"] == 6
    assert sum(n for name, n in speakers.items() if name.endswith("American Conservative") or name == "المجلة") >= 2
    assert sum(n for name, n in speakers.items() if name.startswith("المقاومة")) == 2


def test_on_a_newspapers_ordinary_days_it_stays_quiet() -> None:
    told = "افتتحت وزارة الثقافة معرض الكتاب السنوي في العاصمة، وقال الوزير إن عدد الزوار تجاوز عشرة آلاف هذا العام."
    assert read(told) == []
