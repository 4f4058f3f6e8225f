"""Write down in the office an answer to a meeting that came by phone or by word of mouth."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.pasted import clean_line
from app.services._act import Deed
from app.services._minutes_desk import subject_of, the_meeting
from app.store import meeting_answers
from app.store.database import Connection, Database
from app.store.meeting_answers import COMING, LONGEST_STAND_IN, NOT_COMING


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a meeting; "" as `answer` takes back what was written down."""

    answer: str
    """`coming`, `not` or ""."""
    needs_transport: bool = False
    with_child: bool = False
    stand_in: str = ""
    """Who comes instead of somebody who does not; `SOMEBODY` when the name was not told."""


async def note_answer(  # noqa: PLR0913 -- who said what of which meeting, and who wrote it down
    database: Database,
    network_id: int,
    meeting_id: int,
    person_id: int,
    said: Said,
    *,
    by: str,
    now: datetime,
) -> None:
    """Keep what somebody of the body said; it takes the place of what they said before.

    Raises Refusal: not_found for an unknown meeting, not_of_body, unknown_answer,
    meeting_not_open (held, cancelled, postponed or over), name_too_long.
    """
    deed = Deed(network_id, by, now)
    await database.write(lambda conn: _note(conn, deed, meeting_id, person_id, said))


def _note(conn: Connection, deed: Deed, meeting_id: int, person_id: int, said: Said) -> None:
    meeting = the_meeting(conn, deed.network_id, meeting_id)
    _check(meeting, said, deed.now)
    given = meeting_answers.given(conn, deed.network_id, meeting_id, meeting.body)
    if person_id not in {row.id for row in given}:
        raise Refusal(
            "not_of_body",
            "They do not belong to the body that meets. Choose somebody from its list.",
        )
    if not said.answer:
        meeting_answers.take_back(conn, meeting_id, person_id)
        deed.note(conn, "answer to a meeting taken back", subject_of(meeting), person=person_id)
        return
    meeting_answers.put(
        conn,
        {
            "network_id": deed.network_id,
            "meeting_id": meeting_id,
            "person_id": person_id,
            "address_id": None,
            "inbound_id": None,
            "answer": said.answer,
            "needs_transport": said.answer == COMING and said.needs_transport,
            "with_child": said.answer == COMING and said.with_child,
            "stand_in": _stand_in(said),
            "at": deed.now,
        },
    )
    deed.note(
        conn, "answer to a meeting noted", subject_of(meeting), person=person_id, answer=said.answer
    )


def _check(meeting: Any, said: Said, now: datetime) -> None:
    if said.answer not in (COMING, NOT_COMING, ""):
        raise Refusal(
            "unknown_answer", "An answer is coming, not, or nothing yet. Choose one of them."
        )
    if meeting.state != "planned" or meeting.at <= now:
        raise Refusal(
            "meeting_not_open",
            "This meeting is over or does not take place. Answers are for meetings to come.",
        )


def _stand_in(said: Said) -> str:
    if said.answer != NOT_COMING:
        return ""
    name = clean_line(said.stand_in)
    if len(name) > LONGEST_STAND_IN:
        raise Refusal(
            "name_too_long",
            "The name has more than {most} letters. Shorten it.",
            most=LONGEST_STAND_IN,
        )
    return name
