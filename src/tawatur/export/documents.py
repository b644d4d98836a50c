"""A document as the line of JSON of ``--format documents``: what is known of it, its parts, and what went unexpectedly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tawatur.export.jsonl import SCHEMA, span
from tawatur.model import Document, Issue, Part


def document_line(document: Document, issues: Iterable[Issue] = ()) -> dict[str, Any]:
    """``document`` as a JSON object; ``issues`` are those met after it was made, and follow its own."""
    published = document.published
    return {
        "schema": SCHEMA,
        "doc": document.id,
        "title": document.title or None,
        "published": {
            "value": published.value.isoformat() if published.value else None,
            "basis": published.basis,
            "text": published.text or None,
            "span": span(published.span),
        },
        "url": document.url or None,
        "outlet": document.outlet or None,
        "language": document.language or None,
        "length": len(document.text),
        "parts": [_part(p) for p in document.parts],
        "issues": [issue_line(i) for i in dict.fromkeys([*document.issues, *issues])],
    }


def issue_line(issue: Issue) -> dict[str, Any]:
    """An issue as a JSON object."""
    return {"code": issue.code, "message": issue.message, "span": span(issue.span)}


def _part(part: Part) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": part.kind, "start": part.start, "end": part.end}
    if part.kind == "post":
        out |= {
            "author": part.author or None,
            "date": part.date.isoformat() if part.date else None,
            "address": part.address or None,
            "links": list(part.links),
        }
    if part.kind == "furniture":
        out["reason"] = part.reason or None
    return out
