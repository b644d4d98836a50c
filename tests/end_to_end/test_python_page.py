"""What docs/python.md shows can be run as it stands there."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import tawatur

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"^```python\n(.*?)^```", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)


def test_the_blocks_of_the_page_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reports").mkdir()
    for name in ("01-group-statement.txt", "03-outlet-copy.html"):
        shutil.copy(ROOT / "samples" / name, "reports")
    undated = {"id": "undated", "text": "قصف الجيش المطار أمس.", "title": "قصف"}
    Path("rows.jsonl").write_text(json.dumps(undated) + "\n")
    Path("report.txt").write_text("أعلنت المقاومة الإسلامية في العراق أمس استهداف قاعدة عين الأسد بصاروخين.")
    names: dict[str, Any] = {"__name__": "page"}
    for block in BLOCKS:
        exec(compile(block, "docs/python.md", "exec"), names)
    out = capsys.readouterr().out
    assert out.startswith("3 added, 0 were here, 0 failed\n")
    assert "وكالة الرافد" in out
    assert "undated" in out
    assert "there is no store at elsewhere.sqlite" in out
    assert names["reading"].records
    assert names["raw"]
    assert Path("reports.zip").exists()
    with tawatur.open("reports.sqlite", create=False) as collection:
        assert len(list(collection.documents())) == 4
