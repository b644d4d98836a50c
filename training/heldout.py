"""Records of the coded documents that are held back from training: what confidence is calibrated on.

    python -m training.heldout --out out/model --name seed1

Writes ``heldout.jsonl`` (records as ``tawatur extract`` writes them; ``confidence`` is the raw score) and
``heldout.gold.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tokenizers import Tokenizer

from tawatur import pipeline
from tawatur.export.jsonl import record_line
from tawatur.model import Reading
from tawatur.reader.learned.reading import read
from tawatur.reader.learned.settling import load as load_settling
from tawatur.reader.scene import Scene
from tawatur.text.documents import from_row
from training.documents import dated, load_coded
from training.trained import TorchNetwork, load


class HeldOut:
    """A reader with a trained network that is not exported yet; it leaves nothing out."""

    name = "learned"
    digest = ""
    floors = dict.fromkeys(("event", "aggregate", "statement", "statistic"), 0.0)

    def __init__(self, out: Path, network: str) -> None:
        self._network = TorchNetwork(*load(out, network))
        self._tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
        self._settling = load_settling(out / "settling.json")

    def confidence(self, kind: str, score: float) -> float:
        return score

    def read(self, scene: Scene) -> Reading:
        return read(scene, self._network, self._tokenizer, self._settling)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    parser.add_argument("--name", default="seed1")
    options = parser.parse_args()
    out: Path = options.out
    reader = HeldOut(out, options.name)
    lines, gold_rows = [], []
    for row, records in load_coded(True):
        document = from_row(row)
        found = pipeline.extract(document, reader)
        lines += [json.dumps(record_line(r), ensure_ascii=False) for r in found.records]
        gold_rows.append({"doc": document.id, "records": dated(pipeline.see(document), records)})
    (out / "heldout.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    (out / "heldout.gold.json").write_text(json.dumps(gold_rows, ensure_ascii=False), encoding="utf-8")
    print(f"{len(gold_rows)} documents, {len(lines)} records")
    return 0


if __name__ == "__main__":
    sys.exit(main())
