"""Plan a draft: its broadcast waits for a second person; a changed draft replaces its old plan."""

import asyncio
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime

from app.catalogue import Catalogue
from app.domain.errors import Busy, Refusal
from app.services.approve_broadcast import found
from app.services.cancel_broadcast import cancel_broadcast, take_back
from app.services.plan_broadcast import Draft, plan_broadcast
from app.store import broadcasts, drafts
from app.store.database import Connection, Database

TRIES = 40
PAUSE_S = 0.25
"""How often, and how many times, a double click looks for the plan of the first click."""


async def plan_draft(
    database: Database, key: str, draft: Draft, *, catalogue: Catalogue, now: datetime
) -> int:
    """Plan what the draft with that key says and give the broadcast's id.

    The same words give the same plan, however often they come; other words take the old plan
    back first. Raises Refusal when its text has gone out already, or cannot be planned.
    """
    keyed = replace(draft, idem_key=_own_key(key, draft))
    old = await database.write(_planned_before, key, draft.author_id or 0, keyed.idem_key or "")
    for _ in range(TRIES):
        try:
            plan = await plan_broadcast(database, keyed, catalogue=catalogue, now=now)
            break
        except Busy:
            await asyncio.sleep(PAUSE_S)
    else:
        raise Busy("This plan is being made. Ask again in a moment.")
    change = _Change(key, old, plan.id, draft.author)
    try:
        await database.write(_replace, change, now)
    except Refusal:
        await cancel_broadcast(database, plan.id, by=draft.author, now=now)
        raise
    return plan.id


@dataclass(frozen=True, slots=True)
class _Change:
    """A draft whose plan `old`, if any, gives way to the plan `new`."""

    key: str
    old: int | None
    new: int
    author: str


def _own_key(key: str, draft: Draft) -> str:
    """One key for one draft with exactly these words."""
    texts = sorted(draft.texts.items())
    said = [key, draft.audience, draft.kind.value, draft.source, texts, draft.is_private]
    if draft.send_at is not None:
        said.append(draft.send_at.isoformat())
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _replace(conn: Connection, change: _Change, now: datetime) -> None:
    """Take the old plan back and let the new one stand for the draft, both or neither.

    Somebody may have agreed to the old one meanwhile: then it goes out, and the new one must not.
    """
    row = found(conn, change.old) if change.old is not None else None
    if row is not None and row.state != "cancelled":
        if row.approved_at is not None:
            raise _gone_out(row.ref)
        take_back(conn, row, change.author, now)
    drafts.planned_as(conn, change.key, change.new)


def _gone_out(ref: int) -> Refusal:
    return Refusal("gone_out", "This text went out as Ref {ref}. Write a new one.", ref=ref)


def _planned_before(conn: Connection, key: str, account_id: int, idem_key: str) -> int | None:
    """The id of the plan with other words that must be taken back; None when there is none.

    A plan that was taken back no longer answers for its words: they may be planned anew.
    """
    row = drafts.get(conn, key, account_id)
    if row is None:
        return None
    same = broadcasts.by_idem_key(conn, row.network_id, idem_key)
    if same is not None and same.state == "cancelled":
        broadcasts.change(conn, same.id, idem_key=None)
    known = broadcasts.get(conn, row.broadcast_id) if row.broadcast_id else None
    if known is None or known.state == "cancelled" or known.idem_key == idem_key:
        return None
    if known.approved_at is not None:
        raise _gone_out(known.ref)
    return int(known.id)
