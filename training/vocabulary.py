"""The tokenizer cut to what Arabic and English reports need: a quarter of its pieces, the same cuts of their words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
_OTHER = re.compile(
    r"[^\u0000-\u00bf\u00d7\u00f7\u0600-\u06ff\u0750-\u077f\u2000-\u20cf\u2581\ufb50-\ufdff\ufe70-\ufeff]"
)


def kept(pieces: Iterable[str], latin: frozenset[str]) -> list[int]:
    """The numbers of the pieces to keep: Arabic script, digits and marks, and of the Latin pieces of ``latin`` those of
    plain letters; what holds a letter or mark of another script is left out."""
    out = []
    for n, piece in enumerate(pieces):
        if n >= 4 and _OTHER.search(piece):
            continue
        if n < 4 or _ARABIC.search(piece) or not _LETTER.search(piece) or piece in latin:
            out.append(n)
    return out


def cut(path: Path, latin: frozenset[str]) -> tuple[dict[str, Any], list[int]]:
    """The tokenizer of ``path`` with the kept pieces, and their old numbers in the new order."""
    tokenizer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    numbers = kept((piece for piece, _ in vocabulary), latin)
    tokenizer["model"]["vocab"] = [vocabulary[n] for n in numbers]
    kept_names = {vocabulary[n][0] for n in numbers}
    tokenizer["added_tokens"] = [t for t in tokenizer["added_tokens"] if t["content"] in kept_names and t["id"] < 4]
    tokenizer["truncation"] = tokenizer["padding"] = None
    return tokenizer, numbers
