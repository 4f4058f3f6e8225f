"""Emergency cards: whom a village calls, and when somebody last tried the number."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.store.askers import Asker
from bots.notes import CardNote


def card_for(conn: Connection, asker: Asker, words: str, people: Sequence[int]) -> CardNote | None:
    """The card of the village that these folded words name, else of these people's."""
    del conn, asker, words, people
    return None
