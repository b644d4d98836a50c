"""What people decide, for good: rows are only ever added, and an earlier one is taken back by a later one.

A decision's id is a hash of what was decided, by whom, why, and how often the same was decided before; when it was
decided stands in the journal's digest. So the same decision taken twice is one, as long as it is in force, and can be
taken again once it was taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from tawatur.errors import InputError
from tawatur.model import Decision
from tawatur.store import journal
from tawatur.store.database import reading, writing
from tawatur.store.keys import canonical, digest, moment
from tawatur.store.tables import decisions as table

if TYPE_CHECKING:
    from tawatur.store.repository import Store

UNDO = "undo"
"""The kind of a decision that only takes another back. One of another kind may take one back and stand in its place."""

TAKEDOWN = "takedown"
"""The kind that nothing takes back: the words are gone."""


def decide(
    store: Store,
    kind: str,
    subject: str,
    value: str,
    *,
    who: str,
    why: str,
    undoes: str = "",
    at: datetime | None = None,
) -> Decision:
    """Keeps one decision, in the chain as well, and returns it with its id.

    ``value`` is JSON; ``who`` and ``why`` must say something; ``undoes`` is the id of a decision on the same subject
    that is in force. ``at`` is now where not given. What is decided already and in force is returned as it stands.
    An :class:`InputError` says what is wrong with what was given; then nothing is kept.
    """
    decision = made(kind, subject, value, who=who, why=why, undoes=undoes, at=at)
    with writing(store.engine) as connection:
        return add(connection, decision)


def undo(store: Store, decision: str, *, who: str, why: str, at: datetime | None = None) -> Decision:
    """Takes back the decision with this id; taking back an undo makes what it took back hold again."""
    with reading(store.engine) as connection:
        subject = connection.execute(select(table.c.subject).where(table.c.id == decision)).scalar()
    return decide(store, UNDO, subject or "?", "null", who=who, why=why, undoes=decision, at=at)


def decisions(store: Store, subject: str = "") -> tuple[Decision, ...]:
    """All decisions ever taken, the oldest first; only those on ``subject`` where that is given."""
    with reading(store.engine) as connection:
        return tuple(every(connection, subject))


def in_force(store: Store, kind: str = "", subject: str = "") -> tuple[Decision, ...]:
    """The decisions that nothing in force takes back, the oldest first, without bare undos."""
    found = decisions(store, subject)
    standing = _standing(found)
    return tuple(d for d in found if d.id in standing and d.kind != UNDO and kind in ("", d.kind))


def made(
    kind: str, subject: str, value: str, *, who: str, why: str, undoes: str = "", at: datetime | None = None
) -> Decision:
    """A decision in the form in which it is kept, without its id yet (see :func:`decide`)."""
    return Decision(
        kind=_said("kind", kind),
        subject=_said("subject", subject),
        value=_canonical(value),
        who=_said("who", who),
        why=_said("why", why),
        at=_utc(at or datetime.now(UTC)),
        undoes=undoes,
    )


def add(connection: Connection, decision: Decision) -> Decision:
    """Checks one decision against those before it and adds it, inside the caller's transaction (see :func:`decide`)."""
    before = tuple(every(connection, decision.subject))
    standing = _standing(before)
    if decision.undoes:
        _may_undo(connection, decision, before, standing)
    equal = [d for d in before if _what(d) == _what(decision)]
    for earlier in equal:
        if earlier.id in standing:
            return earlier
    kept = replace(decision, id=id_of(decision, len(equal)))
    connection.execute(
        table.insert().values(
            id=kept.id,
            at=moment(kept.at),
            who=kept.who,
            kind=kept.kind,
            subject=kept.subject,
            value=kept.value,
            why=kept.why,
            undoes=kept.undoes or None,
        )
    )
    journal.append(connection, [("decision", kept.id, digest_of(kept))], moment(kept.at))
    return kept


def id_of(decision: Decision, before: int) -> str:
    """The id of a decision that was taken ``before`` times already: 32 hex digits."""
    return digest(canonical([*_what(decision), before]))[:32]


def digest_of(decision: Decision) -> str:
    """The hash over all of a decision, which its journal entry carries: 64 hex digits."""
    return digest(canonical([decision.id, moment(decision.at), *_what(decision)]))


def every(connection: Connection, subject: str = "", kind: str = "") -> Iterator[Decision]:
    """All decisions, the oldest first; only those on ``subject`` and of ``kind`` where these are given."""
    query = select(table).order_by(table.c.seq)
    if subject:
        query = query.where(table.c.subject == subject)
    if kind:
        query = query.where(table.c.kind == kind)
    for row in connection.execute(query):
        yield Decision(
            id=row.id,
            kind=row.kind,
            subject=row.subject,
            value=row.value,
            who=row.who,
            why=row.why,
            at=datetime.fromisoformat(row.at),
            undoes=row.undoes or "",
        )


def _standing(found: Iterable[Decision]) -> set[str]:
    """Ids of those in force. Who takes back comes later than what is taken back, so the latest are settled first."""
    fallen: set[str] = set()
    standing: set[str] = set()
    for decision in reversed(tuple(found)):
        if decision.id not in fallen:
            standing.add(decision.id)
            fallen.add(decision.undoes)
    return standing


def _may_undo(connection: Connection, decision: Decision, before: Iterable[Decision], standing: set[str]) -> None:
    earlier = next((d for d in before if d.id == decision.undoes), None)
    if earlier is None:
        subject = connection.execute(select(table.c.subject).where(table.c.id == decision.undoes)).scalar()
        if subject is None:
            raise InputError(f"there is no decision {decision.undoes} to take back")
        raise InputError(f"decision {decision.undoes} is about {subject}, not {decision.subject}")
    if earlier.kind == TAKEDOWN:
        raise InputError("a takedown cannot be taken back: the words are gone", "add the report again from its source")
    if earlier.id not in standing:
        raise InputError(f"decision {earlier.id} is taken back already", "take back the undo to make it hold again")


def _what(decision: Decision) -> list[str]:
    return [decision.kind, decision.subject, decision.value, decision.who, decision.why, decision.undoes]


def _said(name: str, value: str) -> str:
    plain = value.strip()
    if not plain:
        raise InputError(f"a decision needs its {name}")
    _storable(name, plain)
    return plain


def _storable(name: str, plain: str) -> None:
    """No database holds NUL in a text, and none holds halves of characters."""
    try:
        sound = "\0" not in plain.encode().decode()
    except UnicodeEncodeError:
        sound = False
    if not sound:
        raise InputError(f"the {name} of a decision holds what is no text: {plain!a}")


def _canonical(value: str) -> str:
    try:
        found = json.loads(value)
        text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise InputError(f"the value of a decision is no JSON: {error}", "write words in double quotes") from error
    _storable("value", text.replace("\\u0000", "\0"))
    return text


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the time of a decision needs its UTC offset")
    return at.astimezone(UTC)
