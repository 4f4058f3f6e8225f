"""Plan a draft: its broadcast waits for a second person; a changed draft replaces its old plan."""

import asyncio
import hashlib
import json
from dataclasses import replace
from datetime import datetime

from app.catalogue import Catalogue
from app.domain.errors import Busy, Refusal
from app.services.cancel_broadcast import cancel_broadcast
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
    old = await database.read(_planned_before, key, draft.author_id or 0, keyed.idem_key or "")
    for _ in range(TRIES):
        try:
            plan = await plan_broadcast(database, keyed, catalogue=catalogue, now=now)
            break
        except Busy:
            await asyncio.sleep(PAUSE_S)
    else:
        raise Busy("This plan is being made. Ask again in a moment.")
    if old is not None:
        await cancel_broadcast(database, old, by=draft.author, now=now)
    await database.write(drafts.planned_as, key, plan.id)
    return plan.id


def _own_key(key: str, draft: Draft) -> str:
    """One key for one draft with exactly these words."""
    texts = sorted(draft.texts.items())
    said = [key, draft.audience, draft.kind.value, draft.source, texts]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _planned_before(conn: Connection, key: str, account_id: int, idem_key: str) -> int | None:
    """The id of the plan with other words that must be taken back; None when there is none."""
    row = drafts.get(conn, key, account_id)
    known = broadcasts.get(conn, row.broadcast_id) if row and row.broadcast_id else None
    if known is None or known.idem_key == idem_key:
        return None
    if known.approved_at is not None:
        raise Refusal(
            "gone_out", "This text went out as Ref {ref}. Write a new one.", ref=known.ref
        )
    return int(known.id) if known.state == "planned" else None
