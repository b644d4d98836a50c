"""Captures that nobody has read yet, and who means to: what is left of a run that was killed is taken over here."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select, update

from tawatur.store.chunks import chunks
from tawatur.store.keys import safe
from tawatur.store.tables import captures, pending


def claim(connection: Connection, owner: str, alive: Callable[[str], bool], limit: int | None = None) -> list[str]:
    """Makes ours what waits for an owner that is gone (``alive`` tells), and gives the ids of all that waits for us, in
    the order in which it was captured; at most ``limit``."""
    owner = safe(owner)
    owners = connection.execute(select(pending.c.owner).distinct()).scalars().all()
    gone = [each for each in owners if each == owner or not alive(each)]
    query = (
        select(pending.c.capture, captures.c.id)
        .join(captures, captures.c.seq == pending.c.capture)
        .where(pending.c.owner.in_(gone))
        .order_by(pending.c.capture)
        .limit(limit)
    )
    found = connection.execute(query).all() if gone else []
    for some in chunks([row.capture for row in found]):
        connection.execute(update(pending).where(pending.c.capture.in_(some)).values(owner=owner))
    return [row.id for row in found]
