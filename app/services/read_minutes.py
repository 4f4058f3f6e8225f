"""Read the record of a meeting: as it was kept last, or as it was published at one time."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.errors import Refusal
from app.domain.minutes import Minutes
from app.domain.minutes_form import from_json
from app.services._minutes_desk import (
    assembled,
    marks_in,
    minutes_of,
    revision_no,
    the_meeting,
)
from app.store import meetings
from app.store import minutes as pages
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Revision:
    """One time that minutes were published."""

    no: int
    at: datetime
    by: str


async def read_record(database: Database, network_id: int, meeting_id: int) -> Minutes:
    """The meeting with its record as kept last, draft or published; an empty one before any.

    Raises Refusal (not_found) when this network has no such meeting.
    """
    return await database.read(_read, network_id, meeting_id)


async def read_revision(
    database: Database, network_id: int, meeting_id: int, revision: int
) -> Minutes:
    """The minutes as they were published then; raises Refusal (not_found) where none were."""
    return await database.read(_read_revision, network_id, meeting_id, revision)


async def list_revisions(
    database: Database, network_id: int, meeting_id: int
) -> tuple[Revision, ...]:
    """When and by whom the minutes were published, oldest first."""
    return await database.read(_list, network_id, meeting_id)


def _read(conn: Connection, network_id: int, meeting_id: int) -> Minutes:
    return minutes_of(conn, the_meeting(conn, network_id, meeting_id))


def _read_revision(conn: Connection, network_id: int, meeting_id: int, revision: int) -> Minutes:
    meeting = the_meeting(conn, network_id, meeting_id)
    written = meetings.minutes_of(conn, meeting.id)
    row = pages.revision(conn, written.id, revision) if written is not None else None
    if row is None:
        if written is not None and revision == revision_no(written) and revision:
            # Published before revisions were kept: the rows are what was published.
            return replace(minutes_of(conn, meeting), is_changed=False)
        raise Refusal(
            "not_found",
            "The minutes of {meeting} have no revision {no}.",
            meeting=f"{meeting.body} {meeting.label}",
            no=revision,
        )
    present, women = row.content["told"]
    found = assembled(
        meeting,
        written,
        from_json(row.content["record"]),
        marks_in(row.content),
        told=(present, women),
        revision=row.no,
        is_changed=False,
    )
    return replace(found, published_at=row.published_at)


def _list(conn: Connection, network_id: int, meeting_id: int) -> tuple[Revision, ...]:
    meeting = the_meeting(conn, network_id, meeting_id)
    written = meetings.minutes_of(conn, meeting.id)
    if written is None:
        return ()
    rows = pages.revisions(conn, written.id)
    return tuple(Revision(row.no, row.published_at, row.published_by) for row in rows)
