"""A document as the line of JSON of ``--format documents``: what is known of it, its parts, and what went unexpectedly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tawatur.export.jsonl import SCHEMA, span
from tawatur.model import Attachment, Document, Issue, Part


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
        "forwards": [
            {"name": f.name, "address": f.address or None, "date": f.date.isoformat() if f.date else None}
            for f in document.forwards
        ],
        "attachments": [_attachment(a) for a in document.attachments],
        "issues": [issue_line(i) for i in dict.fromkeys([*document.issues, *issues])],
    }


def issue_line(issue: Issue) -> dict[str, Any]:
    """An issue as a JSON object."""
    return {"code": issue.code, "message": issue.message, "span": span(issue.span)}


def _attachment(one: Attachment) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "address": one.address,
        "author": one.author or None,
        "date": one.date.isoformat() if one.date else None,
        "media_type": one.media_type or None,
        "sha256": one.digest or None,
    }


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
