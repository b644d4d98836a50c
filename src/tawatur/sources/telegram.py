"""Exports of Telegram Desktop (``result.json``): one chat, or all of an account. Each message with words is a capture.

What a capture holds is the message as it was found, without what changes while the message stays the same: reactions,
votes, the names under which the export saved its files, and the clock of who exported it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tawatur.model import NO_REPORT, Attachment, AttachmentKind, Capture, Unread
from tawatur.sources.json_stream import BrokenError, Scanner, found_bytes
from tawatur.sources.media import saved_file, within_limits
from tawatur.sources.options import Found, SourceOptions
from tawatur.sources.streams import Source

_LISTS = ("chats", "left_chats")
_NEXT = re.compile(r'\{\s*"id"\s*:\s*-?\d+\s*,\s*"type"\s*:')
_OPENS = re.compile(
    rb'\s*\{\s*"(?:name|type|id|about|personal_information|profile_pictures|chats|left_chats|username)"\s*:'
)
_HOLDS = re.compile(rb'"messages"\s*:\s*\[|"(?:left_)?chats"\s*:\s*\{|"about"\s*:\s*"Here is the data you requested')
_VOLATILE = frozenset({
    "reactions", "photo", "photo_file_size", "file", "file_size", "thumbnail", "thumbnail_file_size", "width", "height",
    "paid_stars_amount",
})  # fmt: skip
_WITH_ADDRESS = ("channel", "supergroup")
_MEDIA: dict[str, AttachmentKind] = {"photo": "picture", "file": "file"}
_VIDEOS = ("video_file", "video_message", "animation")
_MOST_DEEP = 6


def looks_like_telegram(head: bytes) -> bool:
    """Whether it is the beginning of an export."""
    return _OPENS.match(head.removeprefix(b"\xef\xbb\xbf")) is not None and _HOLDS.search(head) is not None


def telegram_of(source: Source, options: SourceOptions) -> Iterator[Found]:
    """The messages of an export, read one by one. A message that is damaged is told with its bytes, and the next is
    looked for; service messages and those without words are counted and told."""
    scanner = Scanner(source)
    try:
        yield from _object(scanner, {}, source, options, 0)
    except BrokenError as error:
        where = f"{source.name}@{scanner.position}"
        rest, _ = scanner.pass_to(re.compile(r"(?!)"))
        yield Unread(where, f"the export cannot be read on: {error}", "export it again", content=found_bytes(rest))


def _object(
    scanner: Scanner, chat: dict[str, Any], source: Source, options: SourceOptions, depth: int
) -> Iterator[Found]:
    """One object of the export: a chat, or what holds lists of them."""
    scanner.take("{")
    while scanner.peek() != "}":
        key, _ = scanner.value()
        scanner.take(":")
        after = scanner.peek()
        if key == "messages" and after == "[":
            yield from _Chat(chat, source, options).messages(scanner)
        elif key in _LISTS and after == "{" and depth < _MOST_DEEP:
            yield from _object(scanner, {}, source, options, depth + 1)
        elif key == "list" and after == "[" and depth:
            scanner.take("[")
            while scanner.peek() != "]":
                yield from _object(scanner, {}, source, options, depth + 1)
                if scanner.peek() == ",":
                    scanner.take(",")
            scanner.take("]")
        else:
            chat[str(key)] = scanner.value()[0]
        if scanner.peek() == ",":
            scanner.take(",")
    scanner.take("}")


class _Chat:
    """One chat of an export."""

    def __init__(self, about: dict[str, Any], source: Source, options: SourceOptions) -> None:
        self._source, self._options = source, options
        self._id = _string(about, "id")
        self._name = " ".join(_string(about, "name").split())
        self._public = "" if not _string(about, "type").endswith(_WITH_ADDRESS) else _string(about, "username")
        self._has_address = bool(self._id) and _string(about, "type").endswith(_WITH_ADDRESS)
        self._folder = source.path.parent if source.path else None
        self._left: Counter[str] = Counter()

    def messages(self, scanner: Scanner) -> Iterator[Found]:
        scanner.take("[")
        try:
            while (after := scanner.peek()) != "]":
                if not after:
                    raise BrokenError(cut_off=True)
                if after == ",":
                    scanner.take(",")
                    continue
                where = f"{self._source.name}@{scanner.position}"
                try:
                    value, text = scanner.value()
                except BrokenError as error:
                    lost, found = scanner.pass_to(_NEXT)
                    why = error if error.cut_off or found else "nothing after it can be read"
                    yield Unread(where, f"the message is damaged: {why}", "export it again", content=found_bytes(lost))
                    if not found:
                        return
                    continue
                yield from self._message(value, text, where)
            scanner.take("]")
        finally:
            noted = self._noted()
        yield from noted

    def _noted(self) -> list[Unread]:
        called = self._name or self._id or "a chat"
        found = [f"{count} {what}" for what, count in sorted(self._left.items())]
        return [Unread(self._source.name, f"{called}: {', '.join(found)}", "", NO_REPORT)] if found else []

    def _message(self, value: Any, text: str, where: str) -> Iterator[Found]:
        number = _string(value, "id") if isinstance(value, dict) else ""
        if not number:
            yield Unread(where, "the message has no id", "export it again", content=found_bytes(text))
            return
        if value.get("type") != "message":
            self._left["service messages" if value.get("type") == "service" else "unsupported messages"] += 1
            return
        if not _has_words(value):
            self._left["messages without words (pictures, videos, stickers)"] += 1
            return
        item = f"{self._id}/{number}" if self._id else number
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            yield Unread(where, f"message {item} is not UTF-8", "export it again", content=found_bytes(text))
            return
        address = self._address(number)
        yield Capture(
            _content(value),
            address=address,
            kind="message",
            collection=self._options.collection or self._name or self._id or self._source.file,
            item=item,
            published=self._options.published,
            outlet=self._options.outlet,
            found_at=f"{self._source.name}#{item}",
            attachments=within_limits(self._media(value, address)),
        )

    def _address(self, number: str) -> str:
        if self._public:
            return f"https://t.me/{self._public}/{number}"
        return f"https://t.me/c/{self._id}/{number}" if self._has_address else ""

    def _media(self, value: dict[str, Any], address: str) -> Iterator[Attachment]:
        for key, kind in _MEDIA.items():
            path = value.get(key)
            if not isinstance(path, str) or not path:
                continue
            media_type = value.get("mime_type") if key == "file" else "image/jpeg"
            if key == "file" and value.get("media_type") in _VIDEOS:
                kind = "video"
            elif str(media_type).startswith("image/"):
                kind = "picture"
            kept = path.startswith("(")  # "(File not included. Change data exporting settings to download.)"
            found = None if kept else self._file(path, kind)
            bare = Attachment(kind, address if kept and address else "" if kept else path)
            yield replace(found or bare, media_type=str(media_type or "")[:100])

    def _file(self, path: str, kind: AttachmentKind) -> Attachment | None:
        """The file that the export saved; nothing outside of its folder, whatever the export says."""
        if self._folder is None:
            return None
        try:
            folder, target = self._folder.resolve(), (self._folder / Path(path)).resolve()
        except (OSError, ValueError, RuntimeError):
            return None
        return saved_file(target, path, kind) if target.is_relative_to(folder) else None


def _content(value: dict[str, Any]) -> bytes:
    """The message as JSON, always the same for the same message."""
    kept = {key: inner for key, inner in value.items() if key not in _VOLATILE}
    if "date_unixtime" in kept:
        kept.pop("date", None)
    if "edited_unixtime" in kept:
        kept.pop("edited", None)
    poll = kept.get("poll")
    if isinstance(poll, dict):
        answers = poll.get("answers")
        texts = [a.get("text") for a in answers if isinstance(a, dict)] if isinstance(answers, list) else []
        kept["poll"] = {"question": poll.get("question"), "answers": texts}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def _has_words(value: dict[str, Any]) -> bool:
    text = value.get("text")
    if isinstance(text, list):
        text = "".join(p if isinstance(p, str) else str(p.get("text", "")) if isinstance(p, dict) else "" for p in text)
    poll = value.get("poll")
    asked = isinstance(poll, dict) and isinstance(poll.get("question"), str) and poll["question"].strip()
    return bool((isinstance(text, str) and text.strip()) or asked)


def _string(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return str(found) if isinstance(found, (str, int)) and not isinstance(found, bool) else ""
