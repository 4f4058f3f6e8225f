"""Report on decisions: what an owner texts waits until the General Secretary has looked at it."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.follow_up import Said
from app.store import follow_up
from app.store.database import Connection
from bots.ask import Reply

SAID = {"done": Said.DONE, "in_hand": Said.IN_HAND}
"""What each intent says."""


@dataclass(frozen=True, slots=True)
class Came:
    """Where a report came from: the text and the phone."""

    network_id: int
    address_id: int
    inbound_id: int


def take_report(conn: Connection, reply: Reply, came: Came, now: datetime) -> int:
    """Keep what an owner said; a newer word from the same phone takes the place of one that waits.

    Gives the id of the report.
    """
    (decision_id,) = reply.about
    return follow_up.put(
        conn,
        {
            "network_id": came.network_id,
            "decision_id": decision_id,
            "address_id": came.address_id,
            "inbound_id": came.inbound_id,
            "person_id": reply.told_by,
            "said": SAID[reply.intent].value,
            "note": reply.note,
            "language": reply.language,
            "state": "waiting",
            "at": now,
        },
    )
