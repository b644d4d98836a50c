"""Compiles the gazetteer's tables to the index that a run opens, for wheels and for editable installs alike.

The tables stay in the wheel as they are; a program whose tables are newer than the index compiles them anew for itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``src/tawatur/data/places.idx``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from tawatur.lexicon.names_index import digest_in
            from tawatur.meaning.places_table import DATA, compile_index, source_digest
        finally:
            sys.path.pop(0)
        path = DATA / "places.idx"
        if digest_in(path) != source_digest():
            compile_index(path)
        build_data["artifacts"].append("src/tawatur/data/places.idx")
