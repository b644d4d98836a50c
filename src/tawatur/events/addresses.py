"""The day of publication that an address gives away, for reports that give none themselves.

Posts on X carry the millisecond of posting in their id (the "snowflake": the id without its last 22 bits counts
milliseconds from 2010-11-04 01:42:54.657 UTC); many news sites put the day into the path.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

_POST = re.compile(r"^https?://(?:\w+\.)?(?:twitter|x)\.com/[^?#]*/status(?:es)?/(\d{15,20})(?!\d)")
_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/\-_?#.]|$)")
_EPOCH = 1_288_834_974.657


@lru_cache(maxsize=1 << 14)
def day_of_address(address: str) -> date | None:
    """The day (UTC for a post, the site's own for a path), or None."""
    post = _POST.match(address)
    if post is not None:
        moment = (int(post[1]) >> 22) / 1000 + _EPOCH
        return datetime.fromtimestamp(moment, UTC).date() if moment < 4e9 else None
    path = _PATH.search(address)
    if path is None:
        return None
    try:
        return date(int(path[1]), int(path[2]), int(path[3]))
    except ValueError:
        return None
