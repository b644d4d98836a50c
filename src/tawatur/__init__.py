"""Tawatur reads reports of conflict and keeps who says that who did what to whom, word for word.

``tawatur.open(path)`` opens a collection; :mod:`tawatur.pipeline` reads one report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tawatur.collection import Collection
    from tawatur.collection import open_collection as open

__all__ = ["Collection", "open"]


def __getattr__(name: str) -> Any:
    # what takes time to load is loaded when it is asked for
    if name == "open":
        from tawatur.collection import open_collection

        return open_collection
    if name == "Collection":
        from tawatur.collection import Collection

        return Collection
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
