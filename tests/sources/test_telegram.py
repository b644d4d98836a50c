"""Exports of Telegram Desktop: messages one by one, from a chat or an account, whole, damaged or huge."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tawatur.model import NO_REPORT, Attachment, Capture, Forward, Unread
from tawatur.sources.detect import captures
from tawatur.sources.options import Found, SourceOptions
from tawatur.text.documents import document_of

PHOTO = b"\xff\xd8\xff\xe0 a photo"


def message(number: int, text: Any = "سقطت ثلاثة صواريخ قرب القاعدة مساء اليوم.", **more: Any) -> dict[str, Any]:
    return {
        "id": number, "type": "message", "date": "2023-12-09T02:30:00", "date_unixtime": "1702078200",
        "from": "قناة الندى", "from_id": "channel1500", "text": text, "text_entities": [],
    } | more  # fmt: skip


def chat(*messages: Any, **more: Any) -> dict[str, Any]:
    return {"name": "قناة الندى", "type": "public_channel", "id": 1500, "messages": list(messages)} | more


def read(export: Any, indent: int | None = 1) -> list[Found]:
    raw = export if isinstance(export, bytes) else json.dumps(export, ensure_ascii=False, indent=indent).encode()
    return list(captures("-", SourceOptions(), io.BytesIO(raw)))


def messages(found: list[Found]) -> list[Capture]:
    return [item for item in found if isinstance(item, Capture)]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_message_and_what_is_known_of_it(indent: int | None) -> None:
    (item,) = messages(read(chat(message(7)), indent))
    assert (item.kind, item.collection, item.item) == ("message", "قناة الندى", "1500/7")
    assert (item.address, item.fetched, item.found_at) == ("https://t.me/c/1500/7", None, "-#1500/7")
    document = document_of(item)
    assert (document.id, document.text) == ("1500/7", "سقطت ثلاثة صواريخ قرب القاعدة مساء اليوم.")
    assert (document.outlet, document.url, document.language) == ("قناة الندى", "https://t.me/c/1500/7", "ar")
    # 02:30 by the clock of who exported it is still the day before in UTC
    assert (document.published.value, document.published.basis) == (date(2023, 12, 8), "input")
    assert document.published.text == "2023-12-08T23:30:00+00:00"


def test_an_account_with_several_chats_and_other_lists() -> None:
    group = chat(message(1), type="private_group", id=20, name="مجموعة")
    export = {
        "about": "Here is the data you requested.",
        "contacts": {"about": "x", "list": [{"name": "y"}]},
        "chats": {"about": "z", "list": [chat(message(1), message(2)), group]},
        "left_chats": {"about": "z", "list": [chat(message(1), id=30, type="private_supergroup")]},
    }
    found = messages(read(export))
    assert [item.item for item in found] == ["1500/1", "1500/2", "20/1", "30/1"]
    assert [bool(item.address) for item in found] == [True, True, False, True]


def test_words_links_and_marks_of_a_text_in_pieces() -> None:
    pieces = [
        "عاجل: ", {"type": "bold", "text": "سقوط صواريخ"}, "\n", {"type": "hashtag", "text": "#الريف"}, " ",
        {"type": "text_link", "text": "التفاصيل", "href": "https://nada.example/1"}, " ",
        {"type": "link", "text": "nada.example/2"}, {"type": "mention", "text": "@nada"},
    ]  # fmt: skip
    (item,) = messages(read(chat(message(1, pieces, reply_to_message_id=9))))
    document = document_of(item)
    assert document.text == "عاجل: سقوط صواريخ\n#الريف التفاصيل nada.example/2@nada"
    assert [(a.kind, a.address) for a in document.attachments] == [
        ("link", "https://nada.example/1"), ("link", "https://nada.example/2"), ("link", "https://t.me/c/1500/9"),
    ]  # fmt: skip


def test_a_forward_is_a_hop() -> None:
    (item,) = messages(read(chat(message(1, forwarded_from="قناة السرو", forwarded_from_id="channel77"))))
    assert document_of(item).forwards == (Forward("قناة السرو", "https://t.me/c/77"),)
    (hidden,) = messages(read(chat(message(1, forwarded_from=None))))
    assert document_of(hidden).forwards == (Forward(""),)
    (own,) = messages(read(chat(message(1))))
    assert document_of(own).forwards == ()


def test_a_group_message_is_published_by_its_sender() -> None:
    (item,) = messages(read(chat(message(1, **{"from": "سالم"}), type="private_supergroup", name="مجموعة")))
    assert document_of(item).outlet == "سالم"


def test_the_question_of_a_poll_is_read() -> None:
    poll = {
        "question": "هل سمعتم الانفجار؟",
        "closed": False,
        "total_voters": 3,
        "answers": [{"text": "نعم", "voters": 3}],
    }
    (item,) = messages(read(chat(message(1, "", poll=poll))))
    assert document_of(item).text == "هل سمعتم الانفجار؟"


def test_what_changes_while_the_message_stays_is_no_new_version() -> None:
    first = message(1, photo="photos/photo_1.jpg", photo_file_size=9, reactions=[{"emoji": "x", "count": 1}])
    later = message(
        1, photo="(File not included. Change data exporting settings to download.)", reactions=[{"emoji": "x", "count": 8}],
        date="2023-12-08T18:30:00",
    )  # fmt: skip
    one, other = messages(read(chat(first))) + messages(read(chat(dict(reversed(later.items())))))
    assert one.content == other.content


def test_an_edit_is_another_version_of_the_same_item() -> None:
    edited = message(1, "سقط صاروخان.", edited="2023-12-09T03:00:00", edited_unixtime="1702080000")
    one, other = messages(read(chat(message(1)))) + messages(read(chat(edited)))
    assert (one.collection, one.item, one.address) == (other.collection, other.item, other.address)
    assert one.content != other.content
    assert document_of(other).published == document_of(one).published


def test_what_is_no_report_is_counted_and_told() -> None:
    service = {
        "id": 1,
        "type": "service",
        "date": "2023-12-09T02:30:00",
        "actor": "x",
        "action": "pin_message",
        "text": "",
    }
    found = read(chat(service, message(2, ""), message(3), {**service, "id": 4}))
    assert [item.item for item in messages(found)] == ["1500/3"]
    (note,) = (item for item in found if isinstance(item, Unread))
    assert note.code == NO_REPORT
    assert "1 messages without words" in note.message
    assert "2 service messages" in note.message


def test_media_saved_beside_and_not_included(tmp_path: Path) -> None:
    (tmp_path / "export" / "photos").mkdir(parents=True)
    (tmp_path / "export" / "photos" / "photo_1.jpg").write_bytes(PHOTO)
    (tmp_path / "secret.jpg").write_bytes(b"not of the export")
    kept_out = "(File not included. Change data exporting settings to download.)"
    export = chat(
        message(1, photo="photos/photo_1.jpg"), message(2, photo=kept_out),
        message(3, file="video_files/v.mp4", media_type="video_file", mime_type="video/mp4"),
        message(4, photo="../secret.jpg"), message(5, photo=str(tmp_path / "secret.jpg")),
    )  # fmt: skip
    path = tmp_path / "export" / "result.json"
    path.write_text(json.dumps(export), encoding="utf-8")
    found = [item.attachments for item in messages(list(captures(str(path), SourceOptions())))]
    digest = hashlib.sha256(PHOTO).hexdigest()
    assert found[0] == (
        Attachment("picture", "photos/photo_1.jpg", media_type="image/jpeg", digest=digest, content=PHOTO),
    )
    assert found[1] == (Attachment("picture", "https://t.me/c/1500/2", media_type="image/jpeg"),)
    assert found[2] == (Attachment("video", "video_files/v.mp4", media_type="video/mp4"),)
    assert [a.content for item in found[3:] for a in item] == [None, None]


def test_a_damaged_message_is_told_with_its_bytes_and_the_next_is_found() -> None:
    raw = json.dumps(chat(*(message(n) for n in range(1, 6))), ensure_ascii=False, indent=1).encode()
    broken = raw.replace(b'"id": 3,\n   "type": "message"', b'"id": 3,\n   "type": "message" oops', 1)
    assert broken != raw
    found = read(broken)
    assert [item.item for item in messages(found)] == ["1500/1", "1500/2", "1500/4", "1500/5"]
    (unread,) = (item for item in found if isinstance(item, Unread))
    assert unread.content is not None
    assert unread.content.startswith(b'{\n   "id": 3')
    assert b'"id": 4' not in unread.content


def test_bytes_that_are_no_utf8_harm_one_message() -> None:
    raw = json.dumps(chat(*(message(n) for n in range(1, 4))), ensure_ascii=False).encode()
    at = raw.index("صواريخ".encode(), raw.index(b'"id": 2'))
    found = read(raw[:at] + b"\xff" + raw[at + 1 :])
    assert [item.item for item in messages(found)] == ["1500/1", "1500/3"]
    (unread,) = (item for item in found if isinstance(item, Unread))
    assert unread.content is not None
    assert b"\xff" in unread.content


def test_an_export_that_is_cut_off_gives_what_it_holds_and_tells() -> None:
    raw = json.dumps(chat(*(message(n) for n in range(1, 100))), ensure_ascii=False, indent=1).encode()
    found = read(raw[: len(raw) // 2])
    assert 40 < len(messages(found)) < 60
    assert any("cut off" in item.message for item in found if isinstance(item, Unread))


def test_a_huge_export_is_read_as_it_comes() -> None:
    class Export(io.RawIOBase):
        """20,000 messages (8 MB), made as they are read."""

        held, made = b'{"name": "x", "type": "public_channel", "id": 5, "messages": [', 0
        one = json.dumps(message(1), ensure_ascii=False).replace('"id": 1,', '"id": %d,') + ","

        def read(self, size: int = -1, /) -> bytes:
            while len(self.held) < size and self.made < 20_000:
                self.made += 1
                self.held += (self.one % self.made).encode()
            out, self.held = self.held[:size], self.held[size:]
            return out

    stream = Export()
    found = captures("-", SourceOptions(), stream)  # type: ignore[arg-type]
    ahead = [stream.made - int(item.item.partition("/")[2]) for item in found if isinstance(item, Capture)]
    assert len(ahead) == 20_000
    assert max(ahead) < 6000
