"""Find decisions in any writing: one way for the pages, the API and the keywords."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.storable import storable
from app.services.show_register import DecisionLine, decision_lines
from app.store import decision_index, decision_search
from app.store.database import Connection, Database
from app.store.public_register import Reader

MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for; `topics` are the words that name a topic, folded, and its tag."""

    words: str
    topics: Mapping[str, str]
    limit: int = 50


async def find_decisions(
    database: Database, network_id: int, question: Question, *, public: bool, today: date
) -> tuple[DecisionLine, ...]:
    """Published decisions that fit, best first, then newest meeting first; all without words.

    `14/2` gives that decision only. Each word must be a word for one of the decision's topics or
    stand in its texts, short words or owner, in whatever writing and with whatever slips.
    `public` leaves out what is restricted.
    """
    return await database.read(_find, Reader(network_id, public), question, today)


def _find(
    conn: Connection, reader: Reader, question: Question, today: date
) -> tuple[DecisionLine, ...]:
    words = " ".join(storable(question.words).split())[:MOST_LETTERS]
    rows = decision_search.find_decisions(conn, reader, words, question.topics, question.limit)
    return decision_lines(conn, rows, today)


async def settle_search(database: Database) -> None:
    """Index what was decided before decisions were indexed, or came by a restored copy."""
    if await database.read(decision_index.is_behind):
        while await database.write(decision_index.catch_up):
            pass
