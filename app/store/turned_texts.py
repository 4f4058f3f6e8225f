"""Turned texts: what the office made of a text that came in, linked both ways."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, insert, select
from sqlmodel import Field

from app.store.inbound import inbound
from app.store.schema import Row, big, link, new_id, table_of

TICKET, STORY, DECISION = "ticket", "story", "decision"
"""What a text can become: a report, a story, a word on a decision."""


class TurnedText(Row, table=True):
    """One text and what became of it."""

    __tablename__ = "turned_text"
    __table_args__ = (Index("ix_turned_text_thing", "network_id", "kind", "thing_id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    inbound_id: int = link("inbound.id", index=True)
    kind: str = Field(max_length=12)
    thing_id: int = big()
    code: str = Field(default="", max_length=20)
    """What people call it: `R27`, `14/2`; "" for a story."""
    by: str = Field(max_length=80)
    at: datetime


turned_text = table_of(TurnedText)


def note(conn: Connection, values: Mapping[str, Any]) -> None:
    """Remember what became of a text."""
    conn.execute(insert(turned_text).values(**values))


def of_texts(conn: Connection, inbound_ids: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """What became of each of these texts, oldest first."""
    found: dict[int, list[Any]] = {}
    if not inbound_ids:
        return found
    mine = select(turned_text).where(turned_text.c.inbound_id.in_(list(inbound_ids)))
    for row in conn.execute(mine.order_by(turned_text.c.id)):
        found.setdefault(row.inbound_id, []).append(row)
    return found


def sources(conn: Connection, network_id: int, kind: str, thing_id: int) -> Sequence[Any]:
    """The texts that a thing was made of: `address_id`, `inbound_id`, `by`, `at`."""
    return conn.execute(
        select(inbound.c.address_id, turned_text.c.inbound_id, turned_text.c.by, turned_text.c.at)
        .join(inbound, inbound.c.id == turned_text.c.inbound_id)
        .where(
            turned_text.c.network_id == network_id,
            turned_text.c.kind == kind,
            turned_text.c.thing_id == thing_id,
        )
        .order_by(turned_text.c.id)
    ).all()
