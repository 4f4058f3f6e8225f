"""Write meetings as a calendar (iCalendar, RFC 5545): the network's feed, and one to put by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unicodedata import category
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.letters import Attachment
from app.domain.minutes import Words
from app.domain.storable import storable
from app.services._calendar_zone import zone_told
from app.services._newsletter_words import Reader
from app.store import calendar as days
from app.store import meetings, seats
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

if TYPE_CHECKING:
    from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting is taken to last: nobody writes down when one will end."""
KEPT = timedelta(days=365)
"""How long a meeting stays in the feed after it was held."""
MOST_MEETINGS = 500
_STATUS = {"postponed": "CANCELLED", "cancelled": "CANCELLED"}
_TITLES = {"postponed": "calendar_postponed", "cancelled": "calendar_off"}


@dataclass(frozen=True, slots=True)
class CalendarPlace:
    """In which language, and the address of the network's public pages; "" where it has none."""

    tag: str
    home: str = ""


async def write_calendar(
    database: Database,
    network: NetworkInfo,
    place: CalendarPlace,
    *,
    catalogue: Catalogue,
    now: datetime,
) -> bytes:
    """The network's meetings of the last year and to come, with what anybody may know of them.

    Each keeps its UID for ever; what changes of it counts its SEQUENCE up, and one that is off
    stays there as CANCELLED.
    """
    rows, names = await database.read(_found, network.id, now)
    reader = Reader(place.tag, network, catalogue)
    calendar = _calendar(rows, reader)
    calendar.add("x-wr-calname", _text(reader.name))
    for meeting in rows:
        event = _event(meeting, names.get(meeting.body, {}), reader, now)
        if place.home:
            event.add("url", place.home)
        calendar.add_component(event)
    return _written(calendar)


def invitation(meeting: Any, names: Words, reader: Reader, *, now: datetime) -> bytes:
    """One meeting as a file to lay beside a mail; `names` is what its body is called.

    It says what the feed says, under the same UID: a newer one takes the place of an older.
    """
    calendar = _calendar([meeting], reader)
    calendar.add_component(_event(meeting, names, reader, now))
    return _written(calendar)


def next_invitation(conn: Connection, reader: Reader, now: datetime) -> tuple[Attachment, ...]:
    """The network's next meeting as a file to lay beside a mail; none where none is called."""
    meeting = meetings.next_meeting(conn, reader.network.id, now)
    if meeting is None:
        return ()
    names = body_names(conn, reader.network.id).get(meeting.body, {})
    content = invitation(meeting, names, reader, now=now)
    return (Attachment(f"{meeting.body} {meeting.label}.ics", "text/calendar", content),)


def _found(
    conn: Connection, network_id: int, now: datetime
) -> tuple[Sequence[Any], Mapping[str, Words]]:
    found = days.meetings_since(conn, network_id, now - KEPT, MOST_MEETINGS)
    return found, body_names(conn, network_id)


def body_names(conn: Connection, network_id: int) -> dict[str, Words]:
    """What each body is called, by its code."""
    return {
        row.code: {"en": row.name, **({"ur": row.local_name} if row.local_name else {})}
        for row in seats.bodies(conn, network_id)
    }


def _calendar(meetings: Sequence[Any], reader: Reader) -> "Calendar":
    """An empty one in which the zone of these meetings is told."""
    from icalendar import Calendar  # only who writes a calendar waits for it

    calendar = Calendar()
    calendar.add("prodid", "-//Munadi//Calendar//EN")
    calendar.add("version", "2.0")
    if meetings:
        moments = [one.at for one in meetings]
        zone = zone_told(reader.network.tz, min(moments), max(moments) + USUAL_LENGTH)
        calendar.add_component(zone)
    return calendar


def _event(meeting: Any, names: Words, reader: Reader, now: datetime) -> "Event":
    from icalendar import Event

    starts = meeting.at.astimezone(ZoneInfo(reader.network.tz))
    event = Event()
    event.add("uid", uid_of(reader.network, meeting.id))
    event.add("sequence", meeting.revision)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", starts)
    event.add("dtend", (meeting.at + USUAL_LENGTH).astimezone(starts.tzinfo))
    event.add("status", _STATUS.get(meeting.state, "CONFIRMED"))
    event.add(
        "summary",
        _text(
            reader.says(
                _TITLES.get(meeting.state, "calendar_meeting"),
                body=_body(meeting.body, names, reader),
                label=meeting.label,
                name=reader.name,
            )
        ),
    )
    for name, words in (("location", meeting.venue), ("description", meeting.agenda)):
        if said := _text(reader.pick(words)):
            event.add(name, said)
    return event


def uid_of(network: NetworkInfo, meeting_id: int) -> str:
    """What a calendar knows the meeting by, however often it moves."""
    return str(uuid5(NAMESPACE_URL, f"munadi:meeting/{network.slug}/{meeting_id}"))


def _body(code: str, names: Words, reader: Reader) -> str:
    """In the script of the language, where the body has a name in it."""
    fitting = {tag: name for tag, name in names.items() if (tag == "ur") == reader.is_rtl}
    return reader.pick(fitting or names) or code


def _text(words: str) -> str:
    """What a calendar can hold: no signs that steer, lines broken in one way."""
    lines = storable(words).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or category(sign) != "Cc").strip()


def _written(calendar: "Calendar") -> bytes:
    content: bytes = calendar.to_ical()
    return content
