"""Write down that somebody comes to a meeting, or does not; the newest word of each counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.services._minutes_desk import the_meeting
from app.services.report_decision import Came
from app.store import meeting_answers
from app.store.database import Connection, Database
from app.store.meeting_answers import COMING, NOT_COMING
from bots.ask import Reply

SAYS: Mapping[str, str] = {"yes": COMING, "no": NOT_COMING}
"""What each intent says."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many of those who belong said what, with the women among them."""

    coming: int = 0
    women_coming: int = 0
    not_coming: int = 0
    women_not_coming: int = 0
    silent: int = 0
    women_silent: int = 0

    @property
    def has_answers(self) -> bool:
        """Whether anybody said anything yet."""
        return self.coming + self.not_coming > 0


def answer_meeting(conn: Connection, reply: Reply, came: Came, now: datetime) -> None:
    """Keep what the text that `reply` answers said of the meeting that it names."""
    (meeting_id,) = reply.about
    meeting_answers.put(
        conn,
        {
            "network_id": came.network_id,
            "meeting_id": meeting_id,
            "person_id": reply.told_by,
            "address_id": came.address_id,
            "inbound_id": came.inbound_id,
            "answer": SAYS[reply.intent],
            "at": now,
        },
    )


async def forecast(database: Database, network_id: int, meeting_id: int) -> Forecast:
    """Who of its body said what of a meeting; raises Refusal when there is no such meeting."""
    return await database.read(_forecast, network_id, meeting_id)


def _forecast(conn: Connection, network_id: int, meeting_id: int) -> Forecast:
    row = the_meeting(conn, network_id, meeting_id)
    counts = {"coming": [0, 0], "not": [0, 0], "": [0, 0]}
    for one in meeting_answers.given(conn, network_id, meeting_id, row.body):
        said = counts[one.answer or ""]
        said[0] += 1
        said[1] += one.sex == "f"
    return Forecast(*counts["coming"], *counts["not"], *counts[""])
