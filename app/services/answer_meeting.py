"""Write down who comes to a meeting, who does not and who is sent; the newest word counts."""

from collections.abc import Mapping
from datetime import datetime

from app.domain.forecast import Forecast
from app.services._forecasting import forecast_of
from app.services._minutes_desk import the_meeting
from app.services.report_decision import Came
from app.store import meeting_answers
from app.store.database import Connection, Database
from app.store.meeting_answers import COMING, NOT_COMING
from bots.ask import Reply

__all__ = ["Forecast", "answer_meeting", "forecast"]

SAYS: Mapping[str, str] = {"yes": COMING, "no": NOT_COMING}
"""What each intent says."""


def answer_meeting(conn: Connection, reply: Reply, came: Came, now: datetime) -> None:
    """Keep what the text that `reply` answers said of the meeting that it names."""
    (meeting_id,) = reply.about
    said = reply.said
    meeting_answers.put(
        conn,
        {
            "network_id": came.network_id,
            "meeting_id": meeting_id,
            "person_id": reply.told_by,
            "address_id": came.address_id,
            "inbound_id": came.inbound_id,
            "answer": SAYS[reply.intent],
            "needs_transport": said.transport,
            "with_child": said.child,
            "stand_in": said.stand_in,
            "at": now,
        },
    )


async def forecast(database: Database, network_id: int, meeting_id: int) -> Forecast:
    """Who of its body said what of a meeting; raises Refusal when there is no such meeting."""
    return await database.read(_forecast, network_id, meeting_id)


def _forecast(conn: Connection, network_id: int, meeting_id: int) -> Forecast:
    return forecast_of(conn, the_meeting(conn, network_id, meeting_id))
