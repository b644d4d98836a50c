"""When a page that a list names is asked for again: never twice for nothing, and again when it has changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from tawatur.model import Visit

_AT_LEAST = timedelta(hours=1)
"""Between two requests for one page, whatever its list says of changes."""
_AFTER_REFUSAL = timedelta(days=1)
_FOR_GOOD = (200, 203, 204, 205, 401, 403, 404, 410, 451)
"""Statuses of visits without a page that time alone does not mend (with 200, what came was no page)."""


def is_due(before: Visit | None, changed: datetime | None, now: datetime) -> bool:
    """Whether a page is to be fetched. ``before`` is the last visit to it (None: none whose bytes are kept),
    ``changed`` the time of its last change by its list, where that tells."""
    if before is None:
        return True
    waited = now - before.at
    if not before.digest:
        return waited >= (_AFTER_REFUSAL if before.status in _FOR_GOOD else _AT_LEAST)
    return changed is not None and changed > before.at and waited >= _AT_LEAST


def is_open(before: Visit | None, changed: datetime | None) -> bool:
    """Whether a page that is not due has something still to come: a failure that may pass, or a change."""
    if before is None:
        return True
    if not before.digest:
        return before.status not in _FOR_GOOD
    return changed is not None and changed > before.at
