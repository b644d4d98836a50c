"""Messages of channels and groups, as Telegram's export writes them, to documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tawatur.errors import InputError
from tawatur.model import Attachment, Capture, Document, Forward
from tawatur.text.attachments import each_once
from tawatur.text.given import document_from, first_known
from tawatur.text.language import language as language_of

_PEER = re.compile(r"channel(\d{1,20})")
_LATEST = 253_402_300_799
_LINKS = ("link", "text_link")


def from_message(value: Mapping[str, Any], capture: Capture) -> Document:
    """The document of one message: its words as they stand, the question of a poll below them; its time, its forward
    as a hop, its links and the message that it answers. What ``capture`` gives stands before what the message says;
    its ``item`` is the id. Raises :class:`InputError` for a message without words."""
    text = words(value)
    given = first_known((capture.published, "option"), (_time(value), "input"), (capture.listed, "listed"))
    document = document_from(text, "", given, known_id=capture.item)
    attachments = each_once([*document.attachments, *_links(value), *_answered(value, capture.address)])
    return replace(
        document,
        url=capture.address,
        outlet=capture.outlet or _string(value, "from") or capture.collection,
        language=language_of(text),
        forwards=tuple(_forwards(value)),
        attachments=attachments,
    )


def words(value: Mapping[str, Any]) -> str:
    """The words of a message; markup is left out."""
    text = value.get("text")
    if isinstance(text, list):
        text = "".join(piece if isinstance(piece, str) else _string(piece, "text") for piece in text)
    poll = value.get("poll")
    asked = _string(poll, "question").strip() if isinstance(poll, dict) else ""
    pieces = [piece for piece in (text if isinstance(text, str) else "", asked) if piece.strip()]
    if not pieces:
        raise InputError("the message has no words", "a picture or a video alone is no report")
    return "\n".join(pieces)


def _time(value: Mapping[str, Any]) -> str:
    """When it was sent, in UTC where the export says that: its ``date`` is by the clock of who exported it."""
    seconds = _string(value, "date_unixtime")
    if seconds.isascii() and seconds.isdigit() and int(seconds[:13]) <= _LATEST:
        return datetime.fromtimestamp(int(seconds[:13]), UTC).isoformat()
    return _string(value, "date")


def _forwards(value: Mapping[str, Any]) -> Iterator[Forward]:
    """The hops that the export tells: one, where the message was forwarded; its sender may have hidden the name."""
    if "forwarded_from" in value or "forwarded_from_id" in value:
        found = _PEER.fullmatch(_string(value, "forwarded_from_id"))
        name = " ".join(_string(value, "forwarded_from").split())
        yield Forward(name, f"https://t.me/c/{found.group(1)}" if found else "")


def _links(value: Mapping[str, Any]) -> Iterator[Attachment]:
    pieces = value.get("text")
    if not isinstance(pieces, list):
        pieces = value.get("text_entities")
    for piece in pieces if isinstance(pieces, list) else []:
        if isinstance(piece, dict) and piece.get("type") in _LINKS:
            address = (_string(piece, "href") or _string(piece, "text")).strip()
            if address and not re.search(r"\s", address):
                yield Attachment("link", address if "://" in address else f"https://{address}")


def _answered(value: Mapping[str, Any], address: str) -> Iterator[Attachment]:
    """The message that this one answers, where it has an address."""
    number = _string(value, "reply_to_message_id")
    found = _PEER.fullmatch(_string(value, "reply_to_peer_id"))
    base = f"https://t.me/c/{found.group(1)}" if found else address.rpartition("/")[0]
    if number and base and (found or not _string(value, "reply_to_peer_id")):
        yield Attachment("link", f"{base}/{number}")


def _string(value: Any, key: str) -> str:
    found = value.get(key) if isinstance(value, dict) else None
    return str(found) if isinstance(found, (str, int)) and not isinstance(found, bool) else ""
