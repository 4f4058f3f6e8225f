"""Show the register: meetings, their minutes and decisions, for the office and for everyone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.domain.errors import Refusal
from app.domain.minutes import CLOSED
from app.domain.storable import storable
from app.store import meetings, public_register
from app.store.database import Connection, Database
from app.store.public_register import Reader

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_cursor = re.compile(r"(-?[0-9]{1,18})\.([0-9]{1,18})").fullmatch

Cursor = str
"""Where the next page goes on; only `list_meetings` reads it."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting, to come or held."""

    id: int
    body: str
    label: str
    no: int
    at: datetime
    venue: Mapping[str, str]
    agenda: Mapping[str, str]
    state: str
    """`planned`, `held`, `adjourned`, `postponed`, `cancelled`."""
    has_minutes: bool
    """Whether published minutes can be read by who asks."""
    decisions: int
    """How many published decisions can be read by who asks."""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Meetings, newest first; `next` is the cursor of the page after this, None at the end."""

    lines: tuple[MeetingLine, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision; words by language tag."""

    id: int
    code: str
    """As people say it: `14/2`."""
    body: str
    label: str
    no: int
    at: datetime
    """When the meeting was."""
    texts: Mapping[str, str]
    shorts: Mapping[str, str]
    owner: Mapping[str, str]
    due: date | None
    status: str
    """One of `app.domain.minutes.DecisionState`."""
    topics: tuple[str, ...]
    is_restricted: bool
    days_late: int
    """0 when it has no date, is not due yet, or is closed."""


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """The minutes of one meeting; `published_at` is None while they are not written or a draft."""

    meeting: MeetingLine
    present: int
    women: int
    summaries: Mapping[str, str]
    is_restricted: bool
    published_at: datetime | None
    decisions: tuple[DecisionLine, ...]


async def list_meetings(
    database: Database,
    network_id: int,
    *,
    public: bool,
    before: Cursor | None = None,
    limit: int = 30,
) -> MeetingPage:
    """Meetings, newest first. `public` counts no restricted minutes or decisions.

    Raises Refusal for a cursor that does not exist.
    """
    reader = Reader(network_id, public)
    return await database.read(_list, reader, _place(before), limit)


def _place(before: Cursor | None) -> tuple[datetime, int] | None:
    if before is None:
        return None
    found = _cursor(before)
    if found is not None:
        try:
            return _EPOCH + int(found[1]) * _MICROSECOND, int(found[2])
        except OverflowError:
            pass
    raise Refusal("cursor", "This page of the list is not known. Begin at the newest.")


def _list(
    conn: Connection, reader: Reader, place: tuple[datetime, int] | None, limit: int
) -> MeetingPage:
    rows = public_register.meetings_before(conn, reader, place, limit + 1)
    shown = rows[:limit]
    has_more = len(rows) > len(shown)
    cursor = f"{(shown[-1].at - _EPOCH) // _MICROSECOND}.{shown[-1].id}" if has_more else None
    return MeetingPage(tuple(_meeting(row) for row in shown), cursor)


def _meeting(row: Any) -> MeetingLine:
    return MeetingLine(
        id=row.id,
        body=row.body,
        label=row.label,
        no=row.no,
        at=row.at,
        venue=row.venue,
        agenda=row.agenda,
        state=row.state,
        has_minutes=row.has_minutes,
        decisions=row.decisions,
    )


async def read_minutes(  # noqa: PLR0913 -- a meeting is named by its body and label
    database: Database, network_id: int, body: str, label: str, *, public: bool, today: date
) -> MinutesPage:
    """The minutes of that meeting. `public` leaves restricted decisions out.

    Raises Refusal when there is no such meeting, and for `public` when its minutes are
    restricted or not published.
    """
    reader, named = Reader(network_id, public), (storable(body), storable(label))
    return await database.read(_read, reader, named, today)


def _read(conn: Connection, reader: Reader, named: tuple[str, str], today: date) -> MinutesPage:
    row = public_register.one_meeting(conn, reader, *named)
    if row is None:
        raise Refusal("not_found", "There is no such meeting. Look for it in the list of meetings.")
    if reader.is_public and not row.has_minutes:
        raise Refusal("not_found", "This meeting has no public minutes. Look in the list.")
    written = meetings.minutes_of(conn, row.id)
    rows: Sequence[Any] = ()
    if written is not None:
        rows = public_register.decisions_in(conn, reader, written.id)
    return MinutesPage(
        meeting=_meeting(row),
        present=written.present if written else 0,
        women=written.women if written else 0,
        summaries=written.summaries if written else {},
        is_restricted=written.is_restricted if written else False,
        published_at=written.published_at if written else None,
        decisions=decision_lines(conn, rows, today),
    )


def decision_lines(conn: Connection, rows: Sequence[Any], today: date) -> tuple[DecisionLine, ...]:
    """Rows of decisions with their words, and how late each is today."""
    words = meetings.words_of(conn, [row.id for row in rows]) if rows else {}
    return tuple(_decision(row, words.get(row.id, {}), today) for row in rows)


def _decision(row: Any, words: Mapping[str, Any], today: date) -> DecisionLine:
    is_late = row.due is not None and row.due < today and row.status not in CLOSED
    return DecisionLine(
        id=row.id,
        code=f"{row.label}/{row.no}",
        body=row.body,
        label=row.label,
        no=row.no,
        at=row.at,
        texts={tag: one.text for tag, one in words.items() if one.text},
        shorts={tag: one.short for tag, one in words.items() if one.short},
        owner=row.owner,
        due=row.due,
        status=row.status,
        topics=tuple(row.topics.split()),
        is_restricted=row.is_restricted,
        days_late=(today - row.due).days if is_late else 0,
    )
