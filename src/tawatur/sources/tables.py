"""Tables (CSV, TSV): a row a report, its columns found by their headers or named by the user."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping

import charset_normalizer

from tawatur.errors import InputError
from tawatur.model import Unread
from tawatur.sources.collections_ import row_capture
from tawatur.sources.lines import MAX_LINE, encoding_of, lines_of
from tawatur.sources.options import Found, SourceOptions
from tawatur.sources.streams import Source

# The headers by which a field is known where nobody names one, in English and Arabic, the likeliest first.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "document_id", "article_id", "report_id", "uid", "معرف", "المعرف", "رقم", "الرقم"),
    "text": ("text", "body", "content", "article", "full_text", "article_text", "message", "النص", "نص", "المحتوى",
             "نص الخبر", "نص التقرير"),
    "title": ("title", "headline", "subject", "العنوان", "عنوان", "عنوان الخبر"),
    "published": ("published", "published_at", "publication_date", "date_published", "pubdate", "date", "datetime",
                  "تاريخ النشر", "التاريخ", "تاريخ"),
    "url": ("url", "link", "address", "source_url", "permalink", "الرابط", "رابط"),
    "outlet": ("outlet", "publisher", "source", "newspaper", "media", "site", "channel", "المصدر", "الوسيلة", "الموقع",
               "الناشر", "القناة"),
    "language": ("language", "lang", "اللغة"),
}  # fmt: skip
_DELIMITERS = ",;\t|"
_SINGLE = ["cp1256", "iso8859_6", "cp1252"]
_MOST_CELLS = 2000
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def looks_like_table(name: str) -> bool:
    """Whether a file's name says that it is a table; by its content it cannot be told from a text."""
    return name.lower().endswith((".csv", ".tsv", ".tab"))


def table_of(source: Source, options: SourceOptions) -> Iterator[Found]:
    """A capture for each row: JSON with the fields that are known by their headers and, under their own headers, all
    others. A row with too few or too many cells is told, with its bytes, and the rest goes on. Raises
    :class:`InputError` where no column holds the text."""
    csv.field_size_limit(MAX_LINE)
    lines = _Lines(source)
    reader = csv.reader(lines, delimiter=_delimiter(lines.text_of(source.head), source.file))
    head = _head(reader, source)
    fields = _fields(head, options.columns, source)
    collection = options.collection or source.file
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unread(lines.where, f"the row is no CSV: {error}", "check its quotes", content=lines.found())
            continue
        if not any(cell.strip() for cell in cells):
            continue
        wrong = _wrong(cells, head, lines)
        if wrong:
            yield Unread(lines.where, wrong, "check its quotes and delimiters", content=lines.found())
            continue
        value = _value(cells, head, fields)
        if not value.get("text"):
            yield Unread(lines.where, "the row has no text", "", content=lines.found())
            continue
        content = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        yield row_capture(content, value, collection, lines.where, options)


class _Lines:
    """The lines of a source as text for the CSV reader, and those of the row that is being read as bytes."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self.encoding = _encoding(source.head)
        self._lines = lines_of(source)
        self._end = "\n".encode(self.encoding if self.encoding.startswith("utf-16") else "ascii")
        self._held: list[bytes] = []
        self._size = self._number = 0
        self._start = 1
        self.damaged = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._number += 1
        if line is None:
            self.damaged = True
            return ""
        self._size += len(line)
        if self._size <= MAX_LINE:
            self._held.append(line)
        try:
            return line.decode(self.encoding) + "\n"
        except UnicodeDecodeError:
            self.damaged = True
            return line.decode(self.encoding, "replace") + "\n"

    def begin(self) -> None:
        """A row begins."""
        self._held, self._size, self._start, self.damaged = [], 0, self._number + 1, False

    @property
    def where(self) -> str:
        return f"{self._name}:{self._start}"

    def found(self) -> bytes:
        """The row as it was found."""
        return self._end.join(self._held)

    def text_of(self, head: bytes) -> str:
        return head[encoding_of(head)[1] :].decode(self.encoding, "replace")


def _encoding(head: bytes) -> str:
    """The encoding of the table: by its mark, UTF-8, or whichever single-byte one its beginning looks like."""
    encoding, mark = encoding_of(head)
    damaged = head[:-4].decode("utf-8", "replace").count("\ufffd")  # the last character may be cut in two
    if mark or not damaged or len(_VALID.findall(head)) >= 3 * damaged:
        return encoding
    best = charset_normalizer.from_bytes(head, cp_isolation=_SINGLE).best()
    return best.encoding if best is not None else encoding


def _delimiter(head: str, name: str) -> str:
    """What separates the cells of the first line outside of quotes."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    best = max(_DELIMITERS, key=bare.count)
    return best if bare.count(best) else "\t" if name.lower().endswith((".tsv", ".tab")) else ","


def _head(reader: Iterator[list[str]], source: Source) -> list[str]:
    try:
        head = next((cells for cells in reader if any(cell.strip() for cell in cells)), [])
    except csv.Error as error:
        raise InputError(f"{source.called} has no line of headers: {error}", "give a table with headers") from None
    return [" ".join(cell.split()) for cell in head[:_MOST_CELLS]]


def _fields(head: list[str], columns: Mapping[str, str], source: Source) -> dict[str, int]:
    """Which column holds which field."""
    unknown = [field for field in columns if field not in HEADERS]
    if unknown:
        raise InputError(f"a row has no field {unknown[0]!r}", f"the fields are {', '.join(HEADERS)}")
    folded = {header.casefold().replace(" ", "_"): at for at, header in reversed(list(enumerate(head)))}
    out: dict[str, int] = {}
    for field, header in columns.items():
        at = folded.get(" ".join(header.split()).casefold().replace(" ", "_"))
        if at is None:
            raise InputError(f"{source.called} has no column {header!r}", f"its columns are {_listed(head)}")
        out[field] = at
    for field, headers in HEADERS.items():
        at = next((folded[key] for name in headers if (key := name.replace(" ", "_")) in folded), None)
        if field not in out and at is not None and at not in out.values():
            out[field] = at
    if "text" not in out:
        raise InputError(
            f"{source.called} has no column for the text",
            f"name it, for example --columns text=NAME; its columns are {_listed(head)}",
        )
    return out


def _listed(head: list[str]) -> str:
    return ", ".join(header[:40] or "(empty)" for header in head[:12]) or "none"


def _wrong(cells: list[str], head: list[str], lines: _Lines) -> str:
    if lines.damaged:
        return f"the row is not {lines.encoding}, or longer than {MAX_LINE >> 20} MB"
    extra = cells[len(head) :]
    if len(cells) < len(head) or any(cell.strip() for cell in extra):
        return f"the row has {len(cells)} cells, the headers are {len(head)}"
    return ""


def _value(cells: list[str], head: list[str], fields: Mapping[str, int]) -> dict[str, object]:
    """The fields, then the other columns that say something."""
    out: dict[str, object] = {field: words for field, at in fields.items() if (words := _words(field, cells[at]))}
    taken = set(fields.values())
    for at, header in enumerate(head):
        if at not in taken and cells[at].strip():
            name = header or f"column {at + 1}"
            out[name if name not in out and name not in HEADERS else f"{name} ({at + 1})"] = cells[at]
    return out


def _words(field: str, cell: str) -> str:
    """A text stands as it is; white space around anything else says nothing."""
    return cell if field == "text" and cell.strip() else cell.strip()
