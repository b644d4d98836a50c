"""The reader that asks a language model of the user's own, at an endpoint that the user named.

``pieces`` cuts a report, ``prompt`` asks, ``endpoint`` sends, ``kept`` and ``spending`` save, ``answer`` takes the
answer apart, ``locate`` and ``pointing`` find its words in the report. docs/llm.md tells what leaves the machine.
"""

from __future__ import annotations

from tawatur.config import cache_path, llm_key
from tawatur.reader.llm.reader import LlmReader
from tawatur.reader.protocol import LlmOptions

__all__ = ["LlmReader", "load"]


def load(options: LlmOptions) -> LlmReader:
    """The reader with the user's key and cache. Raises :class:`tawatur.errors.TawaturError` where no endpoint is named."""
    return LlmReader(options, key=llm_key(), cache=cache_path() / "llm" if options.cached else None)
