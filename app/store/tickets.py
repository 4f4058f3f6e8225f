"""Tickets: each problem that a member reported, with its owner, its clock and its history."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.store.askers import Asker
from bots.notes import TicketNote


def asked(
    conn: Connection, asker: Asker, no: int, address_id: int, people: Sequence[int]
) -> TicketNote | None:
    """The report with that number, if it came from this phone or one of these people."""
    del conn, asker, no, address_id, people
    return None
