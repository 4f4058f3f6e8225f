"""Conversations: what is open between a phone and the network beyond one text and its answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bots.ask import More
from bots.notes import QuestionNote


def questions(conn: Connection, address_id: int, now: datetime) -> Sequence[QuestionNote]:
    """The questions that stand open for this phone, oldest first."""
    del conn, address_id, now
    return ()


def more(conn: Connection, address_id: int, now: datetime) -> More | None:
    """How the last list that this phone was told goes on; None when it has ended or is old."""
    del conn, address_id, now
    return None


def was_shown_menu(conn: Connection, address_id: int, now: datetime) -> bool:
    """Whether this phone was answered with the menu in the last 24 hours."""
    del conn, address_id, now
    return False
