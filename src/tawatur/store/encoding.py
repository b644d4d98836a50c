"""The nouns to plain JSON values and back to equal nouns: fields by name, empty ones left out.

A field is left out only where its value is empty (None, "", (), or a noun with nothing in it) and so is its default.
What an older program wrote is therefore read by a newer one whose nouns have more fields.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

Noun = TypeVar("Noun")
_Decoder = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """A noun, tuple, day or simple value as JSON has it."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = type(value)
    told: dict[str, Any] = {}
    for name, left_out in _written(kind):
        given = getattr(value, name)
        # `1 == True` and `0 == ""` do not meet here: what is left out is None, "", () or a noun
        if left_out is MISSING or given != left_out:
            told[name] = plain(given)
    return told


def noun(kind: type[Noun], value: Any) -> Noun:
    """The noun that :func:`plain` told of. Fields that ``kind`` does not know (any more) are passed over."""
    hint: Any = kind
    made: Noun = _decoder(hint)(value)
    return made


@cache
def _written(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields, each with the value for which it is left out (``MISSING``: never)."""
    assert is_dataclass(kind), kind
    return tuple((f.name, f.default if _empty(f.default) else MISSING) for f in fields(kind))


def _empty(value: Any) -> bool:
    if value is MISSING:
        return False
    if is_dataclass(value):
        return all(_empty(getattr(value, f.name)) for f in fields(value))
    return value is None or value in ("", ())


@cache
def _decoder(hint: Any) -> _Decoder:
    """How a value of this type is read from JSON."""
    origin = get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [each for each in get_args(hint) if each is not types.NoneType]
        decode = _decoder(inner[0]) if len(inner) == 1 else _same
        return lambda value: None if value is None else decode(value)
    if origin is tuple:
        decode = _decoder(get_args(hint)[0])
        return lambda value: tuple(decode(each) for each in value)
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint):
        return _noun_decoder(hint)
    return _same


def _same(value: Any) -> Any:
    return value


def _noun_decoder(kind: Any) -> _Decoder:
    hints = typing.get_type_hints(kind)
    known: tuple[Field[Any], ...] = fields(kind)
    decoders = {f.name: _decoder(hints[f.name]) for f in known}

    def decode(value: dict[str, Any]) -> Any:
        return kind(**{name: decoders[name](each) for name, each in value.items() if name in decoders})

    return decode
