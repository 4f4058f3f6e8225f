"""Who of its body said what of a meeting, with what is expected of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.forecast import Forecast, Word, foretell
from app.services._forecasting import habits_before, word_of
from app.services._minutes_desk import the_meeting
from app.services.take_attendance import in_order
from app.store import attendance, meeting_answers
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Answered:
    """One member of the body; `answer` is "" while they have said nothing."""

    person_id: int
    name: str
    local_name: str
    sex: str
    post: str
    unit_id: int | None
    unit_name: str
    answer: str
    """`coming`, `not` or ""."""
    needs_transport: bool
    with_child: bool
    stand_in: str
    """Who comes instead; `?` when the name was not told."""
    at: datetime | None
    is_by_text: bool
    """Whether they texted it; else the office wrote it down."""
    came: int
    asked: int
    """To how many of the last meetings at which they were marked they came."""


@dataclass(frozen=True, slots=True)
class Answers:
    """All of the body in the order of the attendance sheet, and what is expected."""

    forecast: Forecast
    people: tuple[Answered, ...]


async def show_answers(database: Database, network_id: int, meeting_id: int) -> Answers:
    """What is known of who comes; raises Refusal when there is no such meeting."""
    return await database.read(_show, network_id, meeting_id)


def _show(conn: Connection, network_id: int, meeting_id: int) -> Answers:
    meeting = the_meeting(conn, network_id, meeting_id)
    given = {
        row.id: row for row in meeting_answers.given(conn, network_id, meeting_id, meeting.body)
    }
    known = habits_before(conn, meeting)
    words = {one: word_of(row, known) for one, row in given.items()}
    return Answers(
        forecast=foretell(words.values(), meeting.quorum),
        people=tuple(
            _answered(row, words[row.person_id], given[row.person_id])
            for row in in_order(conn, network_id, meeting)
            if row.person_id in given
        ),
    )


def _answered(row: Any, word: Word, said: Any) -> Answered:
    return Answered(
        person_id=row.person_id,
        name=row.name,
        local_name=row.local_name,
        sex=row.sex,
        post=row.post,
        unit_id=row.unit_id,
        unit_name=attendance.unit_of(row),
        answer=word.answer,
        needs_transport=word.needs_transport,
        with_child=word.with_child,
        stand_in=word.stand_in,
        at=said.at,
        is_by_text=said.inbound_id is not None,
        came=word.came,
        asked=word.asked,
    )
