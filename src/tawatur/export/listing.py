"""What a store holds, as lines of JSON and as tables for the terminal."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table

from tawatur.export.cells import Text
from tawatur.export.jsonl import SCHEMA, record_line
from tawatur.records.gloss_tables import FSI, PDI, clean

if TYPE_CHECKING:
    from tawatur.collection import Change
    from tawatur.sources.gone import Finding
    from tawatur.store.listing import Listed
    from tawatur.store.notes import IssueRow
    from tawatur.store.stored import StoredReading
    from tawatur.store.takedown import Takedown

_ID = 24
_WHERE = 60
"""Characters of a path or address that a table shows."""
_LINKS = 10
"""Of more links than this only their number is shown."""


def listed_line(report: Listed) -> dict[str, Any]:
    """A report of the store as a JSON object; ``id`` is what ``tawatur show`` and records (``doc``) call it."""
    return {
        "schema": SCHEMA,
        "id": report.id,
        "title": report.title or None,
        "opening": report.opening or None,
        "published": report.published.isoformat() if report.published else None,
        "url": report.url or None,
        "outlet": report.outlet or None,
        "language": report.language or None,
        "fetched": report.fetched.isoformat(),
        "records": report.records,
        "versions": report.versions,
        "series": report.series,
        "digest": report.digest,
        "capture": report.capture,
        "generation": report.generation,
    }


def listed_table(reports: Iterable[Listed], width: int) -> str:
    """The reports as a table of ``width`` columns, with a count below."""
    grid = _grid("Id", "Published", "Outlet", "Title")
    grid.add_column("Records", justify="right", no_wrap=True)
    count = 0
    for report in reports:
        count += 1
        versions = f" ({report.versions} versions)" if report.versions > 1 else ""
        day = report.published.isoformat() if report.published else "unknown"
        title = isolated(report.title or (f"{report.opening} …" if report.opening else "")) + versions
        grid.add_row(report.id, day, _text(report.outlet), Text(title), str(report.records))
    return (printed(grid, width) if count else "") + f"{count:,} {'report' if count == 1 else 'reports'}\n"


def issue_row_line(row: IssueRow) -> dict[str, Any]:
    """An issue as a JSON object."""
    return {
        "schema": SCHEMA,
        "at": row.at.isoformat(),
        "code": row.code,
        "message": row.message,
        "doc": row.document or None,
        "capture": row.capture or None,
        "found_at": row.found_at or None,
        "start": row.start,
        "end": row.end,
    }


def issues_table(rows: Iterable[IssueRow], width: int) -> str:
    """Issues as a table of ``width`` columns, with counts by code below."""
    grid = _grid("When", "Code", "Where", "What", last=2)
    codes: Counter[str] = Counter()
    for row in rows:
        codes[row.code] += 1
        where = row.document or row.found_at or row.capture
        grid.add_row(
            row.at.strftime("%Y-%m-%d %H:%M"), row.code, _text(_end_of(where)), _text(row.message or "(taken down)")
        )
    count = codes.total()
    of = ": " + ", ".join(f"{code} {number:,}" for code, number in codes.most_common()) if codes else ""
    return (printed(grid, width) if count else "") + f"{count:,} {'issue' if count == 1 else 'issues'}{of}\n"


def versions_text(reading: StoredReading) -> str:
    """Which version this is, who read it, and what belongs to it."""
    shown = reading.version
    lines = ["In the store", f"  id {reading.document.id} · {isolated(reading.address or shown.found_at)}"]
    for hop in reading.document.forwards:
        lines.append(f"  forwarded from {isolated(hop.name)}" + (f", {hop.date}" if hop.date else ""))
    for version in reading.versions:
        mark = " · shown here" if version == shown and len(reading.versions) > 1 else ""
        unread = "" if version.document else " · not read"
        at = version.fetched.strftime("%Y-%m-%d %H:%M")
        lines.append(f"  version {version.number} · {at} UTC · capture {version.capture}{unread}{mark}")
    lines.append(f"  read by {reading.generation}, {reading.at:%Y-%m-%d %H:%M} UTC")
    lines += [f"  also read by {each}" for each in reading.generations if each != reading.generation]
    links = [one for one in reading.attachments if one.kind == "link"]
    for one in reading.attachments:
        if one.kind != "link" or len(links) <= _LINKS:
            kept = (" (kept)" if one.digest else " (not kept)") if one.kind in ("picture", "video", "file") else ""
            lines.append(f"  {one.kind}: {isolated(one.address)}{kept}")
    if len(links) > _LINKS:
        lines.append(f"  {len(links)} links (--format documents lists them)")
    return "\n\n" + "\n".join(lines) + "\n"


def report_text(reading: StoredReading) -> str:
    """A report in two lines, to know it by."""
    document = reading.document
    title = document.title or " ".join(document.text[:200].split())[:100] + " …"
    number = len(reading.versions)
    day = document.published.value.isoformat() if document.published.value else "day unknown"
    about = " · ".join((document.id, isolated(document.outlet) or "outlet unknown", day))
    return f"{isolated(title)}\n{about} · {number} {'version' if number == 1 else 'versions'}"


def change_line(change: Change) -> dict[str, Any]:
    """How a document is read otherwise, as a JSON object."""
    return {
        "schema": SCHEMA,
        "doc": change.doc,
        "text": change.text,
        "added": [record_line(r) for r in change.added],
        "gone": [record_line(r) for r in change.gone],
        "changed": [
            {"fields": list(c.fields), "before": record_line(c.before), "after": record_line(c.after)}
            for c in change.changed
        ],
    }


def change_text(change: Change) -> str:
    """How a document is read otherwise, in lines."""
    lines = [change.doc + (": its text is read otherwise" if change.text else "")]
    lines += [f"  + {isolated(r.gloss.en or r.anchor.text)}" for r in change.added]
    lines += [f"  - {isolated(r.gloss.en or r.anchor.text)}" for r in change.gone]
    lines += [f"  ~ {', '.join(c.fields) or 'id'}: {isolated(c.after.gloss.en)}" for c in change.changed]
    return "\n".join(lines) + "\n"


def finding_line(report: Listed, finding: Finding) -> dict[str, Any]:
    """What was found at a report's address, as a JSON object."""
    return {
        "schema": SCHEMA,
        "doc": report.id,
        "address": finding.address,
        "state": finding.state,
        "note": finding.note or None,
        "status": finding.visit.status,
        "at": finding.visit.at.isoformat(),
    }


def finding_text(report: Listed, finding: Finding) -> str:
    """What was found at a report's address, in one line."""
    note = f" ({finding.note})" if finding.note else ""
    return f"{finding.state:<11} {report.id}  {isolated(report.title)}  {finding.address}{note}\n"


def takedown_text(done: Takedown) -> str:
    """What a takedown removed, and what stays."""
    lines = [f"took down: captures {len(done.captures)}, texts {len(done.documents)}, records {done.records}"]
    lines += [f"the same bytes stay as {', '.join(ids)}: take these down too if they must go" for _, ids in done.shared]
    if done.left:
        lines.append(done.left)
    lines += [f"{copy} is a copy from before and still holds it: remove it" for copy in done.copies]
    lines.append("archives and backups made before still hold it: they are yours to see to")
    return "\n".join(lines) + "\n"


def _end_of(where: str) -> str:
    # of a long path its end tells most
    return where if len(where) <= _WHERE else "…" + where[-_WHERE:]


def _grid(*columns: str, last: int = 4) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, padding=(0, 1), header_style="bold")
    first, second, *rest = columns
    grid.add_column(first, no_wrap=True, max_width=_ID)
    grid.add_column(second, no_wrap=True)
    for name in rest:
        grid.add_column(name, overflow="fold", ratio=last if name == rest[-1] else 1)
    return grid


def _text(words: str) -> Text:
    return Text(isolated(words))


def isolated(words: str) -> str:
    """Words in a bidi isolate, so that Arabic ones do not turn the line around."""
    plain = clean(words)
    return f"{FSI}{plain}{PDI}" if any("\u0600" <= c <= "\u06ff" for c in plain) else plain


def printed(grid: Table, width: int) -> str:
    out = io.StringIO()
    grid.expand = True
    console = Console(file=out, width=max(width, 60), color_system=None, highlight=False, markup=False, emoji=False)
    console.print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n") + "\n"
