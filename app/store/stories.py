"""Stories: what people of the network tell, kept until a second officer agrees that it goes out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, Index, insert, select, update
from sqlmodel import Field

from app.store.schema import Row, link, maybe_link, new_id, table_of


class Story(Row, table=True):
    """One story with its words in each language."""

    __table_args__ = (Index("ix_story_network", "network_id", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    unit_id: int | None = maybe_link("unit.id", index=True)
    """The LSO, VO or CO that it is about."""
    titles: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    captions: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """What stands under the photo."""
    topics: str = Field(default="", max_length=200)
    """Topic tags between blanks, with a blank at each end, so that one tag can be found."""
    state: str = Field(default="draft", max_length=12)
    """`draft`, `approved` (may go out) or `held` (goes out nowhere)."""
    version: int = 1
    """Counts each time the words are kept; who agrees must have seen the newest."""
    author: str = Field(max_length=80)
    author_id: int | None = maybe_link("account.id")
    approver: str = Field(default="", max_length=80)
    approved_at: datetime | None = None
    created_at: datetime
    updated_at: datetime


story = table_of(Story)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a story and give its id."""
    return int(conn.execute(insert(story).values(**values).returning(story.c.id)).scalar_one())


def get(conn: Connection, network_id: int, story_id: int) -> Any | None:
    """One story of a network; None for one that is not there or another's."""
    statement = select(story).where(story.c.id == story_id, story.c.network_id == network_id)
    return conn.execute(statement).one_or_none()


def change(conn: Connection, story_id: int, **values: Any) -> None:
    """Set these columns of a story."""
    conn.execute(update(story).where(story.c.id == story_id).values(**values))


def newest(
    conn: Connection, network_id: int, *, before: int | None, state: str = "", limit: int
) -> Sequence[Any]:
    """Stories, newest first, from behind the one with the id `before`; of one state if asked."""
    statement = select(story).where(story.c.network_id == network_id)
    if before is not None:
        statement = statement.where(story.c.id < before)
    if state:
        statement = statement.where(story.c.state == state)
    return conn.execute(statement.order_by(story.c.id.desc()).limit(limit)).all()
