"""The same report gives the same records in every process, whatever the seed of its hashes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = """
import sys
from pathlib import Path
from tawatur.export.jsonl import record_line
from tawatur.pipeline import extract
from tawatur.text.documents import from_text
for path in sys.argv[1:]:
    text = Path(path).read_text(encoding="utf-8")
    for r in extract(from_text(text, title="", published="", outlet="", address="")).records:
        print(sorted(record_line(r).items(), key=str))
"""


def digest(seed: str) -> str:
    samples = sorted(str(p) for p in (ROOT / "samples").glob("*.txt") if p.name[0].isdigit())
    done = subprocess.run(
        [sys.executable, "-c", CODE, *samples],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
    )
    assert len(done.stdout) > 1000
    return hashlib.sha256(done.stdout).hexdigest()


def test_three_seeds_one_answer() -> None:
    assert len({digest(seed) for seed in ("0", "1", "2")}) == 1
