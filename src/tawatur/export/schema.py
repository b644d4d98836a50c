"""The JSON Schema (draft 2020-12) of the lines that the program writes, made from the model's own closed lists."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any, get_args

from tawatur import model
from tawatur.export.jsonl import SCHEMA

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MAYBE_DAY = {"anyOf": [_DAY, {"type": "null"}]}
_SPAN: dict[str, Any] = {"start": _COUNT, "end": _COUNT, "text": {"type": "string", "minLength": 1}}


def schema() -> dict[str, Any]:
    """One schema for both kinds of line: a record, or a document of ``--format documents``."""
    return {
        "$schema": _DRAFT,
        "title": "tawatur",
        "description": f"Lines written by tawatur extract, schema {SCHEMA}. Offsets are Unicode code points, half open.",
        "oneOf": [{"$ref": "#/$defs/record"}, {"$ref": "#/$defs/document"}],
        "$defs": _definitions(),
    }


def record_schema() -> dict[str, Any]:
    """The schema of a record line alone."""
    return _of("record")


def document_schema() -> dict[str, Any]:
    """The schema of a line of ``--format documents`` alone."""
    return _of("document")


def _of(name: str) -> dict[str, Any]:
    return {"$schema": _DRAFT, "$ref": f"#/$defs/{name}", "$defs": _definitions()}


def _definitions() -> dict[str, Any]:
    return {
        "span": _object(_SPAN),
        "label": _object({"en": _TEXT, "ar": _TEXT}),
        "party": _object(_party()),
        "place": _object(_place()),
        "time": _object(_time()),
        "weapon": _object(_SPAN | {"category": _one_of(model.WeaponCategory)}),
        "number": _object(_number()),
        "content": _object(_SPAN | {"mode": {"enum": ["quoted", "reported", None]}}),
        "issue": _object({"code": {"type": "string"}, "message": {"type": "string"}, "span": _maybe("span")}),
        "part": _part(),
        "forward": _object({"name": {"type": "string"}, "address": _TEXT, "date": _MAYBE_DAY}),
        "attachment": _object(_attachment()),
        "record": _object(_record()),
        "document": _object(_document()),
    }


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _one_of(literal: Any, *, empty: bool = False) -> dict[str, Any]:
    return {"enum": [*get_args(literal), *([None] if empty else [])]}


def _maybe(name: str) -> dict[str, Any]:
    return {"anyOf": [{"$ref": f"#/$defs/{name}"}, {"type": "null"}]}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _types() -> list[str]:
    """The types of the codebook, each once, as ``data/types.csv`` has them."""
    text = (files("tawatur") / "data" / "types.csv").read_text(encoding="utf-8")
    return list(dict.fromkeys(row["type"] for row in csv.DictReader(text.splitlines())))


def _party() -> dict[str, Any]:
    return _SPAN | {
        "entity": _TEXT,
        "label": {"$ref": "#/$defs/label"},
        "kind": _one_of(model.EntityKind),
        "role": _maybe("span"),
        "affiliation": _maybe("span"),
    }


def _point() -> dict[str, Any]:
    return {
        "lat": {"type": ["number", "null"], "minimum": -90, "maximum": 90},
        "lon": {"type": ["number", "null"], "minimum": -180, "maximum": 180},
        "country": {"type": ["string", "null"], "description": "ISO 3166-1 alpha-2"},
    }


def _place() -> dict[str, Any]:
    about = {"place_id": _TEXT, "label": {"$ref": "#/$defs/label"}} | _point()
    candidate = {**about, "place_id": {"type": "string"}, "feature": _TEXT, "score": {"type": "number"}}
    return (
        _SPAN
        | about
        | {
            "admin1": _TEXT,
            "precision": _one_of(model.Precision, empty=True),
            "feature": _TEXT,
            "candidates": {"type": "array", "items": _object(candidate)},
        }
    )


def _time() -> dict[str, Any]:
    """A day that was carried over has no words of its own: the offsets and the text are null together."""
    return {
        "start": {"type": ["integer", "null"], "minimum": 0},
        "end": {"type": ["integer", "null"], "minimum": 0},
        "text": _TEXT,
        "precision": _one_of(model.Precision, empty=True),
        "calendar": {"type": "string"},
        "basis": _TEXT,
    }


def _number() -> dict[str, Any]:
    bound = {"type": ["number", "null"]}
    return {"of": _one_of(model.NumberOf), "low": bound, "high": bound} | _SPAN


def _date() -> dict[str, Any]:
    return {"anyOf": [{"type": "array", "items": _MAYBE_DAY, "minItems": 2, "maxItems": 2}, {"type": "null"}]}


def _record() -> dict[str, Any]:
    fields: dict[str, Any] = {
        "schema": {"const": SCHEMA},
        "id": {"type": "string"},
        "doc": {"type": "string", "minLength": 1},
        "kind": _one_of(model.RecordKind),
        "type": {"enum": _types()},
        "status": _one_of(model.Status),
        "anchor": {"$ref": "#/$defs/span"},
        "actor": _maybe("party"),
        "target": _maybe("party"),
        "place": _maybe("place"),
        "time": _maybe("time"),
        "date": _date(),
        "weapons": _list("weapon"),
        "numbers": _list("number"),
        "outcome": _one_of(model.Outcome, empty=True),
        "source": _list("party") | {"description": "from nearest the publisher to the origin"},
        "cue": _maybe("span"),
        "standing": _one_of(model.Standing),
        "content": _maybe("content"),
        "reason": _maybe("span"),
        "extent": {"enum": ["all", "most", "some", None]},
        "evidence": {"$ref": "#/$defs/span"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "reader": {"type": "string"},
        "gloss": {"$ref": "#/$defs/label"},
    }
    return fields


def _part() -> dict[str, Any]:
    fields = {"kind": _one_of(model.PartKind), "start": _COUNT, "end": _COUNT}
    post = {
        "author": _TEXT,
        "date": _MAYBE_DAY,
        "address": _TEXT,
        "links": {"type": "array", "items": {"type": "string"}},
    }
    return _object(fields | post | {"reason": _TEXT}, optional=(*post, "reason"))


def _attachment() -> dict[str, Any]:
    return {
        "kind": _one_of(model.AttachmentKind),
        "address": {"type": "string"},
        "author": _TEXT,
        "date": _MAYBE_DAY,
        "media_type": _TEXT,
        "sha256": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
    }


def _document() -> dict[str, Any]:
    published = {
        "value": _MAYBE_DAY,
        "basis": _one_of(model.PublishedBasis),
        "text": _TEXT,
        "span": _maybe("span"),
    }
    return {
        "schema": {"const": SCHEMA},
        "doc": {"type": "string", "minLength": 1},
        "title": _TEXT,
        "published": _object(published),
        "url": _TEXT,
        "outlet": _TEXT,
        "language": _TEXT,
        "length": _COUNT,
        "parts": _list("part"),
        "forwards": _list("forward") | {"description": "from nearest the publisher to the origin"},
        "attachments": _list("attachment"),
        "issues": _list("issue"),
    }
