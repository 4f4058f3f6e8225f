"""Approve a press note: a second officer agrees to its words, and its planned mail goes out."""

from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services._private_numbers import refuse_private_numbers
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.approve_story import Agreeing, changed_meanwhile, check_second
from app.services.keep_press_note import found_note
from app.store import broadcasts, meetings, press
from app.store.database import Connection, Database

MOST_DECISIONS = 500


async def approve_press_note(
    database: Database, network_id: int, note_id: int, *, by: Agreeing, now: datetime
) -> None:
    """Agree to a note as it was seen; safe to repeat.

    Raises Refusal when it was changed since, is the officer's own, or tells of minutes that are
    not public any more, and when its planned mail cannot go out.
    """
    plan = await database.write(_check, network_id, note_id, by)
    if plan is not None:
        plan_id, mark = plan
        approver = Approver(by.name, by.account_id, mark)
        await approve_broadcast(database, plan_id, by=approver, now=now, network_id=network_id)
    await database.write(_approve, network_id, note_id, by, now)


def _check(conn: Connection, network_id: int, note_id: int, by: Agreeing) -> tuple[int, str] | None:
    row = found_note(conn, network_id, note_id)
    if row.state == "approved":
        return None
    if row.version != by.version:
        raise changed_meanwhile()
    check_second(row.author_id, by.account_id)
    if row.meeting_id:
        _check_public(conn, row)
    told = (row.titles, row.texts, row.demands, row.contacts, row.captions, row.speakers)
    said = [text for words in told for text in words.values()]
    refuse_private_numbers(conn, network_id, said)
    plan = broadcasts.get(conn, row.broadcast_id) if row.broadcast_id else None
    if plan is None or plan.state == "cancelled":
        return None
    return int(plan.id), str(plan.plan_hash)


def _check_public(conn: Connection, row: Any) -> None:
    """Raise a Refusal when minutes or a decision that it tells of were restricted since."""
    written = meetings.minutes_of(conn, row.meeting_id)
    if written is None or written.is_restricted:
        raise Refusal(
            "not_public",
            "The minutes that this note tells of are not for the public any more.",
        )
    known = {"registered": True, "minutes_id": written.id, "limit": MOST_DECISIONS}
    closed = [one for one in meetings.decisions(conn, row.network_id, **known) if one.is_restricted]
    words = meetings.words_of(conn, [one.id for one in closed]) if closed else {}
    told = "\n".join(row.texts.values())
    for one in closed:
        if any(said.text and said.text in told for said in words.get(one.id, {}).values()):
            raise Refusal(
                "not_public",
                "Decision {code} is not for the public any more. Take it out of the note.",
                code=f"{one.meeting_no}/{one.no}",
            )


def _approve(conn: Connection, network_id: int, note_id: int, by: Agreeing, now: datetime) -> None:
    row = found_note(conn, network_id, note_id)
    if row.state == "approved":
        return
    if row.version != by.version:
        raise changed_meanwhile()
    press.change(conn, row.id, state="approved", approver=by.name, approved_at=now)
    Deed(network_id, by.name, now).note(
        conn, "press note approved", f"Press note {row.id}", version=row.version
    )
