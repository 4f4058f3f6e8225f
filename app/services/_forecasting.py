"""What a meeting may expect: what its members said, and how often the silent ones came before."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.forecast import MOST_MEETINGS, Forecast, Word, foretell
from app.domain.minutes import Presence
from app.store import attendance, meeting_answers
from app.store.database import Connection

Habits = Mapping[int, tuple[int, int]]
"""By person: to how many of the last meetings they came, of how many at which they were marked."""


def habits_before(conn: Connection, meeting: Any) -> Habits:
    """How often each came to the last meetings of the body before this one."""
    held = attendance.last_taken(conn, meeting.network_id, meeting.body, meeting.at, MOST_MEETINGS)
    return habits(attendance.marks_of(conn, [row.id for row in held])) if held else {}


def habits(marks: Sequence[Any]) -> Habits:
    """The same from marks."""
    found: dict[int, tuple[int, int]] = {}
    for one in marks:
        came, asked = found.get(one.person_id, (0, 0))
        found[one.person_id] = (came + (one.presence == Presence.PRESENT), asked + 1)
    return found


def forecast_of(conn: Connection, meeting: Any) -> Forecast:
    """The forecast of a meeting that stands in the record."""
    given = meeting_answers.given(conn, meeting.network_id, meeting.id, meeting.body)
    known = habits_before(conn, meeting)
    return foretell((word_of(row, known) for row in given), meeting.quorum)


def word_of(row: Any, known: Habits) -> Word:
    """What one member said, or would by habit."""
    came, asked = known.get(row.id, (0, 0))
    return Word(
        answer=row.answer or "",
        is_woman=row.sex == "f",
        needs_transport=bool(row.needs_transport),
        with_child=bool(row.with_child),
        stand_in=row.stand_in or "",
        came=came,
        asked=asked,
    )
