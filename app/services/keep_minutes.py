"""Keep the record of a meeting while it is being written; nothing goes out by it."""

from datetime import datetime

from app.domain.errors import Refusal
from app.domain.minutes import Record
from app.domain.minutes_form import from_json, to_json
from app.services._act import Deed
from app.services._minutes_desk import subject_of, the_meeting
from app.store import meetings, networks
from app.store import minutes as pages
from app.store.database import Connection, Database


async def keep_minutes(  # noqa: PLR0913 -- who keeps what of which meeting
    database: Database,
    network_id: int,
    meeting_id: int,
    record: Record,
    *,
    version: int,
    by: str,
    now: datetime,
) -> int:
    """Keep the record, in plain words; gives its new version, or the same when nothing changed.

    Raises Refusal: changed_meanwhile when somebody kept another one than `version`, not_found,
    and for a record that cannot be kept (too long, no language tag). What only hinders
    publishing, as a number twice, is kept.
    """
    content = to_json(from_json(to_json(record)))
    deed = Deed(network_id, by, now)
    return await database.write(lambda conn: _keep(conn, deed, meeting_id, content, version))


def _keep(
    conn: Connection, deed: Deed, meeting_id: int, content: dict[str, object], version: int
) -> int:
    networks.hold(conn, deed.network_id)
    meeting = the_meeting(conn, deed.network_id, meeting_id)
    written = meetings.minutes_of(conn, meeting_id)
    check_version(written.version if written else 0, version)
    if written is not None and written.content == content:
        return int(written.version)
    if written is None:
        meetings.add_minutes(
            conn,
            {
                "network_id": deed.network_id,
                "meeting_id": meeting_id,
                "content": content,
                "version": version + 1,
            },
        )
    else:
        pages.change(conn, written.id, {"content": content, "version": version + 1})
    deed.note(conn, "minutes kept", subject_of(meeting), version=version + 1)
    return version + 1


def check_version(newest: int, seen: int) -> None:
    """Raise a Refusal when somebody kept the record after the one who acts saw it."""
    if newest != seen:
        raise Refusal(
            "changed_meanwhile",
            "Somebody else changed these minutes meanwhile. Look at the newest and add yours.",
        )
