"""Count the words of a newspaper, for telling words that run together from words that are whole.

    python -m training.words

Writes ``src/tawatur/data/words.txt.gz``: folded Arabic forms of the archive in ``../shared/data/almayadeen`` that
occur at least eight times and are not themselves two much commoner words run together; a form a line, commonest first.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import Counter
from pathlib import Path

from tawatur.text.glued import KEPT, SHORTEST
from tawatur.text.tokens import tokenize

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "tawatur" / "data" / "words.txt.gz"
LEAST, RATIO = 8, 25


def main() -> int:
    folder = Path(os.environ.get("TAWATUR_SHARED", ROOT.parent / "shared")) / "data" / "almayadeen"
    if not folder.is_dir():
        print("no archive beside the repository: the list stays as it is", file=sys.stderr)
        return 1
    count: Counter[str] = Counter()
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for text in (row["title"], row["text"]):
                count.update(t.norm for t in tokenize(text) if t.script == "arabic")

    def glued(word: str, n: int) -> bool:
        if word.startswith(KEPT):
            return False
        return any(
            min(count[word[:k]], count[word[k:]]) >= (RATIO if word[k : k + 2] != "ال" else RATIO // 6) * n
            for k in range(SHORTEST, len(word) - SHORTEST + 1)
        )

    kept = [w for w, n in count.most_common() if n >= LEAST and len(w) >= 2 and not glued(w, n)]
    with gzip.GzipFile(OUT, "wb", mtime=0) as f:
        f.write("\n".join(kept).encode())
    print(f"{len(kept)} forms of {len(count)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
