"""The form with which a meeting is called or changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import Response

from app.domain.errors import Refusal
from app.store import meetings, seats
from app.store.database import Connection
from app.web.door import Visit
from app.web.office._field_ways import day_words, read_moment
from app.web.office._minutes_desk import TAGS
from app.web.office._pasted import plain_line, plain_text
from app.web.office._post_doors import number_in

MOST_PLACE = 200
MOST_AGENDA = 2000
FIELD_OF = {
    "no_body": "body",
    "label": "label",
    "taken": "label",
    "date": "day",
    "no_day": "day",
    "hour": "clock",
    "number": "quorum",
}
"""The field of the form that a Refusal is about, by its code."""
_label = re.compile(r"([A-Za-z]{0,3})([0-9]{1,4})").fullmatch
_clock = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?").fullmatch


@dataclass(frozen=True, slots=True)
class Told:
    """What the form tells, apart from body and number."""

    at: datetime | None
    venue: str
    agenda: str
    quorum: int


def tag_of(visit: Visit, told: str) -> str:
    """The language of place and agenda: the one asked for, or that of the page."""
    return told if told in TAGS else visit.speech.tag


def read_told(visit: Visit) -> Told:
    """What was typed; raises Refusal for what is no day, hour or number."""
    fields = visit.fields
    return Told(
        at=_moment(visit, fields.get("day", ""), fields.get("clock", "")),
        venue=plain_line(fields.get("place", ""))[:MOST_PLACE],
        agenda=plain_text(fields.get("agenda", ""))[:MOST_AGENDA],
        quorum=number_in(fields.get("quorum", "")),
    )


def read_label(told: str) -> tuple[str, int]:
    """The number as people write it, and its digits; raises Refusal for what is none."""
    words = plain_line(told).upper()
    found = _label(words)
    if found is None or not int(found[2]):
        raise Refusal(
            "label",
            "{words} is no number of a meeting. Write 24, or E2 for an emergency meeting.",
            words=repr(words[:20]),
        )
    return words, int(found[2])


def in_words(others: Mapping[str, str], tag: str, words: str) -> dict[str, str]:
    """The words by language with those of one language in place."""
    kept = {known: said for known, said in others.items() if known != tag}
    return {**kept, tag: words} if words else kept


def fields_of(visit: Visit, meeting: Any, tag: str) -> dict[str, str]:
    """A meeting as fields."""
    local = meeting.at.astimezone(visit.speech.zone)
    return {
        "day": day_words(local.date()),
        "clock": f"{local:%H:%M}",
        "place": meeting.venue.get(tag, ""),
        "agenda": meeting.agenda.get(tag, ""),
        "quorum": str(meeting.quorum or ""),
    }


async def form(
    visit: Visit,
    fields: Mapping[str, str],
    *,
    meeting: Any = None,
    fault: Refusal | None = None,
) -> Response:
    """Show the form; `meeting` is the one that is changed, None for a new one."""
    bodies = await visit.runtime.database.read(bodies_with_next, visit.network.id)
    return visit.render(
        "meeting_form.html",
        status=422 if fault else 200,
        fields=fields,
        meeting=meeting,
        bodies=bodies,
        tag=tag_of(visit, fields.get("in", "")),
        tags=TAGS,
        fault=fault.said(visit.speech.say) if fault else "",
        fault_field=FIELD_OF.get(fault.code, "") if fault else "",
    )


def bodies_with_next(conn: Connection, network_id: int) -> list[tuple[str, int]]:
    """Each body with the number of its next meeting."""
    rows = sorted(seats.bodies(conn, network_id), key=lambda row: row.code != "EC")
    return [(row.code, meetings.highest_no(conn, network_id, row.code) + 1) for row in rows]


def _moment(visit: Visit, day: str, clock: str) -> datetime | None:
    if not day.strip():
        return None
    hour = _clock(plain_line(clock))
    if hour is None:
        raise Refusal("hour", "The hour is missing. Write it as in 10:00.")
    words = f"{plain_line(day)}, {hour[1]}:{hour[2] or '00'}"
    return read_moment(words, visit.today, visit.speech.zone)
