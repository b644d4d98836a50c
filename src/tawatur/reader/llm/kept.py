"""Answers kept on disk by what was asked: the same question to the same model is not asked, and paid for, twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


class KeptAnswers:
    """A folder of answers, one file each, named by a hash of the question. Losing it loses nothing but money."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` None keeps nothing."""
        self._folder = folder

    def get(self, question: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to a question; None where none is kept that can be read."""
        if self._folder is None:
            return None
        try:
            kept = json.loads(self._path(question).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        return kept if isinstance(kept, dict) else None

    def put(self, question: dict[str, Any], answer: dict[str, Any]) -> None:
        """Keeps an answer, whole or not at all; where nothing can be written, nothing is kept."""
        if self._folder is None:
            return
        path = self._path(question)
        try:
            # what reports say is nobody else's business: the folder is its owner's alone
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(answer, file)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)
        except OSError:
            return

    def _path(self, question: dict[str, Any]) -> Path:
        assert self._folder is not None
        digest = hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()
        return self._folder / digest[:2] / f"{digest[2:]}.json"
