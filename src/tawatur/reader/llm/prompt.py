"""What is asked of a model: the codebook's rules and examples of ``data/llm_prompt.md``, and the form of the answer."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tawatur.model import Document
from tawatur.reader.classes import COUNTED, FAMILY, KINDS, OUTCOMES, STATUSES, types_of
from tawatur.reader.llm.pieces import Piece

_FILE = "llm_prompt.md"
_SECTION = re.compile(r"^# (Rules|Report|Answer)\n(.*?)(?=^# (?:Rules|Report|Answer)$|\Z)", re.MULTILINE | re.DOTALL)

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Prompt:
    """The rules, and pairs of a report and the answer that is right for it."""

    rules: str
    examples: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """A hash of the prompt and of the form that is asked for."""
        whole = json.dumps([self.rules, self.examples, schema()], ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()

    def messages(self, report: str) -> list[Message]:
        """The conversation that ends with a report to read."""
        out = [{"role": "system", "content": self.rules}]
        for asked, answered in self.examples:
            out += [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]
        return [*out, {"role": "user", "content": report}]


@cache
def prompt() -> Prompt:
    """The prompt as the package ships it."""
    text = (files("tawatur") / "data" / _FILE).read_text(encoding="utf-8")
    found = [(m[1], m[2].strip()) for m in _SECTION.finditer(text)]
    reports = [body for title, body in found if title == "Report"]
    answers = [body for title, body in found if title == "Answer"]
    (rules,) = (body for title, body in found if title == "Rules")
    return Prompt(rules, tuple(zip(reports, answers, strict=True)))


def report(document: Document, piece: Piece) -> str:
    """A piece as the model reads it: what is known of the report, then its words."""
    known = []
    if document.published.value is not None:
        known.append(f"Published: {document.published.value:%Y-%m-%d, %A}")
    if document.outlet:
        known.append(f"Publisher: {document.outlet}")
    known += [f"Headline: {document.text[start:end]}" for start, end in piece.headline]
    return "\n".join([*known, "", piece.text(document.text)]).lstrip()


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of an answer, in the subset that servers can hold a model to: every field is there, a value that
    the report does not give is null."""
    text: dict[str, Any] = {"type": "string"}
    silent: dict[str, Any] = {"type": ["string", "null"]}
    types = [t for family in dict.fromkeys(FAMILY.values()) for t in types_of(family)]
    number = _object({"of": {"type": "string", "enum": list(COUNTED)}, "text": text})
    record = _object(
        {
            "sentence": text,
            "anchor": text,
            "kind": {"type": "string", "enum": list(KINDS)},
            "type": {"type": "string", "enum": list(dict.fromkeys(types))},
            "status": {"type": "string", "enum": list(STATUSES)},
            "actor": silent,
            "target": silent,
            "place": silent,
            "time": silent,
            "weapons": {"type": "array", "items": text},
            "numbers": {"type": "array", "items": number},
            "outcome": {"type": ["string", "null"], "enum": [*OUTCOMES, None]},
            "source": {"type": "array", "items": text},
            "cue": silent,
        }
    )
    return _object({"records": {"type": "array", "items": record}})


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
